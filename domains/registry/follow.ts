import type { Patient } from '@medplum/fhirtypes';
import type { RequestStore } from '@serai/store/types.ts';
import { forgetPerson, indexPerson, projectedUpTo, type RegistryDatabase, setProjectedUpTo } from './persons.store.ts';

const pageSize = 200;
const projection = 'person-keys';

/**
 * Brings the index that finds persons up to the record, whichever door they came in by: follows the change numbers, so
 * that nothing is missed and nothing is done twice.
 * @returns how many persons were indexed.
 */
export async function followPersons(store: RequestStore, database: RegistryDatabase, secret: string): Promise<number> {
  let indexed = 0;
  let token = await projectedUpTo(database, projection);
  for (;;) {
    const page = await store.changes(token, pageSize);
    for (const change of page.changes) {
      if (change.resourceType === 'Patient') {
        await (change.resource
          ? indexPerson(database, secret, change.resource as Patient)
          : forgetPerson(database, change.id));
        indexed++;
      }
    }
    if (page.next !== undefined && page.next !== token) {
      token = page.next;
      await setProjectedUpTo(database, projection, token);
    }
    if (page.changes.length < pageSize) {
      return indexed;
    }
  }
}
