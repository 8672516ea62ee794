import { invariant } from './invariant.ts';

/** Days of the civil calendar as ISO dates (`2026-03-01`): compared as text, counted as whole days, without time zones. */
export type Day = string;

const form = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  const match = form.exec(text);
  if (!match) {
    return false;
  }
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function parts(day: Day): [number, number, number] {
  const match = form.exec(day);
  invariant(match, 'a day looks like 2026-03-01');
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

function text(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  const [year, month, date] = parts(day);
  return Date.UTC(year, month - 1, date) / 86_400_000;
}

export function dayOf(number: number): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The day of an instant, in UTC. */
export function dayOfInstant(at: Date): Day {
  return at.toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days);
}

/** The same date so many months on; the month's last day where there is no such date. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = parts(day);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (((index % 12) + 12) % 12) + 1;
  return text(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}

/** Whole days from one day to another; negative where the second comes first. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whole years completed; negative before birth. */
export function yearsBetween(birth: Day, at: Day): number {
  const [year, month, day] = parts(birth);
  const [toYear, toMonth, toDay] = parts(at);
  return toYear - year - (toMonth < month || (toMonth === month && toDay < day) ? 1 : 0);
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}
