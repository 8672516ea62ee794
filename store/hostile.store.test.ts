import type { FhirResponse, HttpMethod } from '@medplum/fhir-router';
import type { Bundle, Patient, Resource } from '@medplum/fhirtypes';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../tests/database.ts';
import { createFhirRouter } from './router.ts';
import { createStore, type Store } from './store.ts';
import { allowAll, classify, contextWith, personFacts } from './testing/context.ts';
import type { RequestStore } from './types.ts';

let url: string;
let store: Store;
let request: RequestStore;
const router = createFhirRouter();

beforeAll(async () => {
  url = await freshDatabase();
  store = await createStore({ url, classify, personFacts, migrate: false });
  request = store.forRequest(contextWith(allowAll));
  await request.repo.createResource<Patient>({ resourceType: 'Patient', name: [{ family: 'Kept' }] });
});
afterAll(() => store?.close());

const ask = (method: HttpMethod, address: string, body?: unknown, query = {}): Promise<FhirResponse> =>
  router.handleRequest({ method, url: address, pathname: '', params: {}, query, body }, request.repo);

const ATTACKS = [
  "'",
  "''; drop table resource; --",
  "1' or '1'='1",
  '"); delete from resource; --',
  '\\',
  '%',
  '_%',
  '$1',
  '$\u007b1}',
  '\\x00',
  '{}',
  '{1,2}',
  'null',
  '-1 union select content from resource',
  'pg_sleep(5)',
  "' || (select content from resource limit 1) || '",
  '\u202e',
  '💥'.repeat(300),
  'a'.repeat(20_000),
];

/** A parameter of every kind, every modifier of its kind, and every place a value or a name can stand. */
const PLACES: ((attack: string) => [string, Record<string, string>])[] = [
  (a) => ['Patient', { family: a }],
  (a) => ['Patient', { 'family:exact': a }],
  (a) => ['Patient', { 'family:contains': a }],
  (a) => ['Patient', { identifier: a }],
  (a) => ['Patient', { identifier: `${a}|${a}` }],
  (a) => ['Patient', { 'identifier:of-type': `${a}|${a}|${a}` }],
  (a) => ['Patient', { 'gender:not': a }],
  (a) => ['Observation', { 'code:text': a }],
  (a) => ['Patient', { birthdate: a }],
  (a) => ['Patient', { birthdate: `ge${a}` }],
  (a) => ['Patient', { 'birthdate:missing': a }],
  (a) => ['Observation', { 'value-quantity': a }],
  (a) => ['Observation', { 'value-quantity': `5|${a}|${a}` }],
  (a) => ['RiskAssessment', { probability: a }],
  (a) => ['Patient', { organization: a }],
  (a) => ['Patient', { 'organization:identifier': a }],
  (a) => ['Patient', { [`general-practitioner:${a}`]: 'x' }],
  (a) => ['ValueSet', { url: a }],
  (a) => ['ValueSet', { 'url:below': a }],
  (a) => ['ValueSet', { 'url:above': a }],
  (a) => ['Observation', { 'code-value-quantity': `${a}$${a}` }],
  (a) => ['Observation', { 'code-value-quantity': `x$5|${a}|${a}` }],
  (a) => ['Observation', { 'code-value-string': `${a}$${a}` }],
  (a) => ['Patient', { _id: a }],
  (a) => ['Patient', { _lastUpdated: a }],
  (a) => ['Patient', { _tag: a }],
  (a) => ['Patient', { _profile: a }],
  (a) => ['Patient', { _sort: a }],
  (a) => ['Patient', { _cursor: a }],
  (a) => ['Patient', { _cursor: Buffer.from(JSON.stringify(['Patient', a])).toString('base64url') }],
  (a) => ['Patient', { _count: a }],
  (a) => ['Patient', { _offset: a }],
  (a) => ['Patient', { _elements: a }],
  (a) => ['Patient', { _summary: a }],
  (a) => ['Patient', { _total: a }],
  (a) => ['Patient', { _include: a }],
  (a) => ['Patient', { _include: `Patient:${a}` }],
  (a) => ['Patient', { _revinclude: `Observation:subject:${a}` }],
  (a) => ['Patient', { [a]: 'x' }],
  (a) => ['Patient', { [`family:${a}`]: 'x' }],
  (a) => ['Observation', { 'subject:Patient.family': a }],
  (a) => ['Observation', { [`subject:Patient.${a}`]: 'x' }],
  (a) => ['Patient', { '_has:Observation:subject:code': a }],
  (a) => ['Patient', { [`_has:Observation:${a}:code`]: 'x' }],
  (a) => ['Patient', { [`_has:${a}:subject:code`]: 'x' }],
];

test('SQL in any place of a search is a value, or a mistake told in 4xx; nothing is lost', async () => {
  const pool = new Pool({ connectionString: url, max: 1 });
  const count = async () => (await pool.query('select count(*)::int as n from resource')).rows[0].n;
  const before = await count();
  for (const place of PLACES) {
    for (const attack of ATTACKS) {
      const [type, query] = place(attack);
      const [outcome, bundle] = await ask('GET', type, undefined, query);
      const what = JSON.stringify(query).slice(0, 200);
      expect(outcome.issue[0]!.code, `${what} ${JSON.stringify(outcome)}`).not.toBe('exception');
      if (outcome.id !== 'ok') {
        expect(JSON.stringify(outcome), what).not.toMatch(
          /syntax error|relation "|column "|invalid input|Cannot read|undefined/,
        );
      } else if ('_has:Observation:subject:code' in query || 'family' in query || '_id' in query) {
        expect((bundle as Bundle).entry, what).toBeUndefined();
      }
    }
  }
  // `null` is as good an id as any other.
  for (const attack of ATTACKS.filter((text) => text !== 'null')) {
    for (const [method, address, body] of [
      ['GET', `Patient/${encodeURIComponent(attack)}`],
      ['GET', `${encodeURIComponent(attack)}/x`],
      ['GET', `Patient/x/_history/${encodeURIComponent(attack)}`],
      ['GET', `Patient/${encodeURIComponent(attack)}/_history`],
      ['DELETE', `Patient/${encodeURIComponent(attack)}`],
      ['PUT', `Patient/${encodeURIComponent(attack)}`, { resourceType: 'Patient', id: attack }],
      ['PATCH', 'Patient/x', [{ op: attack, path: attack, value: attack }]],
      ['POST', 'Patient', { resourceType: 'Patient', [attack]: attack }],
    ] as [HttpMethod, string, unknown?][]) {
      const [outcome] = await ask(method, address, body);
      expect(outcome.id, `${method} ${address} ${JSON.stringify(outcome)}`.slice(0, 500)).not.toBe('ok');
      expect(outcome.issue[0]!.code, `${method} ${address} ${JSON.stringify(outcome)}`.slice(0, 500)).not.toBe(
        'exception',
      );
    }
  }
  expect(await count()).toBe(before);
  await pool.end();
});

test('a value with every dangerous character is stored, found and given back as it came', async () => {
  for (const attack of ATTACKS.filter((text) => text.length < 1000)) {
    const made = await request.repo.createResource<Patient>({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:attack', value: attack }],
      name: [{ text: attack }],
    });
    expect(await request.repo.readResource('Patient', made.id)).toEqual(made);
    const escaped = attack.replace(/[\\,]/g, '\\$&');
    const found = await request.repo.searchResources({
      resourceType: 'Patient',
      filters: [{ code: 'name', operator: 'exact', value: escaped }],
    });
    expect(
      found.map((patient) => patient.id),
      attack,
    ).toEqual([made.id]);
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['U+0000', { name: [{ family: 'a\u0000b' }] }, 'Patient.name[0].family'],
  ['a lone surrogate', { name: [{ given: ['ok', 'a\ud800'] }] }, 'Patient.name[0].given[1]'],
  ['an infinite number', { multipleBirthInteger: Number.POSITIVE_INFINITY }, 'Patient.multipleBirthInteger'],
  ['an unknown field', { nickname: 'x' }, 'Patient.nickname'],
  ['a wrong type', { active: 'yes' }, 'Patient.active'],
  ['one where many are expected', { name: { family: 'x' } }, 'Patient.name'],
  ['a bad date', { birthDate: '1980-02-31' }, 'Patient.birthDate'],
  [
    'a reference of the wrong shape',
    { managingOrganization: { reference: 7 } },
    'Patient.managingOrganization.reference',
  ],
  ['meta of another server', { meta: { project: 'x' } }, 'Patient.meta.project'],
  ['a meta that is no object', { meta: 'x' }, 'Patient.meta'],
])('%s is refused with its path', async (_what, fields, path) => {
  const [outcome] = await ask('POST', 'Patient', { resourceType: 'Patient', ...fields });
  expect(outcome.id).toBeUndefined();
  expect(outcome.issue.flatMap((issue) => issue.expression)).toContain(path);
});

test('nesting without end is refused, not recursed into', async () => {
  let extension: Record<string, unknown> = { url: 'urn:deep', valueBoolean: true };
  for (let i = 0; i < 5000; i++) {
    extension = { url: 'urn:deep', extension: [extension] };
  }
  const [outcome] = await ask('POST', 'Patient', { resourceType: 'Patient', extension: [extension] });
  expect(outcome.issue[0]!.details?.text).toContain('Nested deeper');
});

test('bodies that are no resource are a mistake of the caller', async () => {
  for (const body of [
    null,
    undefined,
    7,
    'text',
    [],
    {},
    { resourceType: 7 },
    { resourceType: 'Nothing' },
    { resourceType: '__proto__' },
  ]) {
    const [outcome] = await ask('POST', 'Patient', body);
    expect(outcome.issue[0]!.severity).toBe('error');
    expect(outcome.issue[0]!.code).not.toBe('exception');
  }
  for (const body of [null, 7, {}, [7], [{}], { resourceType: 'Parameters', parameter: [{ name: 'operation' }] }]) {
    const made = await request.repo.createResource<Patient>({ resourceType: 'Patient', active: true });
    const [outcome, patched] = await ask('PATCH', `Patient/${made.id}`, body);
    expect(outcome.id === 'ok' ? (patched as Resource).id : 'refused').toBe('refused');
  }
});

test('numbers keep the value a double has, and everything else its order and form', async () => {
  const patient: Patient = {
    resourceType: 'Patient',
    extension: [
      { url: 'urn:number', valueDecimal: 0.1 + 0.2 },
      { url: 'urn:small', valueDecimal: 1e-21 },
    ],
    name: [{ text: 'မောင် ဘ', family: 'ก็' }],
    _birthDate: { extension: [{ url: 'urn:why', valueString: 'unknown' }] },
  } as Patient;
  const made = await request.repo.createResource(patient);
  const read = await request.repo.readResource<Patient>('Patient', made.id);
  const { id, meta, ...rest } = read;
  expect(JSON.stringify(rest)).toBe(JSON.stringify(patient));
});
