/**
 * Messages in people's languages: a table beside the feature that speaks, one row a text, every language in the row.
 * A missing translation is a type error, not a surprise on a screen.
 */

/** Languages the faces are complete in. Data (forms, terms) may carry more. */
export const languages = ['en', 'th', 'my'] as const;
export type Language = (typeof languages)[number];

export type Messages<Key extends string = string> = Readonly<Record<Key, Readonly<Record<Language, string>>>>;

/** Declares a table of messages; keys are `area.thing`. `{name}` marks a value filled in by {@link translate}. */
export function defineMessages<const Key extends string>(
  table: Readonly<Record<Key, Readonly<Record<Language, string>>>>,
): Messages<Key> {
  return table;
}

/** The text for a key with its values filled in. Numbers are written in the reader's locale. */
export function translate<Key extends string>(
  messages: Messages<Key>,
  language: Language,
  key: Key,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return messages[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(language, value) : value;
  });
}

/** BCP 47 tag for `Intl`: Gregorian calendar and Latin digits, so that clinical figures read alike everywhere. */
export function localeOf(language: Language): string {
  return { en: 'en-GB-u-ca-gregory-nu-latn', th: 'th-TH-u-ca-gregory-nu-latn', my: 'my-MM-u-ca-gregory-nu-latn' }[
    language
  ];
}

export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(localeOf(language)).format(value);
}

/** The first supported language a list of preferences (`Accept-Language`, `navigator.languages`) asks for. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.trim().split(/[-_;]/)[0]!.toLowerCase();
    const found = languages.find((language) => language === base);
    if (found) {
      return found;
    }
  }
  return 'en';
}
