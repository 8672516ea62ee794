import type {
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { canonicalOf } from './answers.ts';
import { calculated, calculationOf } from './calculate.ts';
import { addDays, isCalendarDate } from './dates.ts';
import { enabledItems } from './enabled.ts';
import {
  answerValue,
  extensions,
  type ItemOutline,
  isRepeatingGroup,
  keyOf,
  outlineOf,
  type Place,
} from './outline.ts';
import { itemText } from './text.ts';

/** What can be wrong with a response. Screens translate by code; `label` is the item's text in the reader's language. */
export type ResponseIssueCode =
  /** It answers another questionnaire or another version. */
  | 'questionnaire'
  | 'unknown-item'
  /** The item stands where the questionnaire does not have it, or twice where it cannot repeat. */
  | 'misplaced'
  | 'disabled'
  | 'required'
  | 'too-few'
  | 'too-many'
  | 'type'
  | 'not-an-option'
  /** An answer that excludes all others was given beside others. */
  | 'exclusive'
  | 'below-minimum'
  | 'above-maximum'
  | 'too-long'
  | 'unit'
  /** Not a day of the calendar, or one no living person has seen. */
  | 'date'
  | 'in-future'
  | 'in-past'
  | 'duplicate'
  /** A calculated item does not hold what follows from its inputs. */
  | 'calculation';

export interface ResponseIssue {
  readonly code: ResponseIssueCode;
  readonly linkId?: string;
  readonly at?: Place;
  /** {@link keyOf} the two: which node of the form it belongs to. */
  readonly key?: string;
  readonly label?: string;
  /** FHIRPath into the response. */
  readonly expression: string;
  /** The limit that was passed. Never the answer itself. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface ValidateOptions {
  /** Language of the labels. */
  readonly language: string;
  /** ISO date of today, against which `past` and `future` are read; left out, they are not checked. */
  readonly today?: string;
  /** False for a draft: what is still missing is no issue. Default true. */
  readonly complete?: boolean;
}

const textLengthMax = 4000;
const earliestYear = 1900;
const latestYear = 2100;

const valueKeys: Readonly<Record<string, readonly string[]>> = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  url: ['valueUri'],
  choice: ['valueCoding', 'valueInteger', 'valueDate', 'valueTime', 'valueString'],
  'open-choice': ['valueCoding', 'valueString'],
  quantity: ['valueQuantity'],
  reference: ['valueReference'],
  attachment: ['valueAttachment'],
};

/**
 * Checks a response against its questionnaire: known items in their places, enabled by the answers, answered where
 * required, of the right type, within range, of the offered options and units, on days that can be. Linear in both.
 */
export function validateResponse(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  options: ValidateOptions,
): readonly ResponseIssue[] {
  const issues: ResponseIssue[] = [];
  const canonical = canonicalOf(questionnaire);
  if (response.questionnaire !== canonical && response.questionnaire !== questionnaire.url) {
    issues.push({ code: 'questionnaire', expression: 'QuestionnaireResponse.questionnaire', values: { canonical } });
  }
  const outline = outlineOf(questionnaire);
  const enabled = enabledItems(questionnaire, response);
  const { complete = true, language, today } = options;

  const report = (
    code: ResponseIssueCode,
    entry: ItemOutline,
    at: Place,
    expression: string,
    values?: ResponseIssue['values'],
  ) => {
    const { linkId } = entry;
    const label = itemText(entry.item, language);
    issues.push({ code, linkId, at, key: keyOf(linkId, at), label, expression, ...(values && { values }) });
  };

  const visitLevel = (
    entries: readonly ItemOutline[],
    items: readonly QuestionnaireResponseItem[],
    around: Place,
    path: string,
  ) => {
    const byLinkId = new Map<string, { item: QuestionnaireResponseItem; expression: string }[]>();
    for (const [index, item] of items.entries()) {
      const expression = `${path}.item[${index}]`;
      const list = byLinkId.get(item.linkId);
      list ? list.push({ item, expression }) : byLinkId.set(item.linkId, [{ item, expression }]);
    }
    for (const entry of entries) {
      const own = byLinkId.get(entry.linkId) ?? [];
      byLinkId.delete(entry.linkId);
      const place = isRepeatingGroup(entry.item) ? [...around, 0] : around;
      if (!enabled.has(keyOf(entry.linkId, place))) {
        for (const { item, expression } of own) {
          if (hasContent(item)) {
            report('disabled', entry, place, expression);
          }
        }
        continue;
      }
      visitEntry(entry, own, around, path);
    }
    for (const [linkId, strangers] of byLinkId) {
      const entry = outline.byLinkId.get(linkId);
      for (const { expression } of strangers) {
        entry ? report('misplaced', entry, around, expression) : issues.push({ code: 'unknown-item', expression });
      }
    }
  };

  const visitEntry = (
    entry: ItemOutline,
    found: readonly { item: QuestionnaireResponseItem; expression: string }[],
    around: Place,
    path: string,
  ) => {
    const { item } = entry;
    const repeating = isRepeatingGroup(item);
    const where = found[0]?.expression ?? `${path}.item.where(linkId='${entry.linkId}')`;
    const most = repeating ? (integerExtension(item, extensions.maxOccurs) ?? Number.POSITIVE_INFINITY) : 1;
    if (found.length > most) {
      report(repeating ? 'too-many' : 'misplaced', entry, around, found[most]!.expression, { limit: most });
    }
    // What stands beyond the limit has been named; it is not read as answers.
    const own = found.slice(0, most);
    if (item.type === 'group') {
      if (complete && item.required && !own.some(({ item }) => hasContent(item))) {
        report('required', entry, repeating ? [...around, 0] : around, where);
      }
      if (own.length === 0) {
        // What a missing group requires is still missing; a repeating one may stay away unless itself required.
        if (!repeating || item.required) {
          visitLevel(entry.children, [], repeating ? [...around, 0] : around, where);
        }
        return;
      }
      for (const [index, { item: given, expression }] of own.entries()) {
        if (given.answer?.length) {
          report('type', entry, around, `${expression}.answer`);
        }
        if (repeating && !hasContent(given)) {
          continue;
        }
        visitLevel(entry.children, given.item ?? [], repeating ? [...around, index] : around, expression);
      }
      return;
    }
    const answers = own.flatMap(({ item: given, expression }) =>
      (given.answer ?? []).map((answer, index) => ({ answer, expression: `${expression}.answer[${index}]` })),
    );
    checkAnswers(entry, answers, around, where);
    const nested = own[0]?.item.answer?.[0]?.item ?? own[0]?.item.item ?? [];
    if (entry.children.length > 0 || nested.length > 0) {
      visitLevel(entry.children, nested, around, own[0]?.item.item ? where : `${where}.answer[0]`);
    }
  };

  const checkAnswers = (
    entry: ItemOutline,
    answers: readonly { answer: QuestionnaireResponseItemAnswer; expression: string }[],
    at: Place,
    where: string,
  ) => {
    const { item } = entry;
    const given = answers.filter(({ answer }) => answerValue(answer) !== undefined);
    if (item.type === 'display') {
      if (answers.length > 0) {
        report('type', entry, at, where);
      }
      return;
    }
    const least = integerExtension(item, extensions.minOccurs) ?? 0;
    if (complete && item.required && given.length === 0) {
      report('required', entry, at, where);
    } else if (complete && given.length < least) {
      report('too-few', entry, at, where, { limit: least });
    }
    const most = item.repeats ? (integerExtension(item, extensions.maxOccurs) ?? Number.POSITIVE_INFINITY) : 1;
    if (given.length > most) {
      report('too-many', entry, at, given[most]!.expression, { limit: most });
    }
    const seen = new Set<string>();
    for (const { answer, expression } of answers) {
      const keys = Object.keys(answer).filter((key) => key.startsWith('value'));
      const [key] = keys;
      if (keys.length !== 1 || !valueKeys[item.type]!.includes(key!) || !isWellTyped(key!, answerValue(answer))) {
        report('type', entry, at, expression);
        continue;
      }
      checkValue(entry, answer, key!, at, expression);
      const identity = answer.valueCoding
        ? `${answer.valueCoding.system}|${answer.valueCoding.code}`
        : JSON.stringify(answerValue(answer));
      if (seen.has(identity)) {
        report('duplicate', entry, at, expression);
      }
      seen.add(identity);
      if (given.length > 1 && isExclusive(item, answer)) {
        report('exclusive', entry, at, expression);
      }
    }
    if (calculationOf(item)) {
      const expected = calculated(questionnaire, response, entry, at);
      const value = expected && answerValue(expected);
      if ((given[0] && answerValue(given[0].answer)) !== value && (given.length > 0 || complete)) {
        report('calculation', entry, at, where);
      }
    }
  };

  const checkValue = (
    entry: ItemOutline,
    answer: QuestionnaireResponseItemAnswer,
    key: string,
    at: Place,
    expression: string,
  ) => {
    const { item } = entry;
    const value = answerValue(answer);
    if (typeof value === 'string' && key === 'valueString') {
      const limit = item.maxLength ?? textLengthMax;
      // Code points, so that a limit means the same in every script.
      if ([...value].length > limit) {
        report('too-long', entry, at, expression, { limit });
      }
    }
    if ((item.type === 'choice' || item.type === 'open-choice') && item.answerOption) {
      const offered = item.answerOption.some((option) =>
        answer.valueCoding
          ? option.valueCoding?.code === answer.valueCoding.code &&
            (option.valueCoding?.system ?? '') === (answer.valueCoding.system ?? '')
          : key in option && option[key as keyof typeof option] === value,
      );
      if (!offered && !(item.type === 'open-choice' && key === 'valueString')) {
        report('not-an-option', entry, at, expression);
      }
    }
    if (answer.valueQuantity) {
      const units = unitsOf(item);
      const { code, system, unit } = answer.valueQuantity;
      if (units.length > 0 && !units.some((offered) => offered.code === code && offered.system === system)) {
        report('unit', entry, at, expression, { unit: units.map(({ display }) => display ?? '').join(', ') });
      } else if (unit !== undefined && unit.length > 40) {
        report('unit', entry, at, expression);
      }
    }
    const low = limitOf(item, extensions.minValue);
    const high = limitOf(item, extensions.maxValue);
    const comparable = answer.valueQuantity ? answer.valueQuantity.value : value;
    if (typeof comparable === 'number' || typeof comparable === 'string') {
      if (low !== undefined && typeof low === typeof comparable && comparable < low) {
        report('below-minimum', entry, at, expression, { limit: low });
      }
      if (high !== undefined && typeof high === typeof comparable && comparable > high) {
        report('above-maximum', entry, at, expression, { limit: high });
      }
    }
    if ((key === 'valueDate' || key === 'valueDateTime') && typeof value === 'string') {
      checkDate(entry, value, at, expression);
    }
  };

  const checkDate = (entry: ItemOutline, value: string, at: Place, expression: string) => {
    const date = value.slice(0, 10);
    const year = Number(date.slice(0, 4));
    if (!isCalendarDate(date) || year < earliestYear || year > latestYear) {
      report('date', entry, at, expression, { earliest: earliestYear, latest: latestYear });
      return;
    }
    const tense = entry.item.extension?.find(({ url }) => url === extensions.tense)?.valueCode;
    if (!today || !tense) {
      return;
    }
    // A day of grace: today here may be tomorrow where the answer was given. Partial dates compare as far as they go.
    if (tense === 'past' && date > addDays(today, 1).slice(0, date.length)) {
      report('in-future', entry, at, expression);
    } else if (tense === 'future' && date < addDays(today, -1).slice(0, date.length)) {
      report('in-past', entry, at, expression);
    }
  };

  visitLevel(outline.roots, response.item ?? [], [], 'QuestionnaireResponse');
  return issues;
}

/** Units a quantity may be given in. */
export function unitsOf(item: QuestionnaireItem): readonly { system?: string; code?: string; display?: string }[] {
  return (item.extension ?? [])
    .filter(({ url }) => url === extensions.unit || url === extensions.unitOption)
    .map(({ valueCoding }) => valueCoding!);
}

/** The least or greatest value allowed, where there is one; a limit on a quantity is in its own unit. */
export function limitOf(item: QuestionnaireItem, url: string): number | string | undefined {
  const found: Extension | undefined = item.extension?.find((extension) => extension.url === url);
  return found?.valueInteger ?? found?.valueDecimal ?? found?.valueQuantity?.value ?? found?.valueDate;
}

function integerExtension(item: QuestionnaireItem, url: string): number | undefined {
  return item.extension?.find((extension) => extension.url === url)?.valueInteger;
}

function isExclusive(item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): boolean {
  const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.code === answer.valueCoding?.code);
  return (
    option?.extension?.some(({ url, valueBoolean }) => url === extensions.optionExclusive && valueBoolean) === true
  );
}

function hasContent(item: QuestionnaireResponseItem): boolean {
  return (item.answer ?? []).some((answer) => answerValue(answer) !== undefined) || (item.item ?? []).some(hasContent);
}

function isWellTyped(key: string, value: unknown): boolean {
  switch (key) {
    case 'valueBoolean':
      return typeof value === 'boolean';
    case 'valueDecimal':
      return typeof value === 'number' && Number.isFinite(value);
    case 'valueInteger':
      return Number.isInteger(value);
    case 'valueQuantity': {
      const quantity = value as { value?: unknown } | null;
      return typeof quantity === 'object' && typeof quantity?.value === 'number' && Number.isFinite(quantity.value);
    }
    case 'valueCoding':
      return typeof value === 'object' && typeof (value as { code?: unknown } | null)?.code === 'string';
    case 'valueReference':
    case 'valueAttachment':
      return typeof value === 'object' && value !== null;
    case 'valueDateTime':
      return (
        typeof value === 'string' && /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(value)
      );
    case 'valueTime':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(value);
    default:
      return typeof value === 'string' && value.trim() !== '';
  }
}
