import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDigit, correctMrz, type MrzDocument, parseMrz } from '../../kernel/linkage/mrz.ts';
import type { Case, Suite } from './suite.ts';

interface Vectors {
  readonly check_digits: readonly { part: string; input: string; digit: number }[];
  readonly documents: readonly { format: string; part: string; lines: string[]; expect: Record<string, string> }[];
  readonly negative: readonly { lines: string[]; fails: string }[];
  readonly ocr_autocorrect: readonly { bad: string[]; good: string[] }[];
}

function read(lines: readonly string[], correct = false): MrzDocument {
  const result = parseMrz(lines, { correct });
  if (!result.ok) {
    throw new Error(`refused: ${result.code}`);
  }
  return result.value;
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) {
    throw new Error(`${what}: got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  }
}

/** ICAO Doc 9303 specimens: check digits, documents of five formats, failing digits, scans to be corrected. */
export default {
  name: 'mrz',
  cases: function* (): Iterable<Case> {
    const file = join(import.meta.dirname, '../vectors/mrz/icao9303_vectors.json');
    if (!existsSync(file)) {
      yield { name: 'ICAO 9303 specimens', check: () => ({ skip: 'tests/vectors/mrz is absent' }) };
      return;
    }
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
    for (const { part, input, digit } of vectors.check_digits) {
      yield { name: `check digit, ${part}`, check: () => equal(checkDigit(input), digit, 'digit') };
    }
    for (const { format, part, lines, expect } of vectors.documents) {
      yield {
        name: `${format}, ${part}`,
        check: () => {
          const document = read(lines);
          equal(document.format, format, 'format');
          for (const [field, value] of Object.entries(expect)) {
            if (field === 'checks') {
              equal(document.failures.join(), '', 'failing checks');
            } else {
              equal(document[field as keyof MrzDocument], value, field);
            }
          }
        },
      };
    }
    for (const { lines, fails } of vectors.negative) {
      yield {
        name: `a wrong digit of ${fails} is found (${lines.length} lines)`,
        check: () => {
          const document = read(lines);
          equal(document.valid, false, 'valid');
          if (!document.failures.some((field) => field === fails)) {
            throw new Error(`failures: got ${document.failures.join()}, expected ${fails} among them`);
          }
        },
      };
    }
    for (const { bad, good } of vectors.ocr_autocorrect) {
      yield {
        name: `a scan is corrected (${bad.length} lines)`,
        check: () => {
          equal(correctMrz(bad).join('|'), good.join('|'), 'lines');
          equal(read(bad, true).valid, true, 'valid');
        },
      };
    }
  },
} satisfies Suite;
