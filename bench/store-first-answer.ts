import { startEmbedded } from '../store/embedded.ts';
import { createStore } from '../store/store.ts';
import { allowAll, classify, contextWith, personFacts } from '../store/testing/context.ts';

/** A process of its own: from nothing to the first answer out of an existing data folder. */
const database = await startEmbedded(process.argv[2]!);
const store = await createStore({ url: database.url, classify, personFacts });
await store.forRequest(contextWith(allowAll)).repo.search({ resourceType: 'Patient', count: 1 });
process.stdout.write('answered\n');
await store.close();
await database.stop();
