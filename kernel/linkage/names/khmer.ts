/**
 * Khmer → Latin, close to the UNGEGN/Geographic Department spelling used in Cambodian documents. A vowel sign has two
 * readings, by the series (a or o) of the consonant it stands on; a consonant under coeng is subscript.
 */
const CONSONANTS: readonly (readonly [string, string, 1 | 2, string])[] = [
  // letter, sound, series, sound as a final
  ['ក', 'k', 1, 'k'],
  ['ខ', 'kh', 1, 'k'],
  ['គ', 'k', 2, 'k'],
  ['ឃ', 'kh', 2, 'k'],
  ['ង', 'ng', 2, 'ng'],
  ['ច', 'ch', 1, 'ch'],
  ['ឆ', 'chh', 1, 'ch'],
  ['ជ', 'ch', 2, 'ch'],
  ['ឈ', 'chh', 2, 'ch'],
  ['ញ', 'nh', 2, 'nh'],
  ['ដ', 'd', 1, 't'],
  ['ឋ', 'th', 1, 't'],
  ['ឌ', 'd', 2, 't'],
  ['ឍ', 'th', 2, 't'],
  ['ណ', 'n', 1, 'n'],
  ['ត', 't', 1, 't'],
  ['ថ', 'th', 1, 't'],
  ['ទ', 't', 2, 't'],
  ['ធ', 'th', 2, 't'],
  ['ន', 'n', 2, 'n'],
  ['ប', 'b', 1, 'p'],
  ['ផ', 'ph', 1, 'p'],
  ['ព', 'p', 2, 'p'],
  ['ភ', 'ph', 2, 'p'],
  ['ម', 'm', 2, 'm'],
  ['យ', 'y', 2, 'y'],
  ['រ', 'r', 2, ''],
  ['ល', 'l', 2, 'l'],
  ['វ', 'v', 2, 'v'],
  ['ស', 's', 1, 's'],
  ['ហ', 'h', 1, 'h'],
  ['ឡ', 'l', 1, 'l'],
  ['អ', '', 1, ''],
  ['ឝ', 's', 1, 's'],
  ['ឞ', 's', 1, 's'],
];
const TABLE = new Map(CONSONANTS.map(([letter, sound, series, final]) => [letter, { sound, series, final }]));
const VOWELS: Readonly<Record<string, readonly [string, string]>> = {
  '': ['a', 'o'],
  'ា': ['a', 'ea'],
  'ិ': ['e', 'i'],
  'ី': ['ey', 'i'],
  'ឹ': ['oe', 'ue'],
  'ឺ': ['eu', 'eu'],
  'ុ': ['o', 'u'],
  'ូ': ['o', 'u'],
  'ួ': ['uo', 'uo'],
  'ើ': ['aeu', 'eu'],
  'ឿ': ['eua', 'eua'],
  'ៀ': ['ie', 'ie'],
  'េ': ['e', 'e'],
  'ែ': ['ae', 'e'],
  'ៃ': ['ai', 'ey'],
  'ោ': ['ao', 'o'],
  'ៅ': ['au', 'ov'],
  'ុំ': ['om', 'um'],
  'ំ': ['am', 'um'],
  'ាំ': ['am', 'oam'],
  'ះ': ['ah', 'eah'],
  'ិះ': ['eh', 'ih'],
  'ុះ': ['oh', 'uh'],
  'េះ': ['eh', 'eh'],
  'ោះ': ['aoh', 'uoh'],
};
const INDEPENDENT: Readonly<Record<string, string>> = {
  ឣ: 'a',
  ឤ: 'a',
  ឥ: 'e',
  ឦ: 'ey',
  ឧ: 'o',
  ឨ: 'ok',
  ឩ: 'u',
  ឪ: 'ov',
  ឫ: 'rue',
  ឬ: 'rue',
  ឭ: 'lue',
  ឮ: 'lue',
  ឯ: 'ae',
  ឰ: 'ai',
  ឱ: 'ao',
  ឲ: 'ao',
  ឳ: 'au',
};

/** Marks that change no sound here, and invisible joiners. */
const IGNORED = /\p{Cf}|\u17ce|\u17cf|\u17d0|\u17c8|\u17dd/gu;
/** Letter, register shifter, subscripts, shifter again (both orders are typed), vowel signs, killer or robat. */
const UNIT = new RegExp(
  '([\\u1780-\\u17b3])([\\u17c9\\u17ca]?)((?:\\u17d2[\\u1780-\\u17a2])*)([\\u17c9\\u17ca]?)' +
    '([\\u17b6-\\u17c5]*[\\u17c6\\u17c7]*)([\\u17cb-\\u17cd]?)',
  'gu',
);

/** Romanised variants of one Khmer token, the likeliest first. */
export function romaniseKhmer(token: string): string[] {
  const text = token.normalize('NFC').replace(IGNORED, '');
  const parts = [...text.matchAll(UNIT)];
  let out = '';
  let vowelLast = false;
  parts.forEach((part, i) => {
    const [, letter, shiftBefore, stack, shiftAfter, sign, mark] = part as unknown as string[];
    if (mark === '៍') {
      return;
    }
    const base = TABLE.get(letter!);
    if (!base) {
      out += INDEPENDENT[letter!] ?? '';
      vowelLast = true;
      return;
    }
    const subscripts = [...stack!].filter((c) => c !== '្').map((c) => TABLE.get(c)!);
    // The last strong consonant of a stack rules the series; shifters overrule it.
    let series = base.series;
    for (const below of subscripts) {
      if (!'mnlrvy'.includes(below.sound[0] ?? '-')) {
        series = below.series;
      }
    }
    const shift = shiftBefore! + shiftAfter!;
    if (shift.includes('៉')) {
      series = 1;
    } else if (shift.includes('៊')) {
      series = 2;
    }
    // A consonant without a vowel sign closes the syllable before it, unless another such consonant follows: then it
    // opens one with the inherent vowel (សុ-វណ្ណ, Sovann).
    const next = parts[i + 1];
    const endsSyllable = sign === '' && vowelLast && (next === undefined || next[5] !== '');
    if (endsSyllable) {
      out += letter === 'ប' && shift.includes('៉') ? 'p' : base.final;
      vowelLast = false;
      return;
    }
    const onset = (letter === 'ប' && shift.includes('៉') ? 'p' : base.sound) + subscripts.map((s) => s.sound).join('');
    // A nikahit before ng belongs to the ng: tang, not tam-ng.
    const nasal = sign!.endsWith('\u17c6') && next?.[1] === 'ង' && next[5] === '';
    const heard = nasal ? sign!.slice(0, -1) : sign!;
    const vowel = VOWELS[heard] ?? VOWELS[[...heard][0] ?? ''] ?? VOWELS['']!;
    out += onset + vowel[series - 1]!;
    vowelLast = nasal || !(sign!.endsWith('\u17c6') || sign!.endsWith('\u17c7'));
  });
  const everyday = out.replaceAll('ue', 'i').replaceAll('aev', 'eo').replaceAll('ae', 'e');
  const variants = [
    out,
    everyday,
    out.replaceAll('ea', 'a'),
    out.replaceAll('v', 'w'),
    out.replaceAll('uo', 'ou').replaceAll('ch', 'j'),
  ];
  return [...new Set(variants.filter((v) => v !== ''))];
}
