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
    facility: input.facility && canonicalText(input.facility),
    history: listText(input.history),
    member: input.member && textOf(input.member),
    policies: listText(input.policies),
    rates: input.rates && canonicalText(input.rates),
    review: input.review && canonicalText(input.review),
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
    text = canonicalText(value);
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

/**
 * Canonical JSON (RFC 8785) of a plain value, with minor units as decimal text, which JSON can say. Made without a copy of
 * the value: half of a batch's own time once went into that.
 * @throws TypeError for what JSON cannot say.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') {
    return `"${value}"`;
  }
  if (typeof value === 'string') {
    return plainText.test(value) ? `"${value}"` : canonicalJson(value);
  }
  if (value === null || typeof value !== 'object') {
    return canonicalJson(value);
  }
  let text = '';
  if (Array.isArray(value)) {
    for (const each of value) {
      text += (text && ',') + canonicalText(each === undefined ? null : each);
    }
    return `[${text}]`;
  }
  const of = value as Record<string, unknown>;
  for (const key of Object.keys(of).sort()) {
    if (of[key] !== undefined) {
      text += `${(text && ',') + canonicalText(key)}:${canonicalText(of[key])}`;
    }
  }
  return `{${text}}`;
}

/** Text that JSON writes as it is. */
const plainText = /^[ !#-[\]-~]*$/;
