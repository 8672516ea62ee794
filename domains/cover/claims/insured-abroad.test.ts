import { money } from '@serai/kernel/base/money.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import { describe, expect, test } from 'vitest';
import { schemeWith } from '../schemes/scheme.testing.ts';
import type { AdjudicationInput } from './adjudication.ts';
import { coverOn } from './checks.ts';
import { countedByClause, type InsuredAbroad, withPeriodsAbroad } from './insured-abroad.ts';
import { qualifyingMonths } from './qualifying.ts';

const scheme = schemeWith({ period: { months: 12, qualifying: { months: 3, within: 15 } } });
const grace = scheme.contribution.grace.renewalDays;

function policy(since: string): AdjudicationInput['policies'][number] {
  return {
    ...{ policyId: 'p', policyNumber: 'P', schemeId: scheme.id, schemeVersion: scheme.version, stage: 'new' },
    ...{ enrolledOn: since, startsOn: since, effectiveOn: since, expiresOn: '2027-12-31', premium: money(0n, 'THB') },
    members: [
      { memberId: 'm', relation: 'holder', from: since, to: '2027-12-31', continuousSince: since },
      { memberId: 'other', relation: 'spouse', from: since, to: '2027-12-31', continuousSince: since },
    ],
    instalments: [],
  };
}

const abroad = (from: string, to: string, schemeId = 'sch:mm:workers-abroad'): InsuredAbroad => ({
  ...{ country: 'MM', schemeId, from, to },
});
const day = '2026-06-10';
const with_ = (since: string, periods: readonly InsuredAbroad[]) =>
  withPeriodsAbroad([scheme], [policy(since)], periods, { memberId: 'm', day });
const sinceOf = (since: string, periods: readonly InsuredAbroad[]) => {
  const cover = coverOn(with_(since, periods), 'm', day);
  return 'covered' in cover ? cover.covered.continuousSince : cover;
};
const months = (since: string, periods: readonly InsuredAbroad[]) =>
  qualifyingMonths(scheme, undefined, with_(since, periods), { memberId: 'm', day })?.months;

describe('periods insured abroad, in the judgement of a claim', () => {
  test.each<[string, InsuredAbroad[], string]>([
    ['none', [], '2026-05-01'],
    ['until the day before', [abroad('2026-01-01', '2026-04-30')], '2026-01-01'],
    [
      'insured in both at once: the days count once, from the first',
      [abroad('2026-01-01', '2026-06-01')],
      '2026-01-01',
    ],
    ['begun here before', [abroad('2026-05-10', '2026-06-01')], '2026-05-01'],
    ['one after the other', [abroad('2025-01-01', '2025-12-31'), abroad('2026-01-01', '2026-04-30')], '2025-01-01'],
    [
      'with a break too long between them',
      [abroad('2024-01-01', '2024-06-30'), abroad('2026-01-01', '2026-04-30')],
      '2026-01-01',
    ],
    ['a break too long before here', [abroad('2025-01-01', '2025-06-30')], '2026-05-01'],
    ['of a later day than the care', [abroad('2026-06-11', '2026-12-31')], '2026-05-01'],
    ['that ends before it begins', [abroad('2026-04-30', '2026-01-01')], '2026-05-01'],
  ])('a waiting period, %s', (_, periods, since) => {
    expect(sinceOf('2026-05-01', periods)).toBe(since);
  });

  test('a break as long as the grace for renewals is none, a day more is one', () => {
    const ended = (days: number) => new Date(Date.UTC(2026, 4, 1) - (days + 1) * 86_400_000).toISOString().slice(0, 10);
    expect(sinceOf('2026-05-01', [abroad('2025-01-01', ended(grace))])).toBe('2025-01-01');
    expect(sinceOf('2026-05-01', [abroad('2025-01-01', ended(grace + 1))])).toBe('2026-05-01');
  });

  test('only of the person they were certified of', () => {
    const [own] = with_('2026-05-01', [abroad('2026-01-01', '2026-04-30')]);
    expect(own!.members.map((each) => each.continuousSince)).toEqual(['2026-01-01', '2026-05-01']);
  });

  test('qualifying months count once, here and abroad, and without a break of cover or with one', () => {
    expect(months('2026-05-01', [])).toBe(1);
    expect(months('2026-05-01', [abroad('2026-01-01', '2026-04-30')])).toBe(5);
    expect(months('2026-05-01', [abroad('2026-05-01', '2026-06-09')])).toBe(1);
    expect(months('2026-05-01', [abroad('2026-01-01', '2026-02-28'), abroad('2026-02-01', '2026-02-28')])).toBe(3);
  });

  test('cover abroad is no cover here', () => {
    const none = withPeriodsAbroad([scheme], [], [abroad('2026-01-01', '2027-01-01')], { memberId: 'm', day });
    expect(coverOn(none, 'm', day)).toMatchObject({ reason: 3 });
  });
});

describe('what counts by the clause', () => {
  const agreement = {
    ...{ id: 'agr:x', periods: { clause: 'art-6', schemes: ['sch:mm:workers-abroad'], minimumDays: 30 } },
  } as unknown as Agreement;
  const certified = (...periods: InsuredAbroad[]) => countedByClause([agreement], [{ agreement: 'agr:x', periods }]);

  test('schemes it names, from the days it asks for, each day once', () => {
    const [long, short] = [abroad('2026-01-01', '2026-01-30'), abroad('2026-01-01', '2026-01-29')];
    expect(certified(long)).toEqual([long]);
    expect(certified(short)).toEqual([]);
    expect(certified(short, short)).toEqual([]);
    expect(certified(long, abroad('2025-01-01', '2025-12-31', 'sch:mm:other'))).toEqual([long]);
    expect(countedByClause([agreement], [{ agreement: 'agr:y', periods: [long] }])).toEqual([]);
    expect(countedByClause([{ ...agreement, periods: undefined }], [{ agreement: 'agr:x', periods: [long] }])).toEqual(
      [],
    );
  });
});
