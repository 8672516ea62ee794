import type { Resource } from '@medplum/fhirtypes';
import { localReference } from '@serai/kernel/fhir/search-read.ts';

/** Elements that say whose record a resource is part of, in the order they are asked. */
const OWNERS = [
  'patient',
  'subject',
  'beneficiary',
  'individual',
  'candidate',
  'for',
  'target',
  'actor',
  'participant',
];

/**
 * The person a resource belongs to (FHIR's Patient compartment, the one owning reference of it): a Patient's own id, or
 * the id of the first Patient an owning element refers to. undefined where it is nobody's record.
 */
export function personOf(resource: Resource, baseUrl = ''): string | undefined {
  if (resource.resourceType === 'Patient') {
    return resource.id;
  }
  const node = resource as unknown as Record<string, unknown>;
  for (const name of OWNERS) {
    const value = node[name];
    if (value === undefined || typeof value !== 'object') {
      continue;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      const person = patientId(item, baseUrl) ?? patientId((item as { actor?: unknown } | null)?.actor, baseUrl);
      if (person) {
        return person;
      }
    }
  }
  return undefined;
}

function patientId(reference: unknown, baseUrl: string): string | undefined {
  const local = localReference((reference as { reference?: unknown } | null | undefined)?.reference, baseUrl);
  return local?.targetType === 'Patient' ? local.targetId : undefined;
}
