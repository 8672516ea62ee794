import { notFound, OperationOutcomeError } from '@medplum/core';
import type { Bundle, Organization, Patient, Resource } from '@medplum/fhirtypes';
import { buildSummary } from '@serai/kernel/fhir/summary/summary.ts';
import { preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import type { Country } from './country.ts';
import type { InstanceOperation } from './http/fhir.ts';

export interface SummaryParts {
  readonly self: string;
  readonly country: Country;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** `detail`: `full` for a reader at home, `minimal` for one abroad. */
export type BuildSummary = (
  record: readonly Resource[],
  patient: Patient,
  language: string,
  detail?: 'full' | 'minimal',
) => Promise<Bundle>;

/** The node's own way to make an IPS document of a record the reader was given. */
export function summaryOf(parts: SummaryParts): BuildSummary {
  const organization: Organization = {
    resourceType: 'Organization',
    id: `node-${parts.country.country.toLowerCase()}`,
    identifier: [{ system: 'https://serai.example/node', value: parts.self }],
    name: parts.country.nodeName.en,
    address: [{ country: parts.country.country }],
  };
  return async (record, patient, language) =>
    buildSummary(record, {
      patient,
      language,
      now: parts.clock(),
      author: { organization },
      documentId: parts.newId(),
    });
}

/** `Patient/[id]/$summary` (IPS 1.1.0): the reader gets what the reader may have, in the reader's language. */
export function summaryOperation(build: BuildSummary): InstanceOperation & { readonly definition: string } {
  return {
    resourceType: 'Patient',
    code: 'summary',
    definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
    handle: async ({ id, parameters, store, headers }) => {
      const record = await store.personRecord(id);
      const patient = record.find((each): each is Patient => each.resourceType === 'Patient' && each.id === id);
      if (!patient) {
        throw new OperationOutcomeError(notFound);
      }
      const language = parameters.language ?? preferredLanguage((headers['accept-language'] ?? '').split(','));
      return build(record, patient, language, 'full');
    },
  };
}
