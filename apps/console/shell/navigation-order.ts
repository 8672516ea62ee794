import type { IconName } from '@serai/ui/components/icon.tsx';

/** One entry of the navigation, in the reader's language. */
export interface Entry {
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  readonly group: { readonly key: string; readonly title: string };
  /** Lower ranks come first where not all fit. */
  readonly rank: number;
}

export interface EntryGroup {
  readonly key: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Entries by group: groups in the order in which the first entry of each comes, entries in their own order. */
export function inGroups(entries: readonly Entry[]): readonly EntryGroup[] {
  const keys = [...new Set(entries.map((entry) => entry.group.key))];
  return keys.map((key) => {
    const own = entries.filter((entry) => entry.group.key === key);
    return { key, title: own[0]!.group.title, entries: own };
  });
}

/** How many places the foot of a phone 360 px wide has, with words one can read. */
export const placesOnPhone = 5;

/**
 * What stands at the foot of a phone: everything where it fits, otherwise the most used, in the order of the navigation,
 * and one place left for the way to the others.
 */
export function onPhone(entries: readonly Entry[]): {
  readonly shown: readonly Entry[];
  readonly more: readonly Entry[];
} {
  if (entries.length <= placesOnPhone) {
    return { shown: entries, more: [] };
  }
  const ranked = entries.toSorted((left, right) => left.rank - right.rank);
  const first = new Set(ranked.slice(0, placesOnPhone - 1));
  return { shown: entries.filter((entry) => first.has(entry)), more: entries.filter((entry) => !first.has(entry)) };
}
