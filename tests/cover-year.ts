import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type LoadedYear, loadYear } from '@serai/domains/cover/year/year.store.ts';
import { countriesFolder, loadCountry } from '@serai/server/country.ts';
import { loadSchemes } from '@serai/server/node/cover.ts';
import type { TestNode } from './corridor.ts';

/** Gives a node a small year of one scheme, from the country's own plan with fewer members. */
export async function loadSmallYear(
  { node, country }: TestNode,
  of: { readonly scheme: string; readonly members: number; readonly until: string },
): Promise<LoadedYear> {
  const code = country.toLowerCase();
  const plan = yearPlanSchema.parse(JSON.parse(readFileSync(join(countriesFolder, code, 'year.json'), 'utf8')));
  const schemes = plan.schemes.filter(({ scheme }) => scheme === of.scheme);
  return loadYear({
    ownStore: node.ownStore,
    plan: { ...plan, schemes: schemes.map((each) => ({ ...each, members: of.members })) },
    schemes: loadSchemes().filter((scheme) => scheme.country === country),
    names: JSON.parse(readFileSync(join(countriesFolder, 'demo/names.json'), 'utf8')) as Record<string, NameParts>,
    facilities: loadCountry(code).facilities,
    country,
    until: of.until,
    clock: () => new Date(),
    // The fund earns when it is asked to; here it is not.
    enqueueJob: async () => ({ jobId: 'not-asked' }),
    pause: async () => {},
  });
}
