/**
 * Which writing system a piece of text is in, by Unicode block. Letters only decide: digits, marks shared between
 * scripts and punctuation do not vote.
 */
export type Script =
  | 'Latn'
  | 'Cyrl'
  | 'Arab'
  | 'Thai'
  | 'Laoo'
  | 'Khmr'
  | 'Mymr'
  | 'Hani'
  | 'Deva'
  | 'Beng'
  | 'Indic'
  | 'Ethi'
  | 'Grek'
  | 'Armn'
  | 'Geor'
  | 'Hebr'
  | 'Hang'
  | 'Kana'
  | 'Tfng'
  | 'Nkoo'
  | 'Adlm'
  | 'Zzzz';

/** `Zzzz` (ISO 15924 "uncoded") for what is no letter of a script known here. */
export function scriptOf(codePoint: number): Script {
  const c = codePoint;
  if (c < 0x80) {
    return (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) ? 'Latn' : 'Zzzz';
  }
  for (const [from, to, script] of BLOCKS) {
    if (c >= from && c <= to) {
      return script;
    }
  }
  return 'Zzzz';
}

/** The script most letters of the text are in; `Zzzz` when it has no letters at all. Ties go to the first seen. */
export function detectScript(text: string): Script {
  const votes = new Map<Script, number>();
  for (const character of text) {
    const script = scriptOf(character.codePointAt(0)!);
    if (script !== 'Zzzz') {
      votes.set(script, (votes.get(script) ?? 0) + 1);
    }
  }
  let winner: Script = 'Zzzz';
  let most = 0;
  for (const [script, count] of votes) {
    if (count > most) {
      winner = script;
      most = count;
    }
  }
  return winner;
}

const BLOCKS: readonly (readonly [number, number, Script])[] = [
  [0xaa, 0xaa, 'Latn'],
  [0xb5, 0xb5, 'Grek'],
  [0xba, 0xba, 'Latn'],
  [0xc0, 0xd6, 'Latn'],
  [0xd8, 0xf6, 'Latn'],
  [0xf8, 0x24f, 'Latn'],
  [0x250, 0x2b8, 'Latn'],
  [0x370, 0x3ff, 'Grek'],
  [0x400, 0x52f, 'Cyrl'],
  [0x531, 0x556, 'Armn'],
  [0x561, 0x587, 'Armn'],
  [0x5d0, 0x5f2, 'Hebr'],
  [0x620, 0x64a, 'Arab'],
  [0x66e, 0x66f, 'Arab'],
  [0x671, 0x6d3, 'Arab'],
  [0x6d5, 0x6d5, 'Arab'],
  [0x6ee, 0x6ef, 'Arab'],
  [0x6fa, 0x6fc, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0x7ca, 0x7ea, 'Nkoo'],
  [0x8a0, 0x8c7, 'Arab'],
  [0x900, 0x965, 'Deva'],
  [0x970, 0x97f, 'Deva'],
  [0x980, 0x9e3, 'Beng'],
  [0x9f0, 0x9f1, 'Beng'],
  [0xa00, 0xd63, 'Indic'],
  [0xe01, 0xe4e, 'Thai'],
  [0xe81, 0xecd, 'Laoo'],
  [0xedc, 0xedf, 'Laoo'],
  [0x1000, 0x103f, 'Mymr'],
  [0x1050, 0x108f, 'Mymr'],
  // Zawgyi, a font encoding, puts stacked forms and ligatures on the digits of other languages of Myanmar.
  [0x1090, 0x109f, 'Mymr'],
  [0x10a0, 0x10ff, 'Geor'],
  [0x1100, 0x11ff, 'Hang'],
  [0x1200, 0x1380, 'Ethi'],
  [0x1780, 0x17d3, 'Khmr'],
  [0x1c80, 0x1c88, 'Cyrl'],
  [0x1c90, 0x1cbf, 'Geor'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x1f00, 0x1fff, 'Grek'],
  [0x2c60, 0x2c7f, 'Latn'],
  [0x2d30, 0x2d6f, 'Tfng'],
  [0x2d80, 0x2ddf, 'Ethi'],
  [0x3005, 0x3007, 'Hani'],
  [0x3041, 0x30ff, 'Kana'],
  [0x3131, 0x318e, 'Hang'],
  [0x31f0, 0x31ff, 'Kana'],
  [0x3400, 0x4dbf, 'Hani'],
  [0x4e00, 0x9fff, 'Hani'],
  [0xa640, 0xa69f, 'Cyrl'],
  [0xa720, 0xa7ff, 'Latn'],
  [0xa9e0, 0xa9fe, 'Mymr'],
  [0xaa60, 0xaa7f, 'Mymr'],
  [0xab01, 0xab2f, 'Ethi'],
  [0xac00, 0xd7a3, 'Hang'],
  [0xf900, 0xfaff, 'Hani'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe70, 0xfefc, 'Arab'],
  [0x1e900, 0x1e943, 'Adlm'],
  [0x20000, 0x323af, 'Hani'],
];
