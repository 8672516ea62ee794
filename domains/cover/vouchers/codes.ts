/**
 * Codes people read, write and say: Crockford's Base32 (no I, L, O, U, so that none is taken for another), the last
 * character a check over the others. Ten characters for a voucher (45 random bits), eight for a booklet (35).
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const SHORT_CODE_LENGTH = 10;
export const BOOKLET_CODE_LENGTH = 8;

/** Times α in the field of 32 elements (x⁵ + x² + 1). */
function timesAlpha(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}

/**
 * The check character: the body as a polynomial over the field of 32, at α. Every single wrong character and every two
 * neighbours swapped change it.
 */
function checkOf(body: string): string {
  let sum = 0;
  for (const character of body) {
    sum = timesAlpha(sum ^ alphabet.indexOf(character));
  }
  return alphabet[sum]!;
}

/** Draws a code of `length` characters from as many random bytes, the last being the check. */
export function drawCode(random: (length: number) => Uint8Array, length: number): string {
  const body = Array.from(random(length - 1), (byte) => alphabet[byte & 31]).join('');
  return body + checkOf(body);
}

/** A code as it was typed: small letters, blanks, hyphens and the usual mistakes (O for 0, I and L for 1) forgiven. */
export function normaliseCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\u00a0-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Whether a code is written as one: right length, right characters, right check. */
export function isCode(code: string, length: number): boolean {
  return (
    code.length === length &&
    Array.from(code).every((each) => alphabet.includes(each)) &&
    checkOf(code.slice(0, -1)) === code.at(-1)
  );
}

/** In groups, as it is printed: `K7QM2-XPA4B`. */
export function spokenCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}
