import { adjudicate } from '../claims/adjudicate.ts';
import type { AdjudicatedLine, Adjudication, PassedLine } from '../claims/adjudication.ts';
import { type DifferenceCase, openHistory, passedLinesOf } from '../claims/difference.ts';
import type { Scheme } from '../schemes/scheme.ts';

/**
 * The fund's own claims judged again, each by the rules as they are and as they might be, in the order they were judged in;
 * every side sees what its own rules let pass before (deductibles, ceilings and frequencies fill up by their own side).
 */

export interface RejudgeCase extends DifferenceCase {
  /** What the claim is booked at now, minor units: outstanding or payable. */
  readonly bookedMinor: bigint;
}

/** What became of one claim, in minor units of the scheme's currency. */
export interface ClaimOutcome {
  readonly memberId: string;
  readonly today: ClaimSide;
  readonly changed: ClaimSide;
  /** Judged again by today's rules it comes to what is booked. */
  readonly asBooked: boolean;
  /** Lines paid otherwise, by the rule that decides them under the change. */
  readonly rules: readonly RuleEffect[];
}

export interface ClaimSide {
  readonly paidMinor: number;
  /** What of the care that either side accepts is left to the insured: co-payment, deductible, above ceilings, excluded. */
  readonly ownMinor: number;
}

export interface RuleEffect {
  readonly rule: string;
  readonly lines: number;
  /** Paid under the change less paid today. */
  readonly changeMinor: number;
}

/** @param earlier what had passed before the first of the claims, the same on both sides. */
export function* rejudge(
  cases: Iterable<RejudgeCase>,
  rules: { readonly today: readonly Scheme[]; readonly changed: readonly Scheme[] },
  earlier: readonly PassedLine[] = [],
): Generator<ClaimOutcome> {
  const sides = { today: openHistory(earlier), changed: openHistory(earlier) };
  const judge = (next: RejudgeCase, side: 'today' | 'changed') => {
    const { bookedMinor: _, ...given } = next;
    const judged = adjudicate({ ...given, schemes: rules[side], history: sides[side].of(next) });
    sides[side].add(passedLinesOf(next.claim, judged));
    return judged;
  };
  for (const next of cases) {
    yield outcomeOf(next, judge(next, 'today'), judge(next, 'changed'), rules.changed);
  }
}

function outcomeOf(
  { claim, bookedMinor }: RejudgeCase,
  today: Adjudication,
  changed: Adjudication,
  schemes: readonly Scheme[],
): ClaimOutcome {
  const index = relativeIndex(today, bookedMinor);
  const rules = new Map<string, { lines: number; changeMinor: number }>();
  const sums = { worth: 0, today: 0, changed: 0 };
  for (const [i, was] of today.lines.entries()) {
    const is = changed.lines[i]!;
    const [before, after] = [paidOf(was, index), paidOf(is, index)];
    sums.today += before;
    sums.changed += after;
    sums.worth += Math.max(Number(was.adjustedMinor), Number(is.adjustedMinor), before, after);
    if (before !== after) {
      const rule = namedRule(is.rule ?? was.rule ?? '', changed.schemeVersion, schemes);
      const effect = rules.get(rule) ?? { lines: 0, changeMinor: 0 };
      rules.set(rule, { lines: effect.lines + 1, changeMinor: effect.changeMinor + after - before });
    }
  }
  return {
    memberId: claim.memberId,
    today: { paidMinor: sums.today, ownMinor: sums.worth - sums.today },
    changed: { paidMinor: sums.changed, ownMinor: sums.worth - sums.changed },
    asBooked: Math.abs(sums.today - Number(bookedMinor)) <= (index === 1 ? 0 : today.lines.length),
    rules: [...rules].map(([rule, effect]) => ({ rule, ...effect })),
  };
}

/** A rule by the name of its benefit or exclusion, which stays the same from version to version: `benefits.medicines.limits…`. */
function namedRule(rule: string, version: number | undefined, schemes: readonly Scheme[]): string {
  const scheme = schemes.find((each) => each.version === version);
  return rule.replace(/^(benefits|exclusions)\[(\d+)\]/, (path, list: 'benefits' | 'exclusions', at) =>
    scheme ? `${list}.${scheme[list][Number(at)]?.id ?? at}` : path,
  );
}

/** Relative lines were paid at their period's index: what the claim is booked at over what it is worth at an index of one. */
function relativeIndex({ lines }: Adjudication, bookedMinor: bigint): number {
  const relative = lines.reduce((sum, line) => sum + (isRelative(line) ? line.paidMinor : 0n), 0n);
  const fixed = lines.reduce((sum, line) => sum + (isRelative(line) ? 0n : line.paidMinor), 0n);
  return relative > 0n ? Math.min(1, Math.max(0, Number(bookedMinor - fixed) / Number(relative))) : 1;
}

const isRelative = (line: AdjudicatedLine) => line.relative && line.reason === 0;

function paidOf(line: AdjudicatedLine, index: number): number {
  return isRelative(line) ? Math.round(Number(line.paidMinor) * index) : Number(line.paidMinor);
}
