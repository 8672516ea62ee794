/** Base45 (RFC 9285): the encoding for QR codes in alphanumeric mode. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUE = new Map(Array.from(ALPHABET, (character, value) => [character, value]));

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let rest = pair ? (bytes[at] as number) * 256 + (bytes[at + 1] as number) : (bytes[at] as number);
    for (let digit = 0; digit < (pair ? 3 : 2); digit++) {
      text += ALPHABET[rest % 45];
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** Undefined when `text` is not Base45: a character outside the alphabet, a length of 3n+1, a value above its bytes. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) {
    return undefined;
  }
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (character) => VALUE.get(character));
    if (digits.includes(undefined)) {
      return undefined;
    }
    const [low, middle, high] = digits as number[];
    const value = (low as number) + (middle as number) * 45 + (high ?? 0) * 2025;
    if (value > (digits.length === 3 ? 0xffff : 0xff)) {
      return undefined;
    }
    if (digits.length === 3) {
      bytes.push(value >> 8);
    }
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}
