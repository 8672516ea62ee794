import { daysBetween } from '@serai/kernel/base/days.ts';
import type { CareSetting, ClaimLine } from '../cover.ts';
import {
  type Benefit,
  type CatalogueEntry,
  type ClaimCategory,
  claimCategories,
  type Scheme,
} from '../schemes/scheme.ts';

/** A night makes an in-patient: the dates decide, whatever a form says (openIMIS, ceilings by claim type). */
export function settingOf(stay: { readonly from: string; readonly to: string }): CareSetting {
  return stay.to > stay.from ? 'in-patient' : 'out-patient';
}

export function nightsOf(stay: { readonly from: string; readonly to: string }): number {
  return stay.from === stay.to ? 0 : Math.max(0, daysBetween(stay.from, stay.to));
}

/** A thing of the scheme and where it stands in it. */
export interface Placed<T> {
  readonly is: T;
  readonly path: string;
}

interface Index {
  readonly entries: ReadonlyMap<string, Placed<CatalogueEntry>>;
  readonly benefits: ReadonlyMap<string, Placed<Benefit>>;
  /** Which exclusion a diagnosis falls under (−1: none), found once for each. */
  readonly excluded: Map<string, number>;
}

// Schemes are values that never change; finding a code again for each of a million lines is what this saves.
const indexes = new WeakMap<Scheme, Index>();

function indexOf(scheme: Scheme): Index {
  let index = indexes.get(scheme);
  if (!index) {
    const covering = new Map<string, Placed<Benefit>>();
    for (const [i, benefit] of scheme.benefits.entries()) {
      for (const covered of benefit.covers) {
        if (!covering.has(covered)) {
          covering.set(covered, { is: benefit, path: `benefits[${i}]` });
        }
      }
    }
    const entries = new Map<string, Placed<CatalogueEntry>>();
    const benefits = new Map<string, Placed<Benefit>>();
    for (const [i, entry] of scheme.catalogue.entries()) {
      entries.set(entry.code, { is: entry, path: `catalogue[${i}]` });
      const benefit = covering.get(entry.code) ?? covering.get(`category:${entry.category}`) ?? covering.get('*');
      if (benefit) {
        benefits.set(entry.code, benefit);
      }
    }
    index = { entries, benefits, excluded: new Map() };
    indexes.set(scheme, index);
  }
  return index;
}

export function entryOf(scheme: Scheme, code: string): Placed<CatalogueEntry> | undefined {
  return indexOf(scheme).entries.get(code);
}

/** The benefit that covers a code: one that names it, else one for its category, else one for everything; the first of each. */
export function benefitOf(scheme: Scheme, code: string): Placed<Benefit> | undefined {
  return indexOf(scheme).benefits.get(code);
}

/**
 * What a claim counts as: surgery → delivery → antenatal → hospitalisation → consultation → visit, the first that one of
 * its services is; a night makes a hospitalisation; a claim without any of them is a visit.
 * Source: openIMIS, claim categories.
 */
export function categoryOf(
  scheme: Scheme,
  claim: { readonly from: string; readonly to: string; readonly lines: readonly ClaimLine[] },
): ClaimCategory {
  const found = new Set<ClaimCategory | undefined>(
    claim.lines.filter((line) => line.kind === 'service').map((line) => entryOf(scheme, line.code)?.is.category),
  );
  if (nightsOf(claim) > 0) {
    found.add('hospitalisation');
  }
  return claimCategories.find((category) => found.has(category)) ?? 'visit';
}

/** The first exclusion a diagnosis falls under. */
export function exclusionOf(scheme: Scheme, diagnosis: string): Placed<Scheme['exclusions'][number]> | undefined {
  const { excluded } = indexOf(scheme);
  let at = excluded.get(diagnosis);
  if (at === undefined) {
    at = scheme.exclusions.findIndex((each) => each.diagnoses.some((prefix) => isUnder(diagnosis, prefix)));
    excluded.set(diagnosis, at);
  }
  return at < 0 ? undefined : { is: scheme.exclusions[at]!, path: `exclusions[${at}]` };
}

/** Whether an ICD-10 code is one of a prefix: `E11.9` is under `E11` and under `E119`. Some write the point, some do not. */
export function isUnder(code: string, prefix: string): boolean {
  return code.startsWith(prefix) || withoutPoint(code).startsWith(withoutPoint(prefix));
}

function withoutPoint(code: string): string {
  const at = code.indexOf('.');
  return at < 0 ? code : code.slice(0, at) + code.slice(at + 1);
}
