import { ok, type Result, refuse } from '../base/refusal.ts';
import type { mrzRefusals } from './mrz.refusals.ts';
import './mrz.refusals.ts';
import './mrz.refusals.ts';

/**
 * Machine-readable zones of passports, cards and visas (ICAO Doc 9303 parts 3 to 7): the fields, the check digits, and
 * which of them hold. A zone that fails its digits is still read, since a clerk must see what was read to correct it.
 */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRVA' | 'MRVB';

export type CheckedField = 'documentNumber' | 'birthDate' | 'expiryDate' | 'personalNumber' | 'composite';

export interface Check {
  readonly field: CheckedField;
  /** The digit as printed. */
  readonly printed: string;
  /** The digit as computed. */
  readonly computed: string;
  readonly valid: boolean;
}

export interface MrzDocument {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  readonly documentCode: string;
  /** ICAO three-letter code, fillers off: D for Germany, UTO for the specimens' Utopia. */
  readonly issuingState: string;
  readonly surname: string;
  readonly givenNames: string;
  /** Whether the names filled their field to its end and may be cut short. */
  readonly namesMayBeTruncated: boolean;
  readonly documentNumber: string;
  readonly documentNumberCheckDigit: string;
  readonly nationality: string;
  /** YYMMDD; unknown parts are fillers. */
  readonly birthDate: string;
  /** F, M, X, or empty for unspecified. */
  readonly sex: string;
  readonly expiryDate: string;
  /** Passports only. */
  readonly personalNumber: string;
  readonly personalNumberCheckDigit: string;
  readonly optionalData: string;
  /** The second optional field of cards of three lines. */
  readonly optionalData2: string;
  readonly checks: readonly Check[];
  readonly valid: boolean;
  /** The fields whose check digit does not hold. */
  readonly failures: readonly CheckedField[];
}

/** Check digit (9303-3, 4.9): weights 7, 3, 1 over 0–9, A–Z as 10–35, the filler as 0; modulo 10. */
export function checkDigit(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 90 ? code - 55 : 0;
    sum += value * [7, 3, 1][i % 3]!;
  }
  return sum % 10;
}

/**
 * Reads a zone from its lines, or from one text with line breaks or without.
 * @param options.correct repairs letters scanned as digits and digits scanned as letters, where the position allows
 *   only one kind (O and 0, I and 1, Z and 2, S and 5, G and 6, B and 8).
 */
export function parseMrz(
  zone: string | readonly string[],
  options: { readonly correct?: boolean } = {},
): Result<MrzDocument, keyof typeof mrzRefusals> {
  const lines = splitLines(zone);
  const format = lines && formatOf(lines);
  if (!lines || !format) {
    return refuse('mrz.shape');
  }
  const read = options.correct ? correctLines(lines, format) : lines;
  const bad = read.findIndex((line) => !/^[A-Z0-9<]*$/.test(line));
  if (bad >= 0) {
    return refuse('mrz.characters', { line: bad + 1 });
  }
  switch (format) {
    case 'TD1':
      return ok(readTd1(read));
    case 'TD2':
      return ok(readTd2(read));
    case 'TD3':
      return ok(readTd3(read));
    default:
      return ok(readVisa(read, format));
  }
}

/** Repairs a scanned zone by what each position may hold; lines of no known shape are returned as they are. */
export function correctMrz(zone: readonly string[]): readonly string[] {
  const format = formatOf(zone);
  return format ? correctLines(zone, format) : zone;
}

function splitLines(zone: string | readonly string[]): string[] | undefined {
  const parts = (typeof zone === 'string' ? zone.split(/[\r\n]+/) : [...zone])
    .slice(0, 8)
    // Readers put « or ‹ for the filler, and spaces within lines.
    .map((line) => line.slice(0, 200).replace(/[«‹]/g, '<').replace(/\s+/g, '').toUpperCase())
    .filter((line) => line !== '');
  if (parts.length === 1) {
    const all = parts[0]!;
    const width = all.length === 90 ? 30 : all.length === 72 ? 36 : all.length === 88 ? 44 : 0;
    return width ? all.match(new RegExp(`.{${width}}`, 'g'))! : undefined;
  }
  return parts;
}

function formatOf(lines: readonly string[]): MrzFormat | undefined {
  const every = (length: number) => lines.every((line) => line.length === length);
  const visa = lines[0]?.[0] === 'V';
  if (lines.length === 3 && every(30)) {
    return 'TD1';
  }
  if (lines.length === 2 && every(36)) {
    return visa ? 'MRVB' : 'TD2';
  }
  if (lines.length === 2 && every(44)) {
    return visa ? 'MRVA' : 'TD3';
  }
  return undefined;
}

const clean = (field: string) => field.replace(/<+$/, '').replace(/</g, ' ').trim();

function names(field: string): Pick<MrzDocument, 'surname' | 'givenNames' | 'namesMayBeTruncated'> {
  const at = field.indexOf('<<');
  const namesMayBeTruncated = !field.endsWith('<');
  if (at < 0) {
    return { surname: clean(field), givenNames: '', namesMayBeTruncated };
  }
  return { surname: clean(field.slice(0, at)), givenNames: clean(field.slice(at + 2)), namesMayBeTruncated };
}

function check(field: CheckedField, text: string, printed: string, mayBeFiller = false): Check {
  const computed = String(checkDigit(text));
  const empty = mayBeFiller && printed === '<' && /^<*$/.test(text);
  return { field, printed, computed, valid: printed === computed || empty };
}

function finish(document: Omit<MrzDocument, 'valid' | 'failures'>): MrzDocument {
  const failures = document.checks.filter((entry) => !entry.valid).map((entry) => entry.field);
  return { ...document, valid: failures.length === 0, failures };
}

/**
 * A number longer than nine characters goes on in the optional field, with its check digit last (9303-5, 4.2.4): the
 * place of the digit then holds a filler.
 */
function longNumber(
  first: string,
  digit: string,
  optional: string,
): { number: string; digit: string; optional: string; checked: string } {
  if (digit === '<' && /^[A-Z0-9]/.test(optional)) {
    const end = optional.indexOf('<') < 0 ? optional.length : optional.indexOf('<');
    const rest = optional.slice(0, end - 1);
    const last = optional[end - 1]!;
    // Issuers compute the digit over the number as printed, filler included; some leave the filler out.
    const printed = `${first}<${rest}`;
    const checked = String(checkDigit(printed)) === last ? printed : first + rest;
    return { number: first + rest, digit: last, optional: clean(optional.slice(end)), checked };
  }
  return { number: clean(first), digit, optional: clean(optional), checked: first };
}

function readTd1(lines: readonly string[]): MrzDocument {
  const [first, second, third] = lines as [string, string, string];
  const number = longNumber(first.slice(5, 14), first[14]!, first.slice(15));
  const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return finish({
    format: 'TD1',
    lines,
    documentCode: clean(first.slice(0, 2)),
    issuingState: clean(first.slice(2, 5)),
    ...names(third),
    documentNumber: number.number,
    documentNumberCheckDigit: number.digit,
    nationality: clean(second.slice(15, 18)),
    birthDate: second.slice(0, 6),
    sex: clean(second[7]!),
    expiryDate: second.slice(8, 14),
    personalNumber: '',
    personalNumberCheckDigit: '',
    optionalData: number.optional,
    optionalData2: clean(second.slice(18, 29)),
    checks: [
      check('documentNumber', number.checked, number.digit, true),
      check('birthDate', second.slice(0, 6), second[6]!),
      check('expiryDate', second.slice(8, 14), second[14]!, true),
      check('composite', composite, second[29]!),
    ],
  });
}

function readTd2(lines: readonly string[]): MrzDocument {
  const [first, second] = lines as [string, string];
  const number = longNumber(second.slice(0, 9), second[9]!, second.slice(28, 35));
  const composite = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 35);
  return finish({
    format: 'TD2',
    lines,
    ...front(first),
    ...back(second),
    documentNumber: number.number,
    documentNumberCheckDigit: number.digit,
    personalNumber: '',
    personalNumberCheckDigit: '',
    optionalData: number.optional,
    optionalData2: '',
    checks: [
      check('documentNumber', number.checked, number.digit, true),
      check('birthDate', second.slice(13, 19), second[19]!),
      check('expiryDate', second.slice(21, 27), second[27]!, true),
      check('composite', composite, second[35]!),
    ],
  });
}

function readTd3(lines: readonly string[]): MrzDocument {
  const [first, second] = lines as [string, string];
  const composite = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43);
  return finish({
    format: 'TD3',
    lines,
    ...front(first),
    ...back(second),
    documentNumber: clean(second.slice(0, 9)),
    documentNumberCheckDigit: second[9]!,
    personalNumber: clean(second.slice(28, 42)),
    personalNumberCheckDigit: second[42]!,
    optionalData: '',
    optionalData2: '',
    checks: [
      check('documentNumber', second.slice(0, 9), second[9]!),
      check('birthDate', second.slice(13, 19), second[19]!),
      check('expiryDate', second.slice(21, 27), second[27]!, true),
      check('personalNumber', second.slice(28, 42), second[42]!, true),
      check('composite', composite, second[43]!),
    ],
  });
}

/** Visas have no composite digit. */
function readVisa(lines: readonly string[], format: 'MRVA' | 'MRVB'): MrzDocument {
  const [first, second] = lines as [string, string];
  return finish({
    format,
    lines,
    ...front(first),
    ...back(second),
    documentNumber: clean(second.slice(0, 9)),
    documentNumberCheckDigit: second[9]!,
    personalNumber: '',
    personalNumberCheckDigit: '',
    optionalData: clean(second.slice(28)),
    optionalData2: '',
    checks: [
      check('documentNumber', second.slice(0, 9), second[9]!),
      check('birthDate', second.slice(13, 19), second[19]!),
      check('expiryDate', second.slice(21, 27), second[27]!, true),
    ],
  });
}

function front(line: string) {
  return { documentCode: clean(line.slice(0, 2)), issuingState: clean(line.slice(2, 5)), ...names(line.slice(5)) };
}

function back(line: string) {
  return {
    nationality: clean(line.slice(10, 13)),
    birthDate: line.slice(13, 19),
    sex: clean(line[20]!),
    expiryDate: line.slice(21, 27),
  };
}

/** What each position of each line may hold: a letter, a digit, the sex, or anything. Fillers fit everywhere. */
const SHAPES: Readonly<Record<MrzFormat, readonly string[]>> = {
  TD1: ['AAAAA*********N***************', 'NNNNNNNXNNNNNNNAAA***********N', 'A'.repeat(30)],
  TD2: ['A'.repeat(36), '*********NAAANNNNNNNXNNNNNNN*******N'],
  TD3: ['A'.repeat(44), '*********NAAANNNNNNNXNNNNNNN**************NN'],
  MRVA: ['A'.repeat(44), '*********NAAANNNNNNNXNNNNNNN****************'],
  MRVB: ['A'.repeat(36), '*********NAAANNNNNNNXNNNNNNN********'],
};
const TO_LETTER: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' };
const TO_DIGIT: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
};

function correctLines(lines: readonly string[], format: MrzFormat): string[] {
  return lines.map((line, i) => {
    const shape = SHAPES[format][i]!;
    return [...line.toUpperCase()]
      .map((character, at) => {
        const kind = shape[at];
        if (kind === 'A' || kind === 'X') {
          return TO_LETTER[character] ?? character;
        }
        return kind === 'N' ? (TO_DIGIT[character] ?? character) : character;
      })
      .join('');
  });
}

/**
 * A zone's two-digit date as an ISO date, `YYYY`, `YYYY-MM` where parts are unknown; undefined for none. A birth date is
 * taken from the hundred years before `today`, an expiry date from the fifty around it.
 * @param today `YYYY-MM-DD`.
 */
export function mrzDate(text: string, kind: 'birth' | 'expiry', today: string): string | undefined {
  const match = /^(\d\d)(\d\d|<<)(\d\d|<<)$/.exec(text);
  const now = Number(today.slice(0, 4));
  if (!match || !Number.isInteger(now)) {
    return undefined;
  }
  const [, yy, mm, dd] = match as unknown as [string, string, string, string];
  let year = Math.floor(now / 100) * 100 + Number(yy);
  const rest = mm === '<<' ? '' : dd === '<<' ? `-${mm}` : `-${mm}-${dd}`;
  if (kind === 'birth' ? `${year}${rest}` > today.slice(0, 4 + rest.length) : year > now + 50) {
    year -= 100;
  } else if (kind === 'expiry' && year < now - 49) {
    year += 100;
  }
  const month = Number(mm);
  const day = Number(dd);
  if ((mm !== '<<' && !(month >= 1 && month <= 12)) || (dd !== '<<' && !(day >= 1 && day <= 31))) {
    return undefined;
  }
  return `${year}${rest}`;
}
