import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { type LoadedYear, loadYear } from '@serai/domains/cover/year/year.store.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { countriesFolder, loadCountry } from '../country.ts';
import { loadSchemes } from '../node/cover.ts';
import type { RunningNode } from '../node.ts';
import { closeTheMonths, doTheWeeksBefore } from './cover-doings.ts';
import { makePersonsOfMembers } from './cover-persons.ts';

/**
 * A year of the country's schemes (`countries/<cc>/year.json`), loaded once beside requests. The day it ends on is kept when
 * loading begins, so that a load that was cut off goes on with the same year.
 *
 * @returns what was loaded now; undefined where it was loaded before, or the country has no year.
 */
export async function loadCoverYear(node: RunningNode, code: string): Promise<LoadedYear | undefined> {
  const database = node.database as unknown as RegistryDatabase;
  const known = await knownOf(database);
  const plan = readPlan(code);
  if (known.done || !plan) {
    return undefined;
  }
  const until = known.until ?? new Date().toISOString().slice(0, 10);
  await setProjectedUpTo(database, marker, JSON.stringify({ until }));
  const country = loadCountry(code);
  const names = JSON.parse(readFileSync(join(countriesFolder, 'demo/names.json'), 'utf8')) as Record<string, NameParts>;
  const loaded = await loadYear({
    ownStore: node.ownStore,
    plan,
    schemes: loadSchemes().filter((scheme) => scheme.country === country.country),
    names,
    facilities: country.facilities,
    country: country.country,
    until,
    clock: () => new Date(),
    enqueueJob: node.cover.options.enqueueJob,
    pause: () => new Promise((done) => setTimeout(done, 5)),
  });
  await makePersonsOfMembers(node, until, country.language);
  await setProjectedUpTo(database, marker, JSON.stringify({ until, done: true, ...loaded }));
  return loaded;
}

/**
 * What the fund's people did in the weeks before, once the year is loaded. Waits until the node has earned the year's
 * contributions, so that its regular work must be running.
 */
export async function workTheWeeksBefore(node: RunningNode, code: string): Promise<void> {
  const database = node.database as unknown as RegistryDatabase;
  const known = await knownOf(database);
  const plan = readPlan(code);
  if (known.done && known.until !== undefined && !known.worked && plan) {
    await doTheWeeksBefore(node, known.until, plan.seed);
    await setProjectedUpTo(database, marker, JSON.stringify({ ...known, worked: true }));
  }
}

/**
 * The books of the year's past months are closed, once everything that belongs to them has been done: the last of it.
 *
 * @returns whether that was now; false where it was before, or there is no year.
 */
export async function closeTheYearsMonths(node: RunningNode): Promise<boolean> {
  const database = node.database as unknown as RegistryDatabase;
  const known = await knownOf(database);
  if (!known.worked || known.until === undefined || known.closed) {
    return false;
  }
  await closeTheMonths(node, known.until);
  await setProjectedUpTo(database, marker, JSON.stringify({ ...known, closed: true }));
  return true;
}

interface Known {
  /** The day the year ends on. */
  readonly until?: string;
  readonly done?: boolean;
  readonly worked?: boolean;
  readonly closed?: boolean;
}

async function knownOf(database: RegistryDatabase): Promise<Known> {
  return JSON.parse((await projectedUpTo(database, marker)) ?? '{}') as Known;
}

const marker = 'demonstration-cover-year';

/** The plan of a country's year; undefined where it has none. */
export function readPlan(code: string) {
  let text: string;
  try {
    text = readFileSync(join(countriesFolder, code.toLowerCase(), 'year.json'), 'utf8');
  } catch {
    return undefined;
  }
  return yearPlanSchema.parse(JSON.parse(text));
}
