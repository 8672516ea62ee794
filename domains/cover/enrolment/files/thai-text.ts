/**
 * Whether a text read as Windows-874 is Thai, and not some other old encoding read wrongly: every Thai letter stands in a
 * word of Thai that can begin so, and none beside a Latin letter (where "é" or "ñ" of another encoding would come out).
 */
export function looksThai(text: string): boolean {
  const words = text.match(/[\u0e01-\u0e5b]+/g) ?? [];
  return (
    words.some((word) => word.length >= 3) &&
    words.every((word) => /^[\u0e01-\u0e2e\u0e40-\u0e44\u0e3f\u0e50-\u0e59]/.test(word)) &&
    !/[A-Za-z][\u0e01-\u0e5b]|[\u0e01-\u0e5b][A-Za-z]/.test(text)
  );
}
