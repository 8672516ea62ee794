/**
 * Distances between strings, over UTF-16 units of what the caller has already normalised. Working arrays are reused:
 * the functions are called hundreds of millions of times.
 */
const LONGEST = 256;
const matchedB = new Uint8Array(LONGEST);
const unitsA = new Uint16Array(LONGEST);
const matchesA = new Uint16Array(LONGEST);
const row = new Uint16Array(LONGEST + 1);
const rowBefore = new Uint16Array(LONGEST + 1);
const rowTwoBefore = new Uint16Array(LONGEST + 1);

/** Jaro similarity, 0..1 (Jaro, 1989). Strings are read to 256 units; two empty strings are equal. */
export function jaro(a: string, b: string): number {
  if (a === b) {
    return 1;
  }
  const m = Math.min(a.length, LONGEST);
  const n = Math.min(b.length, LONGEST);
  if (m === 0 || n === 0) {
    return 0;
  }
  const window = Math.max(0, (Math.max(m, n) >> 1) - 1);
  for (let j = 0; j < n; j++) {
    matchedB[j] = 0;
  }
  let common = 0;
  for (let i = 0; i < m; i++) {
    const unit = a.charCodeAt(i);
    const to = Math.min(n - 1, i + window);
    for (let j = Math.max(0, i - window); j <= to; j++) {
      if (matchedB[j] === 0 && b.charCodeAt(j) === unit) {
        matchedB[j] = 1;
        matchesA[common++] = unit;
        break;
      }
    }
  }
  if (common === 0) {
    return 0;
  }
  let transposed = 0;
  let k = 0;
  for (let j = 0; j < n; j++) {
    if (matchedB[j] === 1 && b.charCodeAt(j) !== matchesA[k++]) {
      transposed++;
    }
  }
  return (common / m + common / n + (common - (transposed >> 1)) / common) / 3;
}

/** Jaro–Winkler similarity, 0..1: Jaro with a bonus of 0.1 a common leading letter, at most 4, above 0.7 (Winkler, 1990). */
export function jaroWinkler(a: string, b: string): number {
  const similarity = jaro(a, b);
  if (similarity <= 0.7) {
    return similarity;
  }
  const limit = Math.min(4, a.length, b.length);
  let prefix = 0;
  while (prefix < limit && a.charCodeAt(prefix) === b.charCodeAt(prefix)) {
    prefix++;
  }
  return similarity + prefix * 0.1 * (1 - similarity);
}

/** Levenshtein distance: insertions, deletions, substitutions. Strings are read to 256 units. */
export function levenshtein(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  const m = Math.min(a.length, LONGEST);
  const n = Math.min(b.length, LONGEST);
  if (m === 0 || n === 0) {
    return Math.max(m, n);
  }
  for (let i = 0; i < m; i++) {
    unitsA[i] = a.charCodeAt(i);
  }
  for (let i = 0; i <= m; i++) {
    row[i] = i;
  }
  for (let j = 1; j <= n; j++) {
    const unit = b.charCodeAt(j - 1);
    let diagonal = row[0]!;
    row[0] = j;
    for (let i = 1; i <= m; i++) {
      const above = row[i]!;
      const cost = unitsA[i - 1] === unit ? diagonal : 1 + Math.min(diagonal, above, row[i - 1]!);
      diagonal = above;
      row[i] = cost;
    }
  }
  return row[m]!;
}

/** Levenshtein distance that counts two neighbours swapped as one edit (optimal string alignment). */
export function damerauLevenshtein(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  const m = Math.min(a.length, LONGEST);
  const n = Math.min(b.length, LONGEST);
  if (m === 0 || n === 0) {
    return Math.max(m, n);
  }
  let now = row;
  let before = rowBefore;
  let twoBefore = rowTwoBefore;
  for (let i = 0; i <= m; i++) {
    now[i] = i;
  }
  for (let j = 1; j <= n; j++) {
    const spare = twoBefore;
    twoBefore = before;
    before = now;
    now = spare;
    const unit = b.charCodeAt(j - 1);
    now[0] = j;
    for (let i = 1; i <= m; i++) {
      const same = a.charCodeAt(i - 1) === unit;
      let cost = same ? before[i - 1]! : 1 + Math.min(before[i - 1]!, before[i]!, now[i - 1]!);
      if (i > 1 && j > 1 && !same && a.charCodeAt(i - 2) === unit && a.charCodeAt(i - 1) === b.charCodeAt(j - 2)) {
        cost = Math.min(cost, twoBefore[i - 2]! + 1);
      }
      now[i] = cost;
    }
  }
  return now[m]!;
}

/** 1 − distance / longer length, 0..1; two empty strings are equal. */
export function levenshteinSimilarity(a: string, b: string): number {
  const longer = Math.min(LONGEST, Math.max(a.length, b.length));
  return longer === 0 ? 1 : 1 - levenshtein(a, b) / longer;
}
