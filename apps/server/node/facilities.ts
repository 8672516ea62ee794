import type { Organization } from '@medplum/fhirtypes';
import type { RequestStore } from '@serai/store/types.ts';
import type { Country } from '../country.ts';

/** Names of this country's facilities by reference, as decisions and receipts show them. */
export function facilityNames(country: Country): (reference: string) => Promise<string | undefined> {
  const names = new Map(country.facilities.map((each) => [`Organization/${each.id}`, each.name]));
  return async (reference) => names.get(reference);
}

/** The facilities of the country file as `Organization`s, so that references to them lead somewhere. */
export async function ensureFacilities(store: RequestStore, country: Country): Promise<void> {
  for (const facility of country.facilities) {
    const organization: Organization = {
      resourceType: 'Organization',
      id: facility.id,
      active: true,
      identifier: [{ system: 'https://serai.example/facility', value: `${country.country}:${facility.id}` }],
      name: facility.name,
      alias: Object.values(facility.local),
      address: [{ country: country.country }],
    };
    const [known] = await store.repo.readReferences([{ reference: `Organization/${facility.id}` }]);
    if (!known || known instanceof Error) {
      await store.repo.updateResource(organization);
    }
  }
}
