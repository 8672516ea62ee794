import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programmeIndicators } from '../../domains/cover/vouchers/indicators.ts';
import { parseProgrammes } from '../../domains/cover/vouchers/programme.ts';
import { runYear } from '../../domains/cover/vouchers/year.ts';
import { kadonKani, planYear } from '../../domains/cover/vouchers/year-plan.ts';
import { type Case, close, type Suite } from './suite.ts';

/**
 * The Kadon Kani year (DOMAIN G, A.6 1–3; IOM UHC information sheet): counts of people and services are the source's,
 * the indicators are what the desk's rules make of them.
 */
const file = join(import.meta.dirname, '../../countries/mm/vouchers/kadon-kani.json');

const suite: Suite = {
  name: 'vouchers',
  *cases(): Iterable<Case> {
    const [programme] = parseProgrammes([{ name: file, json: JSON.parse(readFileSync(file, 'utf8')) as unknown }]);
    const run = runYear(programme!, planYear(programme!, kadonKani));
    const rows = programmeIndicators(run.counted);
    const value = (indicator: string, group: string) =>
      rows.find((each) => each.indicator === indicator && each.group === group)?.value ?? Number.NaN;
    const figures: readonly (readonly [string, number, number, number])[] = [
      ['child vouchers 646/775 = 83.35 %', value('issued-of-eligible', 'under-five') * 100, 83.35, 0.005],
      ['women served 132/167 = 79.0 %', value('served-of-eligible', 'pregnant') * 100, 79.0, 0.05],
      ['services a woman served 478/132 = 3.62', value('services-per-served', 'pregnant'), 3.62, 0.005],
      ['services a voucher-holder 478/167 = 2.86', value('services-per-eligible', 'pregnant'), 2.86, 0.005],
      ['population from 167 pregnant at 2.7 %', 167 / programme!.groups[0]!.shareOfPopulation!, 6185, 0.5],
      ['population from 775 children at 12.5 %', 775 / programme!.groups[1]!.shareOfPopulation!, 6200, 0.5],
      ['villages', programme!.villages.length, 30, 0],
    ];
    for (const [name, actual, expected, within] of figures) {
      yield { name, check: () => close(actual, expected, within / expected, name) };
    }
    const { posted } = run;
    const even = [
      ['issued = redeemed + expired', posted['voucher-issued'], posted['voucher-redeemed'] + posted['voucher-expired']],
      ['redeemed = paid', posted['voucher-redeemed'], posted['voucher-paid']],
      [
        'paid by tariff',
        posted['voucher-paid'],
        Object.values(run.paidByService).reduce((sum, each) => sum + each.minor, 0n),
      ],
    ] as const;
    for (const [name, actual, expected] of even) {
      yield {
        name,
        check: () => {
          if (actual !== expected || actual === 0n) {
            throw new Error(`got ${actual}, expected ${expected}`);
          }
        },
      };
    }
    yield {
      name: 'every voucher ends paid, expired or replaced',
      check: () => {
        const open = Object.keys(run.statesClosed).filter(
          (each) => !['paid', 'expired', 'lost-replaced'].includes(each),
        );
        if (open.length > 0) {
          throw new Error(`some are ${open.join(', ')}`);
        }
      },
    };
  },
};
export default suite;
