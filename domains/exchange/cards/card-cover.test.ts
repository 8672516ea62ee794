import type { Coverage } from '@medplum/fhirtypes';
import { readCoverFact } from '@serai/kernel/trust/card-cover.ts';
import { expect, test } from 'vitest';
import { coverForCard } from './card-cover.ts';

const coverage = (more: Partial<Coverage> = {}): Coverage => ({
  resourceType: 'Coverage',
  status: 'active',
  identifier: [{ value: 'TH-1' }],
  subscriberId: 'P-1',
  beneficiary: { reference: 'Patient/her' },
  period: { start: '2026-01-01', end: '2026-12-31' },
  payor: [{ display: 'fund' }],
  class: [{ type: { coding: [{ code: 'plan' }] }, value: 'sch:th:small' }],
  ...more,
});
const read = (own: Coverage[], family: Coverage[] = [], today = '2026-06-01') =>
  readCoverFact(coverForCard('her', own, family, today));

test('the cover in force that lasts longest is on the card, with how many are covered with her', () => {
  const longer = coverage({ subscriberId: 'P-2', period: { start: '2026-05-01', end: '2027-04-30' } });
  const child = coverage({ subscriberId: 'P-2', beneficiary: { reference: 'Patient/child' } });
  const before = coverage({ beneficiary: { reference: 'Patient/former' } });
  expect(read([coverage(), longer], [longer, child, before])).toEqual({
    schemeId: 'sch:th:small',
    memberNumber: 'TH-1',
    from: '2026-05-01',
    to: '2027-04-30',
    dependants: 1,
  });
});

test.each([
  ['is over', coverage({ period: { start: '2025-01-01', end: '2025-12-31' } })],
  ['has not begun', coverage({ period: { start: '2026-07-01', end: '2027-06-30' } })],
  ['is suspended', coverage({ status: 'cancelled' })],
  ['has no number', coverage({ identifier: [] })],
  ['names no scheme', coverage({ class: [] })],
])('cover that %s is not', (_, own) => {
  expect(read([own])).toBeUndefined();
});
