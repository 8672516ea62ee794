/**
 * Numbers people read to each other over a counter or a telephone: `M-0001234-7`. The last digit checks the others
 * (Luhn, ISO/IEC 7812-1 annex B): one wrong digit, or two neighbours exchanged (but 09 and 90), is noticed.
 */
export type NumberKind = 'member' | 'policy' | 'receipt';

const letters: Readonly<Record<NumberKind, string>> = { member: 'M', policy: 'P', receipt: 'R' };

export function readableNumber(kind: NumberKind, sequence: bigint | number | string): string {
  const digits = String(sequence).padStart(7, '0');
  return `${letters[kind]}-${digits}-${checkDigit(digits)}`;
}

/** The number as it is kept, from what was typed or said (`m 0001234 7`); undefined where the check digit is wrong. */
export function readNumber(kind: NumberKind, text: string): string | undefined {
  const match = /^([A-Z])?[\s-]*(\d{7,})[\s-]*(\d)$/.exec(text.trim().toUpperCase());
  if (!match || (match[1] !== undefined && match[1] !== letters[kind])) {
    return undefined;
  }
  const [, , digits, check] = match as unknown as [string, string, string, string];
  return checkDigit(digits) === Number(check) ? `${letters[kind]}-${digits}-${check}` : undefined;
}

/** Luhn's digit for a text of digits. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}
