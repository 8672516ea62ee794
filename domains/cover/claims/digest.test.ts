import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './digest.store.ts';

/** The same said slowly: a copy that JSON can say, and canonical JSON of it. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.bigInt(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 5 }),
  ),
})).value;

test('what is digested is canonical JSON, to the byte, with minor units as text', () => {
  fc.assert(fc.property(values, (value) => canonicalText(value) === canonicalJson(plain(value))));
  expect(canonicalText({ b: 12n, a: ['"', '\n', 'ไทย', undefined], c: undefined })).toBe(
    '{"a":["\\"","\\n","ไทย",null],"b":"12"}',
  );
});

test('what JSON cannot say is told', () => {
  for (const value of [Number.NaN, () => 0, '\ud800', [Number.POSITIVE_INFINITY]]) {
    expect(() => canonicalText(value)).toThrow(TypeError);
  }
});
