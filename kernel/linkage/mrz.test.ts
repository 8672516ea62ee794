import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit, mrzDate, parseMrz } from './mrz.ts';

const PASSPORT = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];

test('a passport is read from lines, from one text, and with a reader’s spaces and brackets', () => {
  for (const zone of [
    PASSPORT,
    PASSPORT.join('\r\n'),
    PASSPORT.join(''),
    PASSPORT.join('\n').replaceAll('<', '«').toLowerCase(),
  ]) {
    const read = parseMrz(zone);
    expect(read.ok && read.value).toMatchObject({
      format: 'TD3',
      surname: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
      valid: true,
    });
  }
});

test('any one character changed is found, but for changes the digits cannot see', () => {
  // Weights 7, 3 and 1 miss a change by a multiple of 10 of the value: A ↔ K ↔ U, 0 ↔ A and so on.
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 41 }), fc.constantFrom(...'0123456789'), (at, digit) => {
      const line = PASSPORT[1]!;
      const checked = (at < 10 || (at >= 13 && at < 20) || (at >= 21 && at < 42)) && /\d/.test(line[at]!);
      fc.pre(checked && line[at] !== digit);
      const changed = line.slice(0, at) + digit + line.slice(at + 1);
      const read = parseMrz([PASSPORT[0]!, changed]);
      expect(read.ok && read.value.valid).toBe(false);
    }),
  );
});

test('what is no zone is refused, not thrown', () => {
  expect(parseMrz('')).toMatchObject({ ok: false, code: 'mrz.shape' });
  expect(parseMrz([PASSPORT[0]!, 'Ж'.repeat(44)])).toMatchObject({
    ok: false,
    code: 'mrz.characters',
    details: { line: 2 },
  });
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 50 }), { maxLength: 4 }), (lines) => {
      expect(typeof parseMrz(lines, { correct: true }).ok).toBe('boolean');
    }),
  );
});

test('years are put in the right century', () => {
  expect(mrzDate('740812', 'birth', '2026-11-21')).toBe('1974-08-12');
  expect(mrzDate('260812', 'birth', '2026-11-21')).toBe('2026-08-12');
  expect(mrzDate('261212', 'birth', '2026-11-21')).toBe('1926-12-12');
  expect(mrzDate('310101', 'expiry', '2026-11-21')).toBe('2031-01-01');
  expect(mrzDate('98<<<<', 'birth', '2026-11-21')).toBe('1998');
  expect(mrzDate('981340', 'birth', '2026-11-21')).toBeUndefined();
});

test('fillers count nothing', () => {
  expect(checkDigit('<<<<<')).toBe(0);
  expect(checkDigit('')).toBe(0);
});
