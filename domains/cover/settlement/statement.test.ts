import { join } from 'node:path';
import { loadAgreements } from '@serai/policy/load.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Settling } from './agreed.ts';
import { drawUp, periodNamed, periodOf, type Rate, type SettlementRow } from './statement.ts';
import { interestMinor, meets } from './statement-states.ts';
import { Fund, value } from './testing/two-funds.ts';

const folder = join(import.meta.dirname, '../../../countries/agreements');
const agreement = loadAgreements(folder).find((each) => each.id === 'agr:MM-TH:cover') as Settling;
const changed = (over: Partial<Settling['settlement']>): Settling => ({
  ...agreement,
  settlement: { ...agreement.settlement, ...over },
});

const rates: readonly Rate[] = [
  {
    from: 'THB',
    to: 'USD',
    day: '2026-06-30',
    source: 'central-bank-mid',
    value: '0.0285',
    at: '2026-06-30T10:00:00Z',
  },
  {
    from: 'MMK',
    to: 'USD',
    day: '2026-06-30',
    source: 'central-bank-mid',
    value: '0.000476',
    at: '2026-06-30T10:00:00Z',
  },
];
const period = periodOf('quarter', '2026-05-10');

describe('statements', () => {
  test.each([
    ['month', '2026-02-10', '2026-02', '2026-02-01', '2026-02-28'],
    ['quarter', '2026-02-10', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['quarter', '2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31'],
  ] as const)('the %s of %s is %s', (kind, at, name, from, to) => {
    expect(periodOf(kind, at)).toEqual({ name, from, to });
    expect(periodNamed(kind, name)).toEqual({ name, from, to });
  });
  test.each(['2026-Q5', '2026-13', '2026', 'Q1'])('%s is no period', (name) => {
    expect(periodNamed('quarter', name) ?? periodNamed('month', name)).toBeUndefined();
  });

  const row = (over: Partial<SettlementRow>): SettlementRow => ({
    ...{ claimId: 'c', line: 1, currency: 'THB', reason: '', statement: undefined },
    ...{ state: 'accepted', turn: 1, claimedMinor: 100_000n, amountMinor: 100_000n },
    ...{ creditor: 'TH', careTo: '2026-05-10', sentOn: '2026-05-11' },
    ...over,
  });
  const head = (terms: Settling) => ({
    ...{ id: 's', agreement: terms, digest: 'd', parties: ['MM', 'TH'] as [string, string], round: 1, period },
    ...{ drawnUpBy: 'TH', drawnUpOn: '2026-07-05' },
  });
  const paymentsOf = (terms: Settling, rows: SettlementRow[]) => value(drawUp(head(terms), rows, [], rates)).payments;
  test('set off, or each its own, as the agreement says; below zero it is owed the other way', () => {
    const both = [row({}), row({ claimId: 'd', creditor: 'MM', amountMinor: 40_000n })];
    expect(paymentsOf(changed({ currency: 'THB' }), both)).toEqual([{ from: 'MM', to: 'TH', amount: '600.00' }]);
    expect(paymentsOf(changed({ currency: 'THB', netting: false }), both)).toEqual([
      { from: 'TH', to: 'MM', amount: '400.00' },
      { from: 'MM', to: 'TH', amount: '1000.00' },
    ]);
    expect(paymentsOf(changed({ currency: 'THB' }), [row({ amountMinor: -500n })])).toEqual([
      { from: 'TH', to: 'MM', amount: '5.00' },
    ]);
    expect(paymentsOf(changed({ currency: 'THB' }), [row({}), row({ claimId: 'd', creditor: 'MM' })])).toEqual([]);
  });
  test('converted once a currency and direction, by the agreed source and day', () => {
    const rows = Array.from({ length: 3 }, (_, i) => row({ claimId: `c${i}`, amountMinor: 33n }));
    // 0.99 THB × 0.0285 = 0.0282; three times 0.33 × 0.0285, each rounded, would be 0.03.
    expect(value(drawUp(head(agreement), rows, [], rates)).gross).toEqual([
      expect.objectContaining({ amount: '0.99', converted: '0.03' }),
    ]);
    const missing = drawUp(head(agreement), rows, [], []);
    expect(missing).toMatchObject({ code: 'settlement.rate-missing', details: { from: 'THB', day: '2026-06-30' } });
    expect(drawUp(head(changed({ fx: { source: 'other', on: 'period-end' } })), rows, [], rates).ok).toBe(false);
    expect(
      drawUp(head(changed({ fx: { source: 'central-bank-mid', on: 'care-day' } })), rows, [], rates),
    ).toMatchObject({
      details: { day: '2026-05-10' },
    });
  });

  test.each([
    // 1,000.00 at 6 % for 365 days, one day, and not late.
    [100_000n, 6, '2027-01-05', '2028-01-05', 6_000n],
    [100_000n, 6, '2027-01-05', '2027-01-06', 16n],
    [100_000n, 6, '2027-01-05', '2027-01-05', 0n],
    [100_000n, null, '2027-01-05', '2028-01-05', 0n],
    [100_000n, 7.25, '2027-01-05', '2027-04-05', 1_788n],
    // A leap year has 366 days of a 365th: the 29th of February is a day like any other, on both nodes.
    [100_000n, 6, '2028-02-28', '2028-03-01', 33n],
    [100_000n, 6, '2027-02-28', '2027-03-01', 16n],
    [36_500_000n, 6, '2027-12-31', '2028-12-31', 2_196_000n],
    [36_500_000n, 6, '2026-12-31', '2027-12-31', 2_190_000n],
  ])('interest on %s at %s per cent from %s to %s', (minor, percent, due, until, expected) => {
    expect(interestMinor(minor, percent, due, until)).toBe(expected);
  });

  test.each([
    ['nothing of ours', 1, 'MM', { us: 'TH', round: 0, open: false }, 'look'],
    ['the same round, theirs first in the alphabet', 1, 'MM', { us: 'TH', round: 1, open: true }, 'give-way'],
    ['the same round, ours first', 1, 'TH', { us: 'MM', round: 1, open: true }, 'ignore'],
    ['an earlier round, late', 1, 'MM', { us: 'TH', round: 2, open: false }, 'ignore'],
    ['a later round, while ours is unanswered', 2, 'MM', { us: 'TH', round: 1, open: true }, 'later'],
    ['a later round', 2, 'MM', { us: 'TH', round: 1, open: false }, 'look'],
  ] as const)('two statements meet: %s', (_, round, partner, own, expected) => {
    expect(meets({ round, partner }, own)).toBe(expected);
  });
});

describe('two funds over a line that repeats, delays and reorders', () => {
  const step = fc.record({
    who: fc.boolean(),
    what: fc.constantFrom(
      'enter',
      'act',
      'act',
      'propose',
      'sign',
      'deliver',
      'deliver',
      'deliver',
      'deliver',
      'repeat',
    ),
    n: fc.nat(50),
    choice: fc.nat(5),
    amounts: fc.array(fc.bigInt({ min: 1n, max: 5_000_000n }), { minLength: 1, maxLength: 4 }),
  });

  test('whatever is lost on the way and sent again, both sign the same and their books mirror each other', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 80, maxLength: 200, size: 'max' }), (steps) => {
        const th = new Fund('TH', 'MM', agreement, period, rates);
        const mm = new Fund('MM', 'TH', agreement, period, rates);
        const sent = new Map([th, mm].map((fund) => [fund, new Set<string>()]));
        const deliver = (from: Fund, to: Fund, n: number, again: boolean) => {
          const done = sent.get(from)!;
          const waiting = from.out.filter(({ id }) => done.has(id) === again);
          const chosen = waiting[n % Math.max(1, waiting.length)];
          if (chosen && to.take(chosen.id, chosen.message) && !done.has(chosen.id)) {
            done.add(chosen.id);
            from.delivered(chosen.message);
          }
        };
        let claims = 0;
        for (const { who, what, n, choice, amounts } of steps) {
          const [fund, other] = who ? [th, mm] : [mm, th];
          switch (what) {
            case 'enter':
              fund.enter(`claim-${claims++}`, who ? 'THB' : 'MMK', amounts);
              break;
            case 'act':
              fund.act(n, choice);
              break;
            case 'propose':
              fund.propose();
              break;
            case 'sign':
              fund.sign();
              break;
            default:
              deliver(fund, other, n, what === 'repeat');
          }
        }
        const settle = () => {
          for (let i = 0; i < 400 && [th, mm].some((fund) => sent.get(fund)!.size < fund.out.length); i++) {
            deliver(th, mm, i, false);
            deliver(mm, th, i, false);
          }
        };
        settle();
        for (let round = 0; round < 40 && th.openLines + mm.openLines > 0; round++) {
          for (const fund of [th, mm]) {
            fund.sign();
            for (let i = fund.openLines; i > 0; i--) {
              fund.act(0, 0);
            }
          }
          settle();
          (round % 2 ? th : mm).propose();
          settle();
        }
        expect([th.openLines, mm.openLines]).toEqual([0, 0]);
        expect([th.unanswered, mm.unanswered]).toEqual([0, 0]);
        expect(th.signed()).toEqual(mm.signed());
        expect(th.standing('due-from-partner')).toEqual(mm.standing('due-to-partner'));
        expect(mm.standing('due-from-partner')).toEqual(th.standing('due-to-partner'));
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
