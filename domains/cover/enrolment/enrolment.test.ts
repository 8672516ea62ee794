import { addDays, dayOf } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignEffect, type EmployerCount, studentT95 } from './campaign-effect.ts';
import { forbiddenField, knownBirth, refuseForbidden } from './member.ts';
import { checkDigit, readableNumber, readNumber } from './numbers.ts';
import { allocate, arrearsAge, cutInstalments, type OwedInstalment } from './payments.ts';
import { daysOf, joined, monthsOf, type Period } from './periods.ts';
import { readAmount, readRoster, rosterColumns } from './roster.ts';

describe('numbers people read to each other', () => {
  it('has Luhn’s digit (79927398713 is its example)', () => {
    expect(checkDigit('7992739871')).toBe(3);
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.nat(6), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const number = readableNumber('member', n);
        expect(readNumber('member', number.toLowerCase().replaceAll('-', ' '))).toBe(number);
        const i = 2 + at;
        const wrong = number.slice(0, i) + ((Number(number[i]) + by) % 10) + number.slice(i + 1);
        expect(readNumber('member', wrong)).toBeUndefined();
      }),
    );
  });

  it('does not take a policy’s number for a member’s', () => {
    expect(readNumber('member', readableNumber('policy', 12))).toBeUndefined();
  });
});

describe('what is never recorded', () => {
  it.each([
    'passport',
    'Passport No',
    'immigrationStatus',
    'nationality',
    'สัญชาติ',
    'เลขที่หนังสือเดินทาง',
    'address',
    'နိုင်ငံသား',
  ])('%s', (name) => {
    expect(forbiddenField(name)).toBeDefined();
  });
  it.each(['name', 'residence', 'works number', 'ชื่อ', 'number'])('but %s is', (name) => {
    expect(forbiddenField(name)).toBeUndefined();
  });
  it('is found at any depth', () => {
    expect(refuseForbidden({ members: [{ newMember: { visaType: 'x' } }] })).toMatchObject({
      code: 'enrolment.forbidden-field',
    });
  });
});

describe('births', () => {
  it('a child born this year is not born tomorrow', () => {
    expect(knownBirth({ kind: 'year', year: 2026 }, '2026-03-01')).toMatchObject({ birthDate: '2026-03-01' });
  });
});

describe('rosters', () => {
  it('names the columns it needs, ignores what it does not know', () => {
    const columns = rosterColumns(['ชื่อ', 'Shoe size', 'Visa']);
    expect(columns).toMatchObject({ missing: ['birth'], ignored: ['Shoe size', 'Visa'], forbidden: ['Visa'] });
  });
  it('reads wages as sheets write them, and no negative ones', () => {
    expect(readAmount('12,500.50', 'THB')).toEqual(money(1_250_050n, 'THB'));
    expect(readAmount('๑๒๕๐๐', 'THB')).toEqual(money(1_250_000n, 'THB'));
    expect(readAmount('-5', 'THB')).toBeNull();
    expect(readAmount('1.005', 'THB')).toBeNull();
  });
  it('never throws, whatever the cells hold', () => {
    const columns = rosterColumns(['name', 'birth', 'sex', 'wage', 'works number']);
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 6 }), { maxLength: 5 }), (rows) => {
        const table = { columns: [], rows: rows.map((cells, i) => ({ line: i + 2, cells })) };
        const read = readRoster(table, columns, {
          today: '2026-03-01',
          currency: 'THB',
          country: 'TH',
          entitlement: 'contract-worker',
        });
        expect(read.people.length + read.refused.length).toBe(rows.length);
      }),
    );
  });
});

const instalment = (number: number, amount: bigint, paid = 0n): OwedInstalment => ({
  instalmentId: `i${number}`,
  policyId: 'p',
  number,
  due: addDays('2026-01-01', number * 30),
  graceUntil: addDays('2026-01-16', number * 30),
  amount: money(amount, 'THB'),
  paid: money(paid, 'THB'),
  writtenOff: money(0n, 'THB'),
});

describe('money put to instalments', () => {
  it('goes to the oldest debt first, is never lost and never too much', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10_000n), fc.array(fc.bigInt(0n, 2000n), { maxLength: 6 }), (minor, amounts) => {
        const owed = amounts.map((amount, i) => instalment(i + 1, amount));
        const { allocations, left } = allocate(minor, owed);
        const used = allocations.reduce((sum, each) => sum + each.minor, 0n);
        expect(used + left).toBe(minor);
        const last = allocations.length - 1;
        allocations.forEach((each, i) => {
          const of = owed.find((one) => one.instalmentId === each.instalmentId)!;
          expect(i < last ? each.minor === of.amount.minor : each.minor <= of.amount.minor).toBe(true);
        });
      }),
    );
  });
  it('is taken off the latest, and off what is unpaid first', () => {
    expect(cutInstalments(150n, [instalment(1, 100n, 100n), instalment(2, 100n, 40n)])).toEqual([
      { instalmentId: 'i2', unpaid: 60n, uncollectable: 0n, waived: 0n, paid: 40n },
      { instalmentId: 'i1', unpaid: 0n, uncollectable: 0n, waived: 0n, paid: 50n },
    ]);
  });
  it('is taken off what nobody paid before it is taken off what somebody paid', () => {
    const off = (minor: bigint, waived: bigint) => ({
      writtenOff: money(minor + waived, 'THB'),
      waived: money(waived, 'THB'),
    });
    const owed = [
      instalment(1, 100n, 100n),
      { ...instalment(2, 100n), ...off(0n, 100n) },
      { ...instalment(3, 100n), ...off(70n, 0n) },
    ];
    const nothing = { unpaid: 0n, uncollectable: 0n, waived: 0n, paid: 0n };
    expect(cutInstalments(210n, owed)).toEqual([
      { ...nothing, instalmentId: 'i3', unpaid: 30n, uncollectable: 70n },
      { ...nothing, instalmentId: 'i2', waived: 100n },
      { ...nothing, instalmentId: 'i1', paid: 10n },
    ]);
  });
  it.each([
    ['2026-01-31', 'not-due'],
    ['2026-02-10', 'in-grace'],
    ['2026-02-20', 'to-30'],
    ['2026-03-10', 'to-60'],
    ['2026-04-20', 'to-90'],
    ['2026-06-20', 'over-90'],
  ])('on %s the debt is %s', (on, age) => {
    expect(arrearsAge(instalment(1, 100n), on)).toBe(age);
  });
});

describe('periods', () => {
  it('count no day twice', () => {
    const arbitrary = fc.tuple(fc.nat(1000), fc.nat(60)).map(
      ([from, length]): Period => ({
        from: dayOf(20_000 + from),
        to: dayOf(20_000 + from + length),
      }),
    );
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 12 }), (periods) => {
        const days = new Set<string>();
        for (const { from, to } of periods) {
          for (let day = from; day <= to; day = addDays(day, 1)) {
            days.add(day);
          }
        }
        expect(daysOf(joined(periods))).toBe(days.size);
      }),
    );
  });
  it.each([
    [[{ from: '2026-01-01', to: '2026-12-31' }], 12],
    [[{ from: '2026-01-15', to: '2026-02-14' }], 1],
    [[{ from: '2024-02-01', to: '2024-02-29' }], 1],
    [[{ from: '2026-01-01', to: '2026-01-30' }], 0],
    [
      [
        { from: '2026-01-01', to: '2026-01-16' },
        { from: '2026-03-16', to: '2026-03-31' },
      ],
      1,
    ],
  ])('%j are %i months', (periods, months) => {
    expect(monthsOf(periods)).toBe(months);
  });
});

describe('the effect of a campaign', () => {
  const employer = (arm: EmployerCount['arm'], before: number, after: number): EmployerCount => ({
    groupId: `${arm}${before}${after}`,
    name: '',
    arm,
    workers: 100,
    coveredBefore: before,
    coveredAfter: after,
  });
  it('is the difference of the changes, with Welch’s interval', () => {
    // Changes 20, 30, 40 and 0, 10, 20 points: difference 20; each variance 100, error √(100/3 + 100/3) = 8.165, 4 degrees.
    const effect = campaignEffect([
      employer('targeted', 10, 30),
      employer('targeted', 10, 40),
      employer('targeted', 10, 50),
      employer('control', 20, 20),
      employer('control', 20, 30),
      employer('control', 20, 40),
    ]);
    expect(effect.effect).toBeCloseTo(0.2, 10);
    expect(effect.interval!.low).toBeCloseTo(0.2 - 2.7764 * 0.08165, 2);
    expect(effect.interval!.high).toBeCloseTo(0.2 + 2.7764 * 0.08165, 2);
    expect(effect.caution).toBe('few-employers');
  });
  it('says when there is nobody to compare with', () => {
    expect(campaignEffect([employer('targeted', 0, 50)])).toMatchObject({ effect: 0.5, caution: 'no-control' });
  });
  it.each([
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ])('knows Student’s t for %i degrees', (freedom, t) => {
    expect(Math.abs(studentT95(freedom) - t)).toBeLessThan(0.01);
  });
});
