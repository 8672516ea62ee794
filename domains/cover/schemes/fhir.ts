import type {
  Money as FhirMoney,
  InsurancePlan,
  InsurancePlanCoverage,
  InsurancePlanPlanGeneralCost,
  InsurancePlanPlanSpecificCost,
} from '@medplum/fhirtypes';

import { type Benefit, type Scheme, visits } from './scheme.ts';

/** A version of a scheme as FHIR `InsurancePlan`: what is covered, what it costs, what the insured pays. */

/** `sch:th:social-security`, version 2: `th-social-security-2`. */
export function planId({ id, version }: Pick<Scheme, 'id' | 'version'>): string {
  return `${id.replace(/^sch:/, '').replace(':', '-')}-${version}`.slice(0, 64);
}

/** @param today which versions are retired, and which not yet begun. */
export function toInsurancePlan(scheme: Scheme, self: string, today: string): InsurancePlan {
  const over = scheme.validTo !== undefined && scheme.validTo < today;
  const others = Object.entries(scheme.title).filter(([language]) => language !== 'en');
  return {
    resourceType: 'InsurancePlan',
    id: planId(scheme),
    identifier: [{ system: `${self}/schemes`, value: `${scheme.id}|${scheme.version}` }],
    status: over ? 'retired' : scheme.validFrom > today ? 'draft' : 'active',
    type: [{ coding: [{ system: 'https://serai.example/scheme-kind', code: scheme.kind }] }],
    name: scheme.title.en ?? scheme.id,
    ...(others.length > 0 && { alias: others.map(([, title]) => title) }),
    period: { start: scheme.validFrom, ...(scheme.validTo !== undefined && { end: scheme.validTo }) },
    coverage: [coverageOf(scheme)],
    plan: [
      {
        identifier: [{ system: `${self}/schemes`, value: scheme.id }],
        generalCost: scheme.contribution.rates.map((rate) => costOf(scheme, rate)),
        specificCost: scheme.benefits.map(shareOf),
      },
    ],
  };
}

function coverageOf(scheme: Scheme): InsurancePlanCoverage {
  return {
    type: { coding: [{ system: 'https://serai.example/scheme-kind', code: scheme.kind }] },
    benefit: scheme.benefits.map((benefit) => ({
      type: typeOf(benefit),
      ...requirementOf(benefit),
      ...(benefit.maximumQuantity?.adult != null && {
        limit: [{ value: { value: benefit.maximumQuantity.adult }, code: { text: 'number in a policy, adult' } }],
      }),
    })),
  };
}

function typeOf(benefit: Benefit) {
  return {
    coding: benefit.covers
      .filter((code) => code !== '*')
      .map((code) => ({ system: 'https://serai.example/services', code })),
    text: benefit.title?.en ?? benefit.id,
  };
}

function requirementOf({ referralNeeded, preauthorisation, waitingMonths }: Benefit): { requirement?: string } {
  const parts = [
    ...(referralNeeded ? ['referral'] : []),
    ...(preauthorisation ? ['preauthorisation'] : []),
    ...(waitingMonths && waitingMonths.adult + waitingMonths.child > 0
      ? [`waiting ${waitingMonths.adult} months (child ${waitingMonths.child})`]
      : []),
  ];
  return parts.length > 0 ? { requirement: parts.join('; ') } : {};
}

function costOf(scheme: Scheme, rate: Scheme['contribution']['rates'][number]): InsurancePlanPlanGeneralCost {
  const ages = rate.ages ? `, ages ${rate.ages.from} to ${rate.ages.below - 1}` : '';
  return {
    type: { text: 'contribution' },
    cost: { value: Number(rate.amount), currency: scheme.currency as FhirMoney['currency'] },
    comment: `${rate.months} months${ages}`,
  };
}

function shareOf(benefit: Benefit): InsurancePlanPlanSpecificCost {
  return {
    category: { text: benefit.title?.en ?? benefit.id },
    benefit: [
      {
        type: { text: benefit.id },
        cost: visits.flatMap((visit) => {
          const limit = benefit.limits[visit]?.adult;
          return limit
            ? [
                {
                  type: { coding: [{ code: limit.kind === 'fixed' ? 'fixed' : 'coinsurance' }] },
                  qualifiers: [{ text: visit }],
                  value:
                    limit.kind === 'fixed'
                      ? { value: Number(limit.schemePaysAtMost), unit: 'paid at most' }
                      : { value: limit.schemePaysPercent, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
                },
              ]
            : [];
        }),
      },
    ],
  };
}
