import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { loadSchemes } from '@serai/server/node/cover.ts';
import { adjudicate } from '../domains/cover/claims/adjudicate.ts';
import type { AdjudicationInput } from '../domains/cover/claims/adjudication.ts';
import { type Scheme, schemeAt } from '../domains/cover/schemes/scheme.ts';
import { generateClaims } from '../domains/cover/year/claims.ts';
import { type Enrolled, generateEnrolment } from '../domains/cover/year/enrolment.ts';
import type { NameParts } from '../domains/cover/year/people.ts';
import { yearPlanSchema } from '../domains/cover/year/plan.ts';

const countries = join(import.meta.dirname, '../countries');
const readJson = (path: string) => JSON.parse(readFileSync(join(countries, path), 'utf8')) as unknown;

export interface JudgedYear {
  readonly schemes: readonly Scheme[];
  readonly members: number;
  readonly enrolled: readonly Enrolled[];
  /** What each claim was judged by, in order: member, policies, and what had passed until then. */
  readonly inputs: readonly AdjudicationInput[];
}

/** The year of `countries/th/year.json`: its claims with everything they were judged by. The same until the same day. */
export function judgedYear(until = '2026-06-30'): JudgedYear {
  const schemes = loadSchemes().filter((scheme) => scheme.country === 'TH');
  const plan = yearPlanSchema.parse(readJson('th/year.json'));
  const names = readJson('demo/names.json') as Record<string, NameParts>;
  const { facilities } = readJson('th/country.json') as { facilities: { id: string; level: string }[] };
  const levels = new Map(facilities.map((facility) => [`TH:${facility.id}`, facility.level]));
  const counters = { member: 0, policy: 0, receipt: 0 };
  const inputs: AdjudicationInput[] = [];
  const everyone: Enrolled[] = [];
  for (const [index, part] of plan.schemes.entries()) {
    const prng = createPrng(plan.seed + index);
    const prefix = `th${index}`;
    const enrolled = generateEnrolment({ prng, plan: part, schemes, names, until, prefix, counters });
    everyone.push(enrolled);
    generateClaims({
      prng,
      prefix,
      enrolled,
      until,
      from: addDays(until, -364),
      scheme: schemeAt(schemes, part.scheme, until)!,
      schemes: schemes.filter((scheme) => scheme.id === part.scheme),
      providers: part.providers.map(([code, weight]) => ({ code, weight, level: levels.get(code) ?? 'district' })),
      adjudicate(input) {
        inputs.push(input);
        return adjudicate(input);
      },
    });
  }
  const members = everyone.reduce((sum, { members }) => sum + members.length, 0);
  return { schemes, members, enrolled: everyone, inputs };
}
