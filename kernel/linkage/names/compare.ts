import {
  correspondenceSimilarity,
  foreignSpelling,
  type LearnedScript,
  latinSpelling,
  learnedScript,
  prepareSpelling,
  type Spelling,
} from './correspondence.ts';
import type { NameToken, PreparedName } from './prepare.ts';
import type { Script } from './script.ts';
import { soundCodes, soundSimilarity } from './sounds.ts';

/** Scripts that leave short vowels unwritten. */
const ABJADS: ReadonlySet<Script> = new Set<Script>(['Arab', 'Hebr']);

/** Similarity of two words, 0..1: the best over their spellings. */
export function compareTokens(a: NameToken, b: NameToken): number {
  if (a.text === b.text) {
    return 1;
  }
  if (a.role === 'initial' || b.role === 'initial') {
    const longer = a.forms[0]!.length - b.forms[0]!.length;
    return (longer <= 0 && beginsLike(a, b)) || (longer >= 0 && beginsLike(b, a)) ? 0.8 : 0;
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

/** Whether a spelling of the longer begins with the first letter of the shorter. */
function beginsLike(short: NameToken, long: NameToken): boolean {
  return long.forms.some((form) => form.startsWith(short.forms[0]!.slice(0, 1)));
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
