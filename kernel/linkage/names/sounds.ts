/**
 * A romanised name as a string of sounds, one character each, so that spellings of different languages meet:
 * sch, sh, ş and š are one sound; so are kh and x. On it: a coarse consonant skeleton (blocking keys) and a weighted
 * edit distance whose costs say which sounds people and alphabets confuse.
 *
 * Sounds: a e i o u · p b t d k g f v w s z · S sh · Z zh · C ch · J dj · c ts · h · x kh · m n l r y
 */
const RULES: readonly (readonly [RegExp, string])[] = (
  [
    ['shch|stsch|schtsch', 'SC'],
    ['tsch|tch|tsh', 'C'],
    ['sch', 'S'],
    ['dzh|dsch', 'J'],
    ['chh', 'C'],
    ['sz(?=[aeiouy])', 'S'],
    ['cz', 'C'],
    ['zh', 'Z'],
    ['sh', 'S'],
    ['ch', 'C'],
    ['kh|ckh', 'x'],
    ['gh', 'g'],
    ['th|ht', 't'],
    ['ph|hp', 'f'],
    ['dh', 'd'],
    ['bh', 'b'],
    ['jh|dj', 'J'],
    ['hs', 's'],
    ['tz|ts', 'c'],
    ['dz', 'z'],
    ['ck|kk|q|cq', 'k'],
    ['qu', 'k'],
    ['x', 'ks'],
    ['cc(?=[eiy])', 'C'],
    ['c(?=[eiy])', 's'],
    ['c', 'k'],
    ['j', 'J'],
    ['ee', 'i'],
    ['oo|ou', 'u'],
    ['eau|au(?=x$)', 'o'],
    ['aa', 'a'],
    ['y(?![aeiou])', 'i'],
  ] as const
).map(([source, sound]) => [new RegExp(source, 'y'), sound] as const);

/** The rules that can begin with each letter: most letters have none or two. */
const RULES_OF: readonly (readonly (readonly [RegExp, string])[])[] = Array.from({ length: 128 }, (_, code) =>
  RULES.filter(([expression]) => expression.source.split('|').some((option) => option.charCodeAt(0) === code)),
);

/** Sounds of one romanised token (a–z only); doubled letters count once. */
export function toSounds(romanised: string): string {
  let out = '';
  for (let at = 0; at < romanised.length; ) {
    let length = 1;
    let sound = romanised[at]!;
    for (const [expression, result] of RULES_OF[romanised.charCodeAt(at)] ?? []) {
      expression.lastIndex = at;
      const match = expression.exec(romanised);
      if (match) {
        sound = result;
        length = match[0].length;
        break;
      }
    }
    if (out[out.length - 1] !== sound[0]) {
      out += sound;
    } else if (sound.length > 1) {
      out += sound.slice(1);
    }
    at += length;
  }
  return out;
}

const CLASS: Readonly<Record<string, string>> = {
  p: 'P',
  b: 'P',
  f: 'F',
  v: 'F',
  t: 'T',
  d: 'T',
  s: 'S',
  z: 'S',
  c: 'S',
  S: 'S',
  Z: 'S',
  C: 'S',
  J: 'S',
  k: 'K',
  g: 'K',
  x: 'K',
  m: 'M',
  n: 'N',
  l: 'L',
  r: 'R',
};

/**
 * Consonants of a sound string in ten classes, at most `longest`, the initial vowel kept as A; h, y and w are too often
 * dropped or vowels to be kept anywhere but at the start, where w counts as F.
 */
export function skeleton(sounds: string, longest = 6): string {
  let out = '';
  for (let i = 0; i < sounds.length && out.length < longest; i++) {
    const sound = sounds[i]!;
    const letter = CLASS[sound] ?? (i > 0 ? '' : sound === 'w' ? 'F' : sound === 'h' ? 'H' : 'A');
    if (letter !== '' && out[out.length - 1] !== letter) {
      out += letter;
    }
  }
  return out;
}

const SYMBOLS = 'aeioupbtdkgfvwszSZCJchxmnlry';
const CODES = new Uint8Array(128).fill(255);
[...SYMBOLS].forEach((symbol, i) => {
  CODES[symbol.charCodeAt(0)] = i;
});
const SIZE = SYMBOLS.length;
const SUBSTITUTE = new Float32Array(SIZE * SIZE).fill(1.2);
const DROP = new Float32Array(SIZE).fill(1);
{
  const near = (pairs: string, cost: number) => {
    for (const pair of pairs.split(' ')) {
      const a = CODES[pair.charCodeAt(0)]!;
      const b = CODES[pair.charCodeAt(1)]!;
      SUBSTITUTE[a * SIZE + b] = cost;
      SUBSTITUTE[b * SIZE + a] = cost;
    }
  };
  for (let i = 0; i < SIZE; i++) {
    SUBSTITUTE[i * SIZE + i] = 0;
  }
  near('ae ai ao au ei eo eu io iu ou', 0.3);
  near('ei ou ae ao', 0.2);
  near('yi wu', 0.1);
  near('xh JZ cs SZ cC', 0.2);
  near('pb td kg fv sz vw CS CJ JS SZ', 0.3);
  near('xk xg hg Jy Zy Jg ZS ck wo wv pf vb sS st zd zJ zZ Ck Cx uv ov zc', 0.5);
  near('lr mn Cs cZ', 0.7);
  for (const vowel of 'aeiou') {
    DROP[CODES[vowel.charCodeAt(0)]!] = 0.4;
  }
  for (const weak of 'hyw') {
    DROP[CODES[weak.charCodeAt(0)]!] = 0.4;
  }
}
const ABJAD_VOWEL = 0.12;

/** Codes of a sound string for {@link soundSimilarity}. */
export function soundCodes(sounds: string): Uint8Array {
  const out = new Uint8Array(sounds.length);
  let n = 0;
  for (let i = 0; i < sounds.length; i++) {
    const code = CODES[sounds.charCodeAt(i)]!;
    if (code !== 255) {
      out[n++] = code;
    }
  }
  return out.subarray(0, n);
}

const MAX = 48;
const row = new Float32Array(MAX + 1);

/**
 * Similarity of two sound strings, 0..1: one minus the weighted edit cost over half the cost of writing both anew.
 * @param abjad one side comes from a script that does not write short vowels: their absence costs little.
 */
export function soundSimilarity(a: Uint8Array, b: Uint8Array, abjad = false): number {
  const m = Math.min(a.length, MAX);
  const n = Math.min(b.length, MAX);
  if (m === 0 || n === 0) {
    return m === n ? 1 : 0;
  }
  const drop = (code: number) => (abjad && code < 5 ? ABJAD_VOWEL : DROP[code]!);
  let total = 0;
  row[0] = 0;
  for (let j = 1; j <= n; j++) {
    const cost = drop(b[j - 1]!);
    row[j] = row[j - 1]! + cost;
    total += cost;
  }
  for (let i = 1; i <= m; i++) {
    const x = a[i - 1]!;
    const dropX = drop(x);
    total += dropX;
    let diagonal = row[0]!;
    row[0] = diagonal + dropX;
    for (let j = 1; j <= n; j++) {
      const y = b[j - 1]!;
      const above = row[j]!;
      let best = diagonal + SUBSTITUTE[x * SIZE + y]!;
      if (above + dropX < best) {
        best = above + dropX;
      }
      const left = row[j - 1]! + drop(y);
      if (left < best) {
        best = left;
      }
      diagonal = above;
      row[j] = best;
    }
  }
  return Math.max(0, 1 - (2 * row[n]!) / total);
}
