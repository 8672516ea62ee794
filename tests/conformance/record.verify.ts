import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { evalFhirPathTyped, toTypedValue } from '@medplum/core';
import type { FhirRouter } from '@medplum/fhir-router';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { typeIndex } from '../../store/definitions.ts';
import { startEmbedded } from '../../store/embedded.ts';
import { createFhirRouter } from '../../store/router.ts';
import { createStore } from '../../store/store.ts';
import { allowAll, classify, contextWith, personFacts } from '../../store/testing/context.ts';
import type { RequestStore } from '../../store/types.ts';
import type { Case, Suite } from './suite.ts';

/**
 * The examples of the FHIR R4 specification: each is stored and read back equal, and every search parameter of its type
 * reads the same values by our compiled expressions as by Medplum's FHIRPath interpreter.
 */

const shared = process.env.SERAI_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const file = join(shared, 'fhir-r4-examples/hl7.fhir.r4.examples-4.0.1-clinical.ndjson.gz');

const bundles = join(shared, 'synthea/r4-transaction-bundles-40.ndjson.gz');

/** Examples that R4's own rules refuse, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  'Questionnaire/qs1': 'its items lack linkId, which R4 requires',
};

async function* cases(): AsyncIterable<Case> {
  if (!existsSync(file) || !existsSync(bundles)) {
    yield { name: 'examples', check: () => ({ skip: `${shared} is absent` }) };
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'serai-verify-'));
  const database = await startEmbedded(folder, { settings: { fsync: 'off' } });
  const store = await createStore({ url: database.url, classify, personFacts });
  try {
    const request = store.forRequest(contextWith(allowAll));
    for (const line of gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')) {
      const example = JSON.parse(line) as Resource & { id: string };
      const name = `${example.resourceType}/${example.id}`;
      yield {
        name: `${name} is stored and read back equal`,
        check: async () => {
          if (REFUSED[name]) {
            return { skip: REFUSED[name] };
          }
          await request.repo.updateResource(example).catch((error) => {
            throw new Error(JSON.stringify(error.outcome?.issue ?? error.message));
          });
          const read = await request.repo.readResource(example.resourceType, example.id);
          if (!isDeepStrictEqual(unstamped(read), unstamped(example))) {
            throw new Error('it differs');
          }
          return undefined;
        },
      };
      yield { name: `${name} is indexed as FHIRPath reads it`, check: () => compareIndex(example) };
    }
    const router = createFhirRouter();
    for (const [position, line] of gunzipSync(readFileSync(bundles)).toString('utf8').trim().split('\n').entries()) {
      const bundle = JSON.parse(line) as Bundle;
      yield {
        name: `Synthea transaction bundle ${position + 1}: ${bundle.entry?.length} resources load without loss`,
        check: () => loadBundle(request, router, bundle),
      };
    }
  } finally {
    await store.close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadBundle(request: RequestStore, router: FhirRouter, bundle: Bundle): Promise<void> {
  const posted = structuredClone(bundle);
  const [outcome, answer] = await router.handleRequest(
    { method: 'POST', url: '', pathname: '', params: {}, query: {}, body: bundle, config: { transactions: true } },
    request.repo,
  );
  if (outcome.id !== 'ok') {
    throw new Error(JSON.stringify(outcome).slice(0, 500));
  }
  const kept = (answer as Bundle).entry ?? [];
  const places = new Map(
    posted.entry?.map((entry, i) => [entry.fullUrl!, `${kept[i]!.resource!.resourceType}/${kept[i]!.resource!.id}`]),
  );
  const resolved = JSON.stringify(posted).replace(/urn:uuid:[0-9a-f-]{36}/g, (urn) => places.get(urn) ?? urn);
  for (const [i, entry] of ((JSON.parse(resolved) as Bundle).entry ?? []).entries()) {
    const { resourceType, id } = kept[i]!.resource as Resource & { id: string };
    const read = await request.repo.readResource(resourceType, id);
    if (!isDeepStrictEqual(unstamped(read), unstamped({ ...entry.resource!, id }))) {
      throw new Error(`${resourceType} at ${i} differs`);
    }
  }
}

/** Without what the store sets. */
function unstamped(resource: Resource): unknown {
  const { meta, ...rest } = structuredClone(resource);
  const { versionId: _, lastUpdated: __, ...kept } = meta ?? {};
  return { ...rest, meta: kept };
}

function compareIndex(resource: Resource): undefined | { skip: string } {
  if (INTERPRETER_DIFFERS.has(`${resource.resourceType}/${resource.id}`)) {
    return { skip: 'the interpreter differs, see the note' };
  }
  const differing: string[] = [];
  for (const { definition, read } of typeIndex(resource.resourceType)!.compiled) {
    if (definition.type === 'composite') {
      continue;
    }
    const ours: unknown[] = [];
    read(resource, ours);
    let theirs: unknown[];
    try {
      theirs = evalFhirPathTyped(ownPart(definition.expression, resource.resourceType), [toTypedValue(resource)]).map(
        (typed) => typed.value,
      );
    } catch {
      continue;
    }
    if (!isDeepStrictEqual(distinct(ours), distinct(theirs))) {
      differing.push(`${definition.code}: ${JSON.stringify(ours)} and not ${JSON.stringify(theirs)}`);
    }
  }
  if (differing.length > 0) {
    throw new Error(differing.join('; ').slice(0, 500));
  }
  return undefined;
}

/**
 * Where the interpreter is the one that differs: it takes quantities within 0.01 of each other for one, drops a
 * comparator when it compares, and cannot tell the type of an absolute reference by its address.
 */
const INTERPRETER_DIFFERS = new Set([
  'Observation/decimal',
  'Observation/f205',
  'Person/pd',
  'Person/pp',
  'QuestionnaireResponse/bb',
  'QuestionnaireResponse/ussg-fht-answers',
  'ServiceRequest/myringotomy',
]);

/** A union in FHIRPath drops repeats. */
const distinct = (values: readonly unknown[]): string[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort();

function ownPart(expression: string, resourceType: string): string {
  const own = expression
    .split('|')
    .filter((part) => part.includes(`${resourceType}.`) || /Resource\.|^\s*[a-z]/.test(part));
  return own
    .join(' | ')
    .replaceAll('Resource.', `${resourceType}.`)
    .replaceAll(`Domain${resourceType}.`, `${resourceType}.`);
}

export default { name: 'record', cases } satisfies Suite;
