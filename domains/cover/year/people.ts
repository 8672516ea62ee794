import { addDays, type Day } from '@serai/kernel/base/days.ts';
import type { Prng } from '@serai/kernel/base/prng.ts';

/** People of a generated scheme: families whose names, ages and sexes look like those who move, and name nobody. */

export interface NameParts {
  readonly order: 'given' | 'given-family' | 'family-given';
  /** How many given parts, from and to. */
  readonly parts: readonly [number, number];
  readonly male: readonly string[];
  readonly female: readonly string[];
  readonly family: readonly string[];
}

export interface GeneratedPerson {
  readonly name: string;
  readonly birthDate: Day;
  readonly birthPrecision: 'day' | 'year';
  readonly sex: 'female' | 'male';
}

export interface GeneratedFamily {
  readonly holder: GeneratedPerson;
  readonly spouse?: GeneratedPerson;
  readonly children: readonly GeneratedPerson[];
}

export function pick<T>(prng: Prng, from: readonly T[]): T {
  return from[prng.below(from.length)]!;
}

/** Draws by weight. */
export function pickWeighted<T>(prng: Prng, from: readonly (readonly [T, number])[]): T {
  let left = prng.uniform() * from.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) {
      return value;
    }
  }
  return from.at(-1)![0];
}

function nameOf(prng: Prng, names: NameParts, sex: 'female' | 'male', family: string | undefined): string {
  const count = names.parts[0] + prng.below(names.parts[1] - names.parts[0] + 1);
  const given = Array.from({ length: count }, () => pick(prng, names[sex])).join(' ');
  return names.order === 'given' || family === undefined
    ? given
    : names.order === 'given-family'
      ? `${given} ${family}`
      : `${family} ${given}`;
}

function person(prng: Prng, names: NameParts, at: Day, sex: 'female' | 'male', years: number, family?: string) {
  const birthDate = addDays(at, -Math.round(years * 365.25 + prng.uniform() * 364));
  // Many who move know the year they were born in and no more.
  const precision = years > 12 && prng.uniform() < 0.18 ? 'year' : 'day';
  return {
    name: nameOf(prng, names, sex, family),
    birthDate: precision === 'year' ? `${birthDate.slice(0, 4)}-01-01` : birthDate,
    birthPrecision: precision,
    sex,
  } as const;
}

/** A worker of 18 to 60, younger ones more often. */
export function generateWorker(prng: Prng, names: NameParts, at: Day, femaleShare: number): GeneratedPerson {
  const sex = prng.uniform() < femaleShare ? 'female' : 'male';
  const years = 18 + Math.min(42, Math.abs(prng.normal()) * 11);
  const family = names.family.length > 0 ? pick(prng, names.family) : undefined;
  return person(prng, names, at, sex, years, family);
}

/** A worker with, in some families, a spouse and children. */
export function generateFamily(prng: Prng, names: NameParts, at: Day, femaleShare: number): GeneratedFamily {
  const holder = generateWorker(prng, names, at, femaleShare);
  const years = Number(at.slice(0, 4)) - Number(holder.birthDate.slice(0, 4));
  const family = names.family.length > 0 ? pick(prng, names.family) : undefined;
  const married = prng.uniform() < 0.72;
  const other = holder.sex === 'male' ? 'female' : 'male';
  const children = married ? Math.min(4, Math.floor(Math.abs(prng.normal()) * 1.5)) : 0;
  return {
    holder,
    ...(married && { spouse: person(prng, names, at, other, Math.max(18, years + prng.normal() * 3), family) }),
    children: Array.from({ length: children }, () =>
      person(
        prng,
        names,
        at,
        prng.uniform() < 0.5 ? 'female' : 'male',
        prng.uniform() * Math.min(17, years - 17),
        family,
      ),
    ),
  };
}
