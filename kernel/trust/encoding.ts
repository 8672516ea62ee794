/** Bytes, texts and hashes, strictly: one value has one spelling, so that a changed character is always noticed. */

/** Bytes over a plain buffer, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Where salts, nonces and identifiers come from: `length` bytes of the platform's cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** @throws TypeError when `bytes` is not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes);
}

/** A view over a plain `ArrayBuffer`, copied only where it must be. */
export function asBytes(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : (new Uint8Array(bytes) as Bytes);
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) {
    return false;
  }
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    difference |= (a[i] as number) ^ (b[i] as number);
  }
  return difference === 0;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Undefined when `text` is not an even number of hexadecimal digits. */
export function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})*$/i.test(text)) {
    return undefined;
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlSafe = `${standard.slice(0, 62)}-_`;
const PADDING = 0x3d;
const NOT_A_DIGIT = 0xff;

function digitsOf(alphabet: string): { readonly codes: Uint8Array; readonly values: Uint8Array } {
  const codes = Uint8Array.from(alphabet, (character) => character.charCodeAt(0));
  const values = new Uint8Array(256).fill(NOT_A_DIGIT);
  for (const [value, code] of codes.entries()) {
    values[code] = value;
  }
  return { codes, values };
}

const STANDARD = digitsOf(standard);
const URL_SAFE = digitsOf(urlSafe);
const ascii = new TextDecoder();

// By hand, because documents of half a megabyte cross here and `atob` gives a string to walk once more.
function encode(bytes: Uint8Array, { codes }: typeof STANDARD, padded: boolean): string {
  const rest = bytes.length % 3;
  const whole = bytes.length - rest;
  const text = new Uint8Array((whole / 3) * 4 + (rest === 0 ? 0 : padded ? 4 : rest + 1));
  let to = 0;
  for (let at = 0; at < whole; at += 3) {
    const triple = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text[to++] = codes[triple >> 18]!;
    text[to++] = codes[(triple >> 12) & 63]!;
    text[to++] = codes[(triple >> 6) & 63]!;
    text[to++] = codes[triple & 63]!;
  }
  if (rest > 0) {
    const last = (bytes[whole]! << 16) | (rest === 2 ? bytes[whole + 1]! << 8 : 0);
    text[to++] = codes[last >> 18]!;
    text[to++] = codes[(last >> 12) & 63]!;
    if (rest === 2) {
      text[to++] = codes[(last >> 6) & 63]!;
    }
    text.fill(PADDING, to);
  }
  return ascii.decode(text);
}

/** Strict: every character a digit, no bits left over, so that bytes have one spelling. */
function decode(digits: string, { values }: typeof STANDARD): Bytes | undefined {
  const rest = digits.length % 4;
  if (rest === 1) {
    return undefined;
  }
  const whole = digits.length - rest;
  const bytes = new Uint8Array((whole / 4) * 3 + (rest === 0 ? 0 : rest - 1));
  const valueAt = (at: number) => {
    const code = digits.charCodeAt(at);
    return code < 256 ? values[code]! : NOT_A_DIGIT;
  };
  let to = 0;
  let seen = 0;
  for (let at = 0; at < whole; at += 4) {
    const [a, b, c, d] = [valueAt(at), valueAt(at + 1), valueAt(at + 2), valueAt(at + 3)] as const;
    seen |= a | b | c | d;
    bytes[to++] = (a << 2) | (b >> 4);
    bytes[to++] = (b << 4) | (c >> 2);
    bytes[to++] = (c << 6) | d;
  }
  if (rest > 0) {
    const [a, b, c] = [valueAt(whole), valueAt(whole + 1), rest === 3 ? valueAt(whole + 2) : 0] as const;
    seen |= a | b | c;
    bytes[to++] = (a << 2) | (b >> 4);
    if (rest === 3) {
      bytes[to++] = (b << 4) | (c >> 2);
    }
    if (((rest === 3 ? c << 6 : b << 4) & 0xff) !== 0) {
      return undefined;
    }
  }
  return seen > 63 ? undefined : bytes;
}

export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, STANDARD, true);
}

/** Undefined unless `text` is the one padded Base64 spelling of its bytes. */
export function fromBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0) {
    return undefined;
  }
  return decode(text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text, STANDARD);
}

export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE, false);
}

/** Undefined unless `text` is the one unpadded Base64url spelling of its bytes (RFC 7515, appendix C). */
export function fromBase64Url(text: string): Bytes | undefined {
  return decode(text, URL_SAFE);
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', asBytes(bytes)));
}

/** SHA-256 of a text's UTF-8 bytes, Base64url. */
export async function digestText(text: string): Promise<string> {
  return toBase64Url(await sha256(utf8(text)));
}
