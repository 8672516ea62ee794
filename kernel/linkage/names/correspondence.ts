import { unify } from './arabic.ts';
import { CORRESPONDENCES } from './correspondence.generated.ts';
import { cleanName, foldLatin } from './normalise.ts';
import type { Script } from './script.ts';

/**
 * How likely a Latin spelling and a Cyrillic or Arabic one are the same name: a log-likelihood ratio against two names
 * drawn apart, summed over every way to align their letters. Learned from pairs of names, so it knows what rules of
 * romanisation do not: that ش is also ch in French names, that Hugh is Хью and h often г.
 */
export type LearnedScript = keyof typeof CORRESPONDENCES;

/** A name's letters as the model reads them, its substrings looked up once. */
export interface Spelling {
  readonly length: number;
  /** Number of the chunk of each start and length: `start * 5 + length`, −1 where the model knows none. */
  readonly chunks: Int16Array;
  /** Bits of the letters drawn one by one. */
  readonly bits: number;
  /** Whether training saw every letter; a name with another language's letters is none of the model's business. */
  readonly known: boolean;
}

const LATIN_MOST = 4;
const FOREIGN_MOST = 2;
const STRIDE = 5;
/** Probability of a chunk of one letter that training never saw. */
const UNSEEN = 2e-6;
const UNSEEN_LETTER_BITS = 14;

export function latinSpelling(token: string): string {
  const folded = foldLatin(cleanName(token).replace(/[^\p{L}\p{M}]/gu, ''))[0] ?? '';
  return folded === '' ? '' : `^${folded}$`;
}

export function foreignSpelling(token: string, script: LearnedScript): string {
  const clean = cleanName(token);
  const letters =
    script === 'Arab'
      ? unify(clean)
      : clean
          .normalize('NFD')
          .replace(/[\u0300\u0301]/gu, '')
          .normalize('NFC');
  const kept = letters.replace(/[^\p{L}]/gu, '');
  return kept === '' ? '' : `^${kept}$`;
}

interface Model {
  readonly latinChunks: ReadonlyMap<string, number>;
  readonly foreignChunks: ReadonlyMap<string, number>;
  /** Probability of a Latin chunk beside a foreign one, row a Latin chunk; chunk 0 is the empty one. */
  readonly table: Float64Array;
  readonly width: number;
  readonly latinBits: ReadonlyMap<string, number>;
  readonly foreignBits: ReadonlyMap<string, number>;
}

const models = new Map<LearnedScript, Model>();

function modelOf(script: LearnedScript): Model {
  const known = models.get(script);
  if (known) {
    return known;
  }
  const source = CORRESPONDENCES[script];
  const latinChunks = new Map<string, number>([['', 0]]);
  const foreignChunks = new Map<string, number>([['', 0]]);
  const number = (chunks: Map<string, number>, chunk: string) => {
    let at = chunks.get(chunk);
    if (at === undefined) {
      at = chunks.size;
      chunks.set(chunk, at);
    }
    return at;
  };
  const latinBits = readBits(source.latin);
  const foreignBits = readBits(source.foreign);
  const entries = [...readBits(source.chunks)].map(([key, bits]) => {
    const [latin, foreign] = key.split('|') as [string, string];
    return [number(latinChunks, latin), number(foreignChunks, foreign), 2 ** -bits] as const;
  });
  // Single letters are known even where no chunk of the model holds them alone.
  for (const letter of latinBits.keys()) {
    number(latinChunks, letter);
  }
  for (const letter of foreignBits.keys()) {
    number(foreignChunks, letter);
  }
  const width = foreignChunks.size;
  const table = new Float64Array(latinChunks.size * width);
  for (const [latin, row] of latinChunks) {
    for (const [foreign, column] of foreignChunks) {
      if (latin.length <= 1 && foreign.length <= 1 && latin.length + foreign.length > 0) {
        table[row * width + column] = UNSEEN;
      }
    }
  }
  for (const [row, column, probability] of entries) {
    table[row * width + column] = probability;
  }
  const model = { latinChunks, foreignChunks, table, width, latinBits, foreignBits };
  models.set(script, model);
  return model;
}

function readBits(text: string): Map<string, number> {
  return new Map(
    text.split(' ').map((entry) => {
      const at = entry.lastIndexOf('=');
      return [entry.slice(0, at), Number(entry.slice(at + 1))];
    }),
  );
}

/** Looks a spelling's chunks up, for one side of the model of `script`. */
export function prepareSpelling(text: string, script: LearnedScript, side: 'latin' | 'foreign'): Spelling {
  const model = modelOf(script);
  const [known, letterBits, most] =
    side === 'latin'
      ? [model.latinChunks, model.latinBits, LATIN_MOST]
      : [model.foreignChunks, model.foreignBits, FOREIGN_MOST];
  const capped = text.slice(0, 40);
  const chunks = new Int16Array((capped.length + 1) * STRIDE).fill(-1);
  for (let start = 0; start <= capped.length; start++) {
    for (let length = 0; length <= most && start + length <= capped.length; length++) {
      chunks[start * STRIDE + length] = known.get(capped.slice(start, start + length)) ?? -1;
    }
  }
  let bits = 0;
  for (const letter of capped) {
    bits += letterBits.get(letter) ?? UNSEEN_LETTER_BITS;
  }
  return { length: capped.length, chunks, bits, known: [...capped].every((letter) => letterBits.has(letter)) };
}

let forward = new Float64Array(1024);

/** Bits by which the pair is likelier as one name than as two: log2 of the ratio. */
export function correspondenceBits(latin: Spelling, foreign: Spelling, script: LearnedScript): number {
  const { table, width } = modelOf(script);
  const n = foreign.length + 1;
  const cells = (latin.length + 1) * n;
  if (forward.length < cells) {
    forward = new Float64Array(cells * 2);
  }
  forward.fill(0, 0, cells);
  forward[0] = 1;
  for (let i = 0; i <= latin.length; i++) {
    for (let j = 0; j < n; j++) {
      const here = forward[i * n + j]!;
      if (here === 0) {
        continue;
      }
      for (let l = 0; l <= LATIN_MOST && i + l <= latin.length; l++) {
        const row = latin.chunks[i * STRIDE + l]!;
        if (row < 0) {
          continue;
        }
        for (let f = l === 0 ? 1 : 0; f <= FOREIGN_MOST && j + f < n; f++) {
          const column = foreign.chunks[j * STRIDE + f]!;
          if (column >= 0) {
            const probability = table[row * width + column]!;
            if (probability > 0) {
              forward[(i + l) * n + j + f]! += here * probability;
            }
          }
        }
      }
    }
  }
  const joint = forward[cells - 1]!;
  return (joint > 0 ? Math.log2(joint) : -200) + latin.bits + foreign.bits;
}

/** The ratio is divided by the letters plus these, so that short names need more a letter. */
const LETTERS_ADDED = 14;
/** What likeness by sound adds to the evidence per letter. */
const SOUND_ADDS = 0.5;
/**
 * Evidence at which one pair in some 3,300 (Cyrillic) or 12,500 (Arabic) drawn at random from different people is taken
 * for one name: the rates of the baseline in docs/models/linkage-names.md.
 */
const AT_85: Readonly<Record<LearnedScript, number>> = { Cyrl: 0.82, Arab: 1.07 };

/**
 * The ratio, with the likeness by sound, as a similarity 0..1: 0.85 at the rates above, towards 0.99.
 * Undefined where a letter is unknown to the model.
 */
export function correspondenceSimilarity(
  latin: Spelling,
  foreign: Spelling,
  script: LearnedScript,
  sound: number,
): number | undefined {
  if (!latin.known || !foreign.known) {
    return undefined;
  }
  const perLetter = correspondenceBits(latin, foreign, script) / (latin.length + foreign.length + LETTERS_ADDED);
  const evidence = perLetter + SOUND_ADDS * sound;
  const at = AT_85[script];
  if (evidence <= 0) {
    return Math.max(0, 0.4 + 0.4 * evidence);
  }
  return evidence < at ? 0.4 + (0.45 * evidence) / at : 0.99 - 0.14 * Math.exp((at - evidence) / 0.2);
}

export function learnedScript(script: Script): LearnedScript | undefined {
  return script === 'Cyrl' || script === 'Arab' ? script : undefined;
}
