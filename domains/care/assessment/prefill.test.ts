import { readFileSync } from 'node:fs';
import type { Questionnaire } from '@medplum/fhirtypes';
import { getValue, validateResponse } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { describe, expect, it } from 'vitest';
import { ageOn, startAssessment } from './prefill.ts';

const form = JSON.parse(
  readFileSync(new URL('../../../countries/forms/health-assessment.questionnaire.json', import.meta.url), 'utf8'),
) as Questionnaire;
const today = '2026-11-21';

describe('an assessment about to begin', () => {
  it.each([
    ['1988-11-21', 38, true],
    ['1988-11-22', 37, true],
    ['1988-04', 38, false],
    ['1988', 38, false],
    ['2026', 0, false],
    ['2026-11', 0, false],
    ['2026-11-21', 0, true],
  ])('counts the age of someone born %s as %i', (birth, years, exact) => {
    expect(ageOn(birth, today)).toMatchObject({ years, exact });
  });

  it('counts no age from the future or from what is no date', () => {
    expect(ageOn('2027', today)).toBeUndefined();
    expect(ageOn('2026-11-22', today)).toBeUndefined();
    expect(ageOn('soon', today)).toBeUndefined();
  });

  it('asks nobody what is known already', () => {
    const response = startAssessment(form, {
      sex: 'female',
      birth: '1988',
      language: 'my',
      interpreterNeeded: true,
      site: 'Clinic',
      examiner: 'Nurse',
      today,
    });
    expect(getValue(form, response, 'identity.sex')).toMatchObject({ code: 'female' });
    expect(getValue(form, response, 'identity.age-years')).toBe(38);
    expect(getValue(form, response, 'identity.age-estimated')).toBe(true);
    expect(getValue(form, response, 'identity.language')).toMatchObject({ code: 'my' });
    expect(getValue(form, response, 'closing.examiner')).toBe('Nurse');
    expect(validateResponse(form, response, { language: 'en', today, complete: false })).toEqual([]);
  });

  it('writes down a language the form does not list', () => {
    const response = startAssessment(form, { language: 'xx-unlisted', languageName: 'Another', today });
    expect(getValue(form, response, 'identity.language')).toBe('Another');
  });
});
