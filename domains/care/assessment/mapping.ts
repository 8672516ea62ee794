import type {
  CodeableConcept,
  Coding,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { invariant } from '@serai/kernel/base/invariant.ts';

/** What one item of a form becomes in the record, as its `extract` extension says. */
export interface Extract {
  /** Resource type. */
  readonly target: string;
  readonly category?: string;
  /** Which field of the resource of the group around it the answer fills. */
  readonly role?: string;
  /** `panel`: one Observation with a component for each option chosen. */
  readonly as?: string;
  readonly status?: string;
  readonly purpose?: string;
  /** The resource's code, where it is not the item's or the answer's own. */
  readonly code?: Coding;
  /** Written where the answer is no. */
  readonly absent?: Coding;
  /** Unit of a number, in UCUM. */
  readonly unit?: Coding;
  /** Only for these option codes, or `true` and `false`. */
  readonly on: readonly string[];
  readonly except: readonly string[];
  /** Only from this score on. */
  readonly atLeast?: number;
  /** Sensitivity labels (v3-ActCode or `x-TB`). */
  readonly sensitivity: readonly string[];
}

const structureDefinition = 'https://serai.example/StructureDefinition';
const extracts = new WeakMap<QuestionnaireItem, readonly Extract[]>();

/** The extractions an item declares; none for most display items. */
export function extractsOf(item: QuestionnaireItem): readonly Extract[] {
  const known = extracts.get(item);
  if (known) {
    return known;
  }
  const found = (item.extension ?? [])
    .filter(({ url }) => url === `${structureDefinition}/extract`)
    .map(({ extension: parts = [] }): Extract => {
      const part = (url: string) => parts.find((candidate) => candidate.url === url);
      const codes = (url: string) =>
        parts.filter((candidate) => candidate.url === url).map(({ valueCode }) => valueCode!);
      const target = part('target')?.valueCode;
      invariant(target, `${item.linkId} names what it becomes`);
      return {
        target,
        category: part('category')?.valueCode,
        role: part('role')?.valueCode,
        as: part('as')?.valueCode,
        status: part('status')?.valueCode,
        purpose: part('purpose')?.valueCode,
        code: part('code')?.valueCoding,
        absent: part('absent')?.valueCoding,
        unit: part('unit')?.valueCoding,
        on: codes('on'),
        except: codes('except'),
        atLeast: part('atLeast')?.valueDecimal,
        sensitivity: codes('sensitivity'),
      };
    });
  extracts.set(item, found);
  return found;
}

/** The option an answer chose; undefined for free text. */
export function optionOf(
  item: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
): QuestionnaireItemAnswerOption | undefined {
  const coding = answer.valueCoding;
  return (
    coding &&
    item.answerOption?.find(
      ({ valueCoding }) => valueCoding?.code === coding.code && valueCoding?.system === coding.system,
    )
  );
}

/** The chosen option's coding in the terminology's own words; never what the sender wrote as display. */
export function codingOf(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): Coding | undefined {
  const option = optionOf(item, answer);
  if (!option?.valueCoding) {
    return undefined;
  }
  const { system, code, display } = option.valueCoding;
  const own = option.extension?.find(({ url }) => url === `${structureDefinition}/terminology-display`)?.valueString;
  return { system, code, display: own ?? display };
}

/** Labels the chosen option carries by itself. */
export function optionSensitivity(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): string[] {
  return (optionOf(item, answer)?.extension ?? [])
    .filter(({ url }) => url === `${structureDefinition}/sensitivity`)
    .map(({ valueCode }) => valueCode!);
}

/** An answer as a concept: the option's coding with the form's words, or what was written. */
export function conceptOf(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): CodeableConcept {
  const coding = codingOf(item, answer);
  return coding
    ? { coding: [coding], text: optionOf(item, answer)!.valueCoding!.display }
    : { text: answer.valueString ?? '' };
}

/** The code of an item as a concept with the form's words. */
export function itemConcept(item: QuestionnaireItem): CodeableConcept {
  return { coding: item.code ?? [], text: item.text };
}

export function concept(coding: Coding): CodeableConcept {
  return { coding: [coding], text: coding.display };
}
