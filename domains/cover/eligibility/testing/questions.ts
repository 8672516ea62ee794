import { addDays } from '@serai/kernel/base/days.ts';
import { amountText, type Money, money } from '@serai/kernel/base/money.ts';
import type { Instalment, Member } from '../../cover.ts';
import { theSchemes } from '../../schemes/scheme.testing.ts';
import { type EligibilityQuestion, eligibility } from '../eligibility.ts';

/** A member, places of care and questions that the tests of eligibility share. */

export const on = '2026-06-15';
export const member: Member = {
  memberId: 'm1',
  memberNumber: 'TH-1',
  name: 'A member',
  birthDate: '1994-03-01',
  birthPrecision: 'day',
  sex: 'female',
  entitlement: 'contract-worker',
  residence: 'TH',
};
export const hospital = {
  id: 'mae-sot-hospital',
  country: 'TH',
  level: 'district',
  care: ['in-patient', 'out-patient'] as const,
};
export const clinic = { id: 'mae-sot-clinic', country: 'TH', level: 'clinic', care: ['out-patient'] as const };
export const farHospital = {
  id: 'bangkok-hospital',
  country: 'TH',
  level: 'general',
  care: ['in-patient', 'out-patient'] as const,
};
export const myawaddy = {
  id: 'myawaddy-hospital',
  country: 'MM',
  level: 'district',
  care: ['in-patient', 'out-patient'] as const,
};

export type PolicyInFull = EligibilityQuestion['policies'][number];

export function policy(schemeId: string, more: Partial<PolicyInFull> = {}): PolicyInFull {
  const startsOn = more.startsOn ?? '2026-01-10';
  const to = more.expiresOn ?? '2027-01-09';
  return {
    policyId: `p-${schemeId}`,
    policyNumber: 'P-1',
    schemeId,
    schemeVersion: 1,
    stage: 'new',
    enrolledOn: startsOn,
    startsOn,
    effectiveOn: startsOn,
    expiresOn: to,
    premium: money(0, 'THB'),
    members: [{ memberId: 'm1', relation: 'holder', from: startsOn, to, continuousSince: startsOn }],
    instalments: [],
    ...more,
  };
}

export const owed = (graceUntil: string): Instalment => ({
  instalmentId: 'i1',
  number: 1,
  due: addDays(graceUntil, -15),
  graceUntil,
  amount: money(100, 'THB'),
  paid: money(0, 'THB'),
  writtenOff: money(0, 'THB'),
});

export const migrant = 'sch:th:migrant-health-insurance';
export const security = 'sch:th:social-security';
export const pilot = 'sch:th:mae-sot-pilot';
export const abroad = 'sch:mm:workers-abroad';

export function ask(more: Partial<EligibilityQuestion> = {}) {
  return eligibility({
    on,
    member,
    schemes: theSchemes(),
    policies: [policy(migrant)],
    history: [],
    facility: hospital,
    ...more,
  });
}

export const text = (value: Money | undefined) => value && `${amountText(value)} ${value.currency}`;
