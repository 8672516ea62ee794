/**
 * Cyrillic → Latin as passports of Russia, Kazakhstan, Kyrgyzstan, Tajikistan, Uzbekistan, Ukraine and the Balkans
 * print it, several variants where states differ. Letters outside Russian mark the language: Ukrainian г is h,
 * Uzbek and Tajik ж is j, Bulgarian ъ is a, Serbian ј is j.
 */
const BASE: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  // Kazakh, Kyrgyz, Tajik, Uzbek, Mongolian, Tatar, Uyghur
  ә: 'a',
  ғ: 'gh',
  қ: 'q',
  ң: 'ng',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
  і: 'i',
  ӣ: 'i',
  ӯ: 'u',
  ҳ: 'h',
  ҷ: 'j',
  ў: 'o',
  җ: 'j',
  ӊ: 'ng',
  ӑ: 'a',
  ӗ: 'e',
  ҙ: 'z',
  ҡ: 'q',
  ҫ: 's',
  ӈ: 'ng',
  ҝ: 'g',
  ҹ: 'j',
  // Ukrainian, Belarusian
  ґ: 'g',
  є: 'ye',
  ї: 'yi',
  // Serbian, Macedonian
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'ch',
  ђ: 'dj',
  џ: 'dzh',
  ѓ: 'gj',
  ќ: 'kj',
  ѕ: 'dz',
};

const VOWELS = new Set([...'аеёиоуыэюяәөұүіїєӣӯўӑӗ']);

/** Romanised variants of one lower-case Cyrillic token, the likeliest first. */
export function romaniseCyrillic(token: string): string[] {
  const ukrainian = /[їєґ]/.test(token) || (/і/.test(token) && !/[әғқңөұүһ]/.test(token));
  const southSlavic = /[јљњћђџѓќѕ]/.test(token);
  const centralAsian = /[ӣӯҳҷқғўәңөұүһ]/.test(token);
  const main = spell(token, ukrainian ? { г: 'h', и: 'y' } : {});
  const variants = [main];
  const add = (changes: Readonly<Record<string, string>>) => {
    const variant = spell(token, changes);
    if (!variants.includes(variant)) {
      variants.push(variant);
    }
  };
  if (/ё/.test(token)) {
    add({ ё: 'e' });
  }
  if (/[ежхц]/.test(token) && southSlavic) {
    add({ ж: 'zh', х: 'h', ц: 'ts', е: 'e' });
  }
  if (centralAsian || /[жх]/.test(token)) {
    // Tajik, Uzbek, Kyrgyz and Kazakh passports: ж is j, х is x or h, ц is s.
    add({ ж: 'j', х: 'h', ц: 's', е: 'e' });
  }
  if (/[хюяй]/.test(token)) {
    // International passports of Russia since 2014 (ICAO 9303): ю iu, я ia, й i, ъ ie.
    add({ ю: 'iu', я: 'ia', й: 'i', ц: 'ts', ъ: 'ie' });
  }
  if (/ў/.test(token) && /і/.test(token)) {
    add({ ў: 'u', г: 'h' });
  }
  if (/[ъщ]/.test(token)) {
    add({ ъ: 'a', щ: 'sht' });
  }
  if (/кс/.test(token)) {
    const variant = main.replaceAll('ks', 'x');
    if (!variants.includes(variant)) {
      variants.push(variant);
    }
  }
  if (/[ыи]й$/.test(token)) {
    const variant = main.replace(/[yi]y$/, 'y');
    if (!variants.includes(variant)) {
      variants.push(variant);
    }
  }
  if (/г/.test(token) && !ukrainian) {
    // Foreign h was written г in Russian: Гамлет, Hamlet.
    add({ г: 'h' });
  }
  return variants;
}

function spell(token: string, changes: Readonly<Record<string, string>>): string {
  let out = '';
  let previous = '';
  for (const letter of token) {
    if (letter === 'е' && changes.е === undefined) {
      // BGN/PCGN: ye at the start, after a vowel and after ъ, ь.
      out += previous === '' || VOWELS.has(previous) || previous === 'ъ' || previous === 'ь' ? 'ye' : 'e';
    } else {
      out += changes[letter] ?? BASE[letter] ?? (letter >= 'a' && letter <= 'z' ? letter : '');
    }
    previous = letter;
  }
  return out;
}
