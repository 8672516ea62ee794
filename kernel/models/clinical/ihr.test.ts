import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alwaysNotified, ihrQuestions } from './ihr.table.ts';
import { assessIhrEvent } from './ihr.ts';

const answers = (text: string) =>
  Object.fromEntries(
    [...text].flatMap((mark, i) =>
      mark === '.' ? [] : [[ihrQuestions[i]!.id, mark === 'y' ? 'yes' : mark === 'n' ? 'no' : 'unknown']],
    ),
  );

// y yes, n no, u unknown, . not answered
test.each([
  ['smallpox', '....', 'notify', 'always-notified'],
  ['sars', 'nnnn', 'notify', 'always-notified'],
  ['cholera', 'yynn', 'notify', 'always-assessed'],
  ['cholera', 'ynny', 'notify', 'always-assessed'],
  ['cholera', 'yyyy', 'notify', 'always-assessed'],
  ['cholera', 'ynnn', 'keep-assessing', 'always-assessed'],
  ['cholera', 'nnnn', 'not-notifiable', 'always-assessed'],
  ['cholera', 'yuun', 'answer-first', 'always-assessed'],
  ['cholera', 'nnnu', 'keep-assessing', 'always-assessed'],
  ['unknown fever', 'y...', 'answer-first', 'other'],
  ['unknown fever', '....', 'answer-first', 'other'],
  ['unknown fever', 'yy..', 'notify', 'other'],
])('%s with %s: %s', (disease, marks, decision, list) => {
  expect(assessIhrEvent({ disease, answers: answers(marks) })).toMatchObject({
    decision,
    list,
    withinHours: decision === 'notify' ? 24 : 48,
  });
});

test('an open question answered no never raises the alarm, answered yes never lowers it', () => {
  const rank = ['not-notifiable', 'keep-assessing', 'answer-first', 'notify'];
  const mark = fc.constantFrom('y', 'n', '.');
  fc.assert(
    fc.property(
      fc.constantFrom('cholera', 'other', ...alwaysNotified),
      fc.tuple(mark, mark, mark, mark),
      fc.nat(3),
      (disease, marks, which) => {
        const decide = (set: readonly string[]) =>
          rank.indexOf(assessIhrEvent({ disease, answers: answers(set.join('')) }).decision);
        expect(decide(marks.with(which, 'y'))).toBeGreaterThanOrEqual(decide(marks.with(which, 'n')));
      },
    ),
  );
});
