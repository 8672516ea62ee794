import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedVoucherYear, loadVoucherYear } from '@serai/domains/cover/vouchers/year.store.ts';
import { kadonKani, planYear } from '@serai/domains/cover/vouchers/year-plan.ts';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { addDays } from '@serai/kernel/base/days.ts';
import { countriesFolder, loadCountry } from '../country.ts';
import type { RunningNode } from '../node.ts';

const marker = 'demonstration-voucher-year';
const programmeId = 'vp:mm:kadon-kani';
/** The last service of the plan is on day 335; 25 days later the first booklets are past their date and time of grace. */
export const yearDays = 360;
/** What the last services left is still to be called about, validated and paid. */
const openDays = 56;

/** Who did it all, of the demonstration's accounts. */
export const voucherActors = {
  handsOut: 'staff-volunteer',
  redeems: 'staff-nurse',
  validates: 'staff-vouchers',
  proposes: 'staff-fund',
  approves: 'staff-fund2',
};

/**
 * The Kadon Kani year (DOMAIN S48), ending today, loaded once beside requests into the node whose programme it is. The day
 * it ends on is kept when loading begins; a load that was cut off goes on with the same year.
 *
 * @returns what was loaded now; undefined where it was before, or the programme is another country's.
 */
export async function loadDemonstrationVouchers(node: RunningNode): Promise<LoadedVoucherYear | undefined> {
  const { options } = node.cover;
  const programme = options.vouchers.programmes.find((each) => each.id === programmeId);
  const database = node.database as unknown as RegistryDatabase;
  const known = JSON.parse((await projectedUpTo(database, marker)) ?? '{}') as { until?: string; done?: boolean };
  if (known.done || programme?.country !== options.country) {
    return undefined;
  }
  const until = known.until ?? options.clock().toISOString().slice(0, 10);
  await setProjectedUpTo(database, marker, JSON.stringify({ until }));
  const names = JSON.parse(readFileSync(join(countriesFolder, 'demo/names.json'), 'utf8')) as Record<string, NameParts>;
  const loaded = await loadVoucherYear({
    ...{ options, ownStore: node.ownStore, programme, until, openDays },
    plan: planYear(programme, { ...kadonKani, from: addDays(until, -yearDays) }),
    names: names[loadCountry(options.country).language]!,
    actors: voucherActors,
    pause: () => new Promise((done) => setTimeout(done, 5)),
  });
  await setProjectedUpTo(database, marker, JSON.stringify({ until, done: true }));
  return loaded;
}
