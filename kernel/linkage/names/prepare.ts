import { romaniseArabic, unify } from './arabic.ts';
import { burmeseSyllables, romaniseBurmese } from './burmese.ts';
import { romaniseChinese } from './chinese.ts';
import type { LearnedScript, Spelling } from './correspondence.ts';
import { romaniseCyrillic } from './cyrillic.ts';
import { romaniseEthiopic } from './ethiopic.ts';
import { romaniseIndic } from './indic.ts';
import { romaniseKhmer } from './khmer.ts';
import { romaniseLao } from './lao.ts';
import { cleanName, foldLatin, splitName } from './normalise.ts';
import {
  romaniseAdlam,
  romaniseArmenian,
  romaniseGeorgian,
  romaniseGreek,
  romaniseHangul,
  romaniseHebrew,
  romaniseKana,
  romaniseNko,
  romaniseTifinagh,
} from './others.ts';
import { ROLE_WEIGHT, type Role, roleOf } from './roles.ts';
import { detectScript, type Script } from './script.ts';
import { skeleton, soundCodes, toSounds } from './sounds.ts';
import { romaniseThai } from './thai.ts';
import { toUnicodeBurmese } from './zawgyi.ts';

/** One word of a name, ready to compare. */
export interface NameToken {
  readonly text: string;
  readonly script: Script;
  readonly role: Role;
  readonly weight: number;
  /** Latin spellings, the likeliest first. */
  readonly forms: readonly string[];
  readonly sounds: readonly Uint8Array[];
  /** Sounds of the likeliest spelling, as text. */
  readonly heard: string;
  readonly keys: readonly string[];
  /** Letters as the learned correspondences read them, filled when first asked for. */
  readonly spellings: Partial<Record<LearnedScript, Spelling>>;
  /** One number a distinct word, for remembering comparisons. */
  readonly serial: number;
}

export interface PreparedName {
  readonly script: Script;
  readonly tokens: readonly NameToken[];
  /** Sounds of the whole name without honorifics and particles, in written and in rotated order. */
  readonly runs: readonly string[];
  /** The same as codes, filled when first asked for. */
  joined: readonly Uint8Array[] | undefined;
}

/** Consonant skeletons of a name's words run together, in written and rotated order. */
export function joinedKeys(name: PreparedName, longest = 10): string[] {
  return [...new Set(name.runs.map((run) => skeleton(run, longest)))];
}

/** Reads a name once, so that it can be compared many times. */
export function prepareName(text: string): PreparedName {
  const clean = cleanName(text.length > 400 ? text.slice(0, 400) : text);
  const script = detectScript(clean);
  const burmese = script === 'Mymr' ? toUnicodeBurmese(clean) : clean;
  const words: { text: string; script: Script; forms: string[] }[] = [];
  for (const token of splitName(burmese)) {
    if (words.length >= 16) {
      break;
    }
    if (token.script === 'Hani') {
      const syllables = romaniseChinese(token.text);
      const characters = [...token.text];
      syllables.forEach((forms, i) => {
        words.push({ text: characters[i] ?? token.text, script: 'Hani', forms });
      });
    } else if (token.script === 'Mymr') {
      const variants = romaniseBurmese(token.text).map((variant) => variant.split(' '));
      const native = burmeseSyllables(token.text);
      native.forEach((_, i) => {
        const forms = [...new Set(variants.map((variant) => variant[i] ?? '').filter((form) => form !== ''))];
        words.push({ text: forms[0] ?? '', script: 'Mymr', forms });
      });
    } else if (token.script === 'Thai' || token.script === 'Laoo') {
      const title = words.length === 0 ? TITLES.exec(token.text)?.[0] : undefined;
      if (title) {
        words.push({ text: title, script: token.script, forms: romaniseToken(title, token.script) });
      }
      const text = token.text.slice(title?.length ?? 0);
      words.push({ text, script: token.script, forms: romaniseToken(text, token.script) });
    } else if (token.script === 'Latn' && SHORT_MUHAMMAD.test(token.text)) {
      words.push({ text: token.text, script: 'Latn', forms: ['muhammad', 'mohammad', token.text] });
    } else if (token.script === 'Beng' && /^(?:মো|মোঃ|মোহা)$/u.test(token.text)) {
      words.push({ text: token.text, script: 'Beng', forms: ['mohammad', 'muhammad', 'md'] });
    } else {
      const text = token.script === 'Arab' ? unify(token.text) : token.text;
      const article = token.script === 'Arab' && /^ال..../u.test(text) ? text.slice(2) : undefined;
      if (article !== undefined && article !== 'له') {
        words.push({ text: 'al', script: 'Latn', forms: ['al'] });
        words.push({ text: article, script: 'Arab', forms: romaniseToken(article, 'Arab') });
      } else {
        words.push({ text, script: token.script, forms: romaniseToken(token.text, token.script) });
      }
    }
  }
  const readable = words.filter((word) => word.forms.length > 0 && word.forms[0] !== '');
  const tokens = readable.map((word, i): NameToken => {
    const role = roleOf(word.text, i, readable.length, word.script);
    return { text: word.text, script: word.script, role, weight: ROLE_WEIGHT[role], ...readWord(word) };
  });
  const strong = tokens.filter((token) => token.weight >= 0.3).map((token) => token.heard);
  const orders = new Set<string>();
  if (strong.length > 0) {
    orders.add(runTogether(strong));
    orders.add(runTogether([...strong.slice(1), strong[0]!]));
    orders.add(runTogether([strong[strong.length - 1]!, ...strong.slice(0, -1)]));
  }
  const joined = [...orders];
  return {
    script,
    tokens,
    runs: joined,
    joined: undefined,
  };
}

type ReadWord = Pick<NameToken, 'forms' | 'sounds' | 'heard' | 'keys' | 'spellings' | 'serial'>;

/** Words come back: a register's names are made of some ten thousand. What is read of a word depends on it alone. */
const readWords = new Map<string, ReadWord>();
const READ_WORDS_MAX = 50_000;
let lastSerial = 0;

function readWord({ text, script, forms }: { text: string; script: Script; forms: readonly string[] }): ReadWord {
  const key = `${script}${text}|${forms.join('|')}`;
  let read = readWords.get(key);
  if (!read) {
    const sounds = [...new Set(forms.map(toSounds))];
    read = {
      forms,
      sounds: sounds.map(soundCodes),
      heard: sounds[0] ?? '',
      keys: tokenKeys(forms, sounds, script),
      spellings: {},
      serial: ++lastSerial,
    };
    if (readWords.size >= READ_WORDS_MAX) {
      readWords.clear();
    }
    readWords.set(key, read);
  }
  return read;
}

/** One string of sounds; a sound that ends one word and begins the next counts once, as inside a word. */
function runTogether(sounds: readonly string[]): string {
  return sounds.reduce((all, own) => (all !== '' && all.at(-1) === own[0] ? all + own.slice(1) : all + own), '');
}

/** Titles Thai and Lao write without a space before the name. */
const TITLES = /^(?:นางสาว|เด็กชาย|เด็กหญิง|นาย|นาง|ທ້າວ|ທ່ານ|ນາງ)(?=[ก-ฮเแโใไກ-ຮເແໂໃໄໜໝ].)/u;
/** The abbreviations of Muhammad on South Asian and Malay papers. */
const SHORT_MUHAMMAD = /^(?:md|mohd|muhd|mhd)$/;

const romanised = new Map<string, string[]>();

function romaniseToken(text: string, script: Script): string[] {
  const key = `${script}${text}`;
  let forms = romanised.get(key);
  if (!forms) {
    forms = romaniseAnew(text, script);
    if (romanised.size >= READ_WORDS_MAX) {
      romanised.clear();
    }
    romanised.set(key, forms);
  }
  return forms;
}

function romaniseAnew(text: string, script: Script): string[] {
  switch (script) {
    case 'Latn':
      return foldLatin(text);
    case 'Cyrl':
      return romaniseCyrillic(
        text
          .normalize('NFD')
          .replace(/[\u0300\u0301]/gu, '')
          .normalize('NFC'),
      );
    case 'Arab':
      return romaniseArabic(text);
    case 'Thai':
      return romaniseThai(text);
    case 'Laoo':
      return romaniseLao(text);
    case 'Khmr':
      return romaniseKhmer(text);
    case 'Mymr':
      return romaniseBurmese(text);
    case 'Deva':
    case 'Beng':
    case 'Indic':
      return romaniseIndic(text);
    case 'Ethi':
      return romaniseEthiopic(text);
    case 'Grek':
      return romaniseGreek(text);
    case 'Armn':
      return romaniseArmenian(text);
    case 'Geor':
      return romaniseGeorgian(text);
    case 'Hebr':
      return romaniseHebrew(text);
    case 'Hang':
      return romaniseHangul(text);
    case 'Kana':
      return romaniseKana(text);
    case 'Tfng':
      return romaniseTifinagh(text);
    case 'Nkoo':
      return romaniseNko(text);
    case 'Adlm':
      return romaniseAdlam(text);
    default:
      return [];
  }
}

/** Letters that two languages read differently give a second key. */
function tokenKeys(forms: readonly string[], sounds: readonly string[], script: Script): string[] {
  const keys = new Set(sounds.map((own) => skeleton(own)));
  if (script === 'Latn') {
    const form = forms[0]!;
    const add = (pattern: RegExp, replacement: string) => {
      if (pattern.test(form)) {
        keys.add(skeleton(toSounds(form.replace(pattern, replacement))));
      }
    };
    add(/j/g, 'y');
    add(/^w/g, 'u');
    add(/(?<=.)w/g, 'v');
    add(/ch/g, 'k');
    add(/c(?=[eiy])/g, 'ch');
    add(/g(?=[eiy])/g, 'j');
    add(/^h/g, '');
    add(/^h/g, 'g');
    add(/^kh/g, 'h');
    add(/th/g, 's');
    add(/gh/g, '');
  } else {
    for (const form of forms) {
      if (form.startsWith('kh')) {
        keys.add(skeleton(toSounds(form.slice(1))));
      }
    }
  }
  keys.delete('');
  return [...keys].slice(0, 6);
}
