/**
 * The language tag a piece of data is most likely written in, judged by its script, so that the right font, line
 * height and voice are used for a Burmese name on a Thai page. Undefined for Latin and for scripts we cannot tell.
 */
export function languageOfText(text: string): string | undefined {
  for (const [pattern, tag] of scripts) {
    if (pattern.test(text)) {
      return tag;
    }
  }
  return undefined;
}

const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Devanagari}/u, 'ne'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
];
