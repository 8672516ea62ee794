/**
 * Arabic script (Arabic, Persian, Urdu, Pashto, Sindhi, Balochi, Uyghur, Kurdish) → Latin. Short vowels are not
 * written, so the result is a skeleton with long vowels; و and ي are given both as vowels and as consonants, and the
 * commonest names are taken from a table of the spellings people carry in their passports.
 */
const LETTERS: Readonly<Record<string, string>> = {
  ا: 'a',
  أ: 'a',
  إ: 'i',
  آ: 'a',
  ٱ: 'a',
  ب: 'b',
  ت: 't',
  ث: 'th',
  ج: 'j',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'dh',
  ر: 'r',
  ز: 'z',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'gh',
  ف: 'f',
  ق: 'q',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  و: 'u',
  ي: 'i',
  ى: 'a',
  ة: 'a',
  ء: '',
  ؤ: 'u',
  ئ: 'i',
  // Persian, Urdu, Pashto, Sindhi, Kurdish, Uyghur
  پ: 'p',
  چ: 'ch',
  ژ: 'zh',
  گ: 'g',
  ک: 'k',
  ی: 'i',
  ې: 'e',
  ۍ: 'i',
  ڤ: 'v',
  ڥ: 'v',
  ڨ: 'g',
  ھ: 'h',
  ہ: 'h',
  ۂ: 'h',
  ۃ: 'a',
  ە: 'a',
  ے: 'e',
  ۓ: 'e',
  ں: 'n',
  ٹ: 't',
  ڈ: 'd',
  ڑ: 'r',
  ټ: 't',
  ډ: 'd',
  ړ: 'r',
  ږ: 'zh',
  ښ: 'sh',
  ڼ: 'n',
  څ: 'ts',
  ځ: 'dz',
  ګ: 'g',
  ڭ: 'ng',
  ۋ: 'v',
  ۇ: 'u',
  ۆ: 'o',
  ۈ: 'u',
  ۅ: 'o',
  ۉ: 'u',
  ڕ: 'r',
  ڵ: 'l',
  ێ: 'e',
  ۀ: 'h',
  ٻ: 'b',
  ڄ: 'j',
  ڃ: 'ny',
  ڇ: 'ch',
  ڌ: 'dh',
  ڏ: 'd',
  ڊ: 'd',
  ڍ: 'd',
  ڙ: 'r',
  ٺ: 't',
  ٽ: 't',
  ٿ: 'th',
  ڦ: 'ph',
  ڪ: 'k',
  ڳ: 'g',
  ڱ: 'ng',
  ڻ: 'n',
};
const SHORT: Readonly<Record<string, string>> = { '\u064e': 'a', '\u064f': 'u', '\u0650': 'i', '\u0670': 'a' };
const LONG = new Set([...'اآأىويیوۇۆۈېےەێ']);

/** Romanised variants of one token in Arabic script, the likeliest first. */
export function romaniseArabic(token: string): string[] {
  const bare = token.replace(/[\u064b-\u065f\u0670]/gu, '');
  const known = COMMON.get(unify(bare));
  const variants: string[] = known ? [...known] : [];
  const add = (variant: string) => {
    if (variant !== '' && !variants.includes(variant)) {
      variants.push(variant);
    }
  };
  add(spell(token, 'u', 'i'));
  add(insertVowels(spell(token, 'u', 'i')));
  if (/[وؤ]/.test(bare.slice(1))) {
    add(spell(token, 'w', 'i'));
  }
  if (/[يیئ]/.test(bare.slice(1))) {
    add(spell(token, 'u', 'y'));
  }
  return variants;
}

function spell(token: string, waw: string, ya: string): string {
  let out = '';
  const letters = [...token];
  letters.forEach((letter, i) => {
    const next = letters[i + 1];
    const previous = letters[i - 1];
    if (letter === '\u0651') {
      return;
    }
    if (SHORT[letter] !== undefined) {
      out += next !== undefined && LONG.has(next) ? '' : SHORT[letter];
    } else if (letter === 'و') {
      out += i === 0 || next === 'ا' || previous === 'ا' ? 'w' : waw;
    } else if (letter === 'ي' || letter === 'ی') {
      out += i === 0 || next === 'ا' || next === 'و' ? 'y' : ya;
    } else if ((letter === 'ه' || letter === 'ہ') && next === undefined && letters.length > 3) {
      out += 'h';
    } else if (letter === 'ا' && i === 0 && (next === 'و' || next === 'ي' || next === 'ی')) {
      // An initial alif carries the long vowel that follows.
    } else {
      out += LETTERS[letter] ?? (letter >= 'a' && letter <= 'z' ? letter : '');
    }
  });
  return out;
}

/** A plain guess at the unwritten vowels: an a between two consonants that nothing separates. */
function insertVowels(skeleton: string): string {
  const sounds = skeleton.match(/kh|sh|th|dh|gh|ch|zh|[a-z]/g) ?? [];
  let out = '';
  sounds.forEach((sound, i) => {
    out += sound;
    const next = sounds[i + 1];
    const isVowel = /^[aeiou]$/.test(sound);
    if (
      next !== undefined &&
      !isVowel &&
      !/^[aeiou]$/.test(next) &&
      (i === 0 || !/[aeiou]$/.test(out.slice(0, -sound.length)))
    ) {
      out += 'a';
    }
  });
  return out;
}

/** One spelling for letters that keyboards and languages interchange. */
export function unify(text: string): string {
  return text
    .replace(/[\u064b-\u065f\u0670\u0640\u200c\u200d]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[یىئ]/gu, 'ي')
    .replace(/ک/gu, 'ك')
    .replace(/[ہھۂەۀة]/gu, 'ه')
    .replace(/ؤ/gu, 'و')
    .replace(/ء/gu, '');
}

/** The commonest names and how people spell them: general knowledge, not taken from a data set. */
const COMMON = new Map<string, readonly string[]>(
  (
    [
      ['محمد', 'muhammad mohammed mohamed mohammad muhammed'],
      ['احمد', 'ahmad ahmed'],
      ['محمود', 'mahmoud mahmud'],
      ['حامد', 'hamed hamid'],
      ['علي', 'ali'],
      ['حسن', 'hassan hasan'],
      ['حسين', 'hussein hussain husain hossein'],
      ['عمر', 'omar umar'],
      ['عثمان', 'othman usman osman'],
      ['خالد', 'khalid khaled'],
      ['يوسف', 'yusuf youssef yousef'],
      ['ابراهيم', 'ibrahim ebrahim'],
      ['اسماعيل', 'ismail esmail'],
      ['مصطفي', 'mustafa mostafa'],
      ['عبد', 'abd abdul abdel'],
      ['عبدالله', 'abdullah abdallah abdollah'],
      ['الله', 'allah ullah'],
      ['عبدالرحمن', 'abdulrahman abdurrahman abdelrahman'],
      ['الرحمن', 'rahman al-rahman'],
      ['فاطمه', 'fatima fatma fatemeh'],
      ['مريم', 'maryam mariam'],
      ['زينب', 'zainab zeinab zaynab'],
      ['خديجه', 'khadija khadijah'],
      ['عائشه', 'aisha ayesha'],
      ['عايشه', 'aisha ayesha'],
      ['عباس', 'abbas'],
      ['كريم', 'karim kareem'],
      ['رحيم', 'rahim'],
      ['سعيد', 'saeed said'],
      ['سيد', 'sayyid syed sayed'],
      ['جعفر', 'jafar jaafar'],
      ['صالح', 'saleh salih'],
      ['طارق', 'tariq tarek'],
      ['ياسر', 'yasser yasir'],
      ['نور', 'nur noor nour'],
      ['نوره', 'nora noura'],
      ['ساره', 'sara sarah'],
      ['هدي', 'huda hoda'],
      ['ليلي', 'layla leila laila'],
      ['ملك', 'malik malak'],
      ['خان', 'khan'],
      ['بي بي', 'bibi'],
      ['رضا', 'reza rida raza'],
      ['مهدي', 'mahdi mehdi'],
      ['جان', 'jan jon'],
      ['گل', 'gul gol'],
      ['حاجي', 'haji hajji'],
      ['امين', 'amin ameen'],
      ['امير', 'amir ameer'],
      ['انور', 'anwar'],
      ['اكبر', 'akbar'],
      ['اصغر', 'asghar'],
      ['اشرف', 'ashraf'],
      ['اقبال', 'iqbal eqbal'],
      ['بكر', 'bakr bakar'],
      ['بلال', 'bilal belal'],
      ['جمال', 'jamal gamal'],
      ['جميل', 'jamil jameel'],
      ['حمزه', 'hamza hamzah'],
      ['داود', 'dawood daoud dawud'],
      ['رشيد', 'rashid rasheed'],
      ['سليمان', 'sulaiman suleiman soliman'],
      ['شريف', 'sharif sherif'],
      ['طاهر', 'tahir taher'],
      ['عادل', 'adel adil'],
      ['عصام', 'essam issam'],
      ['عيسي', 'isa issa eisa'],
      ['فهد', 'fahad fahd'],
      ['فيصل', 'faisal faysal'],
      ['قاسم', 'qasim kassem qasem'],
      ['ماجد', 'majid majed'],
      ['منصور', 'mansour mansur mansoor'],
      ['موسي', 'musa mousa moussa'],
      ['ناصر', 'nasser nasir naser'],
      ['هاشم', 'hashim hashem'],
      ['وليد', 'walid waleed'],
      ['يحيي', 'yahya'],
      ['يعقوب', 'yaqub yaqoob'],
    ] as const
  ).map(([name, spellings]) => [name, spellings.split(' ')]),
);
