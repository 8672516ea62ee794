/** Thai and Burmese digits are as good as ours. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0E50-\u0E59\u1040-\u1049]/g, (digit) => {
    const code = digit.codePointAt(0)!;
    return String(code - (code >= 0x1040 ? 0x1040 : 0x0e50));
  });
}

/** A figure as typed: digits of any of our scripts, a comma or a point before the decimals. Undefined where it is none. */
export function parseFigure(text: string, whole: boolean): number | undefined {
  const plain = latinDigits(text.trim()).replace(',', '.');
  const pattern = whole ? /^-?\d{1,9}$/ : /^-?\d{1,9}(?:\.\d{1,6})?$/;
  return pattern.test(plain) ? Number(plain) : undefined;
}

/** `2019`, `2019-05` or `2019-05-03` from its parts; undefined where they make no date (a day without its month). */
export function partialDate(year: string, month: string, day: string): string | undefined {
  const y = latinDigits(year.trim());
  const d = latinDigits(day.trim());
  if (!/^\d{4}$/.test(y) || (d !== '' && month === '') || (d !== '' && !/^\d{1,2}$/.test(d))) {
    return undefined;
  }
  return [y, month, d === '' ? '' : d.padStart(2, '0')].filter(Boolean).join('-');
}
