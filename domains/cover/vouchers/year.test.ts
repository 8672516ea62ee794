import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programmeIndicators } from './indicators.ts';
import { parseProgrammes } from './programme.ts';
import { runYear } from './year.ts';
import { kadonKani, planYear } from './year-plan.ts';

const file = new URL('../../../countries/mm/vouchers/kadon-kani.json', import.meta.url);
const programme = parseProgrammes([{ name: 'kadon-kani', json: JSON.parse(readFileSync(file, 'utf8')) }])[0]!;

describe.each([48, 1, 2016])('the Kadon Kani year, seed %i', (seed) => {
  const run = runYear(programme, planYear(programme, { ...kadonKani, seed }));
  const rows = programmeIndicators(run.counted);
  const row = (indicator: string, group: string) =>
    rows.find((each) => each.indicator === indicator && each.group === group)!;

  it('comes to the published figures', () => {
    expect(row('issued-of-eligible', 'under-five')).toMatchObject({ numerator: 646, denominator: 775 });
    expect(row('issued-of-eligible', 'under-five').value!.toFixed(4)).toBe('0.8335');
    expect(row('served-of-eligible', 'pregnant')).toMatchObject({ numerator: 132, denominator: 167 });
    expect(row('served-of-eligible', 'pregnant').value!.toFixed(3)).toBe('0.790');
    expect(row('services-per-served', 'pregnant')).toMatchObject({ numerator: 478, denominator: 132 });
    expect(row('services-per-served', 'pregnant').value!.toFixed(2)).toBe('3.62');
    expect(row('services-per-eligible', 'pregnant').value!.toFixed(2)).toBe('2.86');
  });

  it('accounts for every voucher', () => {
    const made = 167 * 8 + 646 * 4 + (run.statesAtEnd['lost-replaced'] ?? 0);
    const total = (states: Readonly<Record<string, number>>) => Object.values(states).reduce((a, b) => a + b, 0);
    expect(total(run.statesAtEnd)).toBe(made);
    expect(Object.keys(run.statesAtEnd).sort()).toEqual(['activated', 'lost-replaced', 'paid']);
    expect(Object.keys(run.statesClosed).sort()).toEqual(['expired', 'lost-replaced', 'paid']);
    expect(run.statesClosed.paid).toBe(run.statesAtEnd.paid);
  });

  it('leaves the ledger even, and pays by tariff', () => {
    const { posted, paidByService } = run;
    expect(posted['voucher-issued']).toBe(posted['voucher-redeemed'] + posted['voucher-expired']);
    expect(posted['voucher-redeemed']).toBe(posted['voucher-paid']);
    expect(posted['voucher-rejected']).toBe(0n);
    const firsts = run.counted.vouchers.filter((each) => each.service === 'anc' && each.state === 'paid').length;
    const women = run.counted.vouchers.filter((each) => each.service === 'anc' && each.state === 'paid');
    const first = new Set(women.map((each) => each.holderId)).size;
    const byHand =
      first * 400_000 +
      (firsts - first) * 300_000 +
      paidByService.delivery!.vouchers * 2_500_000 +
      paidByService.pnc!.vouchers * 300_000 +
      paidByService.transport!.vouchers * 800_000 +
      paidByService['child-visit']!.vouchers * 250_000;
    expect(posted['voucher-paid']).toBe(BigInt(byHand));
    const care = ['anc', 'delivery', 'pnc'].reduce((sum, each) => sum + paidByService[each]!.vouchers, 0);
    expect(care).toBe(478);
  });

  it('pays no copy, refuses what comes too soon, and pays in time', () => {
    expect(run.doubles).toBeGreaterThan(5);
    expect(Object.keys(run.refused)).toEqual(['vouchers.too-soon']);
    expect(row('leakage', 'all').numerator).toBe(run.doubles);
    expect(row('paid-in-time', 'all').value).toBe(1);
    expect(row('payment-days', 'all').value).toBeLessThan(30);
  });
});

it('the same seed gives the same year', () => {
  expect(planYear(programme, kadonKani)).toEqual(planYear(programme, kadonKani));
  expect(planYear(programme, kadonKani)).not.toEqual(planYear(programme, { ...kadonKani, seed: 49 }));
});
