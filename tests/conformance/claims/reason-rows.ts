import { type Change, line, member, schemeJson } from './case.ts';

/**
 * Every reason, reached and not reached, at its boundary. −1 to 19 are openIMIS's documented rules (claim module,
 * validations and user manual); from 100 on they are ours.
 */
export interface ReasonRow {
  readonly reason: number;
  readonly what: string;
  readonly change: Change;
  /** Of each line, in order. Where the reason is not reached, 0. */
  readonly lines: readonly number[];
  /** Reason of the claim: 0, 1 where nothing passed, or the reason it fell for as a whole. */
  readonly claimReason: number;
  /** The rule of the first line that fell. */
  readonly rule?: string;
}

export type Row = readonly [
  what: string,
  lines: readonly number[],
  change: Change,
  rule?: string,
  claimReason?: number,
];

export function rows(reason: number, list: readonly Row[]): ReasonRow[] {
  return list.map(([what, lines, change, rule, claimReason]) => ({
    reason,
    what,
    change,
    lines,
    claimReason: claimReason ?? (lines.every((each) => each !== 0) ? 1 : 0),
    ...(rule !== undefined && { rule }),
  }));
}

export const drug = (change = {}) => line({ kind: 'item', code: 'drug', ...change });
export const home = schemeJson().tariffs![0]!;

export const night = { to: '2026-03-11', claimedOn: '2026-03-12' };
export const children = { patients: { sexes: ['male' as const, 'female' as const], ages: { from: 5, below: 15 } } };
export const born = (birthDate: string, birthPrecision: 'day' | 'month' | 'year' = 'day') => ({
  member: { ...member, birthDate, birthPrecision },
});
