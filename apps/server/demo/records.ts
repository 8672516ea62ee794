import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { RegistryDatabase } from '@serai/domains/registry/persons.store.ts';
import { projectedUpTo, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { createFhirRouter } from '@serai/store/router.ts';
import type { RunningNode } from '../node.ts';

/** Real records for the demonstration (`countries/demo/records/SOURCE.md`), loaded once. */
const folder = join(import.meta.dirname, '../../../countries/demo/records');
const marker = 'demonstration-records';

export interface Loaded {
  readonly bundles: number;
  readonly resources: number;
  readonly seconds: number;
}

/** @returns what was loaded now; nothing where it was loaded before. */
export async function loadExampleRecords(node: RunningNode): Promise<Loaded> {
  const started = performance.now();
  const database = node.database as unknown as RegistryDatabase;
  const done = new Set(JSON.parse((await projectedUpTo(database, marker)) ?? '[]') as string[]);
  const router = createFhirRouter();
  let resources = 0;
  let bundles = 0;
  for (const { name, bundle } of exampleBundles()) {
    if (done.has(name)) {
      continue;
    }
    const [outcome, answer] = await router.handleRequest(
      { method: 'POST', url: '/', pathname: '', params: {}, query: {}, body: bundle, config: { transactions: true } },
      node.ownStore().repo,
    );
    if (answer?.resourceType !== 'Bundle') {
      throw new Error(
        `the example ${name} was not taken: ${outcome.issue[0]?.details?.text ?? outcome.issue[0]?.code}`,
      );
    }
    resources += bundle.entry?.length ?? 0;
    bundles++;
    done.add(name);
    await setProjectedUpTo(database, marker, JSON.stringify([...done]));
  }
  return { bundles, resources, seconds: (performance.now() - started) / 1000 };
}

function* exampleBundles(): Generator<{ name: string; bundle: Bundle }> {
  const synthea = gunzipSync(readFileSync(join(folder, 'synthea-transactions.ndjson.gz'))).toString('utf8');
  for (const [i, line] of synthea.trim().split('\n').entries()) {
    yield { name: `synthea-${i}`, bundle: JSON.parse(line) as Bundle };
  }
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    yield { name: file, bundle: documentToTransaction(JSON.parse(readFileSync(join(folder, file), 'utf8'))) };
  }
}

/**
 * A document as a transaction: what it says becomes a record here, under ids of this node; what bound it together, the
 * Composition, stays with it.
 */
export function documentToTransaction(document: Bundle): Bundle {
  const entries = (document.entry ?? []).filter((entry) => entry.resource);
  const urnOf = new Map<string, string>();
  for (const [i, entry] of entries.entries()) {
    const urn = entry.fullUrl?.startsWith('urn:uuid:')
      ? entry.fullUrl
      : `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
    if (entry.fullUrl) {
      urnOf.set(entry.fullUrl, urn);
    }
    urnOf.set(`${entry.resource!.resourceType}/${entry.resource!.id}`, urn);
  }
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(rewrite);
    }
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) =>
          key === 'reference' && typeof each === 'string' ? [key, urnOf.get(each) ?? each] : [key, rewrite(each)],
        ),
      );
    }
    return value;
  };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: entries.map((entry): BundleEntry => {
      const { id, meta: _, ...resource } = rewrite(entry.resource) as { id: string; meta?: unknown };
      const { resourceType } = entry.resource!;
      return {
        fullUrl: urnOf.get(entry.fullUrl ?? `${resourceType}/${id}`)!,
        resource: resource as BundleEntry['resource'] & object,
        request: { method: 'POST', url: resourceType },
      };
    }),
  };
}
