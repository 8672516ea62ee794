import { readFileSync } from 'node:fs';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type LoadedYear, loadYear } from '@serai/domains/cover/year/year.store.ts';
import { makePersonsOfMembers } from '@serai/server/demo/cover-persons.ts';
import type { RunningNode } from '@serai/server/node.ts';

/** A small year of the country's schemes in a node of a test corridor, and records of some of its members. */
export async function loadSmallYear(node: RunningNode, country: string, members = 150): Promise<LoadedYear> {
  const { options } = node.cover;
  const plan = yearPlanSchema.parse(read(`${country.toLowerCase()}/year.json`));
  const until = new Date(options.clock().getTime() - 86_400_000).toISOString().slice(0, 10);
  const loaded = await loadYear({
    ...options,
    plan: { ...plan, schemes: plan.schemes.map((scheme) => ({ ...scheme, members })) },
    names: read('demo/names.json'),
    until,
    pause: () => Promise.resolve(),
  });
  await makePersonsOfMembers(node, until, country === 'TH' ? 'th' : 'my');
  await node.work();
  return loaded;
}

function read(path: string) {
  return JSON.parse(readFileSync(new URL(`../countries/${path}`, import.meta.url), 'utf8'));
}
