import { OperationOutcomeError } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkResource } from './input.ts';

const FIELDS =
  'id meta text contained extension identifier active name birthDate deceasedBoolean _birthDate contact link'.split(
    ' ',
  );

test('whatever stands in a resource, it is accepted or refused with an outcome', { timeout: 60_000 }, () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.array(
      fc.record({
        resourceType: fc.constantFrom('Patient', 'Nothing', 'Observation', 'constructor', 7),
        id: fc.jsonValue(),
      }),
    ),
    fc.array(fc.record({ url: fc.jsonValue(), valueReference: fc.jsonValue(), extension: fc.jsonValue() })),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...FIELDS), value), (fields) => {
      try {
        checkResource({ resourceType: 'Patient', ...fields } as unknown as Resource);
      } catch (error) {
        expect(error).toBeInstanceOf(OperationOutcomeError);
        expect((error as OperationOutcomeError).outcome.issue[0]!.severity).toBe('error');
      }
    }),
    { numRuns: 500 },
  );
});

test('base64 may hold white space, as R4 says, and nothing else', () => {
  const binary = (data: string) => () => checkResource({ resourceType: 'Binary', contentType: 'text/plain', data });
  expect(binary('aGVs\n bG8=')).not.toThrow();
  expect(binary('aGVs bG8')).toThrow('base64');
  expect(binary('aGVs*bG8=')).toThrow('base64');
});
