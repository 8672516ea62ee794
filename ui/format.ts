import { formatNumber, type Language, localeOf, type Messages } from '@serai/kernel/i18n/i18n.ts';
import {
  burmeseCountries,
  burmeseLanguages,
  burmeseMonths,
  burmeseUnits,
  localLanguageMessages,
} from './words/names.ts';

/** How one reader reads dates, numbers, countries and languages. */
export interface Format {
  readonly number: (value: number) => string;
  /** A decimal amount of a currency, with all its minor digits: never rounded. */
  readonly money: (value: { readonly amount: string; readonly currency: string }) => string;
  /** A share from 0 to 1. */
  readonly percent: (share: number) => string;
  /** A FHIR date of any precision: `1988`, `1988-04`, `1988-04-12`, or an instant (then its day and time here). */
  readonly date: (value: string) => string;
  /** Only the day of a date or instant, where the reader is. */
  readonly day: (value: string) => string;
  /** The time of day of an instant, where the reader is. */
  readonly time: (instant: number) => string;
  /** @param month 1 to 12 */
  readonly monthName: (month: number) => string;
  /** A length of time in its largest sensible unit, seconds up to days. */
  readonly age: (seconds: number) => string;
  /** @param code ISO 3166-1 alpha-2 */
  readonly country: (code: string) => string;
  /** @param tag BCP 47 */
  readonly language: (tag: string) => string;
}

interface Dates {
  readonly day: (date: Date, timeZone?: 'UTC') => string;
  readonly month: (date: Date) => string;
  readonly monthName: (month: number) => string;
  readonly unit: (count: number, unit: Unit) => string;
}
type Unit = 'second' | 'minute' | 'hour' | 'day';

export function formatFor(language: Language): Format {
  const locale = localeOf(language);
  const dates = language === 'my' ? burmeseDates : intlDates(locale);
  // Hours and minutes alike in every language: 24 hours, Latin digits, as clinics write them.
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const names = (type: 'region' | 'language') => new Intl.DisplayNames([locale], { type, style: 'short' });
  const regions = names('region');
  const tongues = names('language');
  const instantOf = (value: string): Date | undefined => {
    const instant = new Date(value);
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  };
  const partial = (value: string): string | undefined => {
    if (/^\d{4}$/.test(value)) {
      return value;
    }
    const date = /^\d{4}-\d{2}(-\d{2})?$/.test(value)
      ? instantOf(value.length === 7 ? `${value}-01` : value)
      : undefined;
    return date && (value.length === 7 ? dates.month(date) : dates.day(date, 'UTC'));
  };
  return {
    number: (value) => formatNumber(language, value),
    money: ({ amount, currency }) => `${groupDigits(amount)}\u00a0${currency}`,
    percent: (share) => `${formatNumber(language, Math.round(share * 100))}%`,
    date(value) {
      const instant = instantOf(value);
      return partial(value) ?? (instant ? `${dates.day(instant)}, ${clock.format(instant)}` : value);
    },
    day(value) {
      const instant = instantOf(value);
      return partial(value) ?? (instant ? dates.day(instant) : value);
    },
    time: (instant) => clock.format(instant),
    monthName: dates.monthName,
    age(seconds) {
      const [unit, length]: readonly [Unit, number] =
        seconds < 90
          ? ['second', 1]
          : seconds < 5400
            ? ['minute', 60]
            : seconds < 172_800
              ? ['hour', 3600]
              : ['day', 86_400];
      return dates.unit(Math.round(seconds / length), unit);
    },
    country(code) {
      const upper = code.toUpperCase();
      return (language === 'my' ? burmeseCountries[upper] : undefined) ?? named(regions, upper);
    },
    language(tag) {
      const base = tag.toLowerCase().split('-')[0] ?? tag;
      return (
        (localLanguageMessages as Messages)[base]?.[language] ??
        (language === 'my' ? burmeseLanguages[base] : undefined) ??
        named(tongues, tag)
      );
    },
  };
}

/** 1234567.50 → 1,234,567.50, digit by digit: an amount is exact and may be longer than a number holds. */
function groupDigits(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    // A code that is none: shown as it came.
    return code;
  }
}

function intlDates(locale: string): Dates {
  const parts = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const here = new Intl.DateTimeFormat(locale, parts);
  const utc = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const monthOnly = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return {
    day: (date, timeZone) => (timeZone ? utc : here).format(date),
    month: (date) => month.format(date),
    monthName: (number) => monthOnly.format(Date.UTC(2000, number - 1, 1)),
    unit: (count, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  };
}

const burmeseDates: Dates = {
  day: (date, timeZone) =>
    timeZone
      ? `${date.getUTCFullYear()} ${burmeseMonths[date.getUTCMonth()]} ${date.getUTCDate()}`
      : `${date.getFullYear()} ${burmeseMonths[date.getMonth()]} ${date.getDate()}`,
  month: (date) => `${date.getUTCFullYear()} ${burmeseMonths[date.getUTCMonth()]}`,
  monthName: (number) => burmeseMonths[number - 1] ?? '',
  unit: (count, unit) => `${count} ${burmeseUnits[unit]}`,
};
