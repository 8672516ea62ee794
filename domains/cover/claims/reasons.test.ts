import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimReasonsPage } from '../../../scripts/build-reference.ts';
import { reasonConcept } from './fhir.ts';
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

test('an answer in FHIR says each reason in the words of the screens and the remittance, in three languages', () => {
  for (const { number, says } of reasons) {
    const { text, _text, coding } = reasonConcept(number) as ReturnType<typeof reasonConcept> & {
      _text: { extension: { extension: { valueCode?: string; valueString?: string }[] }[] };
    };
    const translated = _text.extension.map(({ extension: [language, content] }) => [
      language!.valueCode,
      content!.valueString,
    ]);
    expect([number, text, translated]).toEqual([
      number,
      says.en,
      [
        ['th', says.th],
        ['my', says.my],
      ],
    ]);
    expect(coding![0]!.code).toBe(String(number));
  }
});

test('no screen has words of its own for a reason: all read the one table', () => {
  const screens = [
    'claims/words.tsx',
    'enrolment/mine/mine.panel.tsx',
    'settlement/claim-says.tsx',
    'eligibility/answer.panel.tsx',
  ];
  for (const screen of screens) {
    const code = readFileSync(join(import.meta.dirname, '..', screen), 'utf8');
    expect([screen, /reasonOf\([\w.]+\)/.test(code)]).toEqual([screen, true]);
  }
  const remittance = readFileSync(join(import.meta.dirname, '../payments/remittance.panel.tsx'), 'utf8');
  expect(remittance).toContain('useClaimWords');
});
