import type { CodeableConcept, QuestionnaireItem, QuestionnaireResponseItemAnswer, Resource } from '@medplum/fhirtypes';
import { type FormNode, scoreOf } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { labelled } from './labels.ts';
import { codingOf, concept, conceptOf, type Extract, extractsOf, itemConcept, optionSensitivity } from './mapping.ts';
import { observation, observationOfGroup, valueOfAnswer } from './observations.ts';
import { interpretationOf } from './scores.ts';
import { coded, type Facts, type Filled, noteOf, terminology, type Writing } from './writing.ts';

type Builder = (facts: Facts, writing: Writing) => Resource;

/** One builder a resource type; the only place that lists them. */
const builders: Readonly<Record<string, Builder>> = {
  Condition: ({ extract, code, labels, field }, writing) => {
    const onset = field('onset')?.valueDate;
    const certainty = field('certainty')?.valueCoding?.code ?? 'unconfirmed';
    return {
      ...labelled(labels),
      resourceType: 'Condition',
      id: writing.newId(),
      clinicalStatus: coded(`${terminology}/condition-clinical`, extract.status ?? 'active'),
      // As told; a diagnosis made here says how certain it is.
      verificationStatus: coded(`${terminology}/condition-ver-status`, certainty),
      category: [coded(`${terminology}/condition-category`, extract.category ?? 'problem-list-item')],
      code,
      subject: writing.subject,
      encounter: writing.encounter,
      ...(onset && { onsetDateTime: onset }),
      recordedDate: writing.instant,
      ...(writing.author && { recorder: writing.author }),
      evidence: [{ detail: [writing.source] }],
      ...noteOf(field('note')),
    };
  },
  AllergyIntolerance: ({ code, labels, field, fields }, writing) => {
    const category = field('category')?.valueCoding?.code as 'food' | 'medication' | 'environment' | undefined;
    const severe = field('criticality')?.valueBoolean;
    const manifestation = fields('reaction').map(({ item, answer }) => conceptOf(item, answer));
    return {
      ...labelled(labels),
      resourceType: 'AllergyIntolerance',
      id: writing.newId(),
      clinicalStatus: coded(`${terminology}/allergyintolerance-clinical`, 'active'),
      verificationStatus: coded(`${terminology}/allergyintolerance-verification`, 'unconfirmed'),
      ...(category && { category: [category] }),
      ...(severe !== undefined && { criticality: severe ? 'high' : 'low' }),
      code,
      patient: writing.subject,
      encounter: writing.encounter,
      recordedDate: writing.instant,
      ...(writing.author && { recorder: writing.author }),
      ...(manifestation.length > 0 && { reaction: [{ manifestation }] }),
    };
  },
  MedicationStatement: ({ code, labels, field }, writing) => {
    const since = field('date')?.valueDate;
    const dose = field('dose')?.valueString;
    return {
      ...labelled(labels),
      resourceType: 'MedicationStatement',
      id: writing.newId(),
      status: 'active',
      medicationCodeableConcept: code,
      subject: writing.subject,
      context: writing.encounter,
      ...(since ? { effectivePeriod: { start: since } } : { effectiveDateTime: writing.performed }),
      dateAsserted: writing.instant,
      derivedFrom: [writing.source],
      ...(dose && { dosage: [{ text: dose }] }),
    };
  },
  Immunization: ({ extract, code, labels, field }, writing) => {
    const givenNow = extract.status === 'given-now';
    const date = givenNow ? writing.performed : field('date')?.valueDate;
    const dose = field('dose-number')?.valueInteger;
    const lot = field('lot')?.valueString;
    const evidence = field('evidence')?.valueCoding;
    return {
      ...labelled(labels),
      resourceType: 'Immunization',
      id: writing.newId(),
      status: 'completed',
      vaccineCode: code,
      patient: writing.subject,
      encounter: writing.encounter,
      ...(date ? { occurrenceDateTime: date } : { occurrenceString: 'unknown' }),
      recorded: writing.instant,
      primarySource: givenNow,
      ...(!givenNow && evidence && { reportOrigin: { coding: [evidence] } }),
      ...(lot && { lotNumber: lot }),
      ...(givenNow && { performer: [{ actor: writing.performer }] }),
      ...(dose && { protocolApplied: [{ doseNumberPositiveInt: dose }] }),
    };
  },
  Procedure: ({ extract, code, labels, field }, writing) => {
    const category = extract.category ? procedureCategories[extract.category] : undefined;
    const date = field('date')?.valueDate;
    const now = extract.category === 'education';
    return {
      ...labelled(labels),
      resourceType: 'Procedure',
      id: writing.newId(),
      status: 'completed',
      ...(category && { category: concept(category) }),
      code,
      subject: writing.subject,
      encounter: writing.encounter,
      ...(now
        ? { performedDateTime: writing.performed }
        : date
          ? { performedDateTime: date }
          : { performedString: 'unknown' }),
      ...(writing.author && { recorder: writing.author }),
      ...noteOf(field('note')),
    };
  },
  ServiceRequest: ({ code, labels, field }, writing) => {
    const priority = field('priority')?.valueCoding?.code as 'routine' | 'urgent' | 'stat' | undefined;
    const reason = field('reason')?.valueString;
    const where = field('performer')?.valueString;
    const by = field('date')?.valueDate;
    return {
      ...labelled(labels),
      resourceType: 'ServiceRequest',
      id: writing.newId(),
      status: 'active',
      intent: 'order',
      category: [concept({ system: 'http://snomed.info/sct', code: '3457005', display: 'Patient referral' })],
      ...(priority && { priority }),
      code,
      subject: writing.subject,
      encounter: writing.encounter,
      ...(by && { occurrenceDateTime: by }),
      authoredOn: writing.instant,
      requester: writing.author ?? writing.facility ?? writing.performer,
      ...(where && { performer: [{ display: where }] }),
      ...(reason && { reasonCode: [{ text: reason }] }),
      supportingInfo: [writing.source],
    };
  },
  Flag: ({ extract, code, labels }, writing) => ({
    ...labelled(labels),
    resourceType: 'Flag',
    id: writing.newId(),
    status: 'active',
    category: [coded(`${terminology}/flag-category`, extract.category ?? 'safety')],
    code,
    subject: writing.subject,
    period: { start: writing.instant },
    encounter: writing.encounter,
    ...(writing.author ? { author: writing.author } : writing.facility ? { author: writing.facility } : {}),
  }),
};

const procedureCategories: Readonly<Record<string, { system: string; code: string; display: string }>> = {
  surgical: { system: 'http://snomed.info/sct', code: '387713003', display: 'Surgical procedure' },
  education: { system: 'http://snomed.info/sct', code: '409073007', display: 'Education' },
};

/** The resource a group stands for, from its children that fill a field; none while nothing is answered. */
export function resourcesOfGroup(node: FormNode, extract: Extract, writing: Writing): Resource[] {
  const filled = new Map<string, Filled[]>();
  const labels = [...extract.sensitivity];
  for (const child of node.children) {
    if (!child.enabled) {
      continue;
    }
    for (const { role, sensitivity } of extractsOf(child.item)) {
      if (role && child.answers.length > 0) {
        filled.set(role, [
          ...(filled.get(role) ?? []),
          ...child.answers.map((answer) => ({ item: child.item, answer })),
        ]);
        labels.push(...sensitivity, ...child.answers.flatMap((answer) => optionSensitivity(child.item, answer)));
      }
    }
  }
  const fields = (role: string) => filled.get(role) ?? [];
  const field = (role: string) => fields(role)[0]?.answer;
  const [coding] = fields('code');
  if (extract.target === 'Observation') {
    return observationOfGroup(
      node.item,
      { extract, labels, fields, field, code: coding ? conceptOf(coding.item, coding.answer) : itemConcept(node.item) },
      writing,
    );
  }
  if (!coding) {
    return [];
  }
  const facts: Facts = { extract, labels, fields, field, code: conceptOf(coding.item, coding.answer) };
  return [builders[extract.target]!(facts, writing)];
}

/** The resources one question's answers stand for. */
export function resourcesOfQuestion(node: FormNode, extract: Extract, writing: Writing): Resource[] {
  const { item, answers } = node;
  const [first] = answers;
  if (!first) {
    return [];
  }
  if (extract.absent) {
    return isNo(first) ? [absence(extract, writing)] : [];
  }
  const wanted = answers.filter((answer) => applies(item, extract, answer));
  if (wanted.length === 0) {
    return [];
  }
  if (extract.target === 'Consent') {
    return [consentOf(extract, first.valueBoolean === true, writing)];
  }
  if (extract.target === 'Observation') {
    if (extract.as === 'panel') {
      const labels = [...extract.sensitivity, ...wanted.flatMap((answer) => optionSensitivity(item, answer))];
      const component = wanted.map((answer) => ({ code: conceptOf(item, answer), valueBoolean: true }));
      return [observation(extract, itemConcept(item), labels, { component }, writing)];
    }
    return wanted.map((answer) =>
      observation(
        extract,
        extract.code ? concept(extract.code) : itemConcept(item),
        [...extract.sensitivity, ...optionSensitivity(item, answer)],
        { ...valueOfAnswer(item, answer, extract), ...interpretationOf(item, answer, writing.ageMonths) },
        writing,
      ),
    );
  }
  const build = builders[extract.target]!;
  return wanted.map((answer) => {
    const code = extract.code
      ? concept(extract.code)
      : answer.valueCoding || answer.valueString
        ? conceptOf(item, answer)
        : itemConcept(item);
    const labels = [...extract.sensitivity, ...optionSensitivity(item, answer)];
    const field = (role: string) => (role === 'date' && answer.valueDate ? answer : undefined);
    return build({ extract, code, labels, field, fields: () => [] }, writing);
  });
}

/** Whether an answer makes a resource: a yes, or the options and scores the form names. */
function applies(item: QuestionnaireItem, extract: Extract, answer: QuestionnaireResponseItemAnswer): boolean {
  const code = answer.valueCoding?.code ?? (answer.valueBoolean === undefined ? '' : String(answer.valueBoolean));
  if (extract.atLeast !== undefined && !((scoreOf(item, answer) ?? -1) >= extract.atLeast)) {
    return false;
  }
  if (extract.on.length > 0) {
    return extract.on.includes(code);
  }
  // For an Observation or a Consent, no is an answer to keep; for the rest a no is nothing.
  const noCounts = extract.target === 'Observation' || extract.target === 'Consent';
  return !extract.except.includes(code) && (noCounts || answer.valueBoolean !== false);
}

function isNo(answer: QuestionnaireResponseItemAnswer): boolean {
  return answer.valueBoolean === false || answer.valueCoding?.code === '373067005';
}

const snomedAbsent: Readonly<Record<string, { code: string; display: string }>> = {
  'no-known-allergies': { code: '716186003', display: 'No known allergy' },
  'no-known-medications': { code: '787481004', display: 'No known medications' },
  'no-known-problems': { code: '160245001', display: 'No current problems or disability' },
};

/** "Asked, and there is none": coded as the International Patient Summary does, beside SNOMED CT where it has a code. */
function absence(extract: Extract, writing: Writing): Resource {
  const { code = '', system, display } = extract.absent!;
  const snomed = snomedAbsent[code];
  const absent: CodeableConcept = {
    ...concept(extract.absent!),
    coding: [{ system, code, display }, ...(snomed ? [{ system: 'http://snomed.info/sct', ...snomed }] : [])],
  };
  const none: Facts = { extract, code: absent, labels: extract.sensitivity, field: () => undefined, fields: () => [] };
  const resource = builders[extract.target]!(none, writing);
  switch (resource.resourceType) {
    case 'MedicationStatement':
      return { ...resource, status: 'unknown' };
    case 'Immunization': {
      const { occurrenceString: _, primarySource: __, ...bare } = resource;
      return { ...bare, status: 'not-done', occurrenceDateTime: writing.performed };
    }
    case 'Procedure': {
      const { performedString: _, ...bare } = resource;
      return { ...bare, status: 'unknown', performedDateTime: writing.performed };
    }
    default:
      return resource;
  }
}

function consentOf(extract: Extract, permits: boolean, writing: Writing): Resource {
  const extension = writing.consentGiven.map(({ item, answer }) => {
    const { role } = extractsOf(item).find(({ target }) => target === 'Consent')!;
    const url = `https://serai.example/StructureDefinition/consent-${role}`;
    const valueCoding = codingOf(item, answer);
    return valueCoding ? { url, valueCoding } : { url, valueString: answer.valueString ?? '' };
  });
  const givenByOther = extension.some(
    ({ url, valueCoding }) => url.endsWith('/consent-given-by') && valueCoding?.code !== 'self',
  );
  return {
    resourceType: 'Consent',
    id: writing.newId(),
    ...(extension.length > 0 && { extension }),
    // Declining an assessment is not declining care: where the form says so, a no is kept without becoming a rule.
    status: !permits && extract.status === 'rejected' ? 'rejected' : 'active',
    scope: coded(`${terminology}/consentscope`, 'patient-privacy'),
    category: [concept({ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' })],
    patient: writing.subject,
    dateTime: writing.instant,
    ...(!givenByOther && { performer: [writing.subject] }),
    ...(writing.facility && { organization: [writing.facility] }),
    sourceReference: writing.source,
    policyRule: coded(`${terminology}/v3-ActCode`, permits ? 'OPTIN' : 'OPTOUT'),
    provision: {
      type: permits ? 'permit' : 'deny',
      purpose: [{ system: `${terminology}/v3-ActReason`, code: extract.purpose! }],
    },
  };
}
