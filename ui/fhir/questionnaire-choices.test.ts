import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { extensions } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { describe, expect, it } from 'vitest';
import { answerOf, toggled, withWritten, writtenAnswer } from './questionnaire-choices.ts';

const item: QuestionnaireItem = {
  linkId: 'signs',
  type: 'choice',
  repeats: true,
  answerOption: [
    { valueCoding: { system: 's', code: 'fever' } },
    { valueCoding: { system: 's', code: 'cough' } },
    {
      valueCoding: { system: 's', code: 'none' },
      extension: [{ url: extensions.optionExclusive, valueBoolean: true }],
    },
  ],
};
const [fever, cough, none] = item.answerOption!;
const codes = (answers: readonly { valueCoding?: { code?: string } }[]) =>
  answers.map((answer) => answer.valueCoding?.code);

describe('choices', () => {
  it('adds and takes away', () => {
    const both = toggled(item, toggled(item, [], fever!, true), cough!, true);
    expect(codes(both)).toEqual(['fever', 'cough']);
    expect(codes(toggled(item, both, fever!, false))).toEqual(['cough']);
    expect(codes(toggled(item, both, cough!, true))).toEqual(['fever', 'cough']);
  });

  it('lets an excluding option stand alone, and takes it away when another is chosen', () => {
    const alone = toggled(item, [answerOf(fever!), answerOf(cough!)], none!, true);
    expect(codes(alone)).toEqual(['none']);
    expect(codes(toggled(item, alone, fever!, true))).toEqual(['fever']);
  });

  it('keeps words beside options only where several answers are allowed', () => {
    expect(withWritten([answerOf(fever!)], 'itching', false)).toEqual([answerOf(fever!), { valueString: 'itching' }]);
    expect(withWritten([answerOf(fever!)], 'itching', true)).toEqual([{ valueString: 'itching' }]);
    expect(withWritten([{ valueString: 'itching' }], '', true)).toEqual([]);
    expect(writtenAnswer([answerOf(fever!)])).toBeUndefined();
  });
});
