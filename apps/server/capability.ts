import { getAllDataTypes, getSearchParameters } from '@medplum/core';
import type { CapabilityStatement } from '@medplum/fhirtypes';

/** `GET /fhir/R4/metadata`, from what the store really does. */
export function capabilityStatement(options: {
  readonly baseUrl: string;
  readonly issuer: string;
  readonly country: string;
  readonly date: string;
  readonly resourceTypes: readonly string[];
  readonly operations: readonly { readonly resourceType: string; readonly code: string; readonly definition: string }[];
}): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: options.date,
    kind: 'instance',
    software: { name: 'Serai', version: '0.1.0' },
    implementation: { description: `Serai country node ${options.country}`, url: options.baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
              ],
            },
          ],
          description: 'OpenID Connect with PKCE for people, client credentials for systems.',
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'token', valueUri: `${options.issuer}/token` },
                { url: 'authorize', valueUri: `${options.issuer}/auth` },
              ],
            },
          ],
        },
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: options.resourceTypes.map((type) => ({
          type: type as 'Patient',
          interaction: (
            ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'create', 'search-type'] as const
          ).map((code) => ({ code })),
          versioning: 'versioned-update',
          readHistory: true,
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
          conditionalDelete: 'single',
          searchParam: Object.values(getSearchParameters(type) ?? {})
            .filter((parameter) => parameter.code && parameter.type)
            .map((parameter) => ({ name: parameter.code, type: parameter.type })),
          operation: options.operations
            .filter((operation) => operation.resourceType === type)
            .map(({ code, definition }) => ({ name: code, definition })),
        })),
      },
    ],
  };
}

/** Every R4 resource type the definitions know, in order. */
export function resourceTypes(): string[] {
  return Object.values(getAllDataTypes())
    .filter((type) => type.kind === 'resource' && /^[A-Z]/.test(type.name) && !type.type?.startsWith('Domain'))
    .map((type) => type.name)
    .filter((name) => !['Resource', 'DomainResource', 'Parameters'].includes(name))
    .sort();
}
