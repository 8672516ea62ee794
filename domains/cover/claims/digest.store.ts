import { createHash } from 'node:crypto';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { AdjudicationInput } from './adjudication.ts';

/**
 * A fingerprint of all that was judged from: SHA-256 of its canonical JSON, Base64url. Schemes are told by a digest of their
 * own. What many claims share (schemes, policies, members, the lines that passed) is written once and not again.
 */
export function digestOfInput(input: AdjudicationInput): string {
  const parts: Record<string, string | undefined> = {
    claim: textOf(input.claim),
    facility: input.facility && canonicalJson(input.facility),
    history: listText(input.history),
    member: input.member && textOf(input.member),
    policies: listText(input.policies),
    rates: input.rates && canonicalJson(input.rates),
    review: input.review && canonicalJson(plain(input.review)),
    schemes: `[${input.schemes.map((scheme) => `"${schemeDigest(scheme)}"`).join(',')}]`,
  };
  const members = Object.entries(parts).flatMap(([key, text]) => (text === undefined ? [] : [`"${key}":${text}`]));
  return digest(`{${members.join(',')}}`);
}

const texts = new WeakMap<object, string>();

/** Of a value that does not change once it was read. */
function textOf(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = canonicalJson(plain(value));
    texts.set(value, text);
  }
  return text;
}

function listText(values: readonly object[]): string {
  return `[${values.map(textOf).join(',')}]`;
}

const digests = new WeakMap<object, string>();

function schemeDigest(scheme: object): string {
  let found = digests.get(scheme);
  if (found === undefined) {
    found = digestOf(scheme);
    digests.set(scheme, found);
  }
  return found;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** SHA-256 of the canonical JSON of a plain value, Base64url. */
export function digestOf(value: unknown): string {
  return digest(canonicalJson(value));
}

/** Minor units as decimal text, which JSON can say. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}
