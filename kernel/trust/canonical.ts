import { digestText } from './encoding.ts';

/**
 * Canonical JSON (RFC 8785, JCS) of plain JSON values: members sorted by UTF-16 code units, no white space,
 * numbers and strings as ECMAScript prints them. Members that are `undefined` are left out, as `JSON.stringify` does.
 *
 * @throws TypeError for what JSON cannot say: a number that is not finite, a bigint, a function, a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw new TypeError('Canonical JSON has no number that is not finite');
    }
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) {
      throw new TypeError('Canonical JSON has no lone surrogate');
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`Canonical JSON has no ${typeof value}`);
}

/** SHA-256 of the canonical JSON of `value`, Base64url. The same value gives the same digest on every node. */
export function canonicalDigest(value: unknown): Promise<string> {
  return digestText(canonicalJson(value));
}
