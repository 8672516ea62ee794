import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { expect, test } from 'vitest';
import type { Instalment } from '../cover.ts';
import { schemeWith, theSchemes } from '../schemes/scheme.testing.ts';
import type { AdjudicationInput } from './adjudication.ts';
import { benefitOf } from './categories.ts';
import { qualifyingMonths } from './qualifying.ts';

const security = theSchemes('sch:th:social-security').at(-1)!;
const yearly = schemeWith({ period: { months: 12, qualifying: { months: 3, within: 15 } } });
type AnyPolicy = AdjudicationInput['policies'][number];

function policy(instalments: readonly Instalment[], more: Partial<AnyPolicy> = {}): AnyPolicy {
  return {
    policyId: 'p',
    policyNumber: 'P',
    schemeId: security.id,
    schemeVersion: 1,
    stage: 'new',
    enrolledOn: '2025-01-01',
    startsOn: '2025-01-01',
    effectiveOn: '2025-01-01',
    expiresOn: '2026-12-31',
    premium: money(0n, 'THB'),
    members: [
      { memberId: 'm', relation: 'holder', from: '2025-01-01', to: '2026-12-31', continuousSince: '2025-01-01' },
    ],
    instalments,
    ...more,
  };
}

/** What a month's payroll raised, 432.00 baht; `paid` of it was paid. */
function month(of: string, paid = 43200, more: Partial<Instalment> = {}): Instalment {
  const first = `${of}-01`;
  const last = addDays(addMonths(first, 1), -1);
  return {
    instalmentId: of,
    number: 1,
    due: addDays(last, 15),
    graceUntil: addDays(last, 45),
    amount: money(43200n, 'THB'),
    paid: money(BigInt(paid), 'THB'),
    writtenOff: money(0n, 'THB'),
    coversFrom: first,
    coversTo: last,
    ...more,
  };
}

const counted = (policies: readonly AnyPolicy[], code = 'CON-GENERAL', day = '2026-06-10') =>
  qualifyingMonths(security, benefitOf(security, code), policies, { memberId: 'm', day });

// Thai social security: three months within fifteen; for maternity five (the scheme's own figures).
test.each([
  ['three paid months', ['2026-02', '2026-03', '2026-05'].map((of) => month(of)), 3],
  ['one of them paid in part', [month('2026-02'), month('2026-03'), month('2026-05', 43199)], 2],
  [
    'one of them paid by nobody, written off',
    [month('2026-04'), month('2026-05', 0, { writtenOff: money(43200n, 'THB') })],
    1,
  ],
  [
    'one of them waived by the fund: it counts as contributed',
    [month('2026-04'), month('2026-05', 0, { writtenOff: money(43200n, 'THB'), waived: money(43200n, 'THB') })],
    2,
  ],
  ['a wage of nothing contributes nothing', [month('2026-05', 0, { amount: money(0n, 'THB') })], 0],
  ['the month of care is not one of them', [month('2026-06'), month('2026-05')], 1],
  ['the fifteenth month back, and not the sixteenth', [month('2025-03'), month('2025-02')], 1],
  ['paid before it was due', [month('2026-05', 43200, { due: '2026-08-01' })], 1],
  ['none was ever raised', [], 0],
])('%s', (_, instalments, months) => {
  expect(counted([policy(instalments)])?.months).toBe(months);
});

test('each month counts once, under whichever policy, and only for who was covered in it', () => {
  const [april, may] = [month('2026-04'), month('2026-05')];
  expect(counted([policy([april]), policy([april, may], { policyId: 'q' })])?.months).toBe(2);
  expect(counted([policy([april, may], { effectiveOn: '2026-05-31' })])?.months).toBe(1);
  expect(counted([policy([april, may], { endedOn: '2026-05-01' })])?.months).toBe(1);
  expect(counted([policy([april, may], { members: [] })])?.months).toBe(0);
});

test('maternity has its own number of months, and says so', () => {
  expect(counted([policy([month('2026-05')])], 'ANC-VISIT')).toMatchObject({ needed: 5, within: 15, months: 1 });
  expect(counted([], 'ANC-VISIT')?.rule).toMatch(/^benefits\[\d+\]\.qualifying$/);
  expect(counted([])?.rule).toBe('period.qualifying');
});

test('a certificate from abroad counts the months it states', () => {
  const abroad = policy([], { schemeVersion: 0, expiresOn: '2026-03-31', effectiveOn: '2026-02-01' });
  expect(counted([abroad, policy([month('2026-03'), month('2026-04')])])).toMatchObject({ months: 3, monthsAbroad: 1 });
});

test('where a whole period is paid for, months go by, while what is due is paid', () => {
  const { coversFrom: _, coversTo: __, ...whole } = month('2026-01', 0, { due: '2026-04-20' });
  const of = { memberId: 'm', day: '2026-06-10' };
  const months = (instalments: Instalment[]) =>
    qualifyingMonths(yearly, undefined, [policy(instalments, { effectiveOn: '2026-02-01' })], of)?.months;
  expect(months([])).toBe(4);
  expect(months([whole])).toBe(2);
  expect(qualifyingMonths(schemeWith({}), undefined, [], of)).toBeUndefined();
});
