/**
 * A 64-bit hash of search values. Every exact-match parameter of a resource becomes one signed 64-bit number, so that
 * one array column under one inverted index answers them all.
 *
 * Two 32-bit lanes over UTF-16 units with multiply–xorshift mixing and a cross-lane finish (after cyrb53 by bryc,
 * public domain, keeping all 64 bits). Not a cryptographic hash: someone who crafts values can make two collide,
 * and then sees only a resource they may see anyway, since every row is verified after it is found.
 */

/** The state after a prefix, so that a parameter's name is hashed once and its values many times. */
export interface HashPrefix {
  readonly high: number;
  readonly low: number;
}

const SEED_HIGH = 0xdeadbeef;
const SEED_LOW = 0x41c6ce57;

export function hashPrefix(text: string): HashPrefix {
  let high = SEED_HIGH;
  let low = SEED_LOW;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return { high, low };
}

/** Signed 64-bit hash of prefix + value, in decimal (what PostgreSQL's `bigint` reads). */
export function hashValue(prefix: HashPrefix, value: string): string {
  let high = prefix.high;
  let low = prefix.low;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return ((BigInt(high | 0) << 32n) | BigInt(low >>> 0)).toString();
}

/** Hash of a parameter's value: `Type:param=value`. */
export function hashToken(resourceType: string, code: string, value: string): string {
  return hashValue(hashPrefix(`${resourceType}:${code}=`), value);
}

/** Marks that a resource has any value for the parameter; its absence answers `:missing=true`. */
export function hashPresence(resourceType: string, code: string): string {
  return hashValue(hashPrefix(`${resourceType}:${code}?`), '');
}
