/** Readings of search values that indexing and querying must share: folded text, date ranges, implied precision. */

/** Ticks are 100 ns since 1970-01-01T00:00Z; a range is half-open. */
export interface TickRange {
  readonly low: bigint;
  readonly high: bigint;
}

const TICKS_PER_MILLISECOND = 10_000n;
/** Stand for an open start or end: FHIR dates lie in years 1 to 9999, well inside. */
export const BEGINNING_TICKS = -1_000_000_000_000_000_000n;
export const END_TICKS = 4_000_000_000_000_000_000n;

const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * The range a FHIR date, dateTime or instant covers by its precision; a value with a fraction of a second is one tick.
 * Values without a zone are read as UTC.
 *
 * @returns undefined when the text is not a date or the day does not exist.
 */
export function dateRange(text: string): TickRange | undefined {
  const match = DATE.exec(text);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const y = Number(year);
  const mo = month === undefined ? 1 : Number(month);
  const d = day === undefined ? 1 : Number(day);
  const h = Number(hour ?? 0);
  const mi = Number(minute ?? 0);
  const s = Number(second ?? 0);
  if (y < 1 || mo < 1 || mo > 12 || d < 1 || d > daysInMonth(y, mo) || h > 23 || mi > 59 || s > 60) {
    return undefined;
  }
  const offsetMinutes = zone && zone !== 'Z' ? zoneMinutes(zone) : 0;
  const at = (...parts: [number, number, number, number, number, number]) =>
    BigInt(utcMilliseconds(...parts) - offsetMinutes * 60_000) * TICKS_PER_MILLISECOND;
  if (fraction !== undefined) {
    const ticks = BigInt(fraction.slice(0, 7).padEnd(7, '0'));
    const low = at(y, mo, d, h, mi, s) + ticks;
    return { low, high: low + 1n };
  }
  if (second !== undefined) {
    return { low: at(y, mo, d, h, mi, s), high: at(y, mo, d, h, mi, s + 1) };
  }
  if (minute !== undefined) {
    return { low: at(y, mo, d, h, mi, 0), high: at(y, mo, d, h, mi + 1, 0) };
  }
  if (day !== undefined) {
    return { low: at(y, mo, d, 0, 0, 0), high: at(y, mo, d + 1, 0, 0, 0) };
  }
  if (month !== undefined) {
    return { low: at(y, mo, 1, 0, 0, 0), high: at(y, mo + 1, 1, 0, 0, 0) };
  }
  return { low: at(y, 1, 1, 0, 0, 0), high: at(y + 1, 1, 1, 0, 0, 0) };
}

/** `Date.UTC` with years below 100 taken literally. */
function utcMilliseconds(y: number, mo: number, d: number, h: number, mi: number, s: number): number {
  // The Gregorian calendar repeats every 400 years of 146,097 days.
  return y < 100 ? Date.UTC(y + 400, mo - 1, d, h, mi, s) - 146_097 * 86_400_000 : Date.UTC(y, mo - 1, d, h, mi, s);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function zoneMinutes(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

export interface NumberRange {
  readonly value: number;
  /** Half a unit of the last digit given to either side: `5` is 4.5 to 5.5, `5.00` is 4.995 to 5.005. */
  readonly low: number;
  readonly high: number;
}

/** A decimal with the range its written precision implies (FHIR R4, 3.1.1.5.9). undefined when it is not a number. */
export function numberRange(text: string): NumberRange | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return undefined;
  }
  const exponent = Number(match[4] ?? 0) - (match[3]?.length ?? 0);
  const scaled = BigInt(`${match[2]}${match[3] ?? ''}`) * (match[1] === '-' ? -1n : 1n);
  // Written as decimal text, so that 0.0005 and not its binary neighbour is the boundary.
  const boundary = (tenths: bigint) => Number(`${scaled * 10n + tenths}e${exponent - 1}`);
  return { value, low: boundary(-5n), high: boundary(5n) };
}

const MARK = /\p{Mn}/u;
const LATIN_GREEK_CYRILLIC = /[\u0041-\u024f\u0370-\u052f\u1e00-\u1fff]/;

/** Latin letters that are one character to Unicode and a letter with a mark to a reader. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};
const LETTER = /[ßæœøłđðþħı]/g;

/**
 * Folds case and diacritics, for matching without regard to them. Marks are dropped only after Latin, Greek and
 * Cyrillic letters: in Thai, Burmese, Khmer or Devanagari the combining marks are vowels and tones, and the word.
 */
export function foldText(text: string): string {
  const decomposed = text.normalize('NFKD').toLowerCase();
  let folded = decomposed;
  if (LATIN_GREEK_CYRILLIC.test(decomposed) && MARK.test(decomposed)) {
    let base = false;
    folded = '';
    for (const character of decomposed) {
      if (MARK.test(character)) {
        if (base) {
          continue;
        }
      } else {
        base = LATIN_GREEK_CYRILLIC.test(character);
      }
      folded += character;
    }
  }
  return folded
    .replace(LETTER, (letter) => LETTERS[letter]!)
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}
