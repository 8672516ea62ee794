import { expect, test } from 'vitest';
import { speaksForFund } from './fund-says.ts';

const write = { method: 'POST', url: '/Coverage' };

test.each([
  [{ class: 'payer' }, true],
  [{ class: 'system' }, true],
  [{ class: 'system', facility: 'Organization/mae-sot-hospital' }, false],
  [{ class: 'care', facility: 'Organization/mae-sot-hospital' }, false],
  [{ class: 'programme' }, false],
] as const)('%o says what only a fund may say: %s', (actor, may) => {
  expect(speaksForFund(actor, write)).toBe(may);
  expect(speaksForFund(actor, { method: 'GET', url: '/Coverage/1' })).toBe(true);
});
