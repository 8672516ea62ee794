import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type LoadedYear, loadYear } from '@serai/domains/cover/year/year.store.ts';
import { countriesFolder } from '@serai/server/country.ts';
import { doTheWeeksBefore } from '@serai/server/demo/cover-doings.ts';
import { makePersonsOfMembers } from '@serai/server/demo/cover-persons.ts';
import type { TestNode } from './corridor.ts';

/** Gives a node a small year, from the country's own plan with fewer members: of one scheme, or of all. */
export async function loadSmallYear(
  { node, country }: TestNode,
  of: { readonly scheme?: string; readonly members: number; readonly until: string; readonly earned?: boolean },
): Promise<LoadedYear> {
  const plan = yearPlanSchema.parse(read(`${country.toLowerCase()}/year.json`));
  const schemes = plan.schemes.filter(({ scheme }) => of.scheme === undefined || scheme === of.scheme);
  return loadYear({
    ...node.cover.options,
    plan: { ...plan, schemes: schemes.map((each) => ({ ...each, members: of.members })) },
    names: read('demo/names.json') as Record<string, NameParts>,
    until: of.until,
    // Contributions are earned beside what a test does; only who waits for that asks for it.
    ...(!of.earned && { enqueueJob: async () => ({ jobId: 'not-asked' }) }),
    pause: async () => {},
  });
}

/** A small year until yesterday as the demonstration has it: earned, with records of some members and work on every desk. */
export async function loadLivingYear(to: TestNode, members = 150): Promise<void> {
  const until = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await loadSmallYear(to, { members, until, earned: true });
  await makePersonsOfMembers(to.node, until, to.country === 'TH' ? 'th' : 'my');
  await to.node.work();
  await doTheWeeksBefore(to.node, until, 1);
}

function read(path: string) {
  return JSON.parse(readFileSync(join(countriesFolder, path), 'utf8'));
}
