/**
 * Burmese → Latin, syllable by syllable, in the spelling people use (close to BGN/PCGN 1970): a rime table, since a
 * vowel and the "killed" consonant after it are heard as one. Text must be Unicode; see zawgyi.ts for the other.
 */
const CONSONANTS: Readonly<Record<string, string>> = {
  က: 'k',
  ခ: 'kh',
  ဂ: 'g',
  ဃ: 'g',
  င: 'ng',
  စ: 's',
  ဆ: 'hs',
  ဇ: 'z',
  ဈ: 'z',
  ဉ: 'ny',
  ည: 'ny',
  ဋ: 't',
  ဌ: 'ht',
  ဍ: 'd',
  ဎ: 'd',
  ဏ: 'n',
  တ: 't',
  ထ: 'ht',
  ဒ: 'd',
  ဓ: 'd',
  န: 'n',
  ပ: 'p',
  ဖ: 'hp',
  ဗ: 'b',
  ဘ: 'b',
  မ: 'm',
  ယ: 'y',
  ရ: 'y',
  လ: 'l',
  ဝ: 'w',
  သ: 'th',
  ဟ: 'h',
  ဠ: 'l',
  အ: '',
  ဿ: 'th',
  // Karen, Mon, Shan
  ၐ: 'sh',
  ၑ: 'sh',
  ၡ: 'sh',
  ၥ: 'th',
  ၦ: 'f',
  ၵ: 'k',
  ၶ: 'kh',
  ၷ: 'g',
  ၸ: 's',
  ၹ: 'z',
  ၺ: 'ny',
  ၻ: 'd',
  ၼ: 'n',
  ၽ: 'ph',
  ၾ: 'f',
  ၿ: 'b',
  ႀ: 'th',
  ႁ: 'h',
  ၚ: 'ng',
  ၛ: 'j',
  ၜ: 'b',
  ၝ: 'b',
};
const INDEPENDENT: Readonly<Record<string, string>> = {
  ဣ: 'i',
  ဤ: 'i',
  ဥ: 'u',
  ဦ: 'u',
  ဧ: 'e',
  ဩ: 'aw',
  ဪ: 'aw',
  ဥ်: 'in',
};
/** Vowel signs + final consonant → rime. The medial w is part of it where it changes the vowel. */
const RIMES: Readonly<Record<string, string>> = {
  '': 'a',
  'ာ': 'a',
  'ိ': 'i',
  'ီ': 'i',
  'ု': 'u',
  'ူ': 'u',
  'ေ': 'e',
  'ဲ': 'e',
  'ော': 'aw',
  'ို': 'o',
  'ံ': 'an',
  'ုံ': 'on',
  'ိံ': 'ein',
  'ာံ': 'an',
  'ၢ': 'a',
  'ႃ': 'a',
  'ႄ': 'e',
  'ႅ': 'e',
  က: 'et',
  'ောက': 'auk',
  'ိုက': 'aik',
  င: 'in',
  'ောင': 'aung',
  'ိုင': 'aing',
  စ: 'it',
  ည: 'i',
  ဉ: 'in',
  တ: 'at',
  'ိတ': 'eik',
  'ုတ': 'ok',
  န: 'an',
  'ိန': 'ein',
  'ုန': 'on',
  ပ: 'at',
  'ိပ': 'eik',
  'ုပ': 'ok',
  မ: 'an',
  'ိမ': 'ein',
  'ုမ': 'on',
  ယ: 'e',
  သ: 'at',
  ဏ: 'an',
  'ုဏ': 'on',
  လ: 'al',
  'ိလ': 'eil',
  'ုလ': 'ol',
  ရ: 'ar',
  ဒ: 'at',
  'ုဒ': 'ok',
  ဓ: 'at',
  ဗ: 'at',
  ဂ: 'et',
  ဇ: 'it',
  'ောန': 'aun',
  'ေန': 'ein',
  'ွတ': 'ut',
  'ွန': 'un',
  'ွပ': 'ut',
  'ွမ': 'un',
  'ွံ': 'un',
};
const SYLLABLE =
  /(?:င်္)?([က-အဿၐၑၡၥၦၵ-ႁၚ-ၝ])(ျ?ြ?ွ?ှ?)((?:[ါာိီုူေဲံၢႃႄႅို]|ော)*)((?:[့း]*[က-အ](?:့?်|်?္|(?=္)))?)(?:်)?(?:[့း္ႇႈႉႊ])*|([ဣဤဥဦဧဩဪ])(?:(ီ)?(?:([က-အ])်)?[့း]*)/gu;

/** The romanised syllables of a run of Burmese text, in their commonest spelling. */
export function burmeseSyllables(text: string, afterCreakyNasal = ''): string[] {
  const prepared = text
    .normalize('NFC')
    .replace(/ါ/gu, 'ာ')
    .replace(/့်/gu, '့်')
    .replace(/ော်/gu, 'ော')
    .replace(/င်္/gu, 'င်')
    .replace(/([က-အ])္/gu, '$1်')
    .replace(/[၊။\u200b\u200c\u2060]/gu, '');
  const out: string[] = [];
  for (const match of prepared.matchAll(SYLLABLE)) {
    const [, consonant, medials, vowels, final, independent, , killed] = match;
    if (independent !== undefined) {
      out.push(killed ? (killed === 'န' ? 'un' : 'ok') : INDEPENDENT[independent]!);
      continue;
    }
    const closing = (final ?? '').replace(/[့း်္]/gu, '');
    const syllable = spell(consonant!, medials ?? '', normaliseVowels(vowels ?? ''), closing);
    out.push(/n$/.test(syllable) && match[0].includes('\u1037') ? syllable + afterCreakyNasal : syllable);
  }
  return out;
}

/** Romanised variants of a run of Burmese text, syllables apart, the likeliest first. */
export function romaniseBurmese(token: string): string[] {
  const syllables = burmeseSyllables(token);
  const main = syllables.join(' ');
  const everyday = syllables
    .map((s) =>
      s
        .replace(/^hs/, 's')
        .replace(/^hp/, 'p')
        .replace(/^(.+)e$/, '$1ay')
        .replace(/^e$/, 'aye'),
    )
    .join(' ');
  const old = syllables
    .map((s) => s.replace(/^hs/, 's').replace(/^hp/, 'ph').replace(/^ht/, 't').replace(/u$/, 'oo').replace(/i$/, 'ee'))
    .join(' ');
  // Creaky nasals are written with a t by many: Myint, Thant, Nyunt.
  const creaky = burmeseSyllables(token, 't').join(' ');
  // ရ is r in Pali words: Thiri, Yadanar.
  const withR = token.includes('ရ') ? syllables.map((s, i) => (i > 0 ? s.replace(/^y/, 'r') : s)).join(' ') : main;
  return [...new Set([main, everyday, creaky, old, withR])];
}

function normaliseVowels(vowels: string): string {
  const has = (sign: string) => vowels.includes(sign);
  if (has('ေ') && has('ာ')) {
    return 'ော';
  }
  if (has('ိ') && (has('ု') || has('ူ'))) {
    return 'ို';
  }
  return vowels;
}

function spell(consonant: string, medials: string, vowels: string, final: string): string {
  let onset = CONSONANTS[consonant] ?? '';
  const glide = medials.includes('ျ') || medials.includes('ြ');
  if (glide) {
    if (consonant === 'ခ') {
      onset = 'ch';
    } else if (consonant === 'ယ' || consonant === 'ရ') {
      onset = 'y';
    } else if (consonant === 'သ') {
      onset = 'th';
    } else {
      onset += 'y';
    }
  }
  if (medials.includes('ှ')) {
    onset = consonant === 'ရ' || consonant === 'ယ' || (consonant === 'လ' && glide) ? 'sh' : `h${onset}`;
  }
  const w = medials.includes('ွ');
  const changed = w ? RIMES[`ွ${vowels}${final}`] : undefined;
  if (changed !== undefined) {
    return onset + changed;
  }
  const rime = RIMES[vowels + final] ?? (RIMES[vowels] ?? 'a') + (final === '' ? '' : 'n');
  return onset + (w ? 'w' : '') + rime;
}
