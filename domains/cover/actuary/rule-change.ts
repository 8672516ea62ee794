import { amountText, minorDigits, money } from '@serai/kernel/base/money.ts';
import type { Benefit, Scheme } from '../schemes/scheme.ts';

/** The rules of a scheme as they might be: what the premium simulator judges the fund's own claims by. */

export interface RuleChange {
  /** Further share of every covered line that the insured pay. */
  readonly coPayment: number;
  /** Taken from each person's care in a policy before the scheme pays, whole currency units; 0: as today. */
  readonly deductible: number;
  /** Most the scheme pays for a person in a policy, whole currency units; 0: as today. */
  readonly ceiling: number;
  /** Months after joining in which no benefit is paid; where a benefit waits longer, that stays. */
  readonly waitingMonths: number;
  /** Diagnoses (prefixes) and benefits (ids) that are no longer paid for. */
  readonly excludedDiagnoses: readonly string[];
  readonly excludedBenefits: readonly string[];
}

type Limits = Benefit['limits']['other'];
type Limit = Limits['adult'];

/** Every version of a scheme with the change in it; without a change, the versions themselves. */
export function changedSchemes(schemes: readonly Scheme[], change: RuleChange): Scheme[] {
  return schemes.map((scheme) => (changesNothing(change) ? scheme : changedScheme(scheme, change)));
}

export function changesNothing(change: RuleChange): boolean {
  return (
    change.coPayment === 0 &&
    change.deductible === 0 &&
    change.ceiling === 0 &&
    change.waitingMonths === 0 &&
    change.excludedDiagnoses.length === 0 &&
    change.excludedBenefits.length === 0
  );
}

function changedScheme(scheme: Scheme, change: RuleChange): Scheme {
  const { excludedBenefits, excludedDiagnoses } = change;
  const amountOf = (units: number) => ({
    per: 'person' as const,
    amount: { all: amountOfUnits(units, scheme.currency) },
  });
  return {
    ...scheme,
    benefits: scheme.benefits.map((benefit) =>
      excludedBenefits.includes(benefit.id) ? unpaid(benefit) : changedBenefit(benefit, change, scheme.currency),
    ),
    ...(change.deductible > 0 && { deductible: amountOf(change.deductible) }),
    ...(change.ceiling > 0 && { ceiling: amountOf(change.ceiling) }),
    ...(excludedDiagnoses.length > 0 && {
      exclusions: [
        ...scheme.exclusions,
        { id: 'simulated', diagnoses: [...excludedDiagnoses], title: { en: 'Excluded in the simulation' } },
      ],
    }),
  };
}

/** The benefit stays in its place, so that rules keep their paths, and pays nothing. */
function unpaid(benefit: Benefit): Benefit {
  const nothing: Limit = { kind: 'co-insurance', schemePaysPercent: 0 };
  return { ...benefit, limits: mapLimits(benefit.limits, () => nothing) };
}

function changedBenefit(benefit: Benefit, { coPayment, waitingMonths }: RuleChange, currency: string): Benefit {
  const waiting = benefit.waitingMonths ?? { adult: 0, child: 0 };
  return {
    ...benefit,
    ...(coPayment > 0 && { limits: mapLimits(benefit.limits, (limit) => lessOf(limit, coPayment, currency)) }),
    ...(waitingMonths > 0 && {
      waitingMonths: {
        adult: Math.max(waitingMonths, waiting.adult),
        child: Math.max(waitingMonths, waiting.child),
      },
    }),
  };
}

/** Of a share the scheme pays so much less; a fixed amount is lowered by the same share. */
function lessOf(limit: Limit, coPayment: number, currency: string): Limit {
  return limit.kind === 'co-insurance'
    ? { ...limit, schemePaysPercent: Math.round(limit.schemePaysPercent * (1 - coPayment) * 1e6) / 1e6 }
    : { ...limit, schemePaysAtMost: amountOfUnits(Number(limit.schemePaysAtMost) * (1 - coPayment), currency) };
}

function mapLimits(limits: Benefit['limits'], change: (limit: Limit) => Limit): Benefit['limits'] {
  const both = (of: Limits): Limits => ({ adult: change(of.adult), child: change(of.child) });
  return {
    other: both(limits.other),
    ...(limits.referral && { referral: both(limits.referral) }),
    ...(limits.emergency && { emergency: both(limits.emergency) }),
  };
}

/** An amount an actuary typed, to the nearest minor unit, as schemes write amounts. */
function amountOfUnits(units: number, currency: string): string {
  return amountText(money(BigInt(Math.round(units * 10 ** minorDigits(currency))), currency));
}
