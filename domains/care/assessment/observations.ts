import type {
  CodeableConcept,
  Observation,
  ObservationComponent,
  QuestionnaireItem,
  QuestionnaireResponseItemAnswer,
  Resource,
} from '@medplum/fhirtypes';
import { answerValue } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { labelled } from './labels.ts';
import { codingOf, conceptOf, type Extract, extractsOf, itemConcept } from './mapping.ts';
import { coded, type Facts, noteOf, terminology, type Writing } from './writing.ts';

/** An Observation from a group: its value, its components, when and with what remark. None while nothing is answered. */
export function observationOfGroup(item: QuestionnaireItem, facts: Facts, writing: Writing): Resource[] {
  const component = facts.fields('component').map(
    ({ item: part, answer }): ObservationComponent => ({
      code: itemConcept(part),
      ...valueOfAnswer(part, answer, extractsOf(part)[0]!),
    }),
  );
  const [value] = facts.fields('value');
  if (component.length === 0 && !value) {
    return [];
  }
  const date = facts.field('date')?.valueDate;
  const body = {
    ...(value && valueOfAnswer(value.item, value.answer, extractsOf(value.item)[0]!)),
    ...(component.length > 0 && { component }),
    ...noteOf(facts.field('note')),
    ...(date && { effectiveDateTime: date }),
  };
  const code = facts.fields('code').length > 0 ? facts.code : itemConcept(item);
  return [observation(facts.extract, code, facts.labels, body, writing)];
}

/** One Observation; what the answers say of it is in `body`. */
export function observation(
  extract: Extract,
  code: CodeableConcept,
  labels: readonly string[],
  body: Partial<Observation>,
  writing: Writing,
): Observation {
  return {
    ...labelled(labels),
    resourceType: 'Observation',
    id: writing.newId(),
    status: 'final',
    category: [coded(`${terminology}/observation-category`, extract.category ?? 'survey')],
    code,
    subject: writing.subject,
    encounter: writing.encounter,
    effectiveDateTime: writing.performed,
    issued: writing.instant,
    performer: [writing.performer],
    derivedFrom: [writing.source],
    ...body,
  };
}

/** `value[x]` of an Observation or a component. Dates become dateTimes; numbers with a unit, quantities. */
export function valueOfAnswer(
  item: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
  extract: Extract,
): Pick<
  Observation,
  'valueQuantity' | 'valueCodeableConcept' | 'valueBoolean' | 'valueInteger' | 'valueDateTime' | 'valueString'
> {
  if (codingOf(item, answer)) {
    return { valueCodeableConcept: conceptOf(item, answer) };
  }
  const value = answerValue(answer);
  if (answer.valueQuantity) {
    const { value: number, unit, system, code } = answer.valueQuantity;
    return { valueQuantity: { value: number, unit: unit ?? code, system, code } };
  }
  if (typeof value === 'number' && (extract.unit || answer.valueDecimal !== undefined)) {
    const { system, code, display } = extract.unit ?? { system: 'http://unitsofmeasure.org', code: '1', display: '1' };
    return { valueQuantity: { value, unit: display, system, code } };
  }
  if (typeof value === 'number') {
    return { valueInteger: value };
  }
  if (typeof value === 'boolean') {
    return { valueBoolean: value };
  }
  return answer.valueDate ? { valueDateTime: answer.valueDate } : { valueString: String(value) };
}
