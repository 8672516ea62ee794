import type { Resource } from '@medplum/fhirtypes';
import type { Actor, DataCategory, Decide, Decision, PersonFacts } from '@serai/policy/types.ts';
import type { Classification } from '../options.ts';
import type { RequestContext } from '../types.ts';

/** For tests of the store alone: the smallest rules that exercise every path. The product's own live in `policy/`. */

export const permitted: Decision = { permit: true, policies: ['test.permit'], clauses: [], reason: 'permit' };
export const refused: Decision = { permit: false, policies: ['test.forbid'], clauses: [], reason: 'no-permit' };

export const allowAll: Decide = () => permitted;
export const denyAll: Decide = () => refused;

export const nurse: Actor = { id: 'Practitioner/test-nurse', class: 'care', roles: ['nurse'], country: 'MM' };

export function contextWith(decide: Decide, more: Partial<RequestContext> = {}): RequestContext {
  return { actor: nurse, purpose: 'TREAT', decide, clock: () => new Date(), correlationId: 'test', ...more };
}

const CATEGORIES: Readonly<Record<string, DataCategory>> = {
  Patient: 'identity',
  Condition: 'problems',
  Observation: 'results',
  AllergyIntolerance: 'allergies',
  Immunization: 'immunizations',
  Encounter: 'encounters',
  Consent: 'consent',
};

export function classify(resource: Resource): Classification {
  const labels = (resource.meta?.security ?? []).flatMap((coding) => (coding.code ? [coding.code] : []));
  return { categories: [CATEGORIES[resource.resourceType] ?? 'administrative'], labels };
}

export function personFacts(resources: readonly Resource[]): PersonFacts {
  return {
    consents: resources.flatMap((resource) =>
      resource.resourceType === 'Consent' && resource.status === 'active'
        ? [
            {
              id: resource.id ?? '',
              purpose: 'TREAT' as const,
              decision: resource.provision?.type === 'permit' ? ('permit' as const) : ('deny' as const),
            },
          ]
        : [],
    ),
    facilities: [
      ...new Set(
        resources.flatMap((resource) =>
          resource.resourceType === 'Encounter' && resource.serviceProvider?.reference
            ? [resource.serviceProvider.reference]
            : [],
        ),
      ),
    ].sort(),
  };
}
