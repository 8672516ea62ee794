import type { Claim } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { adjudicate } from './adjudicate.ts';
import type { AdjudicatedLine, Adjudication, AdjudicationInput, PassedLine } from './adjudication.ts';
import { settingOf } from './categories.ts';

/**
 * What a change of rules would have done: the claims of a period judged again, in the order they were judged in, once by
 * the rules as they are and once by the rules as they might be, each line of history by its own side. Only what differs is
 * told, with the reason and the rule on both sides. A fold: claims go in one by one, so that a job can feed a million.
 */
export type DifferenceCase = Omit<AdjudicationInput, 'schemes' | 'history'>;

export interface ClaimDifference {
  readonly claimId: string;
  readonly schemeId: string;
  readonly from: string;
  readonly before: Side;
  readonly after: Side;
  /** Paid after less paid before; below zero: less. */
  readonly changeMinor: bigint;
  /**
   * `rules`: the new rules themselves. `history`: only because earlier claims were paid otherwise, as where a ceiling is
   * used up sooner.
   */
  readonly because: 'rules' | 'history';
  readonly lines: readonly LineDifference[];
}

export interface Side {
  readonly status: Adjudication['status'];
  readonly reason: number;
  readonly schemeVersion: number | undefined;
  readonly paidMinor: bigint;
}

export interface LineDifference {
  readonly line: number;
  readonly code: string;
  readonly before: LineSide;
  readonly after: LineSide;
  readonly changeMinor: bigint;
}

export interface LineSide {
  readonly reason: number;
  readonly rule: string | undefined;
  readonly paidMinor: bigint;
  readonly memberPaysMinor: bigint;
}

export interface DifferenceTotals {
  readonly claims: number;
  /** "These 212 claims would pay otherwise." */
  readonly differing: number;
  readonly payMore: number;
  readonly payLess: number;
  /** Paid the same, but for another reason or with another share of the member. */
  readonly payTheSame: number;
  readonly onlyByHistory: number;
  readonly paidBeforeMinor: bigint;
  readonly paidAfterMinor: bigint;
  readonly currency: string | undefined;
  /** By what changed, the greatest sum first. */
  readonly causes: readonly Cause[];
}

/** Lines that changed in one way: from one reason and rule to another. */
export interface Cause {
  readonly reasonBefore: number;
  readonly reasonAfter: number;
  /** The rule that decides now, where the reasons differ that of the side that refuses. */
  readonly rule: string | undefined;
  readonly lines: number;
  readonly changeMinor: bigint;
}

export interface DifferenceReport {
  /** Judges the next claim by both; undefined where nothing differs. */
  add(next: DifferenceCase): ClaimDifference | undefined;
  totals(): DifferenceTotals;
}

/**
 * @param rules every version of the schemes concerned, as they are and as they might be.
 * @param earlier what passed before the first claim, on both sides.
 */
export function openDifference(
  rules: { readonly before: readonly Scheme[]; readonly after: readonly Scheme[] },
  earlier: readonly PassedLine[] = [],
): DifferenceReport {
  const before = openHistory(earlier);
  const after = openHistory(earlier);
  const count = { claims: 0, differing: 0, payMore: 0, payLess: 0, payTheSame: 0, onlyByHistory: 0 };
  const paid = { before: 0n, after: 0n };
  const causes = new Map<string, { -readonly [Key in keyof Cause]: Cause[Key] }>();
  let currency: string | undefined;
  return {
    add(next) {
      const was = adjudicate({ ...next, schemes: rules.before, history: before.of(next) });
      const givenAfter = after.of(next);
      const is = adjudicate({ ...next, schemes: rules.after, history: givenAfter });
      before.add(passedLinesOf(next.claim, was));
      after.add(passedLinesOf(next.claim, is));
      currency ??= is.currency;
      count.claims++;
      paid.before += was.paidMinor;
      paid.after += is.paidMinor;
      const lines = differingLines(was.lines, is.lines);
      if (lines.length === 0 && was.status === is.status && was.reason === is.reason) {
        return undefined;
      }
      const sameRules = adjudicate({ ...next, schemes: rules.before, history: givenAfter });
      const because = differs(sameRules, is) ? 'rules' : 'history';
      const changeMinor = is.paidMinor - was.paidMinor;
      count.differing++;
      count[changeMinor > 0n ? 'payMore' : changeMinor < 0n ? 'payLess' : 'payTheSame']++;
      count.onlyByHistory += because === 'history' ? 1 : 0;
      for (const line of lines) {
        addCause(causes, line);
      }
      const { claimId, schemeId, from } = next.claim;
      return { claimId, schemeId, from, before: sideOf(was), after: sideOf(is), changeMinor, because, lines };
    },
    totals: () => ({
      ...count,
      paidBeforeMinor: paid.before,
      paidAfterMinor: paid.after,
      currency,
      causes: [...causes.values()].map((cause) => ({ ...cause })).sort(bySize),
    }),
  };
}

/** Judges claims by two sets of rules and gives those that differ, one by one; the totals are what it returns. */
export function* differences(
  cases: Iterable<DifferenceCase>,
  rules: { readonly before: readonly Scheme[]; readonly after: readonly Scheme[] },
  earlier: readonly PassedLine[] = [],
): Generator<ClaimDifference, DifferenceTotals> {
  const report = openDifference(rules, earlier);
  for (const next of cases) {
    const difference = report.add(next);
    if (difference) {
      yield difference;
    }
  }
  return report.totals();
}

/** What later claims of the same policy are judged by: the lines that were accepted. */
export function passedLinesOf(claim: Claim, decided: Adjudication): PassedLine[] {
  const { policyId } = decided;
  if (policyId === undefined) {
    return [];
  }
  const kinds = new Map(claim.lines.map((line) => [line.line, line.kind]));
  return decided.lines
    .filter((line) => line.reason === 0)
    .map((line) => ({
      claimId: claim.claimId,
      line: line.line,
      kind: kinds.get(line.line)!,
      code: line.code,
      category: decided.category,
      memberId: claim.memberId,
      policyId,
      care: settingOf(claim),
      from: claim.from,
      to: claim.to,
      quantity: line.quantity,
      deductedMinor: line.deductedMinor,
      paidMinor: line.paidMinor,
    }));
}

/** Lines by policy: a claim is judged by those of its member's policies. */
export function openHistory(earlier: readonly PassedLine[]) {
  const byPolicy = new Map<string, PassedLine[]>();
  const add = (lines: readonly PassedLine[]) => {
    for (const line of lines) {
      const list = byPolicy.get(line.policyId);
      if (list) {
        list.push(line);
      } else {
        byPolicy.set(line.policyId, [line]);
      }
    }
  };
  add(earlier);
  return {
    add,
    of: ({ policies }: DifferenceCase) => policies.flatMap((policy) => byPolicy.get(policy.policyId) ?? []),
  };
}

function differingLines(before: readonly AdjudicatedLine[], after: readonly AdjudicatedLine[]): LineDifference[] {
  return before.flatMap((was, i) => {
    const is = after[i]!;
    return sameLine(was, is)
      ? []
      : [
          {
            line: was.line,
            code: was.code,
            before: lineSide(was),
            after: lineSide(is),
            changeMinor: is.paidMinor - was.paidMinor,
          },
        ];
  });
}

/** A rule that moved to another place in the file, or a price that never came to bear, is no difference. */
function sameLine(a: AdjudicatedLine, b: AdjudicatedLine): boolean {
  return (
    a.reason === b.reason &&
    a.paidMinor === b.paidMinor &&
    a.deductedMinor === b.deductedMinor &&
    a.memberPaysMinor === b.memberPaysMinor
  );
}

function differs(a: Adjudication, b: Adjudication): boolean {
  return a.status !== b.status || a.reason !== b.reason || a.lines.some((line, i) => !sameLine(line, b.lines[i]!));
}

function sideOf({ status, reason, schemeVersion, paidMinor }: Adjudication): Side {
  return { status, reason, schemeVersion, paidMinor };
}

function lineSide({ reason, rule, paidMinor, memberPaysMinor }: AdjudicatedLine): LineSide {
  return { reason, rule, paidMinor, memberPaysMinor };
}

function addCause(
  causes: Map<string, { -readonly [Key in keyof Cause]: Cause[Key] }>,
  { before, after, changeMinor }: LineDifference,
): void {
  const rule = after.reason === 0 && before.reason !== 0 ? before.rule : after.rule;
  const key = `${before.reason} ${after.reason} ${rule}`;
  const cause = causes.get(key) ?? {
    reasonBefore: before.reason,
    reasonAfter: after.reason,
    rule,
    lines: 0,
    changeMinor: 0n,
  };
  cause.lines++;
  cause.changeMinor += changeMinor;
  causes.set(key, cause);
}

function bySize(a: Cause, b: Cause): number {
  const size = ({ changeMinor }: Cause) => (changeMinor < 0n ? -changeMinor : changeMinor);
  const text = (cause: Cause) => `${cause.reasonBefore} ${cause.reasonAfter} ${cause.rule}`;
  return size(a) === size(b) ? (text(a) < text(b) ? -1 : 1) : size(a) > size(b) ? -1 : 1;
}
