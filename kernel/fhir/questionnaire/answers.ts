import type {
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { invariant } from '../../base/invariant.ts';
import { calculate } from './calculate.ts';
import { answerValue, type ItemOutline, isRepeatingGroup, outlineOf, type Place } from './outline.ts';

/** An empty draft answering a questionnaire. */
export function startResponse(questionnaire: Questionnaire): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: canonicalOf(questionnaire),
    status: 'in-progress',
    item: [],
  };
}

/** `url|version`. */
export function canonicalOf(questionnaire: Questionnaire): string {
  return questionnaire.version ? `${questionnaire.url}|${questionnaire.version}` : `${questionnaire.url}`;
}

/** The answers of one item at one place; empty where there are none. */
export function getAnswers(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  at: Place = [],
): readonly QuestionnaireResponseItemAnswer[] {
  return findItem(response, chainOf(questionnaire, linkId), at)?.answer ?? [];
}

/** The first answer's value, or undefined. */
export function getValue(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  at: Place = [],
): ReturnType<typeof answerValue> {
  const answer = getAnswers(questionnaire, response, linkId, at)[0];
  return answer && answerValue(answer);
}

/**
 * A new response with one item's answers replaced; an empty list removes them. Missing groups around the item are
 * made, items stay in the questionnaire's order, and read-only calculated items follow at once.
 *
 * @throws InvariantError for a link id the questionnaire does not have, or for a group.
 */
export function setAnswer(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  answers: readonly QuestionnaireResponseItemAnswer[],
  at: Place = [],
): QuestionnaireResponse {
  return calculate(questionnaire, replaceAnswers(questionnaire, response, linkId, answers, at), linkId, at);
}

/** {@link setAnswer} without the calculated items. */
export function replaceAnswers(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  answers: readonly QuestionnaireResponseItemAnswer[],
  at: Place = [],
): QuestionnaireResponse {
  const chain = chainOf(questionnaire, linkId);
  const { type } = chain.at(-1)!.item;
  invariant(type !== 'group' && type !== 'display', `${linkId} takes answers`);
  const edit = (found: QuestionnaireResponseItem | undefined): QuestionnaireResponseItem | undefined => {
    if (answers.length === 0) {
      return undefined;
    }
    return { ...found, linkId, answer: [...answers] };
  };
  return { ...response, item: edited(questionnaire, response.item ?? [], chain, at, edit) };
}

/** How often a repeating group stands in the response; a form shows at least one, empty, ready to fill. */
export function countRepeats(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  around: Place = [],
): number {
  const chain = chainOf(questionnaire, linkId);
  const parent = chain.at(-2);
  const siblings = parent ? findItem(response, chain.slice(0, -1), around)?.item : response.item;
  return (siblings ?? []).filter((item) => item.linkId === linkId).length;
}

/**
 * A new response with one more, empty, instance of a repeating group at the end.
 * @param around the place of the repeating groups around this one, without its own index.
 */
export function addRepeat(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  around: Place = [],
): QuestionnaireResponse {
  const chain = chainOf(questionnaire, linkId);
  invariant(isRepeatingGroup(chain.at(-1)!.item), `${linkId} is a repeating group`);
  // A form shows one empty instance before any exists: adding means a second one.
  const wanted = Math.max(1, countRepeats(questionnaire, response, linkId, around));
  const keep = (found: QuestionnaireResponseItem | undefined) => found ?? { linkId };
  return { ...response, item: edited(questionnaire, response.item ?? [], chain, [...around, wanted], keep) };
}

/** A new response without one instance of a repeating group; those after it move up. */
export function removeRepeat(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  at: Place,
): QuestionnaireResponse {
  const chain = chainOf(questionnaire, linkId);
  invariant(isRepeatingGroup(chain.at(-1)!.item), `${linkId} is a repeating group`);
  if (at.at(-1)! >= countRepeats(questionnaire, response, linkId, at.slice(0, -1))) {
    return response;
  }
  return { ...response, item: edited(questionnaire, response.item ?? [], chain, at, () => undefined) };
}

function chainOf(questionnaire: Questionnaire, linkId: string): readonly ItemOutline[] {
  const chain: ItemOutline[] = [];
  let entry = outlineOf(questionnaire).byLinkId.get(linkId);
  invariant(entry, `the questionnaire has an item ${linkId}`);
  while (entry) {
    chain.unshift(entry);
    entry = entry.parent;
  }
  return chain;
}

function findItem(
  response: QuestionnaireResponse,
  chain: readonly ItemOutline[],
  at: Place,
): QuestionnaireResponseItem | undefined {
  let items = response.item;
  let found: QuestionnaireResponseItem | undefined;
  let depth = 0;
  for (const { item, linkId } of chain) {
    const skip = isRepeatingGroup(item) ? (at[depth++] ?? 0) : 0;
    let seen = 0;
    found = undefined;
    for (const candidate of items ?? []) {
      if (candidate.linkId === linkId && seen++ === skip) {
        found = candidate;
        break;
      }
    }
    if (!found) {
      return undefined;
    }
    items = found.item;
  }
  return found;
}

/** Copies the path to an item and edits its end. Groups left without content go, except instances of a repeating one. */
function edited(
  questionnaire: Questionnaire,
  items: readonly QuestionnaireResponseItem[],
  chain: readonly ItemOutline[],
  at: Place,
  edit: (found: QuestionnaireResponseItem | undefined) => QuestionnaireResponseItem | undefined,
): QuestionnaireResponseItem[] {
  const [{ item, linkId }, ...rest] = chain as [ItemOutline, ...ItemOutline[]];
  const repeating = isRepeatingGroup(item);
  const index = repeating ? (at[0] ?? 0) : 0;
  const own = items.filter((candidate) => candidate.linkId === linkId);
  while (repeating && own.length < index) {
    own.push({ linkId });
  }
  const found = own[index];
  let next: QuestionnaireResponseItem | undefined;
  if (rest.length === 0) {
    next = edit(found);
  } else {
    const inner = edited(questionnaire, found?.item ?? [], rest, repeating ? at.slice(1) : at, edit);
    const { item: _, ...bare } = found ?? { linkId };
    next = inner.length > 0 ? { ...bare, item: inner } : repeating && found ? bare : undefined;
  }
  own.splice(index, found ? 1 : 0, ...(next ? [next] : []));

  const { byLinkId } = outlineOf(questionnaire);
  const orderOf = (candidate: QuestionnaireResponseItem) => byLinkId.get(candidate.linkId)?.order ?? Infinity;
  const order = byLinkId.get(linkId)!.order;
  const others = items.filter((candidate) => candidate.linkId !== linkId);
  const after = others.findIndex((candidate) => orderOf(candidate) > order);
  const cut = after < 0 ? others.length : after;
  return [...others.slice(0, cut), ...own, ...others.slice(cut)];
}
