/**
 * Calendar days as whole numbers (days since 1970-01-01), without clocks or time zones: a due date is a day, not an
 * instant. Dates come and go as ISO `YYYY-MM-DD`.
 */

/** The day of an ISO date; NaN for anything that is not a day of the calendar (2023-02-30, 2023-2-3, 'x'). */
export function parseDay(iso: string): number {
  if (iso.length !== 10 || iso.charCodeAt(4) !== hyphen || iso.charCodeAt(7) !== hyphen) {
    return Number.NaN;
  }
  const [year, month, date] = [digits(iso, 0, 4), digits(iso, 5, 7), digits(iso, 8, 10)];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
    ? dayOf(year, month, date)
    : Number.NaN;
}

const hyphen = 0x2d;

/** The number that characters from…until spell in ASCII digits; NaN where one is none. Millions of dates are read. */
function digits(text: string, from: number, until: number): number {
  let value = 0;
  for (let i = from; i < until; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) {
      return Number.NaN;
    }
    value = 10 * value + digit;
  }
  return value;
}

/** The ISO date of a day. */
export function formatDay(day: number): string {
  const { year, month, date } = civil(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The same date `months` later (or earlier, when negative); the last day of a month too short for it. */
export function addMonths(day: number, months: number): number {
  const { year, month, date } = civil(day);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return dayOf(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}

/** Completed months from `from` to a later `to`: the most that fit. Negative, rounded away from zero, for an earlier one. */
export function monthsBetween(from: number, to: number): number {
  const a = civil(from);
  const b = civil(to);
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  return addMonths(from, months) > to ? months - 1 : months;
}

// Howard Hinnant's days-from-civil, on years that begin in March so that the leap day comes last.
function dayOf(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civil(day: number): { year: number; month: number; date: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return monthDays[month - 1]! + (leap ? 1 : 0);
}
