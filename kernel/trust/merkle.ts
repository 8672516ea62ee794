import { invariant } from '../base/invariant.ts';
import { type Bytes, concatBytes, equalBytes, sha256 } from './encoding.ts';

/**
 * Merkle tree of an append-only log (RFC 9162, section 2.1; the hashing of RFC 6962, SHA-256).
 * Proofs are lists of hashes, leaf side first, as the RFC writes them.
 */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array): Promise<Bytes> {
  return sha256(concatBytes(LEAF, leaf));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(concatBytes(NODE, left, right));
}

/**
 * What must be kept to append: the roots of the perfect subtrees the log falls into, largest first; at most one a
 * binary digit of `size`.
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] };

/** A perfect subtree that an append completed: worth storing, since every later proof is made of such. */
export interface CompletedRange {
  readonly start: number;
  readonly size: number;
  readonly root: Bytes;
}

/** Appends one leaf hash; gives the new frontier and each perfect subtree it completed, the leaf itself first. */
export async function append(
  frontier: Frontier,
  leaf: Uint8Array,
): Promise<{ readonly frontier: Frontier; readonly completed: readonly CompletedRange[] }> {
  const roots = [...frontier.roots];
  const end = frontier.size + 1;
  let root = new Uint8Array(leaf) as Bytes;
  const completed: CompletedRange[] = [{ start: frontier.size, size: 1, root }];
  // As in binary counting: each one-bit of the old size carries.
  let carried = frontier.size;
  for (let width = 2; carried % 2 === 1; width *= 2) {
    root = await nodeHash(roots.pop() as Uint8Array, root);
    completed.push({ start: end - width, size: width, root });
    carried = (carried - 1) / 2;
  }
  roots.push(root);
  return { frontier: { size: end, roots }, completed };
}

/** The tree's root; that of the empty tree is the hash of nothing. */
export async function frontierRoot(frontier: Frontier): Promise<Bytes> {
  if (frontier.size === 0) {
    return sha256(new Uint8Array(0));
  }
  let root = frontier.roots.at(-1) as Uint8Array;
  for (let at = frontier.roots.length - 2; at >= 0; at--) {
    root = await nodeHash(frontier.roots[at] as Uint8Array, root);
  }
  return new Uint8Array(root) as Bytes;
}

/** Root of the perfect subtree over leaves `start` to `start + size`; `size` a power of two that divides `start`. */
export type RangeRoot = (start: number, size: number) => Uint8Array | Promise<Uint8Array>;

/** A {@link RangeRoot} that computes from leaf hashes, for logs that store nothing else. */
export function rangeRootFromLeaves(leafAt: (index: number) => Uint8Array | Promise<Uint8Array>): RangeRoot {
  const range = async (start: number, size: number): Promise<Uint8Array> =>
    size === 1 ? leafAt(start) : nodeHash(await range(start, size / 2), await range(start + size / 2, size / 2));
  return range;
}

/** Largest power of two below `n`, for `n` ≥ 2. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) {
    k *= 2;
  }
  return k;
}

async function rootOf(start: number, size: number, range: RangeRoot): Promise<Uint8Array> {
  const k = size === 1 ? 1 : splitPoint(size);
  // A power of two is perfect, and `start` is a multiple of it wherever the recursion comes from zero.
  return size === 1 || size === 2 * k
    ? range(start, size)
    : nodeHash(await range(start, k), await rootOf(start + k, size - k, range));
}

/** The root of the first `size` leaves. */
export async function treeRoot(size: number, range: RangeRoot): Promise<Bytes> {
  return size === 0 ? sha256(new Uint8Array(0)) : (new Uint8Array(await rootOf(0, size, range)) as Bytes);
}

/** PATH(m, D[n]) of RFC 9162, 2.1.3.1: that leaf `index` is in the tree of `size` leaves. */
export async function inclusionProof(index: number, size: number, range: RangeRoot): Promise<Uint8Array[]> {
  invariant(index >= 0 && index < size, 'the leaf is in the tree');
  const proof: Uint8Array[] = [];
  let [start, length] = [0, size];
  while (length > 1) {
    const k = splitPoint(length);
    if (index - start < k) {
      proof.push(await rootOf(start + k, length - k, range));
      length = k;
    } else {
      proof.push(await rootOf(start, k, range));
      start += k;
      length -= k;
    }
  }
  return proof.reverse();
}

/** PROOF(m, D[n]) of RFC 9162, 2.1.4.1: that the tree of `fromSize` leaves is the beginning of that of `toSize`. */
export async function consistencyProof(fromSize: number, toSize: number, range: RangeRoot): Promise<Uint8Array[]> {
  invariant(fromSize >= 0 && fromSize <= toSize, 'the earlier tree is not the larger');
  if (fromSize === 0 || fromSize === toSize) {
    return [];
  }
  const proof: Uint8Array[] = [];
  let [start, length, m] = [0, toSize, fromSize];
  let whole = true;
  while (m < length) {
    const k = splitPoint(length);
    if (m <= k) {
      proof.push(await rootOf(start + k, length - k, range));
      length = k;
    } else {
      proof.push(await rootOf(start, k, range));
      start += k;
      length -= k;
      m -= k;
      whole = false;
    }
  }
  if (!whole) {
    proof.push(await rootOf(start, length, range));
  }
  return proof.reverse();
}

/** RFC 9162, 2.1.3.2. */
export async function verifyInclusion(claim: {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}): Promise<boolean> {
  const { index, size } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return false;
  }
  let [fn, sn] = [index, size - 1];
  let hash: Uint8Array = claim.leaf;
  for (const sibling of claim.proof) {
    if (sn === 0) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        [fn, sn] = [half(fn), half(sn)];
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(hash, claim.root);
}

/** RFC 9162, 2.1.4.2. Every tree is consistent with the empty one. */
export async function verifyConsistency(claim: {
  readonly fromSize: number;
  readonly fromRoot: Uint8Array;
  readonly toSize: number;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): Promise<boolean> {
  const { fromSize, fromRoot, toSize, toRoot } = claim;
  if (!Number.isSafeInteger(fromSize) || !Number.isSafeInteger(toSize) || fromSize < 0 || fromSize > toSize) {
    return false;
  }
  if (fromSize === 0) {
    return claim.proof.length === 0 && equalBytes(fromRoot, await sha256(new Uint8Array(0)));
  }
  if (fromSize === toSize) {
    return claim.proof.length === 0 && equalBytes(fromRoot, toRoot);
  }
  // Where the earlier tree is perfect, its root is the proof's silent first hash.
  const path = isPowerOfTwo(fromSize) ? [fromRoot, ...claim.proof] : [...claim.proof];
  let [fn, sn] = [fromSize - 1, toSize - 1];
  while (fn % 2 === 1) {
    [fn, sn] = [half(fn), half(sn)];
  }
  const first = path.shift();
  if (!first) {
    return false;
  }
  let [fr, sr]: [Uint8Array, Uint8Array] = [first, first];
  for (const hash of path) {
    if (sn === 0) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      fr = await nodeHash(hash, fr);
      sr = await nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        [fn, sn] = [half(fn), half(sn)];
      }
    } else {
      sr = await nodeHash(sr, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(fr, fromRoot) && equalBytes(sr, toRoot);
}

/** Right shift by one, for sizes beyond 32 bits too. */
function half(n: number): number {
  return Math.floor(n / 2);
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n));
}
