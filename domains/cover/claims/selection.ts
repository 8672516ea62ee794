import { daysBetween } from '@serai/kernel/base/days.ts';
import type { Claim } from '../cover.ts';
import type { ClaimCategory, Scheme } from '../schemes/scheme.ts';
import type { Adjudication } from './adjudication.ts';
import { isUnder } from './categories.ts';
import { minorOf } from './pricing.ts';
import type { Suspicion } from './suspicion.ts';

/**
 * Which claims a person looks at, and which of the insured are asked how it was. Random at a share that everyone knows and
 * nobody can foresee without the seed; by value; by how far from the usual; by rules of the fund. The same claim is always
 * selected the same way, so that a selection can be checked. Source: openIMIS review and feedback selection (DOMAIN F.3).
 */
export interface SelectionRules {
  /** Share of claims drawn at random. openIMIS: five. */
  readonly randomPercent: number;
  /** Changed by the fund from time to time; kept with it, so that a draw can be repeated. */
  readonly seed: string;
  /** Claims of this value or more, in minor units. */
  readonly valueFromMinor?: bigint;
  /** Claims this many percent or more above the average: `(value / average − 1) × 100`. */
  readonly variancePercent?: number;
  /** Lightest suspicion that brings a claim before a person; absent: none does. */
  readonly suspicionFrom?: Suspicion['weight'];
  readonly rules?: readonly SelectionRule[];
}

/** Everything that is named must fit. */
export interface SelectionRule {
  readonly id: string;
  readonly providers?: readonly string[];
  readonly categories?: readonly ClaimCategory[];
  readonly visits?: readonly Claim['visit'][];
  /** Prefixes of the main diagnosis. */
  readonly diagnoses?: readonly string[];
  readonly codes?: readonly string[];
  readonly valueFromMinor?: bigint;
  /** The facility's first claim was made fewer days before. */
  readonly newProviderDays?: number;
  /** The member's first claim, for care within so many days of the begin of cover. */
  readonly firstClaimWithinDays?: number;
}

export interface SelectionInput {
  readonly claim: Claim;
  readonly adjudication: Pick<Adjudication, 'status' | 'category' | 'claimedMinor' | 'paidMinor'>;
  /** Mean claimed value of comparable claims, in minor units. */
  readonly averageMinor?: bigint;
  /** Day of the facility's first claim of the scheme. */
  readonly providerSince?: string;
  /** Whether the member had claimed nothing of the scheme for care before. */
  readonly isFirst?: boolean;
  /** Since when the member has been covered without a gap; undefined where not covered. */
  readonly coveredSince?: string;
  readonly suspicions?: readonly Suspicion[];
}

export const defaultReview: SelectionRules = { randomPercent: 5, seed: 'review', suspicionFrom: 'possible' };
export const defaultFeedback: SelectionRules = { randomPercent: 5, seed: 'feedback' };

/**
 * Why a claim is selected for review: `random`, `value`, `variance`, `suspicion-213`, `rule-<id>`, in this order; nothing
 * where it is not. A claim that was rejected is looked at only for what is suspected of it: nothing would be paid.
 */
export function selectForReview(input: SelectionInput, rules: SelectionRules = defaultReview): string[] {
  const suspected = suspectedOf(input, rules);
  return input.adjudication.status === 'rejected'
    ? suspected
    : [...ordinary(input, rules), ...suspected, ...byRule(input, rules)];
}

/** Why the insured is asked for feedback: as for a review. Only where something was paid: else there is nothing to ask. */
export function selectForFeedback(input: SelectionInput, rules: SelectionRules = defaultFeedback): string[] {
  return input.adjudication.status === 'rejected' || input.adjudication.paidMinor === 0n
    ? []
    : [...ordinary(input, rules), ...byRule(input, rules)];
}

function ordinary({ claim, adjudication, averageMinor }: SelectionInput, rules: SelectionRules): string[] {
  const value = adjudication.claimedMinor;
  const because: string[] = [];
  if (isDrawn(claim.claimId, rules)) {
    because.push('random');
  }
  if (rules.valueFromMinor !== undefined && value >= rules.valueFromMinor) {
    because.push('value');
  }
  if (rules.variancePercent !== undefined && variance(value, averageMinor) >= rules.variancePercent) {
    because.push('variance');
  }
  return because;
}

/** How far a value is above the average, in percent; minus infinity where there is no average to compare with. */
export function variance(valueMinor: bigint, averageMinor: bigint | undefined): number {
  return averageMinor === undefined || averageMinor <= 0n
    ? Number.NEGATIVE_INFINITY
    : (Number(valueMinor - averageMinor) / Number(averageMinor)) * 100;
}

const weights = ['possible', 'likely', 'certain'] as const;

function suspectedOf({ suspicions = [] }: SelectionInput, { suspicionFrom }: SelectionRules): string[] {
  if (suspicionFrom === undefined) {
    return [];
  }
  const numbers = suspicions
    .filter((each) => weights.indexOf(each.weight) >= weights.indexOf(suspicionFrom))
    .map((each) => each.number);
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `suspicion-${number}`);
}

function byRule(input: SelectionInput, { rules = [] }: SelectionRules): string[] {
  return rules.filter((rule) => fits(input, rule)).map((rule) => `rule-${rule.id}`);
}

/** The rules of a scheme's file. */
export function rulesOf(scheme: Scheme): SelectionRule[] {
  return scheme.review.map(({ title: _, claimedFrom, ...rule }) => ({
    ...defined(rule),
    ...(claimedFrom !== undefined && { valueFromMinor: minorOf(claimedFrom, scheme.currency) }),
  }));
}

function defined<T extends object>(of: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
}

function fits(input: SelectionInput, rule: SelectionRule): boolean {
  const { claim, adjudication } = input;
  const main = claim.diagnoses[0] ?? '';
  return (
    (rule.providers?.includes(claim.provider) ?? true) &&
    (rule.categories === undefined ||
      (adjudication.category !== undefined && rule.categories.includes(adjudication.category))) &&
    (rule.visits?.includes(claim.visit) ?? true) &&
    (rule.diagnoses?.some((prefix) => isUnder(main, prefix)) ?? true) &&
    (rule.codes === undefined || claim.lines.some(({ code }) => rule.codes!.includes(code))) &&
    (rule.valueFromMinor === undefined || adjudication.claimedMinor >= rule.valueFromMinor) &&
    (rule.newProviderDays === undefined || isNewProvider(input, rule.newProviderDays)) &&
    (rule.firstClaimWithinDays === undefined || isEarlyFirst(input, rule.firstClaimWithinDays))
  );
}

function isNewProvider({ claim, providerSince }: SelectionInput, days: number): boolean {
  return providerSince !== undefined && daysBetween(providerSince, claim.claimedOn) < days;
}

function isEarlyFirst({ claim, isFirst, coveredSince }: SelectionInput, days: number): boolean {
  return isFirst === true && coveredSince !== undefined && daysBetween(coveredSince, claim.from) <= days;
}

/** Draws by the claim's id: the same for everyone who knows the seed, whenever and in whatever order claims come. */
export function isDrawn(
  claimId: string,
  { seed, randomPercent }: Pick<SelectionRules, 'seed' | 'randomPercent'>,
): boolean {
  return hash(`${seed}|${claimId}`) < (randomPercent / 100) * 0x1_0000_0000;
}

/** FNV-1a, its bits mixed by MurmurHash3's finaliser: evenly spread also where ids differ in their last digit only. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
