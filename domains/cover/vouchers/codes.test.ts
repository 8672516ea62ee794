import { createPrng } from '@serai/kernel/base/prng.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawCode, isCode, normaliseCode, SHORT_CODE_LENGTH, spokenCode } from './codes.ts';

const draw = (seed: number) => {
  const random = createPrng(seed);
  return drawCode((length) => Uint8Array.from({ length }, () => random.below(256)), SHORT_CODE_LENGTH);
};
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

it('a code is known by its check, however it is typed', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const code = draw(seed);
      expect(isCode(code, SHORT_CODE_LENGTH)).toBe(true);
      expect(normaliseCode(` ${spokenCode(code).toLowerCase()} `)).toBe(code);
      expect(normaliseCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

it('one wrong character, or two neighbours swapped, is noticed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(SHORT_CODE_LENGTH - 1), fc.nat(31), (seed, at, to) => {
      const code = draw(seed);
      const wrong = code.slice(0, at) + alphabet[to] + code.slice(at + 1);
      expect(isCode(wrong, SHORT_CODE_LENGTH)).toBe(wrong === code);
      const next = Math.min(at + 1, SHORT_CODE_LENGTH - 1);
      const swapped = Array.from(code);
      [swapped[at], swapped[next]] = [swapped[next]!, swapped[at]!];
      expect(isCode(swapped.join(''), SHORT_CODE_LENGTH)).toBe(swapped.join('') === code);
    }),
  );
});

it.each(['', 'ABC', 'U123456789', 'ABCDEFGHJKM'])('%s is no code', (text) => {
  expect(isCode(text, SHORT_CODE_LENGTH)).toBe(false);
});
