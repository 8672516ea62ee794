import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockingKeys, DEFAULT_LEVELS, personSimilarity } from './candidates.ts';

test('the default levels of a trait are two distributions', () => {
  for (const levels of Object.values(DEFAULT_LEVELS)) {
    const rows = Object.values(levels) as { m: number; u: number }[];
    expect(rows.reduce((sum, level) => sum + level.m, 0)).toBeCloseTo(1, 9);
    expect(rows.reduce((sum, level) => sum + level.u, 0)).toBeCloseTo(1, 9);
  }
});

test('one person in two scripts, with a birthday, is likely; the same name alone is not certain', () => {
  const a = { names: ['Юлия Щербакова'], birthDate: '1985-03-12', sex: 'female' };
  const b = { names: ['Yulia Shcherbakova'], birthDate: '1985-03-12', sex: 'female' };
  expect(personSimilarity(a, b).probability).toBeGreaterThan(0.99);
  expect(personSimilarity({ names: a.names }, { names: b.names }).probability).toBeLessThan(0.9);
  expect(personSimilarity(a, { ...b, birthDate: '1958-11-02', sex: 'male' }).probability).toBeLessThan(0.01);
});

test('1 January says less than another day, a swapped date more than another day of that year', () => {
  const weight = (x: string, y: string) =>
    personSimilarity({ names: ['Ko Ko Aung'], birthDate: x }, { names: ['Ko Ko Aung'], birthDate: y }).weight;
  expect(weight('1990-01-01', '1990-01-01')).toBeLessThan(weight('1990-04-17', '1990-04-17'));
  expect(weight('1990-03-07', '1990-07-03')).toBeGreaterThan(weight('1990-03-07', '1990-08-21'));
  expect(weight('1990', '1990-03-07')).toBeGreaterThan(weight('1970', '1990-03-07'));
});

test('an estimated age agrees with a birth year near it and contradicts one far from it', () => {
  const estimated = { names: ['Amina'], estimatedAge: { years: 30, on: '2020-05-01' } };
  const near = personSimilarity(estimated, { names: ['Amina'], birthDate: '1991-09-09' });
  const far = personSimilarity(estimated, { names: ['Amina'], birthDate: '1971-09-09' });
  expect(near.weight).toBeGreaterThan(far.weight + 4);
});

test('the weight is symmetric, finite, and is the prior plus what the explanation lists', () => {
  const person = fc.record(
    {
      names: fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 3 }),
      birthDate: fc.constantFrom('1980', '1980-02', '1980-02-03', '1980-03-02', 'rubbish', ''),
      estimatedAge: fc.record({ years: fc.integer({ min: -5, max: 200 }), on: fc.constantFrom('2020-01-01', 'x') }),
      sex: fc.constantFrom('male', 'F', ''),
      phones: fc.array(fc.string(), { maxLength: 2 }),
      identifiers: fc.array(fc.string(), { maxLength: 2 }),
    },
    { requiredKeys: ['names'] },
  );
  fc.assert(
    fc.property(person, person, (a, b) => {
      const forward = personSimilarity(a, b);
      const backward = personSimilarity(b, a);
      expect(forward.weight).toBeCloseTo(backward.weight, 5);
      expect(forward.probability).toBeGreaterThanOrEqual(0);
      expect(forward.probability).toBeLessThanOrEqual(1);
      const sum = forward.explanation.reduce((total, entry) => total + entry.weight, -10);
      expect(forward.weight).toBeCloseTo(sum, 9);
      expect(blockingKeys(a).length).toBeLessThan(2000);
    }),
    { numRuns: 200 },
  );
});

test('records of one person share a blocking key across scripts, swapped dates and missing traits', () => {
  const shares = (a: Parameters<typeof blockingKeys>[0], b: Parameters<typeof blockingKeys>[0]) =>
    blockingKeys(a).some((key) => blockingKeys(b).includes(key));
  expect(shares({ names: ['Юлия Щербакова'] }, { names: ['Shcherbakova Yulia'] })).toBe(true);
  expect(shares({ names: ['محمد عبد الله'] }, { names: ['Mohamed Abdullah'] })).toBe(true);
  expect(
    shares({ names: ['Somchai'], birthDate: '1990-03-07' }, { names: ['สมชาย ใจดี'], birthDate: '1990-07-03' }),
  ).toBe(true);
  expect(shares({ names: ['A'], phones: ['+66 81 234 5678'] }, { names: ['B'], phones: ['0812345678'] })).toBe(true);
  expect(shares({ names: ['Иван Петров'] }, { names: ['Aung San'] })).toBe(false);
});
