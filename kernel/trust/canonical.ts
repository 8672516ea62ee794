import { digestText } from './encoding.ts';

/**
 * Canonical JSON (RFC 8785, JCS) of plain JSON values: members sorted by UTF-16 code units, no white space,
 * numbers and strings as ECMAScript prints them. Members that are `undefined` are left out, as `JSON.stringify` does.
 *
 * @throws TypeError for what JSON cannot say: a number that is not finite, a bigint, a function, a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) {
        throw new TypeError('Canonical JSON has no number that is not finite');
      }
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? list(value) : members(value as Record<string, unknown>);
    default:
      throw new TypeError(`Canonical JSON has no ${typeof value}`);
  }
}

// Concatenation rather than map and join: documents of half a megabyte are digested while someone waits.
function list(values: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    text += (i === 0 ? '' : ',') + canonicalJson(values[i] === undefined ? null : values[i]);
  }
  return `${text}]`;
}

function members(value: Record<string, unknown>): string {
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) {
      text += `${(text.length === 1 ? '' : ',') + quoted(key)}:${canonicalJson(member)}`;
    }
  }
  return `${text}}`;
}

function quoted(text: string): string {
  if (!text.isWellFormed()) {
    throw new TypeError('Canonical JSON has no lone surrogate');
  }
  return JSON.stringify(text);
}

/** SHA-256 of the canonical JSON of `value`, Base64url. The same value gives the same digest on every node. */
export function canonicalDigest(value: unknown): Promise<string> {
  return digestText(canonicalJson(value));
}
