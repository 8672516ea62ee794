import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimReasonsPage } from '../../../scripts/build-reference.ts';
import { reasons } from './reasons.ts';
import { suspicionReasons } from './suspicion-reasons.ts';

test('docs/reference/claim-reasons.md says what the tables say', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/claim-reasons.md'), 'utf8');
  expect(page, 'run `node scripts/build-reference.ts`').toBe(claimReasonsPage());
});

test('every reason has its sentence in three languages, in its own script', () => {
  const texts = [...reasons.flatMap(({ says, todo }) => [says, todo]), ...suspicionReasons.map(({ says }) => says)];
  for (const { en, th, my } of texts) {
    expect([en, /^[A-Z].*\.$/.test(en)]).toEqual([en, true]);
    expect([th, /[\u0e00-\u0e7f]/.test(th) && !/[\u1000-\u109f]/.test(th)]).toEqual([th, true]);
    expect([my, /[\u1000-\u109f]/.test(my) && !/[\u0e00-\u0e7f]/.test(my)]).toEqual([my, true]);
  }
});
