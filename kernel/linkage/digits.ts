/** Decimal digits of any script → 0–9. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    // Unicode lays every decimal system out as ten in a row; find the zero by walking down.
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
      zero--;
    }
    return String(code < 0x80 ? code - 0x30 : (code - zero) % 10);
  });
}
