import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instalment, Policy } from '../cover.ts';
import { schemeWith, theSchemes } from '../schemes/scheme.testing.ts';
import type { Scheme } from '../schemes/scheme.ts';
import {
  activate,
  dueIsPaid,
  joinPolicy,
  lapse,
  nextCycle,
  type PolicyPlanInput,
  planEnd,
  planPolicy,
  standing,
  unearned,
} from './policy.ts';

const thb = (minor: bigint | number) => money(minor, 'THB');
const scheme = schemeWith({ contribution: { maximumInstalments: 12 } });

function plan(input: Partial<PolicyPlanInput> = {}) {
  return planPolicy({
    policyId: 'p1',
    scheme,
    enrolledOn: '2026-01-10',
    premium: thb(1000_00),
    members: [{ memberId: 'm1', relation: 'holder' }],
    ...input,
  });
}

function planned(input: Partial<PolicyPlanInput> = {}) {
  const result = plan(input);
  if (!result.ok) {
    throw new Error(result.code);
  }
  return result.value;
}

/** A policy as the store would hold it after the plan. */
function policyOf(input: Partial<PolicyPlanInput> = {}, more: Partial<Policy> = {}): Policy {
  const { startsOn, expiresOn, stage, members, premium } = planned(input);
  return {
    policyId: input.policyId ?? 'p1',
    policyNumber: 'P-1',
    schemeId: scheme.id,
    schemeVersion: 1,
    stage,
    enrolledOn: input.enrolledOn ?? '2026-01-10',
    startsOn,
    effectiveOn: startsOn,
    expiresOn,
    premium,
    members,
    ...more,
  };
}

const paid = (instalment: Instalment): Instalment => ({ ...instalment, paid: instalment.amount });

describe('when cover begins and ends', () => {
  test('at once and for a year, the last day before the same date', () => {
    expect(planned()).toMatchObject({ startsOn: '2026-01-10', expiresOn: '2027-01-09', stage: 'new' });
  });

  test.each([
    // Months of administration are added to the day of enrolment.
    [{ administrationMonths: 2 }, '2026-01-31', '2026-03-31', '2027-03-30'],
    // The next day of the cycle, the same day where it is one.
    [{ cycleStarts: ['01-01', '07-01'] }, '2026-01-10', '2026-07-01', '2027-06-30'],
    [{ cycleStarts: ['01-01', '07-01'] }, '2026-07-01', '2026-07-01', '2027-06-30'],
    [{ cycleStarts: ['01-01', '07-01'] }, '2026-07-02', '2027-01-01', '2027-12-31'],
    // First the months, then the cycle: enrolled in December, ready on 1 February, begins in July.
    [{ administrationMonths: 2, cycleStarts: ['01-01', '07-01'] }, '2025-12-01', '2026-07-01', '2027-06-30'],
    [{ months: 1 }, '2026-01-31', '2026-01-31', '2026-02-27'],
    [{ months: 12 }, '2024-02-29', '2024-02-29', '2025-02-27'],
  ])('%j, enrolled %s: from %s to %s', (period, enrolledOn, startsOn, expiresOn) => {
    const with_ = schemeWith({
      period: { months: 12, ...period },
      contribution: { rates: [{ id: 'any', months: (period as { months?: number }).months ?? 12, amount: '1.00' }] },
    });
    expect(planned({ scheme: with_, enrolledOn })).toMatchObject({ startsOn, expiresOn });
  });

  test('other lengths: three months, seven days; longer than the scheme sells is refused', () => {
    expect(planned({ months: 3 }).expiresOn).toBe('2026-04-09');
    expect(planned({ days: 7 }).expiresOn).toBe('2026-01-16');
    expect(plan({ months: 13 })).toMatchObject({ code: 'policy.no-length' });
    expect(plan({ days: 0 })).toMatchObject({ code: 'policy.no-length' });
    const [abroad] = theSchemes('sch:mm:workers-abroad');
    expect(planned({ scheme: abroad!, premium: money(1, 'MMK'), months: 24 }).expiresOn).toBe('2028-01-09');
  });

  test('a later start may be asked for, an earlier or far one not', () => {
    expect(planned({ startsOn: '2026-03-01' }).startsOn).toBe('2026-03-01');
    expect(plan({ startsOn: '2026-01-09' })).toMatchObject({ code: 'policy.starts-before-enrolment' });
    expect(plan({ startsOn: '2028-01-01' })).toMatchObject({ code: 'policy.too-far-ahead' });
  });

  test('the community fund: enrolled on 3 February, ready a month later, begins in April', () => {
    const [fund] = theSchemes('sch:mm:community-fund');
    expect(nextCycle(fund!, '2026-03-03')).toBe('2026-04-01');
    expect(planned({ scheme: fund!, enrolledOn: '2026-02-03', premium: money(1, 'MMK') }).startsOn).toBe('2026-04-01');
  });
});

describe('instalments', () => {
  test('the first is due at enrolment, the rest at even distances; each has its grace', () => {
    const { instalments } = planned({ premium: thb(1000_00), instalments: 3 });
    expect(instalments.map(({ due, graceUntil, amount }) => [due, graceUntil, amount.minor])).toEqual([
      ['2026-01-10', '2026-01-25', 333_34n],
      ['2026-05-11', '2026-05-26', 333_33n],
      ['2026-09-10', '2026-09-25', 333_33n],
    ]);
  });

  test('nothing to pay is no instalment, and such a policy comes into effect at once', () => {
    const { instalments } = planned({ premium: thb(0) });
    expect(instalments).toEqual([]);
    expect(dueIsPaid(instalments, '2026-01-10')).toBe(true);
  });

  test('more than the scheme takes, none and half of one are refused', () => {
    for (const instalments of [13, 0, -1, 1.5, Number.NaN]) {
      expect(plan({ instalments })).toMatchObject({ code: 'policy.too-many-instalments' });
    }
  });
});

describe('standing', () => {
  const instalments = planned({ instalments: 2 }).instalments;
  const [first, second] = [instalments[0]!, instalments[1]!];
  const policy = policyOf();
  test.each([
    ['idle', { effectiveOn: undefined }, [first, second], '2026-02-01'],
    ['ready', { startsOn: '2026-03-01', effectiveOn: '2026-03-01' }, [paid(first), second], '2026-02-28'],
    ['active', {}, [paid(first), second], '2026-01-10'],
    // The second is due on 11 July, its grace ends on the 26th: that day is covered still, the next is not.
    ['active', {}, [paid(first), second], '2026-07-26'],
    ['suspended', {}, [paid(first), second], '2026-07-27'],
    ['active', {}, [paid(first), paid(second)], '2026-07-27'],
    // What will not come leaves the books, and cover stays as it was; what the fund forgives counts as paid.
    ['suspended', {}, [paid(first), { ...second, writtenOff: second.amount }], '2026-07-27'],
    ['active', {}, [paid(first), { ...second, writtenOff: second.amount, waived: second.amount }], '2026-07-27'],
    ['suspended', {}, [paid(first), { ...second, paid: thb(second.amount.minor - 1n) }], '2026-07-27'],
    ['active', {}, [paid(first), paid(second)], '2027-01-09'],
    ['expired', {}, [paid(first), paid(second)], '2027-01-10'],
    // A policy that was never paid for is over as well when its time is.
    ['expired', { effectiveOn: undefined }, [first, second], '2027-01-10'],
    ['active', { endedOn: '2026-06-01' }, [paid(first), second], '2026-05-31'],
    ['ended', { endedOn: '2026-06-01' }, [paid(first), second], '2026-06-01'],
  ] as const)('%s', (expected, more, owed, on) => {
    expect(standing({ ...policy, ...more } as Policy, owed, on)).toBe(expected);
  });
});

describe('coming into effect', () => {
  const policy = policyOf({ startsOn: '2026-02-01' });
  test.each([
    ['2026-01-20', '2026-02-01'],
    ['2026-02-01', '2026-02-01'],
    ['2026-02-15', '2026-02-15'],
  ])('what was due was complete on %s: in effect from %s, and waiting counts from then', (completed, effectiveOn) => {
    const result = activate(policy, completed, { scheme });
    expect(result.effectiveOn).toBe(effectiveOn);
    expect(result.members[0]!.continuousSince).toBe(effectiveOn);
  });

  test('due is the first instalment and every one whose day has come', () => {
    const { instalments } = planned({ instalments: 2 });
    const [first, second] = [instalments[0]!, instalments[1]!];
    expect(dueIsPaid([first, second], '2026-01-10')).toBe(false);
    expect(dueIsPaid([paid(first), second], '2026-01-10')).toBe(true);
    expect(dueIsPaid([paid(first), second], second.due)).toBe(false);
  });
});

describe('renewal keeps what was waited for', () => {
  const previous = policyOf({ policyId: 'p0', enrolledOn: '2025-01-10' });
  test.each([
    // Early, on the last day, and within thirty days of grace: without a gap that counts.
    ['2025-12-01', '2026-01-10', '2025-01-10'],
    ['2026-01-09', '2026-01-10', '2025-01-10'],
    ['2026-02-09', '2026-02-09', '2025-01-10'],
    // A day later it is a new cover.
    ['2026-02-10', '2026-02-10', '2026-02-10'],
  ])('renewed on %s: starts %s, continuous since %s', (enrolledOn, startsOn, continuousSince) => {
    const renewed = planned({ policyId: 'p1', enrolledOn, previous });
    expect(renewed).toMatchObject({ startsOn, stage: 'renewal', renewalOf: 'p0', cutsPrevious: undefined });
    expect(renewed.members[0]!.continuousSince).toBe(continuousSince);
  });

  test('a renewal that is paid too late loses it', () => {
    const renewed = policyOf({ policyId: 'p1', enrolledOn: '2025-12-20', previous });
    const at = (day: string) => activate(renewed, day, { scheme, previous }).members[0]!.continuousSince;
    expect(at('2026-02-09')).toBe('2025-01-10');
    expect(at('2026-02-10')).toBe('2026-02-10');
  });

  test('a baby who joins at renewal begins her own waiting', () => {
    const { members } = planned({
      enrolledOn: '2026-01-09',
      previous,
      members: [
        { memberId: 'm1', relation: 'holder' },
        { memberId: 'm2', relation: 'child' },
      ],
    });
    expect(members.map(({ continuousSince }) => continuousSince)).toEqual(['2025-01-10', '2026-01-10']);
  });

  test('what never came into effect is not renewed into continuity', () => {
    const { effectiveOn: _, ...never } = previous;
    expect(planned({ enrolledOn: '2026-01-09', previous: never }).members[0]!.continuousSince).toBe('2026-01-10');
  });
});

describe('a change of employer', () => {
  const previous = policyOf({ policyId: 'p0', enrolledOn: '2025-06-01' });
  test('cuts the former policy the day before and keeps what was waited for', () => {
    const moved = planned({ policyId: 'p1', enrolledOn: '2026-01-15', previous, transfer: true });
    expect(moved).toMatchObject({
      startsOn: '2026-01-15',
      stage: 'new',
      renewalOf: undefined,
      cutsPrevious: { policyId: 'p0', endedOn: '2026-01-15', memberTo: '2026-01-14' },
    });
    expect(moved.members[0]!.continuousSince).toBe('2025-06-01');
  });

  test('a renewal never overlaps: it waits for the end of what it renews, if that is not too far off', () => {
    const longer = (expiresOn: string) => ({
      ...previous,
      expiresOn,
      members: [{ ...previous.members[0]!, to: expiresOn }],
    });
    expect(planned({ enrolledOn: '2026-01-15', previous: longer('2026-12-31') }).startsOn).toBe('2027-01-01');
    expect(plan({ enrolledOn: '2026-01-15', previous: longer('2029-01-01') })).toMatchObject({
      code: 'policy.too-far-ahead',
    });
  });
});

describe('ending before the time', () => {
  const [security] = theSchemes('sch:th:social-security');
  const policy = policyOf();
  test.each([
    // Social security goes on for six months after leaving: within the period, and beyond it.
    ['left-employer', '2026-03-31', { endedOn: '2026-10-01', memberTo: '2026-09-30', expiresOn: '2027-01-09' }],
    ['left-employer', '2026-11-30', { endedOn: undefined, memberTo: '2027-05-30', expiresOn: '2027-05-30' }],
    ['died', '2026-03-31', { endedOn: '2026-04-01', memberTo: '2026-03-31', expiresOn: '2027-01-09' }],
    ['mistake', '2026-01-09', { endedOn: '2026-01-10', memberTo: '2026-01-09', expiresOn: '2027-01-09' }],
  ] as const)('%s, last contribution for %s', (because, lastContributionDay, expected) => {
    expect(planEnd(policy, { scheme: security!, lastContributionDay, because })).toEqual({
      ok: true,
      value: { ...expected, endedBecause: because },
    });
  });

  test('run-off is for those who had cover, and only where the scheme has it', () => {
    const lastContributionDay = '2026-03-31';
    const { effectiveOn: _, ...never } = policy;
    const end = (of: Policy, by: Scheme) => {
      const result = planEnd(of, { scheme: by, lastContributionDay, because: 'left-employer' });
      return result.ok && result.value.memberTo;
    };
    expect(end(never, security!)).toBe('2026-03-31');
    expect(end(policy, scheme)).toBe('2026-03-31');
  });

  test('not twice, not outside its period', () => {
    const by = { scheme, because: 'asked' } as const;
    expect(planEnd({ ...policy, endedOn: '2026-02-01' }, { ...by, lastContributionDay: '2026-03-31' })).toMatchObject({
      code: 'policy.ended',
    });
    expect(planEnd(policy, { ...by, lastContributionDay: '2027-01-10' })).toMatchObject({
      code: 'policy.ends-outside',
    });
    expect(planEnd(policy, { ...by, lastContributionDay: '2026-01-08' })).toMatchObject({
      code: 'policy.ends-outside',
    });
  });

  test('what is given back is the share of the days left', () => {
    expect(unearned(policy, '2026-01-09').minor).toBe(1000_00n);
    expect(unearned(policy, '2027-01-09').minor).toBe(0n);
    // 365 days, 100 of them left: 273.97 of 1,000.
    expect(unearned(policy, addDays(policy.expiresOn, -100)).minor).toBe(273_97n);
    expect(unearned(policy, '2020-01-01').minor).toBe(1000_00n);
  });
});

describe('lapse', () => {
  const [first, second] = planned({ instalments: 2 }).instalments as [Instalment, Instalment];
  const policy = policyOf();
  test('a suspended policy ends with its first suspended day, once it has been suspended for the grace of a renewal', () => {
    const owed = [paid(first), second];
    expect(lapse(policy, owed, scheme, '2026-08-25')).toBeUndefined();
    expect(lapse(policy, owed, scheme, '2026-08-26')).toEqual({
      expiresOn: '2027-01-09',
      endedOn: '2026-07-27',
      endedBecause: 'lapsed',
      memberTo: '2026-07-26',
    });
    expect(lapse(policy, [paid(first), paid(second)], scheme, '2026-12-26')).toBeUndefined();
    const off = { ...second, writtenOff: second.amount };
    expect(lapse(policy, [paid(first), off], scheme, '2026-08-26')).toMatchObject({ endedBecause: 'lapsed' });
    expect(lapse(policy, [paid(first), { ...off, waived: off.amount }], scheme, '2026-08-26')).toBeUndefined();
  });

  test('its time may have run out since: it ended when it was suspended all the same', () => {
    // The second part is due on 11 July; nobody looked until the next year.
    expect(lapse(policy, [paid(first), second], scheme, '2027-03-01')).toMatchObject({
      endedOn: '2026-07-27',
      endedBecause: 'lapsed',
      memberTo: '2026-07-26',
    });
    const { effectiveOn: _, ...never } = policy;
    expect(lapse(never, [first, second], scheme, '2027-03-01')).toMatchObject({ endedBecause: 'never-paid' });
  });

  test('one that was covered to its last day has not lapsed, whatever is owed of it', () => {
    const late = { ...second, graceUntil: policy.expiresOn };
    expect(lapse(policy, [paid(first), late], scheme, '2027-03-01')).toBeUndefined();
    expect(
      lapse(policy, [paid(first), { ...late, graceUntil: addDays(policy.expiresOn, -1) }], scheme, '2027-03-01'),
    ).toMatchObject({ endedOn: policy.expiresOn });
  });

  test('one that was never paid for ends as if it had not been', () => {
    const { effectiveOn: _, ...never } = policy;
    expect(lapse(never, [first, second], scheme, '2026-02-25')).toMatchObject({
      endedOn: '2026-01-10',
      endedBecause: 'never-paid',
      memberTo: '2026-01-09',
    });
  });
});

test('who joins a running policy is covered from that day to its end', () => {
  const policy = policyOf();
  expect(joinPolicy(policy, { memberId: 'm2', relation: 'child' }, '2026-05-01')).toMatchObject({
    value: { from: '2026-05-01', to: '2027-01-09', continuousSince: '2026-05-01' },
  });
  expect(joinPolicy(policy, { memberId: 'm2', relation: 'child' }, '2027-01-10')).toMatchObject({
    code: 'policy.ended',
  });
});

test('a policy is always at least a day, and its instalments fall within it', () => {
  const day = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2024-01-01', days));
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      (enrolledOn, months, instalments) => {
        const { startsOn, expiresOn, instalments: parts } = planned({ enrolledOn, months, instalments });
        expect(daysBetween(startsOn, expiresOn)).toBeGreaterThanOrEqual(27);
        for (const { due, graceUntil } of parts) {
          expect(due >= enrolledOn && due <= expiresOn && graceUntil >= due).toBe(true);
        }
      },
    ),
  );
});
