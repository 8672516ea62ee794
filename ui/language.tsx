import { type Language, languages, type Messages, preferredLanguage, translate } from '@serai/kernel/i18n/i18n.ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Format, formatFor } from './format.ts';

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
export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}

/** What each language calls itself; shown in the switch, whatever the page's language. */
export const ownNames: Readonly<Record<Language, string>> = { en: 'English', th: 'ไทย', my: 'မြန်မာ' };
