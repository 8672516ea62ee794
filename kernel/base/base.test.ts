import { expect, test } from 'vitest';
import { InvariantError, invariant } from './invariant.ts';
import { createPrng } from './prng.ts';
import { defineRefusals } from './refusal.ts';

test('the same seed gives the same stream, another seed another', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, createPrng(seed).uint32);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('uniform and normal draws have the moments they should', () => {
  const prng = createPrng(101);
  const n = 200_000;
  let sum = 0;
  let sumSquares = 0;
  let uniformSum = 0;
  for (let i = 0; i < n; i++) {
    const z = prng.normal();
    sum += z;
    sumSquares += z * z;
    uniformSum += prng.uniform();
  }
  expect(sum / n).toBeCloseTo(0, 1);
  expect(sumSquares / n).toBeCloseTo(1, 1);
  expect(uniformSum / n).toBeCloseTo(0.5, 2);
});

test('a refusal code is declared once and inside its area', () => {
  defineRefusals('unittest', { 'unittest.once': { status: 400, sentence: 'Once.' } });
  expect(() => defineRefusals('unittest', { 'unittest.once': { status: 400, sentence: 'Twice.' } })).toThrow('twice');
  expect(() => defineRefusals('unittest', { 'other.code': { status: 400, sentence: 'Elsewhere.' } })).toThrow('start');
});

test('an invariant says why', () => {
  expect(() => invariant(false, 'the pool is open')).toThrow(InvariantError);
});
