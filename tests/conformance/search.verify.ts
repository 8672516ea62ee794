import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { startEmbedded } from '../../store/embedded.ts';
import { parseSearch } from '../../store/search/parse.ts';
import { createStore } from '../../store/store.ts';
import { allowAll, classify, contextWith } from '../../store/testing/context.ts';
import type { RequestStore } from '../../store/types.ts';
import type { Case, Suite } from './suite.ts';

/** Search semantics by parameter type, against the vectors of another server's own tests, on real PostgreSQL. */

interface VectorCase {
  readonly query: string;
  readonly expected?: readonly (number | string)[];
  readonly expected_r4_containment?: readonly number[];
}

interface VectorSuite {
  readonly resource: string;
  readonly cases: readonly VectorCase[];
  readonly [fixture: string]: unknown;
}

interface Vectors {
  readonly suites: Readonly<Record<string, VectorSuite>>;
}

const code = { text: 'vector' };
const subject = { reference: 'Patient/vector' };

/** How a suite's fixture values become resources. */
const FIXTURES: Readonly<Record<string, (suite: VectorSuite) => unknown[]>> = {
  date: (suite) =>
    (suite.fixture_effective as (string | [string, string])[]).map((value) => ({
      resourceType: 'Observation',
      status: 'final',
      code,
      ...(Array.isArray(value)
        ? { effectivePeriod: { start: value[0], end: value[1] } }
        : { effectiveDateTime: value.includes('T') ? `${value}Z` : value }),
    })),
  quantity: (suite) =>
    (suite.fixture_value_unitcode_system as [number, string, string][]).map(([value, unitCode, system]) => ({
      resourceType: 'Observation',
      status: 'final',
      code,
      valueQuantity: { value, code: unitCode, system },
    })),
  number: (suite) =>
    (suite.fixture_probability as number[]).map((probabilityDecimal) => ({
      resourceType: 'RiskAssessment',
      status: 'final',
      subject,
      prediction: [{ probabilityDecimal }],
    })),
  token: (suite) =>
    (suite.fixture_valueCodeableConcept as object[]).map((valueCodeableConcept) => ({
      resourceType: 'Observation',
      status: 'final',
      code,
      valueCodeableConcept,
    })),
  string: (suite) =>
    (suite.fixture_city_family_given as (string | null)[][]).map(([city, family, given]) => ({
      resourceType: 'Patient',
      address: [{ city }],
      name: [{ family, ...(given && { given: [given] }) }],
    })),
  reference: (suite) =>
    (suite.fixture as { managingOrganization?: string; generalPractitioner?: string[] }[]).map((row) => ({
      resourceType: 'Patient',
      ...(row.managingOrganization && { managingOrganization: { reference: row.managingOrganization } }),
      ...(row.generalPractitioner && {
        generalPractitioner: row.generalPractitioner.map((reference) => ({ reference })),
      }),
    })),
  uri: (suite) => (suite.fixture_url as string[]).map((url) => ({ resourceType: 'ValueSet', status: 'draft', url })),
};

type Loose = Record<string, unknown>;

/** The composite fixtures are whole examples of an older FHIR; only what their parameters look at is kept. */
function searchedPart(fixture: Loose): Loose {
  if (fixture.resourceType === 'DocumentReference') {
    const { resourceType, status, relatesTo } = fixture;
    return { resourceType, status, relatesTo, content: [{ attachment: { title: 'vector' } }] };
  }
  const measured = (part: Loose) =>
    Object.fromEntries(Object.entries(part).filter(([key]) => key === 'code' || key.startsWith('value')));
  const component = fixture.component as Loose[] | undefined;
  return {
    resourceType: 'Observation',
    status: 'final',
    ...measured(fixture),
    ...(component && { component: component.map(measured) }),
  };
}

/** Bare ids are no references in FHIR; the vectors mark what rests on them as optional. */
const OPTIONAL = new Set(['organization=Organization/ijk', 'organization=ijk', 'general-practitioner=p2']);

async function* cases(): AsyncIterable<Case> {
  const vectors = JSON.parse(
    readFileSync(join(import.meta.dirname, '../vectors/fhir-search/microsoft-search-vectors.json'), 'utf8'),
  ) as Vectors;
  const folder = mkdtempSync(join(tmpdir(), 'serai-verify-'));
  const database = await startEmbedded(folder, { settings: { fsync: 'off' } });
  const store = await createStore({ url: database.url, classify });
  try {
    const request = store.forRequest(contextWith(allowAll));
    for (const [name, suite] of Object.entries(vectors.suites)) {
      yield* suiteCases(request, name, suite);
    }
  } finally {
    await store.close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* suiteCases(request: RequestStore, name: string, suite: VectorSuite): AsyncIterable<Case> {
  const positions = new Map<string, number | string>();
  const fixtures: [number | string, unknown][] = FIXTURES[name]
    ? FIXTURES[name](suite).map((resource, position) => [position, resource])
    : Object.entries(suite.fixtures as object).map(([position, fixture]) => [position, searchedPart(fixture as Loose)]);
  for (const [position, fixture] of fixtures) {
    const resource = structuredClone(fixture) as Resource;
    delete resource.id;
    resource.meta = { tag: [{ code: `vector-${name}` }] };
    const made = await request.repo.createResource(resource);
    positions.set(made.id, position);
  }
  const search = async (query: string): Promise<Bundle> => {
    const all: Record<string, string[]> = { _tag: [`vector-${name}`], _count: ['1000'] };
    for (const part of query.split('&')) {
      const at = part.indexOf('=');
      const key = part.slice(0, at);
      all[key] = [...(all[key] ?? []), part.slice(at + 1)];
    }
    const type = name === 'composite' ? compositeType(query) : suite.resource;
    return request.repo.search(parseSearch(type as Resource['resourceType'], all));
  };
  for (const vector of suite.cases) {
    const expected = vector.expected_r4_containment ?? vector.expected ?? [];
    yield {
      name: `${name} ${vector.query}`,
      check: async (): Promise<undefined | { skip: string }> => {
        if (OPTIONAL.has(vector.query)) {
          return { skip: 'rests on a bare id, which is no reference in FHIR' };
        }
        const bundle = await search(vector.query);
        const found = (bundle.entry ?? []).map((entry) => positions.get(entry.resource!.id!)!);
        same(found, expected);
        return undefined;
      },
    };
  }
  const both = suite.and_case as { query: string; expected: number[] } | undefined;
  if (both) {
    yield {
      name: `${name} ${both.query}`,
      check: async () => {
        const bundle = await search(both.query);
        same(
          (bundle.entry ?? []).map((entry) => positions.get(entry.resource!.id!)!),
          both.expected,
        );
      },
    };
  }
  for (const query of (suite.invalid_400 as string[] | undefined) ?? []) {
    yield {
      name: `${name} ${query} is refused`,
      check: async () => {
        const [key, value] = query.split('=');
        const refused = await Promise.resolve()
          .then(() => request.repo.search(parseSearch('Patient', { [key!]: value! })))
          .then(
            () => false,
            () => true,
          );
        if (!refused) {
          throw new Error('the value was accepted');
        }
      },
    };
  }
}

const compositeType = (parameter: string) =>
  parameter.startsWith('relationship') ? 'DocumentReference' : 'Observation';

function same(found: readonly (number | string)[], expected: readonly (number | string)[]): void {
  const sort = (list: readonly (number | string)[]) => [...list].map(String).sort().join();
  if (sort(found) !== sort(expected)) {
    throw new Error(`found [${sort(found)}], expected [${sort(expected)}]`);
  }
}

export default { name: 'search', cases } satisfies Suite;
