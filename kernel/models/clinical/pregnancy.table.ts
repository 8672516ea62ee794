import type { Provenance } from './provenance.ts';

/** Days from the last period to the expected birth, with a cycle of 28 days. */
export const gestationDays = 280;
export const usualCycleDays = 28;

/** Contacts of antenatal care, in completed weeks. */
export const antenatalContacts: Provenance & { readonly weeks: readonly number[] } = {
  source: 'WHO recommendations on antenatal care for a positive pregnancy experience (2016)',
  effectiveFrom: '2016-11-28',
  jurisdiction: 'WHO',
  weeks: [12, 20, 26, 30, 34, 36, 38, 40],
};

/** Contacts after birth: days from and to. */
export const postnatalContacts: Provenance & {
  readonly contacts: readonly { readonly name: string; readonly fromDays: number; readonly toDays: number }[];
} = {
  source: 'WHO recommendations on maternal and newborn care for a positive postnatal experience (2022)',
  effectiveFrom: '2022-03-30',
  jurisdiction: 'WHO',
  contacts: [
    { name: 'within-24-hours', fromDays: 0, toDays: 1 },
    { name: '48-to-72-hours', fromDays: 2, toDays: 3 },
    { name: 'day-7-to-14', fromDays: 7, toDays: 14 },
    { name: 'week-6', fromDays: 42, toDays: 42 },
  ],
};

/**
 * An ultrasound replaces the date by last period when they differ by more than `days`, by gestational age (from the
 * last period) at the scan.
 */
export const redating: Provenance & {
  readonly rows: readonly { readonly belowDays: number; readonly days: number }[];
} = {
  source: 'American College of Obstetricians and Gynecologists, Committee Opinion 700 (2017)',
  effectiveFrom: '2017-05-01',
  jurisdiction: 'example',
  rows: [
    { belowDays: 9 * 7, days: 5 },
    { belowDays: 16 * 7, days: 7 },
    { belowDays: 22 * 7, days: 10 },
    { belowDays: 28 * 7, days: 14 },
    { belowDays: Number.POSITIVE_INFINITY, days: 21 },
  ],
};

/** Air travel: a letter from `letterFromWeeks`, no flight from `limitWeeks` (`limitWeeksMultiple` with more than one child). */
export const travel: Provenance & {
  readonly letterFromWeeks: number;
  readonly limitWeeks: number;
  readonly limitWeeksMultiple: number;
} = {
  source: 'Usual airline and migration-health practice',
  effectiveFrom: '2020-01-01',
  jurisdiction: 'example',
  letterFromWeeks: 28,
  limitWeeks: 36,
  limitWeeksMultiple: 32,
};

/** Beyond this a date is more likely wrong than the pregnancy long. */
export const implausibleAfterDays = 44 * 7;
