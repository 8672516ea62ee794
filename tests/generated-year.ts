import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scheme } from '@serai/domains/cover/schemes/scheme.ts';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type GeneratedYear, generateYear } from '@serai/domains/cover/year/year.store.ts';
import { countriesFolder, loadCountry } from '@serai/server/country.ts';
import { loadSchemes } from '@serai/server/node/cover.ts';

/** A year of one scheme in memory, by the country's own plan with other members, seed or last day; its versions with it. */
export function generatedYear(of: {
  readonly scheme: string;
  readonly members: number;
  readonly until?: string;
  readonly seed?: number;
}): GeneratedYear & { readonly schemes: readonly Scheme[] } {
  const country = of.scheme.split(':')[1]!;
  const plan = yearPlanSchema.parse(read(`${country}/year.json`));
  const part = plan.schemes.find(({ scheme }) => scheme === of.scheme)!;
  const schemes = loadSchemes().filter((scheme) => scheme.id === of.scheme);
  const year = generateYear(
    {
      schemes,
      names: read('demo/names.json') as Record<string, NameParts>,
      facilities: loadCountry(country).facilities,
      country: country.toUpperCase(),
      until: of.until ?? '2026-10-31',
    },
    { ...part, members: of.members },
    { seed: of.seed ?? plan.seed, index: 0, counters: { member: 0, policy: 0, receipt: 0 } },
  );
  return { ...year, schemes };
}

function read(path: string) {
  return JSON.parse(readFileSync(join(countriesFolder, path), 'utf8'));
}
