import type { Resource } from '@medplum/fhirtypes';

/** `Type/id` of a resource. */
export function referenceOf(resource: Resource): string {
  return `${resource.resourceType}/${resource.id}`;
}

/** `Type/id` of a relative, versioned or absolute reference; anything else as it is. */
export function localReference(reference: string): string {
  const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference) ?? [];
  return type ? `${type}/${id}` : reference;
}

/** Every literal reference in a value. */
export function* referencesIn(value: unknown): Iterable<string> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* referencesIn(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key === 'reference' && typeof member === 'string') {
        yield member;
      } else {
        yield* referencesIn(member);
      }
    }
  }
}
