import {
  formatNumber,
  type Language,
  languages,
  localeOf,
  type Messages,
  preferredLanguage,
  translate,
} from '@serai/kernel/i18n/i18n.ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

const storageKey = 'serai.language';

interface LanguageState {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState>({ language: 'en', choose: () => {} });

/** The language chosen earlier on this device, else the first of the browser's that we speak. */
export function rememberedLanguage(): Language {
  const stored = readStored();
  return languages.find((language) => language === stored) ?? preferredLanguage(navigator.languages ?? []);
}

/** True once someone has chosen a language on this device, so that a profile's default does not override it. */
export function hasChosenLanguage(): boolean {
  return readStored() !== null;
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // Storage may be switched off; the browser's own preference then decides.
    return null;
  }
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = 'ltr';
  }, [language]);
  const state = useMemo<LanguageState>(
    () => ({
      language,
      choose: (chosen) => {
        try {
          localStorage.setItem(storageKey, chosen);
        } catch {
          // The choice then holds until the page is closed.
        }
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageState {
  return useContext(LanguageContext);
}

export type Translator<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** The reader's texts of one table of messages. */
export function useMessages<Key extends string>(messages: Messages<Key>): Translator<Key> {
  const { language } = useLanguage();
  return useMemo(() => (key, values) => translate(messages, language, key, values), [messages, language]);
}

/** Dates, numbers and names of countries and languages as the reader writes them. */
export function useFormat() {
  const { language } = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}

export type Format = ReturnType<typeof formatFor>;

export function formatFor(language: Language) {
  const locale = localeOf(language);
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const regions = new Intl.DisplayNames([locale], { type: 'region', style: 'short' });
  const tongues = new Intl.DisplayNames([locale], { type: 'language' });
  return {
    number: (value: number) => formatNumber(language, value),
    percent: (share: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    /** A FHIR date of any precision: `1988`, `1988-04`, `1988-04-12`, or an instant (then its day and time). */
    date(value: string): string {
      if (/^\d{4}$/.test(value)) {
        return value;
      }
      if (/^\d{4}-\d{2}$/.test(value)) {
        return month.format(new Date(`${value}-01T00:00:00Z`));
      }
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
        return day.format(new Date(`${value}T00:00:00Z`));
      }
      const instant = new Date(value);
      return Number.isNaN(instant.getTime()) ? value : moment.format(instant);
    },
    /** Only the day of an instant or date, in the reader's own time zone. */
    day(value: string): string {
      if (!value.includes('T')) {
        return this.date(value);
      }
      const instant = new Date(value);
      return Number.isNaN(instant.getTime())
        ? value
        : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(instant);
    },
    /** A length of time in its largest sensible unit: seconds up to days. */
    age(seconds: number): string {
      const [value, unit] =
        seconds < 90
          ? [seconds, 'second']
          : seconds < 5400
            ? [seconds / 60, 'minute']
            : seconds < 172_800
              ? [seconds / 3600, 'hour']
              : [seconds / 86_400, 'day'];
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: unit as string,
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      }).format(Math.round(value as number));
    },
    country(code: string): string {
      try {
        return regions.of(code.toUpperCase()) ?? code.toUpperCase();
      } catch {
        return code;
      }
    },
    language(tag: string): string {
      try {
        return tongues.of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
  };
}

/** What each language calls itself; shown in the switch, whatever the page's language. */
export const ownNames: Readonly<Record<Language, string>> = { en: 'English', th: 'ไทย', my: 'မြန်မာ' };
