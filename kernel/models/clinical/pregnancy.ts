import { addMonths, formatDay, parseDay } from '../calendar.ts';
import {
  antenatalContacts,
  gestationDays,
  implausibleAfterDays,
  postnatalContacts,
  redating,
  travel,
  usualCycleDays,
} from './pregnancy.table.ts';

export interface PregnancyInput {
  /** First day of the last menstrual period, ISO. */
  readonly lastPeriod?: string | undefined;
  /** Length of the usual cycle, days. */
  readonly cycleDays?: number | undefined;
  readonly ultrasound?: { readonly date: string; readonly weeks: number; readonly days: number } | undefined;
  /** `280-days` counts days; `naegele` takes a year less three months and adds seven days, which differs by up to three days. */
  readonly rule?: '280-days' | 'naegele' | undefined;
  /** The day gestational age is asked for, ISO. */
  readonly asOf: string;
  readonly multiple?: boolean | undefined;
}

export interface Dating {
  readonly method: 'last-period' | 'ultrasound';
  readonly expectedBirth: string;
  /** Days between the two methods, positive when the ultrasound makes the pregnancy older; null with one of them. */
  readonly differenceDays: number | null;
  /** On `asOf`, from the chosen method. */
  readonly gestationDays: number;
  /** `24+3`: completed weeks and days. */
  readonly gestation: string;
  readonly trimester: 1 | 2 | 3 | null;
  /** Before conception or past 44 weeks: check the dates. */
  readonly implausible: boolean;
  readonly airTravel: 'no-restriction' | 'letter' | 'not-advised';
  readonly contacts: readonly { readonly week: number; readonly date: string; readonly past: boolean }[];
}

/**
 * Dates a pregnancy. Last period and ultrasound are compared and the ultrasound taken where they differ by more than
 * its table allows; with one of them, that one.
 *
 * @throws RangeError for a date that is not one, a cycle outside 20 to 45 days, or neither method.
 */
export function datePregnancy(input: PregnancyInput): Dating {
  const asOf = dayOf(input.asOf, 'asOf');
  const byPeriod = input.lastPeriod === undefined ? null : birthByPeriod(input);
  const byScan = input.ultrasound ? birthByScan(input.ultrasound) : null;
  if (byPeriod === null && byScan === null) {
    throw new RangeError('Give the last period or an ultrasound.');
  }
  const differenceDays = byPeriod !== null && byScan !== null ? byPeriod - byScan : null;
  const useScan = byPeriod === null || (differenceDays !== null && isRedated(differenceDays, input, byPeriod));
  const birth = useScan ? byScan! : byPeriod!;
  const begin = birth - gestationDays;
  const age = asOf - begin;
  const implausible = age < 0 || age > implausibleAfterDays;
  return {
    method: useScan ? 'ultrasound' : 'last-period',
    expectedBirth: formatDay(birth),
    differenceDays,
    gestationDays: age,
    gestation: weeksAndDays(age),
    trimester: implausible ? null : age < 14 * 7 ? 1 : age < 28 * 7 ? 2 : 3,
    implausible,
    airTravel: airTravel(age, input.multiple ?? false),
    contacts: antenatalContacts.weeks.map((week) => {
      const day = begin + week * 7;
      return { week, date: formatDay(day), past: day < asOf };
    }),
  };
}

/** Contacts after a birth. @throws RangeError for a date that is not one. */
export function postnatalSchedule(birthDate: string): readonly { name: string; from: string; to: string }[] {
  const birth = dayOf(birthDate, 'birthDate');
  return postnatalContacts.contacts.map(({ name, fromDays, toDays }) => ({
    name,
    from: formatDay(birth + fromDays),
    to: formatDay(birth + toDays),
  }));
}

function birthByPeriod({ lastPeriod, cycleDays = usualCycleDays, rule = '280-days' }: PregnancyInput): number {
  if (!(cycleDays >= 20 && cycleDays <= 45)) {
    throw new RangeError('A cycle is 20 to 45 days long.');
  }
  const period = dayOf(lastPeriod, 'lastPeriod');
  const birth = rule === 'naegele' ? addMonths(period, 9) + 7 : period + gestationDays;
  return birth + Math.round(cycleDays - usualCycleDays);
}

function birthByScan({ date, weeks, days }: NonNullable<PregnancyInput['ultrasound']>): number {
  if (!(Number.isInteger(weeks) && weeks >= 4 && weeks <= 42 && Number.isInteger(days) && days >= 0 && days <= 6)) {
    throw new RangeError('An ultrasound gives 4 to 42 weeks and 0 to 6 days.');
  }
  return dayOf(date, 'ultrasound date') + gestationDays - (weeks * 7 + days);
}

function isRedated(differenceDays: number, input: PregnancyInput, byPeriod: number): boolean {
  const ageAtScan = dayOf(input.ultrasound!.date, 'ultrasound date') - (byPeriod - gestationDays);
  const { days } = redating.rows.find((row) => ageAtScan < row.belowDays)!;
  return Math.abs(differenceDays) > days;
}

function airTravel(age: number, multiple: boolean): Dating['airTravel'] {
  if (age >= (multiple ? travel.limitWeeksMultiple : travel.limitWeeks) * 7) {
    return 'not-advised';
  }
  return age >= travel.letterFromWeeks * 7 ? 'letter' : 'no-restriction';
}

function weeksAndDays(days: number): string {
  const sign = days < 0 ? '-' : '';
  const size = Math.abs(days);
  return `${sign}${Math.floor(size / 7)}+${size % 7}`;
}

function dayOf(iso: string | undefined, field: string): number {
  const day = parseDay(iso ?? '');
  if (Number.isNaN(day)) {
    throw new RangeError(`${field} is not a calendar date (YYYY-MM-DD).`);
  }
  return day;
}
