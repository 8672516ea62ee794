import type {
  Coding,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { answerValue, type ItemOutline, isRepeatingGroup, keyOf, outlineOf, type Place } from './outline.ts';

/** One item as a form shows it. A repeating group has a node for each instance, and one empty one before any exists. */
export interface FormNode {
  readonly item: QuestionnaireItem;
  readonly linkId: string;
  readonly at: Place;
  /** {@link keyOf} the two. */
  readonly key: string;
  readonly enabled: boolean;
  readonly answers: readonly QuestionnaireResponseItemAnswer[];
  readonly children: readonly FormNode[];
}

type Answered = Map<string, { readonly at: Place; readonly answers: readonly QuestionnaireResponseItemAnswer[] }[]>;

/**
 * The questionnaire as a tree of what to show, with answers, in one pass over it. Answers of items that are not
 * enabled count as not given, so a chain of conditions folds up from its first link.
 */
export function formTree(questionnaire: Questionnaire, response: QuestionnaireResponse): readonly FormNode[] {
  const outline = outlineOf(questionnaire);
  // Answers of enabled items so far; and, for conditions that look ahead, all answers, read only when one does.
  const answered: Answered = new Map();
  let everything: Answered | undefined;
  const answersFor = (question: ItemOutline, asking: ItemOutline, at: Place) => {
    if (question.order >= asking.order) {
      everything ??= allAnswers(outline.roots, response.item);
    }
    const source = question.order < asking.order ? answered : everything!;
    let common = 0;
    while (common < question.repeating.length && question.repeating[common] === asking.repeating[common]) {
      common++;
    }
    const found = source.get(question.linkId);
    if (!found) {
      return [];
    }
    return found
      .filter((entry) => entry.at.slice(0, common).every((index, depth) => index === at[depth]))
      .flatMap(({ answers }) => answers);
  };
  const isEnabled = (entry: ItemOutline, at: Place) => {
    const conditions = entry.item.enableWhen;
    if (!conditions || conditions.length === 0) {
      return true;
    }
    const holds = (condition: QuestionnaireItemEnableWhen) => {
      const question = outline.byLinkId.get(condition.question);
      return question !== undefined && conditionHolds(condition, answersFor(question, entry, at));
    };
    return entry.item.enableBehavior === 'any' ? conditions.some(holds) : conditions.every(holds);
  };
  const visit = (entry: ItemOutline, items: ItemsByLinkId, around: Place, parentEnabled: boolean): FormNode[] => {
    const own = items.get(entry.linkId) ?? [];
    const count = isRepeatingGroup(entry.item) ? Math.max(1, own.length) : 1;
    const enabled = parentEnabled && isEnabled(entry, around);
    return Array.from({ length: count }, (_, index) => {
      const at = isRepeatingGroup(entry.item) ? [...around, index] : around;
      const answers = own[index]?.answer ?? [];
      if (enabled && answers.length > 0) {
        const list = answered.get(entry.linkId);
        list ? list.push({ at, answers }) : answered.set(entry.linkId, [{ at, answers }]);
      }
      const inner = byLinkIdOf(childItems(own[index]));
      return {
        item: entry.item,
        linkId: entry.linkId,
        at,
        key: keyOf(entry.linkId, at),
        enabled,
        answers,
        children: entry.children.flatMap((child) => visit(child, inner, at, enabled)),
      };
    });
  };
  const answeredRoots = byLinkIdOf(response.item ?? []);
  return outline.roots.flatMap((root) => visit(root, answeredRoots, [], true));
}

type ItemsByLinkId = ReadonlyMap<string, readonly QuestionnaireResponseItem[]>;
const noItems: ItemsByLinkId = new Map();

function byLinkIdOf(items: readonly QuestionnaireResponseItem[]): ItemsByLinkId {
  if (items.length === 0) {
    return noItems;
  }
  const map = new Map<string, QuestionnaireResponseItem[]>();
  for (const item of items) {
    const list = map.get(item.linkId);
    if (list) {
      list.push(item);
    } else {
      map.set(item.linkId, [item]);
    }
  }
  return map;
}

/** Keys ({@link keyOf}) of the items enabled by the answers given. */
export function enabledItems(questionnaire: Questionnaire, response: QuestionnaireResponse): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (node: FormNode) => {
    if (node.enabled) {
      keys.add(node.key);
      node.children.forEach(visit);
    }
  };
  formTree(questionnaire, response).forEach(visit);
  return keys;
}

/**
 * The response as it is sent: without answers to items that are not enabled, without empty answers, items and
 * groups, in the questionnaire's order. Items the questionnaire does not have stay, for validation to name.
 */
export function pruneDisabled(questionnaire: Questionnaire, response: QuestionnaireResponse): QuestionnaireResponse {
  const { byLinkId } = outlineOf(questionnaire);
  const build = (node: FormNode): QuestionnaireResponseItem[] => {
    if (!node.enabled) {
      return [];
    }
    const answer = node.answers.filter((given) => answerValue(given) !== undefined && answerValue(given) !== '');
    const item = node.children.flatMap(build);
    if (answer.length === 0 && item.length === 0) {
      return [];
    }
    if (node.item.type !== 'group' && item.length > 0) {
      const [first, ...others] = answer;
      return first ? [{ linkId: node.linkId, answer: [{ ...first, item }, ...others] }] : [];
    }
    return [
      {
        linkId: node.linkId,
        ...(answer.length > 0 && { answer: answer.map(({ item: _, ...given }) => given) }),
        ...(item.length > 0 && { item }),
      },
    ];
  };
  const strangers = (response.item ?? []).filter(({ linkId }) => !byLinkId.has(linkId));
  return { ...response, item: [...formTree(questionnaire, response).flatMap(build), ...strangers] };
}

/** Items under an item of a response: a group's own, a question's under its first answer. */
function childItems(item: QuestionnaireResponseItem | undefined): readonly QuestionnaireResponseItem[] {
  return item?.item ?? item?.answer?.[0]?.item ?? [];
}

function allAnswers(
  roots: readonly ItemOutline[],
  items: readonly QuestionnaireResponseItem[] | undefined,
  around: Place = [],
  into: Answered = new Map(),
): Answered {
  for (const entry of roots) {
    const own = (items ?? []).filter(({ linkId }) => linkId === entry.linkId);
    for (const [index, item] of own.entries()) {
      const at = isRepeatingGroup(entry.item) ? [...around, index] : around;
      if (item.answer?.length) {
        into.set(entry.linkId, [...(into.get(entry.linkId) ?? []), { at, answers: item.answer }]);
      }
      allAnswers(entry.children, childItems(item), at, into);
    }
  }
  return into;
}

/** FHIR R4 `enableWhen`: true where any answer compares so; `!=` where none is equal. */
function conditionHolds(
  condition: QuestionnaireItemEnableWhen,
  answers: readonly QuestionnaireResponseItemAnswer[],
): boolean {
  if (condition.operator === 'exists') {
    return answers.some((answer) => answerValue(answer) !== undefined) === condition.answerBoolean;
  }
  const wanted = conditionValue(condition);
  const any = (test: (order: number) => boolean) =>
    answers.some((answer) => {
      const order = compare(answerValue(answer), wanted);
      return order !== undefined && test(order);
    });
  switch (condition.operator) {
    case '=':
      return any((order) => order === 0);
    case '!=':
      return !any((order) => order === 0);
    case '>':
      return any((order) => order > 0);
    case '<':
      return any((order) => order < 0);
    case '>=':
      return any((order) => order >= 0);
    case '<=':
      return any((order) => order <= 0);
    default:
      return false;
  }
}

function conditionValue(condition: QuestionnaireItemEnableWhen): unknown {
  for (const key in condition) {
    if (key.startsWith('answer')) {
      return condition[key as keyof QuestionnaireItemEnableWhen];
    }
  }
  return undefined;
}

/** Below, equal, above as -1, 0, 1; undefined where the two cannot be compared. Codings are equal (0) or not (NaN). */
function compare(given: unknown, wanted: unknown): number | undefined {
  if (given === undefined || wanted === undefined) {
    return undefined;
  }
  if (typeof given === 'object' && typeof wanted === 'object' && given && wanted) {
    const [a, b] = [
      given as Coding & { value?: number; unit?: string },
      wanted as typeof given & Coding & { value?: number; unit?: string },
    ];
    if (typeof a.value === 'number' && typeof b.value === 'number') {
      return a.code === b.code ? Math.sign(a.value - b.value) : undefined;
    }
    return a.code === b.code && (!a.system || !b.system || a.system === b.system) ? 0 : Number.NaN;
  }
  if (typeof given === 'object' && typeof wanted === 'number') {
    const value = (given as { value?: number }).value;
    return value === undefined ? undefined : Math.sign(value - wanted);
  }
  if (typeof given !== typeof wanted) {
    return undefined;
  }
  return given === wanted ? 0 : (given as string | number) < (wanted as string | number) ? -1 : 1;
}
