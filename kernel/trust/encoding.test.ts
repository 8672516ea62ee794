import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './encoding.ts';

test('Base64 and Base64url are those of the platform, and come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
});

test('bytes have one spelling: every other text is refused', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      const [padded, bare] = [fromBase64(text), fromBase64Url(text)];
      expect(padded === undefined || toBase64(padded) === text).toBe(true);
      expect(bare === undefined || toBase64Url(bare) === text).toBe(true);
    }),
    { numRuns: 2000 },
  );
  for (const text of ['A', 'AB', 'QQ', 'QQ=', 'QR==', 'Q===', '====', 'QUI', 'QUJ=', 'QU J', 'QUJ\n', 'Ā===', 'é===']) {
    expect(fromBase64(text), text).toBeUndefined();
  }
  for (const text of ['A', 'QR', 'QUJ=', 'Q+==', 'QUL', 'Ā', 'QUJDé']) {
    expect(fromBase64Url(text), text).toBeUndefined();
  }
});
