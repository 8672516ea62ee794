import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  duplicatesQuestion,
  emptyEntry,
  fieldOfExpression,
  mistakesOf,
  type RegistrationEntry,
  registrationOf,
} from './register-form.ts';

const today = '2026-11-21';
const complete: RegistrationEntry = {
  ...emptyEntry('r-1'),
  name: ' မလှ ',
  birthKind: 'year',
  year: '1988',
  sex: 'female',
  language: 'my',
  consents: { TREAT: 'permit', COC: 'permit', PUBHLTH: 'deny', HRESCH: 'deny' },
};
const reasons = (entry: RegistrationEntry) => mistakesOf(entry, today).map((mistake) => mistake.reason);

describe('the registration form', () => {
  it('asks for a name, a birth, a sex, a language and every consent, in the order of the form', () => {
    expect(reasons(emptyEntry('r'))).toEqual([
      'name-missing',
      'birth-missing',
      'sex-missing',
      'language-missing',
      'consent-missing',
      'consent-missing',
      'consent-missing',
      'consent-missing',
    ]);
  });

  it('needs no more than a name in any script and a year', () => {
    expect(reasons(complete)).toEqual([]);
    expect(registrationOf(complete, today, [])).toEqual({
      requestId: 'r-1',
      name: { text: 'မလှ' },
      birth: { kind: 'year', year: 1988 },
      sex: 'female',
      language: 'my',
      consents: [
        { purpose: 'TREAT', decision: 'permit' },
        { purpose: 'COC', decision: 'permit' },
        { purpose: 'PUBHLTH', decision: 'deny' },
        { purpose: 'HRESCH', decision: 'deny' },
      ],
    });
  });

  it.each([
    [{ birthKind: 'date', date: '2026-11-22' }, 'birth-future'],
    [{ birthKind: 'date', date: '1850-01-01' }, 'birth-too-long-ago'],
    [{ birthKind: 'date', date: '' }, 'birth-missing'],
    [{ birthKind: 'month', year: '1990', month: '' }, 'birth-missing'],
    [{ birthKind: 'month', year: '2026', month: '12' }, 'birth-future'],
    [{ birthKind: 'year', year: '2027' }, 'birth-future'],
    [{ birthKind: 'year', year: 'abc' }, 'birth-missing'],
    [{ birthKind: 'estimated-age', age: '126' }, 'age-range'],
    [{ birthKind: 'estimated-age', age: '-3' }, 'birth-missing'],
  ] as const)('sees what is wrong with the birth %o', (birth, reason) => {
    expect(reasons({ ...complete, ...birth })).toEqual([reason]);
  });

  it.each([
    [
      { birthKind: 'date', date: '2026-11-21' },
      { kind: 'date', date: '2026-11-21' },
    ],
    [
      { birthKind: 'month', year: '1990', month: '04' },
      { kind: 'month', month: '1990-04' },
    ],
    [
      { birthKind: 'year', year: '၁၉၈၈' },
      { kind: 'year', year: 1988 },
    ],
    [
      { birthKind: 'estimated-age', age: '๓๕' },
      { kind: 'estimated-age', years: 35, on: today },
    ],
  ] as const)('takes the birth %o as people know it', (entered, birth) => {
    expect(registrationOf({ ...complete, ...entered }, today, []).birth).toEqual(birth);
  });

  it('asks about duplicates as soon as there is a name and a birth, and not before', () => {
    expect(duplicatesQuestion({ ...complete, name: '  ' }, today)).toBeUndefined();
    expect(duplicatesQuestion({ ...complete, year: '' }, today)).toBeUndefined();
    expect(duplicatesQuestion({ ...complete, sex: undefined }, today)).toMatchObject({ sex: 'unknown' });
  });

  it('keeps the same request id however often it is sent', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.array(fc.uuid()), (requestId, seen) => {
        const entry = { ...complete, requestId };
        return registrationOf(entry, today, []).requestId === registrationOf(entry, today, seen).requestId;
      }),
    );
  });

  it('never sends what is never asked', () => {
    const sent = registrationOf(
      { ...complete, nationality: 'xx', address: 'somewhere' } as RegistrationEntry,
      today,
      [],
    );
    expect(Object.keys(sent)).not.toContain('nationality');
    expect(Object.keys(sent)).not.toContain('address');
  });

  it.each([
    ['birth.date', 'birth-date'],
    ['RegisterPerson.name.text', 'name'],
    ['Patient.gender', 'sex'],
    ['consents[0]', undefined],
  ])('puts the refusal of %s where it belongs', (expression, field) => {
    expect(fieldOfExpression(expression, 'date')).toBe(field);
  });
});
