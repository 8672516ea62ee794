import { type Calendar, daysInMonth, toGregorian } from './calendars.ts';
import { asciiDigits } from './digits.ts';

/** A Gregorian date whose month or day may be unknown (0), and how many years it may be off. */
export interface PartialDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Half-width, in years; 0 for a stated date. */
  readonly spread: number;
}

export interface DateReading {
  /** Order of the parts where a date is written without a year in front. Default day, month, year. */
  readonly order?: 'dmy' | 'mdy';
  /** Calendar of the text. Default: Gregorian, except years above 2400, which are Buddhist. */
  readonly calendar?: Calendar;
}

/**
 * Reads a date as registers hold it: 1985-03-12, 19850312, 12/03/1985, 12.3.1985, 1985-03, 1985, digits of any script,
 * 00 or XX for unknown parts. Undefined for what is none.
 */
export function readDate(text: string, reading: DateReading = {}): PartialDate | undefined {
  const ascii = asciiDigits(text.trim()).replace(/[Xx?]{2,4}/g, (unknown) => '0'.repeat(unknown.length));
  let parts: [number, number, number] | undefined;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(ascii);
  const yearFirst = /^(\d{4})(?:\s*[-/.年\s]\s*(\d{1,2})(?:\s*[-/.月\s]\s*(\d{1,2})日?)?)?(?:[T ].*)?$/.exec(ascii);
  const yearLast = /^(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4})$/.exec(ascii);
  if (compact) {
    parts = [Number(compact[1]), Number(compact[2]), Number(compact[3])];
  } else if (yearFirst) {
    parts = [Number(yearFirst[1]), Number(yearFirst[2] ?? 0), Number(yearFirst[3] ?? 0)];
  } else if (yearLast) {
    const [first, second] = [Number(yearLast[1]), Number(yearLast[2])];
    // What cannot be a month is the day, whatever the order says.
    const dayFirst = first > 12 || (second <= 12 && (reading.order ?? 'dmy') === 'dmy');
    parts = dayFirst ? [Number(yearLast[3]), second, first] : [Number(yearLast[3]), first, second];
  }
  if (!parts || parts[0] === 0) {
    return undefined;
  }
  let [year, month, day] = parts;
  const calendar = reading.calendar ?? (year > 2400 ? 'buddhist' : 'gregorian');
  if (month === 0) {
    day = 0;
  }
  if (month > daysInYearMonths(calendar)) {
    // Month and day the wrong way round are a slip worth keeping; anything else leaves the year.
    [month, day] = day >= 1 && day <= 12 && month <= 31 ? [day, month] : [0, 0];
  }
  if (day > daysInMonth(calendar, year, Math.max(1, month))) {
    day = 0;
  }
  const gregorian = toGregorian(calendar, { year, month, day });
  if (!gregorian || gregorian.year < 1800 || gregorian.year > 2200) {
    return undefined;
  }
  year = gregorian.year;
  return { year, month: gregorian.month, day: gregorian.day, spread: 0 };
}

function daysInYearMonths(calendar: Calendar): number {
  return calendar === 'ethiopian' ? 13 : 12;
}

/** Birth years an estimated age leaves open: ages are judged to about a tenth, at least to one year. */
export function birthOfAge(ageYears: number, onYear: number): PartialDate | undefined {
  if (!(ageYears >= 0 && ageYears <= 130) || !Number.isFinite(onYear)) {
    return undefined;
  }
  const spread = Math.max(1, Math.min(6, Math.round(ageYears * 0.1)));
  return { year: Math.round(onYear - ageYears), month: 0, day: 0, spread };
}

/** How two dates agree, from disagreement (0) to the same day; levels of the model. */
export const DATE_LEVELS = [
  'different',
  'year within two',
  'same year',
  'same year and month',
  'one part differs by a slip',
  'day and month swapped',
  'same conventional day',
  'same day',
] as const;

/** The level two dates agree at, an index into {@link DATE_LEVELS}. Symmetric. */
export function dateLevel(a: PartialDate, b: PartialDate): number {
  const apart = Math.abs(a.year - b.year);
  const spread = a.spread + b.spread;
  if (spread > 0) {
    return apart === 0 ? 2 : apart <= spread ? 1 : 0;
  }
  const full = a.day > 0 && b.day > 0;
  if (full) {
    const conventionalA = isConventional(a);
    if (apart === 0 && a.month === b.month && a.day === b.day) {
      return conventionalA ? 6 : 7;
    }
    if (apart === 0 && a.day === b.month && a.month === b.day) {
      return 5;
    }
    if (conventionalA === isConventional(b) && isSlip(a, b)) {
      return 4;
    }
  }
  if (apart === 0 && a.month > 0 && a.month === b.month) {
    return 3;
  }
  return apart === 0 ? 2 : apart <= 2 ? 1 : 0;
}

/** 1 January, 1 July and 31 December are what clerks write for "some day of that year": agreeing on them says less. */
export function isConventional({ month, day }: { readonly month: number; readonly day: number }): boolean {
  return (month === 1 && day === 1) || (month === 7 && day === 1) || (month === 12 && day === 31);
}

const digits = new Uint8Array(16);

/** One digit differs, or two neighbours are swapped, in YYYYMMDD. */
function isSlip(a: PartialDate, b: PartialDate): boolean {
  let x = a.year * 10000 + a.month * 100 + a.day;
  let y = b.year * 10000 + b.month * 100 + b.day;
  for (let i = 7; i >= 0; i--) {
    digits[i] = x % 10;
    digits[8 + i] = y % 10;
    x = Math.floor(x / 10);
    y = Math.floor(y / 10);
  }
  let first = -1;
  let second = -1;
  let count = 0;
  for (let i = 0; i < 8; i++) {
    if (digits[i] !== digits[8 + i]) {
      count++;
      if (first < 0) {
        first = i;
      } else {
        second = i;
      }
    }
  }
  return (
    count === 1 ||
    (count === 2 &&
      second === first + 1 &&
      digits[first] === digits[8 + second] &&
      digits[second] === digits[8 + first])
  );
}
