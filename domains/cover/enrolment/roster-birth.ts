import { type Day, dayOf, isDay } from '@serai/kernel/base/days.ts';
import { readDate } from '@serai/kernel/linkage/dates.ts';
import { asciiDigits } from '@serai/kernel/linkage/digits.ts';
import { type KnownBirth, knownBirth } from './member.ts';

/**
 * Births as lists hold them: a day, a month, a year, an age; the serial number of a sheet; months by name; digits of any
 * script. What was read otherwise than it was written is said, line by line, so that whoever sent the list can look.
 */

export type BirthFault = 'birth-missing' | 'birth-unreadable' | 'birth-impossible' | 'birth-order';

/** How a birth was read where it was not as it stands: a Buddhist year, a month before the day, a sheet's number. */
export type BirthNote = 'buddhist-year' | 'month-first' | 'sheet-number';

export interface ReadBirth {
  readonly birth: KnownBirth;
  readonly notes: readonly BirthNote[];
}

/** Whether a list writes 5/4/1990 for the fifth of April or for the fourth of May; `mixed` where it does both. */
export type DayOrder = 'dmy' | 'mdy' | 'mixed';

const yearLast = /^(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*\d{4}$/;

/** The order of a column, by the dates that can be read one way only; day first where none says. */
export function dayOrderOf(texts: readonly string[]): DayOrder {
  let dayFirst = false;
  let monthFirst = false;
  for (const text of texts) {
    const [, first, second] = yearLast.exec(plain(text)) ?? [];
    dayFirst ||= Number(first) > 12 && Number(second) <= 12;
    monthFirst ||= Number(second) > 12 && Number(first) <= 12;
  }
  return monthFirst ? (dayFirst ? 'mixed' : 'mdy') : 'dmy';
}

/** @param order of the column the text stands in. */
export function readBirth(text: string, today: Day, order: DayOrder = 'dmy'): ReadBirth | BirthFault {
  const ascii = plain(text);
  if (ascii === '') {
    return 'birth-missing';
  }
  // Days since 1899-12-30, as sheets count; what could be a year is one.
  if (/^\d{5}(\.0+)?$/.test(ascii)) {
    return settled({ kind: 'date', date: dayOf(Number(ascii) - 25_569) }, today, ['sheet-number']);
  }
  if (/^\d{1,3}$/.test(ascii)) {
    return settled({ kind: 'estimated-age', years: Number(ascii), on: today }, today, []);
  }
  const [, first, second] = yearLast.exec(ascii) ?? [];
  const either = first !== undefined && Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second);
  if (either && order === 'mixed') {
    return 'birth-order';
  }
  const monthFirst = order === 'mdy' && first !== undefined && Number(first) <= 12;
  const date = readDate(ascii, { order: monthFirst ? 'mdy' : 'dmy' });
  // A day that does not exist is a slip, and not a birth of which the day is unknown.
  if (!date || (date.day === 0 && statesDay(ascii))) {
    return 'birth-unreadable';
  }
  const year = Number(/\d{4}/.exec(ascii)?.[0] ?? 0);
  const notes: BirthNote[] = [
    ...(year > 2400 ? (['buddhist-year'] as const) : []),
    ...(monthFirst && first !== second ? (['month-first'] as const) : []),
  ];
  const two = (value: number) => String(value).padStart(2, '0');
  if (date.day > 0) {
    return settled({ kind: 'date', date: `${date.year}-${two(date.month)}-${two(date.day)}` }, today, notes);
  }
  return date.month > 0
    ? settled({ kind: 'month', month: `${date.year}-${two(date.month)}` }, today, notes)
    : settled({ kind: 'year', year: date.year }, today, notes);
}

function settled(
  birth: Parameters<typeof knownBirth>[0],
  today: Day,
  notes: ReadBirth['notes'],
): ReadBirth | BirthFault {
  if (birth.kind === 'date' && !isDay(birth.date)) {
    return 'birth-unreadable';
  }
  const known = knownBirth(birth, today);
  return 'ok' in known ? 'birth-impossible' : { birth: known, notes };
}

/** Three numbers, none of them nought: a year, a month and a day were meant. */
function statesDay(ascii: string): boolean {
  const compact = /^\d{8}$/.test(ascii) ? [ascii.slice(0, 4), ascii.slice(4, 6), ascii.slice(6)] : undefined;
  const numbers = compact ?? ascii.replace(/[T ]\d{1,2}:.*$/, '').match(/\d+/g) ?? [];
  return numbers.length >= 3 && numbers.slice(0, 3).every((each) => Number(each) > 0);
}

/** Digits of ASCII, months by their numbers, and no word for "era" before a year. */
function plain(text: string): string {
  const ascii = asciiDigits(text).normalize('NFC').trim().toLowerCase();
  for (const [number, names] of months.entries()) {
    for (const name of names) {
      const at = ascii.indexOf(name);
      if (at >= 0) {
        const said = `${ascii.slice(0, at)}/${number + 1}/${ascii.slice(at + name.length)}`;
        return said
          .replace(/พ\.?\s?ศ\.?|ค\.?\s?ศ\.?/g, '')
          .replace(/[\s/.,-]*\/[\s/.,-]*/g, '/')
          .replace(/^\//, '');
      }
    }
  }
  return ascii.replace(/(พ|ค)\.?\s?ศ\.?\s?/g, '').trim();
}

/** Of each month the names from the longest to the shortest. */
const months: readonly (readonly string[])[] = [
  ['มกราคม', 'ม.ค.', 'ม.ค', 'january', 'jan', 'ဇန်နဝါရီ'],
  ['กุมภาพันธ์', 'ก.พ.', 'ก.พ', 'february', 'feb', 'ဖေဖော်ဝါရီ'],
  ['มีนาคม', 'มี.ค.', 'มี.ค', 'march', 'mar', 'မတ်'],
  ['เมษายน', 'เม.ย.', 'เม.ย', 'april', 'apr', 'ဧပြီ'],
  ['พฤษภาคม', 'พ.ค.', 'พ.ค', 'may', 'မေ'],
  ['มิถุนายน', 'มิ.ย.', 'มิ.ย', 'june', 'jun', 'ဇွန်'],
  ['กรกฎาคม', 'ก.ค.', 'ก.ค', 'july', 'jul', 'ဇူလိုင်'],
  ['สิงหาคม', 'ส.ค.', 'ส.ค', 'august', 'aug', 'ဩဂုတ်', 'သြဂုတ်'],
  ['กันยายน', 'ก.ย.', 'ก.ย', 'september', 'sept', 'sep', 'စက်တင်ဘာ'],
  ['ตุลาคม', 'ต.ค.', 'ต.ค', 'october', 'oct', 'အောက်တိုဘာ'],
  ['พฤศจิกายน', 'พ.ย.', 'พ.ย', 'november', 'nov', 'နိုဝင်ဘာ'],
  ['ธันวาคม', 'ธ.ค.', 'ธ.ค', 'december', 'dec', 'ဒီဇင်ဘာ'],
];
