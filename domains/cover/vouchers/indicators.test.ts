import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CountedVoucher, programmeIndicators } from './indicators.ts';
import { parseProgrammes } from './programme.ts';

const file = new URL('../../../countries/mm/vouchers/kadon-kani.json', import.meta.url);
const json = JSON.parse(readFileSync(file, 'utf8'));
json.groups[0].eligible = 20;
json.smallestCell = 0;
const programme = parseProgrammes([{ name: 'small', json }])[0]!;

const paid = (holderId: string, service: string, on: string, more: Partial<CountedVoucher> = {}): CountedVoucher => ({
  ...{ holderId, group: 'pregnant', service, state: 'paid', valueMinor: 300_000n, on, paidOn: '2026-03-31' },
  ...more,
});
const open = (holderId: string): CountedVoucher => ({
  ...{ holderId, group: 'pregnant', service: 'anc', state: 'activated', valueMinor: 300_000n },
});
const visits = (holderId: string, count: number) =>
  Array.from({ length: count }, (_, i) => paid(holderId, 'anc', `2026-0${i + 1}-01`, { paidOn: `2026-0${i + 1}-20` }));

/** Ten women: a four visits, birth in the clinic, seen next day; b birth at home with a midwife; c birth told only. */
const vouchers: CountedVoucher[] = [
  ...visits('a', 4),
  paid('a', 'delivery', '2026-03-01', { place: 'facility', valueMinor: 2_500_000n }),
  paid('a', 'pnc', '2026-03-03', { deliveredOn: '2026-03-01' }),
  paid('b', 'delivery', '2026-02-01', { place: 'home', valueMinor: 2_500_000n, paidOn: '2026-03-04' }),
  paid('b', 'transport', '2026-02-01', { valueMinor: 800_000n, paidOn: '2026-03-03' }),
  paid('c', 'pnc', '2026-03-09', { deliveredOn: '2026-03-06' }),
  ...'defghij'.split('').map(open),
];
const counted = {
  ...{ programme, vouchers, registered: { pregnant: 12 }, presented: 12, leaked: 3 },
  ...{ called: 4, confirmed: 3, answered: 2, content: 1 },
};
const row = (rows: ReturnType<typeof programmeIndicators>, indicator: string, group = 'all') =>
  rows.find((each) => each.indicator === indicator && each.group === group)!;

describe('indicators of a programme', () => {
  const rows = programmeIndicators(counted);
  it.each([
    ['issued-of-eligible', 'pregnant', 10, 20],
    ['served-of-eligible', 'pregnant', 3, 20],
    // Four visits, two births, two visits after; transport is no care service.
    ['services-per-served', 'pregnant', 8, 3],
    ['redeemed-of-issued', 'pregnant', 9, 16],
    ['anc1', 'pregnant', 1, 10],
    ['anc4', 'pregnant', 1, 10],
    ['skilled-birth', 'all', 2, 3],
    ['institutional-birth', 'all', 1, 3],
    // a on the second day after; c on the third.
    ['pnc-48h', 'all', 1, 3],
    // b's birth was paid on the thirty-first day, her transport on the thirtieth.
    ['paid-in-time', 'all', 8, 9],
    ['leakage', 'all', 3, 12],
    ['confirmed-by-phone', 'all', 3, 4],
    ['satisfied', 'all', 1, 2],
  ])('%s of %s is %i of %i', (indicator, group, numerator, denominator) => {
    expect(row(rows, indicator, group)).toMatchObject({ numerator, denominator, withheld: false });
  });

  it('a service costs what was paid, transport included, over the services', () => {
    // 4 × 3000 + 2 × 25 000 + 2 × 3000 + 8000 kyat over eight.
    expect(row(rows, 'cost-per-service').money).toEqual({ minor: 950_000n, currency: 'MMK' });
  });

  it('people who are too few are not shown, nor those who are left over', () => {
    const shown = programmeIndicators({ ...counted, programme: { ...programme, smallestCell: 5 } });
    expect(row(shown, 'served-of-eligible', 'pregnant')).toMatchObject({
      numerator: null,
      value: null,
      withheld: true,
    });
    expect(row(shown, 'skilled-birth')).toMatchObject({ denominator: null, withheld: true });
    expect(row(shown, 'issued-of-eligible', 'pregnant')).toMatchObject({ numerator: 10, withheld: false });
    expect(row(shown, 'paid-in-time')).toMatchObject({ numerator: null, withheld: true });
  });
});
