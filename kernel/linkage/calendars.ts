/**
 * Dates of the calendars people's papers carry, to and from the Gregorian, by integer arithmetic on Julian day numbers
 * (Reingold and Dershowitz, Calendrical Calculations). Hijri is the tabular civil calendar, which may be a day from the
 * sighted month; Solar Hijri is the 33-year rule, exact from 1178 to 1633 (1799 to 2254); Thai years before 1941 began
 * in April, and are taken as plain years.
 */
export type Calendar = 'gregorian' | 'buddhist' | 'hijri' | 'solarHijri' | 'ethiopian';

/** A date of some calendar; month and day 0 where unknown. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const div = (a: number, b: number) => Math.floor(a / b);
const mod = (a: number, b: number) => a - b * Math.floor(a / b);

/** Julian day number at noon of a Gregorian date. */
export function julianDay(date: CalendarDate): number {
  const a = div(14 - date.month, 12);
  const y = date.year + 4800 - a;
  const m = date.month + 12 * a - 3;
  return date.day + div(153 * m + 2, 5) + 365 * y + div(y, 4) - div(y, 100) + div(y, 400) - 32045;
}

export function gregorianOfJulianDay(day: number): CalendarDate {
  const a = day + 32044;
  const b = div(4 * a + 3, 146097);
  const c = a - div(146097 * b, 4);
  const d = div(4 * c + 3, 1461);
  const e = c - div(1461 * d, 4);
  const m = div(5 * e + 2, 153);
  return { day: e - div(153 * m + 2, 5) + 1, month: m + 3 - 12 * div(m, 10), year: 100 * b + d - 4800 + div(m, 10) };
}

const HIJRI_EPOCH = 1948440;
const ETHIOPIAN_EPOCH = 1724221;
const SOLAR_EPOCH = 1948320;

function hijriDay({ year, month, day }: CalendarDate): number {
  return HIJRI_EPOCH - 1 + 354 * (year - 1) + div(3 + 11 * year, 30) + 29 * (month - 1) + div(month, 2) + day;
}

function ethiopianDay({ year, month, day }: CalendarDate): number {
  return ETHIOPIAN_EPOCH - 1 + 365 * (year - 1) + div(year, 4) + 30 * (month - 1) + day;
}

function solarDay({ year, month, day }: CalendarDate): number {
  const months = month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
  return SOLAR_EPOCH - 1 + 365 * (year - 1) + div(8 * year + 21, 33) + months + day;
}

/** Days in a month, 0 for no such month. */
export function daysInMonth(calendar: Calendar, year: number, month: number): number {
  if (!(month >= 1 && month <= (calendar === 'ethiopian' ? 13 : 12))) {
    return 0;
  }
  switch (calendar) {
    case 'gregorian':
    case 'buddhist': {
      const y = calendar === 'buddhist' ? year - 543 : year;
      return month === 2
        ? y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
          ? 29
          : 28
        : [4, 6, 9, 11].includes(month)
          ? 30
          : 31;
    }
    case 'hijri':
      return month % 2 === 1 || (month === 12 && mod(14 + 11 * year, 30) < 11) ? 30 : 29;
    case 'solarHijri':
      return month <= 6 ? 31 : month <= 11 || mod(25 * year + 11, 33) < 8 ? 30 : 29;
    case 'ethiopian':
      return month <= 12 ? 30 : mod(year, 4) === 3 ? 6 : 5;
  }
}

/** The Gregorian date; a year or a month alone gives the year (and month) it begins in. Undefined for no such date. */
export function toGregorian(calendar: Calendar, date: CalendarDate): CalendarDate | undefined {
  const month = date.month === 0 ? 1 : date.month;
  const day = date.day === 0 ? 1 : date.day;
  if (![date.year, date.month, date.day].every(Number.isSafeInteger) || Math.abs(date.year) > 9999) {
    return undefined;
  }
  if (day < 1 || day > daysInMonth(calendar, date.year, month)) {
    return undefined;
  }
  if (calendar === 'gregorian' || calendar === 'buddhist') {
    return { ...date, year: calendar === 'buddhist' ? date.year - 543 : date.year };
  }
  const full = { year: date.year, month, day };
  const at = calendar === 'hijri' ? hijriDay(full) : calendar === 'ethiopian' ? ethiopianDay(full) : solarDay(full);
  const gregorian = gregorianOfJulianDay(at);
  if (date.month === 0) {
    // Most of an Ethiopian, Solar or lunar year lies in the Gregorian year of its middle.
    const middle = gregorianOfJulianDay(at + 177);
    return { year: middle.year, month: 0, day: 0 };
  }
  return date.day === 0 ? { ...gregorianOfJulianDay(at + 14), day: 0 } : gregorian;
}

/** A full Gregorian date in another calendar. */
export function fromGregorian(calendar: Calendar, date: CalendarDate): CalendarDate {
  const at = julianDay(date);
  switch (calendar) {
    case 'gregorian':
      return date;
    case 'buddhist':
      return { ...date, year: date.year + 543 };
    case 'hijri':
      return search(calendar, hijriDay, at, div(30 * (at - HIJRI_EPOCH) + 10646, 10631));
    case 'ethiopian':
      return search(calendar, ethiopianDay, at, div(4 * (at - ETHIOPIAN_EPOCH) + 1463, 1461));
    case 'solarHijri':
      return search(calendar, solarDay, at, div(at - SOLAR_EPOCH, 365.2424) + 1);
  }
}

/** The year is guessed to within one; its months are walked. */
function search(calendar: Calendar, dayOf: (date: CalendarDate) => number, at: number, guess: number): CalendarDate {
  let year = guess + 1;
  while (dayOf({ year, month: 1, day: 1 }) > at) {
    year--;
  }
  let month = 1;
  while (dayOf({ year, month, day: 1 }) + daysInMonth(calendar, year, month) <= at) {
    month++;
  }
  return { year, month, day: at - dayOf({ year, month, day: 1 }) + 1 };
}
