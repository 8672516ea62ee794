import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashToken } from './search-hash.ts';
import { compileTypeIndex, indexResource, type SearchParameterDefinition } from './search-index.ts';
import { compilePath } from './search-paths.ts';
import { localReference, tokenVariants } from './search-read.ts';
import { dateRange, foldText, numberRange } from './search-values.ts';

const read = (expression: string, type: string, resource: unknown) => {
  const out: unknown[] = [];
  compilePath(expression, type)!(resource, out);
  return out;
};

test.each([
  ['Patient.name.family', 'Patient', { name: [{ family: 'a' }, { family: 'b' }] }, ['a', 'b']],
  [
    "Patient.telecom.where(system='email')",
    'Patient',
    { telecom: [{ system: 'email', value: 'x' }, { system: 'phone' }] },
    [{ system: 'email', value: 'x' }],
  ],
  ['(Observation.value as Quantity)', 'Observation', { valueQuantity: { value: 1 } }, [{ value: 1 }]],
  ['Observation.value.ofType(Quantity)', 'Observation', { valueString: 'no' }, []],
  ['Observation.effective', 'Observation', { effectivePeriod: { start: '2020' } }, [{ start: '2020' }]],
  ['(Observation.value.ofType(CodeableConcept)).text', 'Observation', { valueCodeableConcept: { text: 't' } }, ['t']],
  [
    'Account.subject.where(resolve() is Patient)',
    'Account',
    { subject: [{ reference: 'Patient/1' }, { reference: 'Group/1' }] },
    [{ reference: 'Patient/1' }],
  ],
  ['Bundle.entry[0].resource', 'Bundle', { entry: [{ resource: { id: 1 } }, { resource: { id: 2 } }] }, [{ id: 1 }]],
  ['Patient.deceased.exists() and Patient.deceased != false', 'Patient', { deceasedDateTime: '2020' }, [true]],
  ['Patient.deceased.exists() and Patient.deceased != false', 'Patient', {}, [false]],
  ['Resource.meta.tag', 'Patient', { meta: { tag: [{ code: 'x' }] } }, [{ code: 'x' }]],
])('%s reads what FHIRPath would', (expression, type, resource, expected) => {
  expect(read(expression, type, resource)).toEqual(expected);
});

test('an expression of another type concerns nobody, and one outside the grammar is named', () => {
  expect(compilePath('Encounter.status', 'Patient')).toBeUndefined();
  expect(() => compilePath('Patient.name.select(family)', 'Patient')).toThrow('Patient.name.select(family)');
});

test('a date covers what its precision says', () => {
  const seconds = (text: string) => {
    const range = dateRange(text)!;
    return Number(range.high - range.low) / 1e7;
  };
  expect(seconds('2020')).toBe(366 * 86_400);
  expect(seconds('2021-02')).toBe(28 * 86_400);
  expect(seconds('2021-02-03')).toBe(86_400);
  expect(seconds('2021-02-03T04:05Z')).toBe(60);
  expect(seconds('2021-02-03T04:05:06Z')).toBe(1);
  expect(seconds('2021-02-03T04:05:06.7Z')).toBe(1e-7);
  expect(dateRange('2021-02-03T04:05:06+06:30')!.low).toBe(dateRange('2021-02-02T21:35:06Z')!.low);
  expect(dateRange('0001-01-01')!.low).toBeLessThan(dateRange('0099-12-31')!.low);
  expect(dateRange('0099-12-31')!.high).toBe(dateRange('0100')!.low);
  for (const bad of ['2021-02-30', '2021-13', '21', '2021-02-03T', '2021-02-03T25:00', '', 'x', '0000']) {
    expect(dateRange(bad), bad).toBeUndefined();
  }
});

test('any instant lies in the day, the month and the year it is written with', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9998-01-01T00:00:00Z'), noInvalidDate: true }),
      (date) => {
        const text = date.toISOString();
        const at = dateRange(text)!;
        for (const length of [4, 7, 10, 19]) {
          const whole = dateRange(length === 19 ? `${text.slice(0, 19)}Z` : text.slice(0, length))!;
          expect(whole.low <= at.low && at.high <= whole.high).toBe(true);
        }
        expect(at.low).toBe(BigInt(date.getTime()) * 10_000n);
      },
    ),
  );
});

test('a number means the range its digits imply', () => {
  expect(numberRange('5')).toEqual({ value: 5, low: 4.5, high: 5.5 });
  expect(numberRange('5.40')).toEqual({ value: 5.4, low: 5.395, high: 5.405 });
  expect(numberRange('2e-3')).toEqual({ value: 0.002, low: 0.0015, high: 0.0025 });
  expect(numberRange('-100')).toEqual({ value: -100, low: -100.5, high: -99.5 });
  for (const bad of ['', 'x', '1e999', '--1', '1,5', '0x10', 'NaN']) {
    expect(numberRange(bad), bad).toBeUndefined();
  }
});

test('folding drops case and accents, and keeps the vowels and tones of other scripts', () => {
  expect(foldText('  MÜLLER-Łukasz  Ñandú ')).toBe('muller-lukasz nandu');
  expect(foldText('Ångström')).toBe(foldText('ANGSTROM'));
  expect(foldText('Straße Ærø Đặng')).toBe('strasse aero dang');
  expect(foldText('İstanbul')).toBe('istanbul');
  for (const word of ['မောင်ဘ', 'เกี๊ยว', 'ខ្មែរ', 'हिन्दी']) {
    expect(foldText(word)).toBe(word.normalize('NFKC'));
  }
  expect(foldText('กา')).not.toBe(foldText('กี'));
  expect(foldText('Ёлка')).toBe(foldText('елка'));
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
  );
});

test('a hash is a signed 64-bit number, the same for the same words, and spread', () => {
  const seen = new Set<string>();
  let high = 0;
  for (let i = 0; i < 50_000; i++) {
    const hash = hashToken('Observation', 'code', `http://loinc.org|${i}-${i % 10}`);
    seen.add(hash);
    const value = BigInt(hash);
    expect(value === BigInt.asIntN(64, value)).toBe(true);
    high += value < 0n ? 1 : 0;
  }
  expect(seen.size).toBe(50_000);
  expect(Math.abs(high - 25_000)).toBeLessThan(1_000);
  expect(hashToken('Patient', 'a', 'bc')).not.toBe(hashToken('Patient', 'ab', 'c'));
  expect(hashToken('Observation', 'code', 'x')).toBe(hashToken('Observation', 'code', 'x'));
});

test('tokens are found by code, by system, by both, and by having none', () => {
  expect(tokenVariants({ coding: [{ system: 's', code: 'c' }, { code: 'd' }] })).toEqual(['c', 's|c', 's|', 'd', '|d']);
  expect(tokenVariants({ system: 's', value: 'v' })).toEqual(['v', 's|v', 's|']);
  expect(tokenVariants('male', 'http://hl7.org/fhir/administrative-gender')).toContain(
    'http://hl7.org/fhir/administrative-gender|male',
  );
  expect(tokenVariants(true)).toEqual(['true', '|true']);
});

test('a reference is local by its form or by our address, whatever version it names', () => {
  expect(localReference('Patient/1')).toEqual({ targetType: 'Patient', targetId: '1' });
  expect(localReference('Patient/1/_history/2')).toEqual({ targetType: 'Patient', targetId: '1' });
  expect(localReference('https://us/fhir/Patient/1', 'https://us/fhir/')).toEqual({
    targetType: 'Patient',
    targetId: '1',
  });
  for (const other of ['https://them/fhir/Patient/1', '#p', 'urn:uuid:1', 'Patient', 7, undefined, 'patient/1']) {
    expect(localReference(other, 'https://us/fhir/')).toBeUndefined();
  }
});

test('indexing takes any shape of input without a fault', () => {
  const all: SearchParameterDefinition[] = (
    ['token', 'reference', 'string', 'date', 'quantity', 'number', 'uri'] as const
  ).map((type) => ({ code: type, type, expression: 'Patient.x' }));
  const index = compileTypeIndex('Patient', [
    ...all,
    {
      code: 'both',
      type: 'composite',
      expression: 'Patient.x',
      component: [
        { type: 'token', expression: 'code' },
        { type: 'quantity', expression: 'value.ofType(Quantity)' },
      ],
    },
  ]);
  fc.assert(
    fc.property(fc.jsonValue(), (x) => {
      const rows = indexResource(index, { resourceType: 'Patient', x });
      expect(rows.tokens).toBeInstanceOf(Set);
    }),
  );
});
