import { detectScript, type Script, scriptOf } from './script.ts';

/** Cleans a name as typed: presentation forms, invisible marks, digits and punctuation out; lower case. */
export function cleanName(text: string): string {
  if (/^[A-Za-z .,'-]*$/.test(text)) {
    return text.toLowerCase();
  }
  return (
    text
      .normalize('NFKC')
      // Direction marks, joiners, tatweel, soft hyphens and variation selectors carry no letter.
      .replace(/\p{Cf}|\u0640|\p{Variation_Selector}/gu, '')
      .replace(/[İI](?=\u0307)/gu, 'i')
      .toLowerCase()
      .replace(/\p{Cc}/gu, ' ')
  );
}

/** Latin letters that do not decompose, and the digraph another language writes for a marked letter. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ə: 'a',
  ŋ: 'ng',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ɛ: 'e',
  ɔ: 'o',
  ɣ: 'g',
  ƴ: 'y',
  ɲ: 'ny',
  ʃ: 'sh',
  ʒ: 'zh',
  ŧ: 't',
  ĸ: 'k',
  ǝ: 'e',
  ʕ: '',
  ʔ: '',
};
const SOUNDED: Readonly<Record<string, string>> = {
  đ: 'dj',
  ŭ: 'v',
  ş: 'sh',
  ș: 'sh',
  š: 'sh',
  ś: 'sh',
  ŝ: 'sh',
  ç: 'ch',
  č: 'ch',
  ć: 'ch',
  ĉ: 'ch',
  ž: 'zh',
  ź: 'zh',
  ż: 'zh',
  ğ: 'gh',
  ñ: 'ny',
  ń: 'ny',
  ţ: 'ts',
  ț: 'ts',
  ř: 'rzh',
  ý: 'y',
  ľ: 'l',
  ģ: 'g',
  å: 'o',
  ö: 'o',
  ü: 'u',
  ä: 'a',
  ň: 'ny',
  ď: 'd',
  ť: 't',
  ę: 'en',
  ą: 'on',
};
const UMLAUT: Readonly<Record<string, string>> = { ö: 'oe', ü: 'ue', ä: 'ae', å: 'aa', ø: 'oe' };

function fold(token: string, table: Readonly<Record<string, string>>): string {
  let out = '';
  for (const letter of token.normalize('NFC')) {
    out += table[letter] ?? LATIN[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  }
  return out.replace(/[^a-z]/g, '');
}

/** Spellings of one Latin token without marks: plain, as it sounds where marks change the sound, German digraphs. */
export function foldLatin(token: string): string[] {
  const plain = fold(token, {});
  if (/^[a-z]*$/.test(token)) {
    return [plain];
  }
  return [...new Set([plain, fold(token, SOUNDED), fold(token, UMLAUT)].filter((form) => form !== ''))];
}

export interface RawToken {
  readonly text: string;
  readonly script: Script;
}

/**
 * Splits a cleaned name at spaces and between scripts. Apostrophes and hyphens join in Latin (O'Neil, Al-Sayed stays
 * two tokens at the hyphen), and a family name written first with a comma keeps its place.
 */
export function splitName(clean: string): RawToken[] {
  // Most names are plain letters; they need none of the care below.
  if (/^[a-z .,'-]*$/.test(clean)) {
    return clean
      .split(/[\s.,-]+/)
      .map((piece) => piece.replaceAll("'", ''))
      .filter((text) => text !== '')
      .map((text) => ({ text, script: 'Latn' }));
  }
  const tokens: RawToken[] = [];
  for (const piece of clean.split(/[\s,;/|()[\]{}"“”«»·・•_.‐-―\-՝،؛።፡]+/u)) {
    let text = '';
    let script: Script = 'Zzzz';
    for (const character of piece) {
      const own = scriptOf(character.codePointAt(0)!);
      const mark = /\p{M}/u.test(character);
      if (own === 'Zzzz' && !mark) {
        continue;
      }
      if (own !== 'Zzzz' && script !== 'Zzzz' && own !== script && !mark) {
        tokens.push({ text, script });
        text = '';
      }
      if (own !== 'Zzzz' && !(mark && script !== 'Zzzz')) {
        script = own;
      }
      text += character;
    }
    if (text !== '' && script !== 'Zzzz') {
      tokens.push({ text, script });
    }
  }
  return repairHomoglyphs(tokens, clean);
}

/** A Cyrillic or Latin look-alike inside the other script (Baаtar with a Cyrillic а) is a typing accident: joined back. */
function repairHomoglyphs(tokens: RawToken[], clean: string): RawToken[] {
  if (!tokens.some((t) => t.script === 'Latn') || !tokens.some((t) => t.script === 'Cyrl')) {
    return tokens;
  }
  const out: RawToken[] = [];
  for (const piece of clean.split(/[\s,;/|()"._-]+/u)) {
    const latin = [...piece].filter((c) => scriptOf(c.codePointAt(0)!) === 'Latn').length;
    const cyrillic = [...piece].filter((c) => scriptOf(c.codePointAt(0)!) === 'Cyrl').length;
    if (latin > 0 && cyrillic > 0) {
      const to = latin >= cyrillic ? CYRILLIC_TWINS : LATIN_TWINS;
      const text = [...piece].map((c) => to[c] ?? c).join('');
      const script = latin >= cyrillic ? 'Latn' : 'Cyrl';
      if ([...text].every((c) => ['Zzzz', script].includes(scriptOf(c.codePointAt(0)!)))) {
        out.push({ text: text.replace(/[^\p{L}\p{M}]/gu, ''), script });
        continue;
      }
      return tokens;
    }
    if (latin + cyrillic > 0) {
      out.push({ text: piece.replace(/[^\p{L}\p{M}]/gu, ''), script: detectScript(piece) });
    }
  }
  return out;
}
const TWINS = 'аa еe оo рp сc хx уy іi ѕs јj һh кk мm тt вb нh'.split(' ');
const CYRILLIC_TWINS: Readonly<Record<string, string>> = Object.fromEntries(TWINS.map((t) => [t[0]!, t[1]!]));
const LATIN_TWINS: Readonly<Record<string, string>> = Object.fromEntries(TWINS.slice(0, 10).map((t) => [t[1]!, t[0]!]));
