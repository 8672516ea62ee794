import { canonicalJson } from './canonical.ts';
import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromUtf8,
  type RandomBytes,
  sha256,
  toBase64Url,
  utf8,
} from './encoding.ts';
import { leafHash } from './merkle.ts';

/**
 * Leaves of the evidence log. What anyone may read (`public`) stands in the leaf; what concerns a person (`sealed`) is
 * only committed to, under a salt. Erase the sealed part and its salt, and the leaf still proves that something was
 * disclosed, when, to which class of recipient and under which clause, while nobody can tell any more of whom.
 */

/** What a leaf says openly. */
export interface LeafContent {
  /** `disclosure`, `decision`, `received`, `break-glass`, … */
  readonly kind: string;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
  /** No personal data: recipient country and class, purpose, clause, outcome, categories. */
  readonly public: Readonly<Record<string, unknown>>;
  /** Base64url of SHA-256(salt ‖ canonical JSON of what is sealed). */
  readonly commitment: string;
}

const SALT_BYTES = 32;

/** A fresh salt, Base64url: keep it beside the sealed part, erase it with it. */
export function newSalt(random: RandomBytes): string {
  return toBase64Url(random(SALT_BYTES));
}

/** SHA-256(salt ‖ canonical JSON), Base64url. A salt of 32 bytes: guessing the sealed part gains nothing without it. */
export async function commit(sealed: unknown, salt: string): Promise<string> {
  const bytes = fromBase64Url(salt);
  if (bytes?.length !== SALT_BYTES) {
    throw new TypeError(`A salt is ${SALT_BYTES} bytes in Base64url`);
  }
  return toBase64Url(await sha256(concatBytes(bytes, utf8(canonicalJson(sealed)))));
}

/** Whether `sealed` and `salt` are what a leaf committed to. */
export async function opensCommitment(commitment: string, sealed: unknown, salt: string): Promise<boolean> {
  const expected = fromBase64Url(commitment);
  const actual = fromBase64Url(salt)?.length === SALT_BYTES ? fromBase64Url(await commit(sealed, salt)) : undefined;
  return expected !== undefined && actual !== undefined && equalBytes(expected, actual);
}

/** The bytes of a leaf: canonical JSON of its four members, no others. */
export function leafBytes(content: LeafContent): Bytes {
  const { kind, at, public: open, commitment } = content;
  return utf8(canonicalJson({ kind, at, public: open, commitment }));
}

/** What a leaf says; undefined unless the bytes are exactly those {@link leafBytes} makes of it. */
export function readLeaf(bytes: Uint8Array): LeafContent | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    const content = value as LeafContent;
    const isLeaf =
      typeof value === 'object' &&
      value !== null &&
      typeof content.kind === 'string' &&
      typeof content.at === 'string' &&
      typeof content.public === 'object' &&
      content.public !== null &&
      typeof content.commitment === 'string';
    return isLeaf && equalBytes(leafBytes(content), bytes) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** The hash that goes into the tree. */
export function disclosureLeafHash(content: LeafContent): Promise<Bytes> {
  return leafHash(leafBytes(content));
}
