/**
 * Devanagari, Bengali and the other Brahmic blocks that share the ISCII layout → Latin, with the inherent vowel
 * dropped where it is silent in speech (Hindi, Nepali, Marathi: राम is Ram), spelled as passports do, without marks.
 */
const CONSONANTS: Readonly<Record<number, string>> = {
  21: 'k',
  22: 'kh',
  23: 'g',
  24: 'gh',
  25: 'ng',
  26: 'ch',
  27: 'chh',
  28: 'j',
  29: 'jh',
  30: 'n',
  31: 't',
  32: 'th',
  33: 'd',
  34: 'dh',
  35: 'n',
  36: 't',
  37: 'th',
  38: 'd',
  39: 'dh',
  40: 'n',
  41: 'n',
  42: 'p',
  43: 'ph',
  44: 'b',
  45: 'bh',
  46: 'm',
  47: 'y',
  48: 'r',
  49: 'r',
  50: 'l',
  51: 'l',
  52: 'l',
  53: 'v',
  54: 'sh',
  55: 'sh',
  56: 's',
  57: 'h',
  88: 'q',
  89: 'kh',
  90: 'gh',
  91: 'z',
  92: 'r',
  93: 'rh',
  94: 'f',
  95: 'y',
};
const INDEPENDENT: Readonly<Record<number, string>> = {
  5: 'a',
  6: 'a',
  7: 'i',
  8: 'i',
  9: 'u',
  10: 'u',
  11: 'ri',
  13: 'e',
  14: 'e',
  15: 'e',
  16: 'ai',
  17: 'o',
  18: 'o',
  19: 'o',
  20: 'au',
};
const SIGNS: Readonly<Record<number, string>> = {
  62: 'a',
  63: 'i',
  64: 'i',
  65: 'u',
  66: 'u',
  67: 'ri',
  69: 'e',
  70: 'e',
  71: 'e',
  72: 'ai',
  73: 'o',
  74: 'o',
  75: 'o',
  76: 'au',
};
const VIRAMA = 0x4d;
const NUKTA = 0x3c;
/** Consonant + nukta → its Perso-Arabic sound. */
const DOTTED: Readonly<Record<string, string>> = {
  k: 'q',
  kh: 'kh',
  g: 'gh',
  j: 'z',
  ph: 'f',
  d: 'r',
  dh: 'rh',
  y: 'y',
};

interface Akshara {
  consonants: string;
  vowel: string;
  inherent: boolean;
  nasal: string;
}

/** Romanised variants of one token of an Indic script, the likeliest first. */
export function romaniseIndic(token: string): string[] {
  const bengali = /[\u0980-\u09ff]/.test(token);
  const southern = /[\u0b80-\u0d7f]/.test(token);
  const aksharas: Akshara[] = [];
  let open: Akshara | undefined;
  let joined = false;
  for (const letter of token.normalize('NFC')) {
    const code = letter.codePointAt(0)!;
    if (code === 0x9f0 || code === 0x9f1) {
      open = { consonants: code === 0x9f0 ? 'r' : 'w', vowel: 'a', inherent: true, nasal: '' };
      aksharas.push(open);
      continue;
    }
    if (code < 0x900 || code > 0xd7f) {
      continue;
    }
    const at = code & 0x7f;
    if (CONSONANTS[at] !== undefined) {
      let sound = CONSONANTS[at];
      if (code === 0x9af) {
        sound = joined ? 'y' : 'j';
      } else if (code === 0x9df) {
        sound = 'y';
      } else if (code === 0x9dc || code === 0x9dd) {
        sound = 'r';
      }
      if (joined && open) {
        // The cluster takes the vowel that follows, or the inherent one.
        open.consonants += sound;
        open.vowel = 'a';
        open.inherent = true;
      } else {
        open = { consonants: sound, vowel: 'a', inherent: true, nasal: '' };
        aksharas.push(open);
      }
      joined = false;
    } else if (at === NUKTA && open) {
      for (const [plain, dotted] of Object.entries(DOTTED).sort((x, y) => y[0].length - x[0].length)) {
        if (open.consonants.endsWith(plain)) {
          open.consonants = open.consonants.slice(0, -plain.length) + dotted;
          break;
        }
      }
    } else if (at === VIRAMA && open) {
      open.vowel = '';
      open.inherent = false;
      joined = true;
    } else if (SIGNS[at] !== undefined && open) {
      open.vowel = SIGNS[at];
      open.inherent = false;
    } else if (INDEPENDENT[at] !== undefined) {
      open = { consonants: '', vowel: INDEPENDENT[at], inherent: false, nasal: '' };
      aksharas.push(open);
      joined = false;
    } else if (at === 0x01 || at === 0x02) {
      if (open) {
        open.nasal = bengali && at === 0x02 ? 'ng' : 'n';
      }
    } else if (code === 0x9ce) {
      open = { consonants: 't', vowel: '', inherent: false, nasal: '' };
      aksharas.push(open);
    }
  }
  const full = aksharas.map((a) => a.consonants + a.vowel + a.nasal).join('');
  if (southern) {
    return [full];
  }
  // The conjunct jñ is spoken gy in Hindi and Nepali.
  const spoken = dropSchwas(aksharas).replaceAll('jn', 'gy');
  const variants = [spoken, spoken.replaceAll('v', 'w'), full];
  if (bengali) {
    const o = spoken.replace(/^([^aeiou]*)a/, '$1o');
    variants.push(o);
  }
  return [...new Set(variants)];
}

/** Ohala's rule, right to left: the inherent vowel is silent at the end, and between single consonants with vowels. */
function dropSchwas(aksharas: readonly Akshara[]): string {
  const kept = aksharas.map((a) => ({ ...a }));
  const last = kept.length - 1;
  if (last > 0 && kept[last]!.inherent && kept[last]!.nasal === '') {
    kept[last]!.vowel = '';
  }
  for (let i = last - 1; i > 0; i--) {
    const here = kept[i]!;
    const before = kept[i - 1]!;
    const after = kept[i + 1]!;
    if (here.inherent && here.nasal === '' && before.vowel !== '' && after.vowel !== '' && before.nasal === '') {
      here.vowel = '';
    }
  }
  return kept.map((a) => a.consonants + a.vowel + a.nasal).join('');
}
