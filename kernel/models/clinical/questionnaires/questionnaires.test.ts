import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionnaireTables } from './questionnaires.table.ts';
import { meaningfulChange, type QuestionnaireAnswers, questionnaire, scoreQuestionnaire } from './questionnaires.ts';

const score = (id: string, answers: (number | null)[], more: Partial<QuestionnaireAnswers> = {}) =>
  scoreQuestionnaire({ questionnaire: id, answers, ...more });
/** A questionnaire with this raw score, items filled from the first (item 9 of PHQ-9 last). */
const withScore = (id: string, total: number) => {
  const { items, itemHighest } = questionnaire(id)!;
  return Array.from({ length: items }, (_, i) => Math.max(0, Math.min(itemHighest, total - i * itemHighest)));
};

test.each([
  ['phq-9', 0, 'minimal', 'negative'],
  ['phq-9', 4, 'minimal', 'negative'],
  ['phq-9', 5, 'mild', 'negative'],
  ['phq-9', 9, 'mild', 'negative'],
  ['phq-9', 10, 'moderate', 'positive'],
  ['phq-9', 15, 'moderately-severe', 'positive'],
  ['phq-9', 20, 'severe', 'positive'],
  ['phq-9', 27, 'severe', 'positive'],
  ['phq-2', 2, 'below-cut-off', 'negative'],
  ['phq-2', 3, 'at-or-above-cut-off', 'positive'],
  ['gad-7', 9, 'mild', 'negative'],
  ['gad-7', 10, 'moderate', 'positive'],
  ['gad-7', 15, 'severe', 'positive'],
  ['gad-7', 21, 'severe', 'positive'],
  ['k6', 4, 'low', 'negative'],
  ['k6', 5, 'moderate', 'negative'],
  ['k6', 12, 'moderate', 'negative'],
  ['k6', 13, 'serious', 'positive'],
  ['k6', 24, 'serious', 'positive'],
  ['who-5', 7, 'likely-depression', 'positive'],
  ['who-5', 8, 'poor-well-being', 'positive'],
  ['who-5', 12, 'poor-well-being', 'positive'],
  ['who-5', 13, 'adequate-well-being', 'negative'],
  ['who-5', 25, 'adequate-well-being', 'negative'],
])('%s, raw %i: %s, %s', (id, total, band, screen) => {
  expect(score(id, withScore(id, total))).toMatchObject({ status: 'scored', score: total, band, screen, missing: [] });
});

test('WHO-5 is reported in percent: 48 positive, 52 negative', () => {
  expect(score('who-5', withScore('who-5', 12))).toMatchObject({ reported: 48, screen: 'positive' });
  expect(score('who-5', withScore('who-5', 13))).toMatchObject({ reported: 52, screen: 'negative' });
  expect([
    meaningfulChange('who-5', 40, 50),
    meaningfulChange('who-5', 40, 48),
    meaningfulChange('phq-9', 1, 9),
  ]).toEqual([true, false, null]);
});

describe('the safety question', () => {
  test.each([
    ['a single point, low score', [0, 0, 0, 0, 0, 0, 0, 0, 1], 'act-now', 6],
    ['none', [3, 3, 3, 3, 3, 3, 3, 3, 0], 'clear', 0],
    ['not answered, all else is', [0, 0, 0, 0, 0, 0, 0, 0, null], 'ask', 0],
    ['answered, little else is', [null, null, null, null, null, null, null, null, 2], 'act-now', 6],
  ] as const)('%s', (_, answers, safety, steps) => {
    const result = score('phq-9', [...answers]);
    expect(result.safety).toBe(safety);
    expect(result.safetySteps).toHaveLength(steps);
  });

  test('other questionnaires have none', () => {
    expect(score('gad-7', withScore('gad-7', 21)).safety).toBeNull();
  });
});

describe('missing answers', () => {
  test.each<[string, string, (number | null)[], string, number | null, string | null]>([
    ['two of nine, scaled up', 'phq-9', [1, 1, 1, 1, 1, 1, 1, null, null], 'prorated', 9, 'negative'],
    ['halves go up', 'phq-9', [1, 1, 1, 1, 1, 2, 1, 1, null], 'prorated', 10, 'positive'],
    ['three of nine', 'phq-9', [1, 1, 1, 1, 1, 1, null, null, null], 'incomplete', null, null],
    ['three of nine, already positive', 'phq-9', [3, 3, 3, 1, 0, 0, null, null, null], 'incomplete', null, 'positive'],
    ['one of two', 'phq-2', [2, null], 'incomplete', null, null],
    ['one of two, already positive', 'phq-2', [3, null], 'incomplete', null, 'positive'],
    ['two of seven', 'gad-7', [2, 2, 2, 2, 2, null, null], 'prorated', 14, 'positive'],
    ['one of six', 'k6', [2, 2, 2, 2, 2, null], 'prorated', 12, 'negative'],
    ['two of six', 'k6', [2, 2, 2, 2, null, null], 'incomplete', null, null],
    ['WHO-5, one missing, could still be well', 'who-5', [2, 2, 2, 2, null], 'incomplete', null, null],
    ['WHO-5, one missing, cannot be well', 'who-5', [1, 2, 2, 2, null], 'incomplete', null, 'positive'],
    ['fewer answers than items', 'k6', [2, 2, 2, 2, 2], 'prorated', 12, 'negative'],
  ])('%s', (_, id, answers, status, expected, screen) => {
    expect(score(id, answers)).toMatchObject({ status, score: expected, screen });
  });
});

describe('RHS', () => {
  const use = { language: 'ar', agreement: true };
  test.each<[string, string, (number | null)[], Partial<QuestionnaireAnswers>, string, string | null, string[]]>([
    [
      '11 and a cool thermometer',
      'rhs-15',
      withScore('rhs-15', 11),
      { ...use, thermometer: 4 },
      'scored',
      'negative',
      [],
    ],
    ['12', 'rhs-15', withScore('rhs-15', 12), { ...use, thermometer: 0 }, 'scored', 'positive', ['score']],
    [
      'thermometer 5 alone',
      'rhs-15',
      withScore('rhs-15', 0),
      { ...use, thermometer: 5 },
      'scored',
      'positive',
      ['thermometer'],
    ],
    ['thermometer not shown', 'rhs-15', withScore('rhs-15', 11), use, 'incomplete', null, ['unanswered:thermometer']],
    [
      'thermometer not shown, 12',
      'rhs-15',
      withScore('rhs-15', 12),
      use,
      'incomplete',
      'positive',
      ['unanswered:thermometer', 'score'],
    ],
    ['RHS-13 at 10', 'rhs-13', withScore('rhs-13', 10), use, 'scored', 'negative', []],
    ['RHS-13 at 11', 'rhs-13', withScore('rhs-13', 11), use, 'scored', 'positive', ['score']],
    [
      'English alone',
      'rhs-15',
      withScore('rhs-15', 20),
      { ...use, language: 'en-US', thermometer: 9 },
      'not-usable',
      null,
      ['english-alone'],
    ],
    [
      'a language without a version',
      'rhs-15',
      withScore('rhs-15', 20),
      { ...use, language: 'de' },
      'not-usable',
      null,
      ['language-not-validated'],
    ],
    [
      'no language stated',
      'rhs-15',
      withScore('rhs-15', 20),
      { agreement: true },
      'not-usable',
      null,
      ['language-not-validated'],
    ],
    [
      'no agreement',
      'rhs-15',
      withScore('rhs-15', 20),
      { language: 'my-Mymr' },
      'not-usable',
      null,
      ['agreement-missing'],
    ],
  ])('%s', (_, id, answers, more, status, screen, reasons) => {
    expect(score(id, answers, more)).toMatchObject({ status, screen, reasons });
  });
});

test.each([
  ['phq-9', [4], 'Item 1'],
  ['phq-9', [0, -1], 'Item 2'],
  ['phq-9', [0.5], 'Item 1'],
  ['phq-9', [Number.NaN], 'Item 1'],
  ['phq-9', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 'has 9 items'],
  ['mmpi', [0], 'no questionnaire'],
])('%s with %j is refused', (id, answers, sentence) => {
  expect(() => score(id, answers)).toThrow(sentence);
});

test('one point more never lowers a score, and the score stays in its range', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...questionnaireTables),
      fc.infiniteStream(fc.nat()),
      fc.nat(),
      (table, stream, which) => {
        const answers = Array.from({ length: table.items }, () => stream.next().value! % (table.itemHighest + 1));
        const use = { language: 'ar', agreement: true, ...(table.thermometer && { thermometer: 0 }) };
        const before = score(table.id, answers, use);
        const item = which % table.items;
        const raised = answers.map((answer, i) => (i === item ? Math.min(table.itemHighest, answer + 1) : answer));
        expect(score(table.id, raised, use).score).toBeGreaterThanOrEqual(before.score!);
        expect(before.score).toBeLessThanOrEqual(table.items * table.itemHighest);
        const holed = score(
          table.id,
          answers.map((answer, i) => (i === item ? null : answer)),
          use,
        );
        if (holed.score !== null) {
          expect(holed.score).toBeLessThanOrEqual(table.items * table.itemHighest);
        }
      },
    ),
  );
});
