import { divideRounded, type Ratio, ratioOf } from '@serai/kernel/base/money.ts';
import type { CareSetting } from '../cover.ts';
import { type Benefit, type ClaimCategory, type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { PassedLine } from './adjudication.ts';
import { benefitOf, nightsOf, type Placed, settingOf } from './categories.ts';
import { minorOf, rounded, times } from './pricing.ts';

/**
 * What is left of an allowed amount after the insured's share, the deductible and the ceilings, in openIMIS's order:
 * fixed limit → deductible → co-insurance → ceiling of the category → ceiling. Every satang of an amount ends with the
 * scheme, the deductible or the member; none is lost to rounding.
 */
export type Accumulator = NonNullable<Scheme['ceiling']>;

/** What a policy's members have used so far: the running totals of openIMIS, recomputed from the lines that passed. */
export interface Used {
  deductedMinor: bigint;
  paidMinor: bigint;
}

export interface Totals {
  /** By person (this member only) and by policy, each by setting; lines outside the ceiling are not in. */
  readonly person: Readonly<Record<CareSetting, Used>>;
  readonly policy: Readonly<Record<CareSetting, Used>>;
  /** Paid by category of claim, this member only. */
  readonly categoryPaid: Map<ClaimCategory, bigint>;
  /** Nights of each claim, this member only. */
  readonly nights: Map<string, number>;
  /** Claims by category, this member only. */
  readonly categoryClaims: Map<ClaimCategory, Set<string>>;
}

const unused = (): Record<CareSetting, Used> => ({
  'in-patient': { deductedMinor: 0n, paidMinor: 0n },
  'out-patient': { deductedMinor: 0n, paidMinor: 0n },
});

/** Folds the history of a policy. The order of `history` does not matter: these are sums and sets. */
export function foldHistory(
  history: readonly PassedLine[],
  of: {
    readonly schemes: readonly Scheme[];
    readonly schemeId: string;
    readonly policyId: string | undefined;
    readonly memberId: string;
    readonly claimId: string;
  },
): Totals {
  const totals: Totals = {
    person: unused(),
    policy: unused(),
    categoryPaid: new Map(),
    nights: new Map(),
    categoryClaims: new Map(),
  };
  let scheme: Scheme | undefined;
  let schemeOf: string | undefined;
  for (const line of history) {
    if (line.policyId !== of.policyId || line.claimId === of.claimId) {
      continue;
    }
    const setting = settingOf(line);
    // Lines of one claim follow each other, mostly: the version of the one before is mostly theirs.
    if (line.from !== schemeOf) {
      scheme = schemeAt(of.schemes, of.schemeId, line.from);
      schemeOf = line.from;
    }
    const benefit = scheme && benefitOf(scheme, line.code);
    const counts = !benefit || !isOutside(benefit.is, setting);
    if (counts) {
      totals.policy[setting].deductedMinor += line.deductedMinor;
      totals.policy[setting].paidMinor += line.paidMinor;
    }
    if (line.memberId !== of.memberId) {
      continue;
    }
    if (counts) {
      totals.person[setting].deductedMinor += line.deductedMinor;
      totals.person[setting].paidMinor += line.paidMinor;
    }
    totals.nights.set(line.claimId, nightsOf(line));
    const category = line.category ?? 'visit';
    totals.categoryPaid.set(category, (totals.categoryPaid.get(category) ?? 0n) + line.paidMinor);
    const claims = totals.categoryClaims.get(category) ?? new Set();
    claims.add(line.claimId);
    totals.categoryClaims.set(category, claims);
  }
  return totals;
}

/** Whether care of this benefit, in this setting, is outside deductible and ceiling. */
export function isOutside(benefit: Benefit, setting: CareSetting): boolean {
  return benefit.outsideCeiling === 'both' || benefit.outsideCeiling === setting;
}

/** Something that fills up: how much is left of it, and the rule that set it. */
export interface Budget {
  leftMinor: bigint;
  readonly rule: string;
}

export interface BudgetQuestion {
  readonly accumulator: Accumulator | undefined;
  readonly name: 'deductible' | 'ceiling';
  readonly currency: string;
  readonly setting: CareSetting;
  /** Members under the policy on the day. */
  readonly members: number;
  readonly totals: Totals;
}

/** What is left of the deductible or the ceiling for this claim; undefined where there is none for its setting. */
export function budgetOf(question: BudgetQuestion): Budget | undefined {
  const { accumulator, currency, setting, name } = question;
  if (!accumulator) {
    return undefined;
  }
  const part = partOf(accumulator.amount, setting);
  if (!part) {
    return undefined;
  }
  let amount = minorOf(part.amount, currency);
  let rule = `${name}.amount.${part.key}`;
  if (accumulator.per === 'policy') {
    const extra = accumulator.extraMember && partOf(accumulator.extraMember, setting);
    if (extra && question.members > 1) {
      amount += minorOf(extra.amount, currency) * BigInt(question.members - 1);
    }
    const maximum = accumulator.maximum && partOf(accumulator.maximum, setting);
    if (maximum && minorOf(maximum.amount, currency) < amount) {
      amount = minorOf(maximum.amount, currency);
      rule = `${name}.maximum.${maximum.key}`;
    }
  }
  const used = name === 'deductible' ? 'deductedMinor' : 'paidMinor';
  if (accumulator.per !== 'treatment') {
    const totals = question.totals[accumulator.per];
    amount -= part.key === 'all' ? totals['in-patient'][used] + totals['out-patient'][used] : totals[setting][used];
  }
  return { leftMinor: amount > 0n ? amount : 0n, rule };
}

function partOf(
  split: Accumulator['amount'],
  setting: CareSetting,
): { readonly key: 'all' | 'inPatient' | 'outPatient'; readonly amount: string } | undefined {
  if ('all' in split) {
    return { key: 'all', amount: split.all };
  }
  const key = setting === 'in-patient' ? 'inPatient' : 'outPatient';
  const amount = split[key];
  return amount === undefined ? undefined : { key, amount };
}

/** What is left of a category's ceiling. */
export function categoryBudget(scheme: Scheme, category: ClaimCategory, totals: Totals): Budget | undefined {
  const ceiling = scheme.categories[category]?.ceiling;
  if (ceiling === undefined) {
    return undefined;
  }
  const left = minorOf(ceiling, scheme.currency) - (totals.categoryPaid.get(category) ?? 0n);
  return { leftMinor: left > 0n ? left : 0n, rule: `categories.${category}.ceiling` };
}

export interface Shared {
  readonly paidMinor: bigint;
  readonly deductedMinor: bigint;
  readonly memberPaysMinor: bigint;
  /** The rule that took the last part of it; undefined where all is paid. */
  readonly rule: string | undefined;
  /** A ceiling left nothing. */
  readonly usedUp: boolean;
}

export interface ShareQuestion {
  readonly scheme: Scheme;
  readonly benefit: Placed<Benefit>;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly child: boolean;
  readonly adjustedMinor: bigint;
  /** The quantity that fixed limits go by. */
  readonly quantity: Ratio;
  /** Taken from as the lines of the claim pass; undefined where there is none or the care is outside. */
  readonly deductible: Budget | undefined;
  readonly categoryCeiling: Budget | undefined;
  readonly ceiling: Budget | undefined;
}

/** Shares an adjusted amount out, and takes from what is left of deductible and ceilings. */
export function share(question: ShareQuestion): Shared {
  const { scheme, benefit, adjustedMinor } = question;
  const visit = benefit.is.limits[question.visit] ? question.visit : 'other';
  const age = question.child ? 'child' : 'adult';
  const limit = benefit.is.limits[visit]![age];
  const path = `${benefit.path}.limits.${visit}.${age}`;
  let left = adjustedMinor;
  let rule: string | undefined;
  if (limit.kind === 'fixed') {
    const each: Ratio = { numerator: minorOf(limit.schemePaysAtMost, scheme.currency), denominator: 1n };
    const atMost = rounded(times(question.quantity, each));
    if (atMost < left) {
      left = atMost;
      rule = `${path}.schemePaysAtMost`;
    }
  }
  let deductedMinor = 0n;
  if (question.deductible && question.deductible.leftMinor > 0n && left > 0n) {
    deductedMinor = question.deductible.leftMinor < left ? question.deductible.leftMinor : left;
    question.deductible.leftMinor -= deductedMinor;
    left -= deductedMinor;
    rule = question.deductible.rule;
  }
  if (limit.kind === 'co-insurance' && limit.schemePaysPercent < 100) {
    const { numerator, denominator } = ratioOf(limit.schemePaysPercent);
    left = divideRounded(left * numerator, denominator * 100n, 'half-even');
    rule = `${path}.schemePaysPercent`;
  }
  const before = left;
  for (const budget of [question.categoryCeiling, question.ceiling]) {
    if (budget && budget.leftMinor < left) {
      left = budget.leftMinor;
      rule = budget.rule;
    }
  }
  for (const budget of [question.categoryCeiling, question.ceiling]) {
    if (budget) {
      budget.leftMinor -= left;
    }
  }
  return {
    paidMinor: left,
    deductedMinor,
    memberPaysMinor: adjustedMinor - left - deductedMinor,
    rule,
    usedUp: before > 0n && left === 0n,
  };
}
