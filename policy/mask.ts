import type { Patient, Resource } from '@medplum/fhirtypes';
import type { DataCategory } from './types.ts';

/**
 * The fields of a resource that belong to a category of their own. Where the reader may not have the category, the
 * fields are taken out; the rest of the resource stands.
 */
const fieldsByCategory: Readonly<Record<string, readonly { category: DataCategory; fields: readonly string[] }[]>> = {
  Patient: [
    { category: 'contact', fields: ['telecom', 'address', 'contact', 'photo', 'link', 'generalPractitioner'] },
    { category: 'social-history', fields: ['maritalStatus', 'multipleBirthBoolean', 'multipleBirthInteger'] },
  ],
};

/**
 * @param may whether the reader may have this category of this person's record.
 * @returns the resource itself where nothing has to go, else a copy without it.
 */
export function mask<T extends Resource>(resource: T, may: (category: DataCategory) => boolean): T {
  const rules = fieldsByCategory[resource.resourceType];
  if (!rules) {
    return resource;
  }
  let masked: Record<string, unknown> | undefined;
  for (const { category, fields } of rules) {
    const present = fields.filter((field) => field in resource);
    if (present.length > 0 && !may(category)) {
      masked ??= { ...resource } as unknown as Record<string, unknown>;
      for (const field of present) {
        delete masked[field];
        delete masked[`_${field}`];
      }
    }
  }
  if (masked && resource.resourceType === 'Patient') {
    // Extensions of a Patient name race, birth place, nationality: none of them is needed to know who it is.
    delete (masked as unknown as Patient).extension;
  }
  return (masked as unknown as T) ?? resource;
}
