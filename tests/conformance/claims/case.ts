import { type Money, money, parseMoney } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import type { z } from 'zod';
import { adjudicate } from '../../../domains/cover/claims/adjudicate.ts';
import type { Adjudication, AdjudicationInput, PassedLine } from '../../../domains/cover/claims/adjudication.ts';
import type { Claim, ClaimLine, CoveredMember, Instalment, Member } from '../../../domains/cover/cover.ts';
import { type Scheme, schemeSchema } from '../../../domains/cover/schemes/scheme.ts';

/**
 * A small scheme, one member and one claim, from which each row of a table changes one thing. Everything is accepted and
 * paid in full as it stands.
 */
export type SchemeJson = z.input<typeof schemeSchema>;

const full = { kind: 'co-insurance', schemePaysPercent: 100 } as const;
export const paysAll = { adult: full, child: full };
export const pays = (percent: number) => ({ kind: 'co-insurance', schemePaysPercent: percent }) as const;
export const paysAtMost = (amount: string) => ({ kind: 'fixed', schemePaysAtMost: amount }) as const;

const title = { en: 'Test' };

export function schemeJson(change: Partial<SchemeJson> = {}): SchemeJson {
  return {
    id: 'sch:th:test',
    version: 1,
    validFrom: '2020-01-01',
    kind: 'insurance',
    title,
    country: 'TH',
    currency: 'THB',
    sources: [],
    who: {
      entitlements: ['any'],
      childBelowYears: 18,
      dependants: { relations: ['spouse', 'child'], leftBehind: false },
    },
    period: { months: 12 },
    contribution: {
      basis: 'person',
      rates: [{ id: 'year', months: 12, amount: '0.00' }],
      grace: { paymentDays: 30, renewalDays: 0 },
    },
    benefits: [{ id: 'all', covers: ['*'], price: 'list', limits: { other: paysAll } }],
    catalogue: [
      { code: 'drug', kind: 'item', title },
      { code: 'visit', kind: 'service', title, category: 'visit' },
      { code: 'consultation', kind: 'service', title, category: 'consultation' },
      { code: 'surgery', kind: 'service', title, category: 'surgery' },
      { code: 'delivery', kind: 'service', title, category: 'delivery' },
      { code: 'antenatal', kind: 'service', title, category: 'antenatal' },
      { code: 'bed', kind: 'service', title, category: 'hospitalisation' },
    ],
    tariffs: [
      {
        id: 'home',
        country: 'TH',
        currency: 'THB',
        validFrom: '2020-01-01',
        prices: {
          drug: '100.00',
          visit: '100.00',
          consultation: '100.00',
          surgery: '100.00',
          delivery: '100.00',
          antenatal: '100.00',
          bed: '100.00',
        },
      },
    ],
    network: [{ country: 'TH', facilities: ['any'] }],
    ...change,
  };
}

export function scheme(change: Partial<SchemeJson> = {}): Scheme {
  return schemeSchema.parse(schemeJson(change));
}

/** The catalogue of {@link schemeJson} with one entry changed. */
export function catalogueWith(code: string, change: Partial<SchemeJson['catalogue'][number]>): SchemeJson['catalogue'] {
  return schemeJson().catalogue.map((entry) => (entry.code === code ? { ...entry, ...change } : entry));
}

/** One benefit for everything, changed. */
export function benefits(change: Partial<SchemeJson['benefits'][number]>): SchemeJson['benefits'] {
  return [{ ...schemeJson().benefits[0]!, ...change }];
}

export const thb = (amount: string): Money => parseMoney(amount, 'THB')!;

export function line(change: Partial<ClaimLine> = {}): ClaimLine {
  return { line: 1, kind: 'service', code: 'visit', quantity: '1', unitPrice: thb('100.00'), ...change };
}

export function claim(change: Partial<Claim> = {}): Claim {
  const from = change.from ?? '2026-03-10';
  return {
    claimId: 'claim-1',
    claimNumber: 'C1',
    schemeId: 'sch:th:test',
    provider: 'TH:clinic',
    providerLevel: 'clinic',
    memberId: 'ma',
    visit: 'other',
    care: 'out-patient',
    from,
    to: from,
    claimedOn: change.to ?? from,
    diagnoses: ['J06.9'],
    lines: [line()],
    currency: 'THB',
    ...change,
  };
}

export const member: Member = {
  memberId: 'ma',
  memberNumber: 'M-1',
  name: 'Member A',
  birthDate: '1990-05-05',
  birthPrecision: 'day',
  sex: 'female',
  entitlement: 'any',
  residence: 'TH',
};

type AnyPolicy = AdjudicationInput['policies'][number];

export function covered(change: Partial<CoveredMember> = {}): CoveredMember {
  return {
    memberId: 'ma',
    relation: 'holder',
    from: '2026-01-01',
    to: '2026-12-31',
    continuousSince: '2026-01-01',
    ...change,
  };
}

export function policy(change: Partial<AnyPolicy> = {}): AnyPolicy {
  return {
    policyId: 'policy-1',
    policyNumber: 'P1',
    schemeId: 'sch:th:test',
    schemeVersion: 1,
    stage: 'new',
    enrolledOn: '2025-12-20',
    startsOn: '2026-01-01',
    effectiveOn: '2026-01-01',
    expiresOn: '2026-12-31',
    premium: thb('1600.00'),
    members: [covered()],
    instalments: [],
    ...change,
  };
}

export function instalment(change: Partial<Instalment> = {}): Instalment {
  return {
    instalmentId: 'i1',
    number: 1,
    due: '2026-01-01',
    graceUntil: '2026-01-31',
    amount: thb('1600.00'),
    paid: thb('1600.00'),
    writtenOff: thb('0.00'),
    ...change,
  };
}

export function passed(change: Partial<PassedLine> = {}): PassedLine {
  const from = change.from ?? '2026-02-01';
  return {
    claimId: 'claim-0',
    line: 1,
    kind: 'service',
    code: 'visit',
    category: 'visit',
    memberId: 'ma',
    policyId: 'policy-1',
    care: 'out-patient',
    from,
    to: from,
    quantity: '1',
    deductedMinor: 0n,
    paidMinor: 10000n,
    ...change,
  };
}

export interface Change extends Partial<Omit<AdjudicationInput, 'claim' | 'schemes'>> {
  readonly scheme?: Partial<SchemeJson>;
  readonly claim?: Partial<Claim>;
}

export function input({ scheme: schemeChange, claim: claimChange, ...rest }: Change = {}): AdjudicationInput {
  return {
    schemes: [scheme(schemeChange)],
    claim: claim(claimChange),
    member,
    policies: [policy()],
    history: [],
    facility: { id: 'clinic', country: 'TH', level: 'clinic', care: ['in-patient', 'out-patient'] },
    ...rest,
  };
}

export function decide(change: Change = {}): Adjudication {
  return adjudicate(input(change));
}

export const minor = (amount: bigint | number) => money(amount, 'THB');

/** A rate as it is entered: so many units for one baht. */
export function perBaht(currency: string, value: string): Rate {
  return { from: 'THB', to: currency, value, source: 'central-bank-mid', at: '2026-03-01T00:00:00Z' };
}
