import { romaniseArabic, unify } from './arabic.ts';
import { burmeseSyllables, romaniseBurmese } from './burmese.ts';
import { romaniseChinese } from './chinese.ts';
import {
  correspondenceSimilarity,
  foreignSpelling,
  type LearnedScript,
  latinSpelling,
  learnedScript,
  prepareSpelling,
  type Spelling,
} from './correspondence.ts';
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
import { skeleton, soundCodes, soundSimilarity, toSounds } from './sounds.ts';
import { romaniseThai } from './thai.ts';
import { toUnicodeBurmese } from './zawgyi.ts';

export interface NameKeys {
  readonly script: Script;
  /** Whole-name spellings in Latin letters a–z and spaces, the likeliest first. */
  readonly romanised: readonly string[];
  /** Consonant skeletons of the name's words, for an index: two spellings of one name share at least one, mostly. */
  readonly keys: readonly string[];
}

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

/** Script, romanisations and index keys of a name in any script. */
export function nameKeys(text: string): NameKeys {
  const name = prepareName(text);
  const width = Math.min(6, Math.max(1, ...name.tokens.map((token) => token.forms.length)));
  const romanised = new Set<string>();
  for (let i = 0; i < width; i++) {
    romanised.add(name.tokens.map((token) => token.forms[Math.min(i, token.forms.length - 1)]).join(' '));
  }
  romanised.delete('');
  const keys = new Set(name.tokens.filter((token) => token.weight >= 0.3).flatMap((token) => token.keys));
  // Words run together too: a script without spaces, or a clerk, may have joined or parted them.
  for (const joined of name.tokens.length > 1 ? joinedKeys(name, 6) : []) {
    keys.add(joined);
  }
  keys.delete('');
  return { script: name.script, romanised: [...romanised], keys: [...keys] };
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

/** How alike two names are, 0..1, whatever their scripts, spelling, order of words and honorifics. Symmetric. */
export function compareNames(a: string, b: string): number {
  return comparePrepared(prepareName(a), prepareName(b));
}

/** Scripts that leave short vowels unwritten. */
const ABJADS: ReadonlySet<Script> = new Set<Script>(['Arab', 'Hebr']);

/** Similarity of two words, 0..1: the best over their spellings. */
export function compareTokens(a: NameToken, b: NameToken): number {
  if (a.text === b.text) {
    return 1;
  }
  if (a.role === 'initial' || b.role === 'initial') {
    const [short, long] = a.forms[0]!.length <= b.forms[0]!.length ? [a, b] : [b, a];
    return long.forms.some((form) => form.startsWith(short.forms[0]!.slice(0, 1))) ? 0.8 : 0;
  }
  // Candidates of one search share most of their words.
  const [low, high] = a.serial < b.serial ? [a.serial, b.serial] : [b.serial, a.serial];
  const pair = low * 0x400_0000 + high;
  let similarity = comparedWords.get(pair);
  if (similarity === undefined) {
    similarity = compareWords(a, b);
    if (comparedWords.size >= COMPARED_WORDS_MAX) {
      comparedWords.clear();
    }
    comparedWords.set(pair, similarity);
  }
  return similarity;
}

const comparedWords = new Map<number, number>();
const COMPARED_WORDS_MAX = 200_000;

function compareWords(a: NameToken, b: NameToken): number {
  const abjad = ABJADS.has(a.script) !== ABJADS.has(b.script);
  let best = 0;
  for (const x of a.sounds) {
    for (const y of b.sounds) {
      const similarity = soundSimilarity(x, y, abjad);
      if (similarity > best) {
        best = similarity;
      }
    }
  }
  const script =
    a.script === 'Latn' ? learnedScript(b.script) : b.script === 'Latn' ? learnedScript(a.script) : undefined;
  if (script && best >= WORTH_LEARNED) {
    const [latin, foreign] = a.script === 'Latn' ? [a, b] : [b, a];
    const learned = correspondenceSimilarity(spellingOf(latin, script), spellingOf(foreign, script), script, best);
    best = learned === undefined ? best : Math.max(learned, soundsTheSame(best, latin, foreign) ? 0.9 : 0);
  }
  // Only identical writing is certain.
  return Math.min(best, 0.99);
}

/** Below this likeness by sound no learned correspondence makes two words one. */
const WORTH_LEARNED = 0.3;

/** A word that a romanisation spells letter for letter, or a longer one that sounds the same, needs no statistics. */
function soundsTheSame(sound: number, latin: NameToken, foreign: NameToken): boolean {
  const spelled = latin.text.length >= 4 && foreign.forms.includes(latin.forms[0]!);
  return spelled || (sound >= 0.985 && latin.sounds[0]!.length >= 5);
}

function joinedSounds(name: PreparedName): readonly Uint8Array[] {
  name.joined ??= name.runs.length > 0 ? name.runs.map(soundCodes) : [new Uint8Array(0)];
  return name.joined;
}

function spellingOf(token: NameToken, script: LearnedScript): Spelling {
  let spelling = token.spellings[script];
  if (!spelling) {
    spelling =
      token.script === 'Latn'
        ? prepareSpelling(latinSpelling(token.text), script, 'latin')
        : prepareSpelling(foreignSpelling(token.text, script), script, 'foreign');
    token.spellings[script] = spelling;
  }
  return spelling;
}

/** Similarity of two prepared names, 0..1. */
export function comparePrepared(a: PreparedName, b: PreparedName): number {
  if (a.tokens.length === 0 || b.tokens.length === 0) {
    return 0;
  }
  const pairs: { i: number; j: number; similarity: number }[] = [];
  a.tokens.forEach((x, i) => {
    b.tokens.forEach((y, j) => {
      const similarity = compareTokens(x, y);
      if (similarity > 0.5) {
        pairs.push({ i, j, similarity });
      }
    });
  });
  pairs.sort((x, y) => y.similarity - x.similarity || x.i - y.i || x.j - y.j);
  const takenA = new Set<number>();
  const takenB = new Set<number>();
  let agreed = 0;
  let weights = 0;
  for (const { i, j, similarity } of pairs) {
    if (takenA.has(i) || takenB.has(j)) {
      continue;
    }
    takenA.add(i);
    takenB.add(j);
    const weight = Math.min(a.tokens[i]!.weight, b.tokens[j]!.weight);
    agreed += weight * similarity;
    weights += weight;
  }
  const left = (name: PreparedName, taken: ReadonlySet<number>) =>
    name.tokens.reduce((sum, token, i) => sum + (taken.has(i) ? 0 : token.weight), 0);
  const leftA = left(a, takenA);
  const leftB = left(b, takenB);
  // Words that only one side has are missing, not contradicted; words that both have left over contradict.
  const contradicted = Math.min(leftA, leftB);
  const missing = Math.abs(leftA - leftB);
  const aligned = weights === 0 ? 0 : agreed / (weights + contradicted + 0.35 * missing);
  if (a.tokens.length === 1 && b.tokens.length === 1) {
    return aligned;
  }
  // Words run together tell something only where word by word neither settled it nor found nothing in common.
  if (aligned >= 0.95 || (aligned < 0.25 && a.tokens.length === b.tokens.length)) {
    return aligned;
  }
  const abjad = ABJADS.has(a.script) !== ABJADS.has(b.script);
  const [runsA, runsB] = [joinedSounds(a), joinedSounds(b)];
  let whole = 0;
  for (const y of runsB) {
    whole = Math.max(whole, soundSimilarity(runsA[0]!, y, abjad));
  }
  for (const x of runsA.slice(1)) {
    whole = Math.max(whole, soundSimilarity(x, runsB[0]!, abjad));
  }
  return Math.max(aligned, Math.min(whole, 0.99));
}
