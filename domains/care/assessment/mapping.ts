import type {
  CodeableConcept,
  Coding,
  Element,
  Extension,
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

/** An answer as a concept: the option's coding with the form's words in every language, or what was written. */
export function conceptOf(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): CodeableConcept {
  const coding = codingOf(item, answer);
  const said = optionOf(item, answer)?.valueCoding as Worded<Coding> | undefined;
  return coding ? worded(coding, said?.display, said?._display) : { text: answer.valueString ?? '' };
}

/** The code of an item as a concept: what it is called in the record, or the question itself. */
export function itemConcept(item: QuestionnaireItem): CodeableConcept {
  const [coding] = item.code ?? [];
  return coding ? concept(coding, item) : worded(undefined, item.text, (item as Worded<QuestionnaireItem>)._text);
}

/** A code of the form as a concept, in the words the form has for the record where it has any. */
export function concept(coding: Coding, otherwise?: QuestionnaireItem): CodeableConcept {
  const { extension, ...bare } = coding;
  const record = extension?.find(({ url }) => url === `${structureDefinition}/record-text`) as
    | Worded<Extension>
    | undefined;
  if (record) {
    return worded(bare, record.valueString, record._valueString);
  }
  return otherwise
    ? worded(bare, otherwise.text, (otherwise as Worded<QuestionnaireItem>)._text)
    : worded(bare, bare.display, undefined);
}

/** Extensions of a primitive stand beside it; the R4 types do not name them. */
type Worded<T> = T & Readonly<Record<'_text' | '_display' | '_valueString', Element | undefined>>;

/** `text` carries its translations, so that the record is read in other languages where this form is unknown. */
function worded(
  coding: Coding | undefined,
  text: string | undefined,
  translations: Element | undefined,
): CodeableConcept {
  return {
    ...(coding && { coding: [coding] }),
    text: text ?? coding?.display,
    ...(translations && { _text: translations }),
  } as CodeableConcept;
}
