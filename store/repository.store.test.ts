import { type FhirRepository, type FhirResponse, type HttpMethod, MemoryRepository } from '@medplum/fhir-router';
import type { Bundle, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../tests/database.ts';
import { loadDefinitions } from './definitions.ts';
import { createFhirRouter } from './router.ts';
import { createStore, type Store } from './store.ts';
import { allowAll, classify, contextWith, personFacts } from './testing/context.ts';

let store: Store;
const repositories: Record<string, () => FhirRepository> = {};

beforeAll(async () => {
  loadDefinitions();
  const baseUrl = 'https://node.test/fhir/R4/';
  store = await createStore({ url: await freshDatabase(), classify, personFacts, migrate: false, baseUrl });
  const memory = new MemoryRepository();
  repositories.memory = () => memory;
  repositories.postgres = () => store.forRequest(contextWith(allowAll)).repo;
});
afterAll(() => store?.close());

const router = createFhirRouter();
const ask = (
  repo: FhirRepository,
  method: HttpMethod,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<FhirResponse> =>
  router.handleRequest({ method, url, pathname: '', params: {}, query: {}, body, headers }, repo);

const outcomeId = (work: () => Promise<unknown>) =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'ok',
      (error) => error.outcome.id,
    );

/** What Medplum's own in-memory repository does, ours does too. */
describe.each(['memory', 'postgres'])('as Medplum means it: %s', (name) => {
  const open = () => repositories[name]!();

  test('create gives an id, a version and a time; read gives it back', async () => {
    const made = await open().createResource<Patient>({ resourceType: 'Patient', meta: { tag: [{ code: 'kept' }] } });
    expect(made.meta).toMatchObject({
      tag: [{ code: 'kept' }],
      versionId: expect.any(String),
      lastUpdated: expect.any(String),
    });
    expect(await open().readResource('Patient', made.id)).toEqual(made);
    expect(await open().readReference({ reference: `Patient/${made.id}` })).toEqual(made);
    expect(await outcomeId(() => open().readResource('Patient', 'nobody'))).toBe('not-found');
    const [one, none] = await open().readReferences([
      { reference: `Patient/${made.id}` },
      { reference: 'Patient/nobody' },
    ]);
    expect(one).toEqual(made);
    expect(none).toBeInstanceOf(Error);
  });

  test('update needs the right version when it names one', async () => {
    const made = await open().createResource<Patient>({ resourceType: 'Patient' });
    const next = await open().updateResource({ ...made, active: true }, { ifMatch: made.meta!.versionId! });
    expect(
      await outcomeId(() => open().updateResource({ ...made, active: false }, { ifMatch: made.meta!.versionId! })),
    ).toBe('precondition-failed');
    expect(
      await outcomeId(() => open().updateResource({ resourceType: 'Patient', id: 'nobody' }, { ifMatch: 'x' })),
    ).toBe('not-found');
    expect(await open().readVersion('Patient', made.id, made.meta!.versionId!)).toEqual(made);
    expect(await open().readVersion('Patient', made.id, next.meta!.versionId!)).toEqual(next);
    expect(
      (await open().readHistory('Patient', made.id)).entry?.map((entry) => entry.resource?.meta?.versionId),
    ).toEqual([next.meta!.versionId, made.meta!.versionId]);
  });

  test('patches by JSON and by FHIRPath', async () => {
    const made = await open().createResource<Patient>({ resourceType: 'Patient', name: [{ family: 'One' }] });
    const patched = await open().patchResource<Patient>('Patient', made.id, [
      { op: 'test', path: '/name/0/family', value: 'One' },
      { op: 'replace', path: '/name/0/family', value: 'Two' },
    ]);
    expect(patched.name).toEqual([{ family: 'Two' }]);
    const again = await open().patchResource<Patient>('Patient', made.id, {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'operation',
          part: [
            { name: 'type', valueCode: 'add' },
            { name: 'path', valueString: 'Patient' },
            { name: 'name', valueString: 'birthDate' },
            { name: 'value', valueDate: '1990-01-01' },
          ],
        },
      ],
    });
    expect(again).toMatchObject({ name: [{ family: 'Two' }], birthDate: '1990-01-01' });
    expect(
      await outcomeId(() => open().patchResource('Patient', made.id, [{ op: 'test', path: '/active', value: true }])),
    ).toBeUndefined();
    expect((await open().readResource<Patient>('Patient', made.id)).name).toEqual([{ family: 'Two' }]);
  });

  test('conditional create, update and delete look first', async () => {
    const identifier = [{ system: `urn:${name}`, value: 'c-1' }];
    const criteria = () => ({
      resourceType: 'Patient' as const,
      filters: [{ code: 'identifier', operator: 'eq' as const, value: `urn:${name}|c-1` }],
    });
    const patient: Patient = { resourceType: 'Patient', identifier };
    const first = await open().conditionalCreate(patient, criteria());
    const second = await open().conditionalCreate(patient, criteria());
    expect([first.outcome.id, second.outcome.id]).toEqual(['created', 'ok']);
    expect(second.resource.id).toBe(first.resource.id);
    const updated = await open().conditionalUpdate({ ...patient, active: true }, criteria());
    expect(updated.resource).toMatchObject({ id: first.resource.id, active: true });
    await open().createResource(patient);
    expect(await outcomeId(() => open().conditionalUpdate(patient, criteria()))).toBe('multiple-matches');
    expect(await outcomeId(() => open().conditionalDelete(criteria()))).toBe('multiple-matches');
    await open().deleteResource('Patient', first.resource.id);
    await open().conditionalDelete(criteria());
    expect(await open().searchResources(criteria())).toEqual([]);
  });

  test('a batch answers each entry; a transaction resolves its own references', async () => {
    const urn = 'urn:uuid:0f6e2a3c-6f3b-4a53-9d43-8a5a3f9f0a01';
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: urn },
    };
    const [outcome, answer] = await ask(open(), 'POST', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: urn,
          resource: { resourceType: 'Patient', active: true },
          request: { method: 'POST', url: 'Patient' },
        },
        { resource: observation, request: { method: 'POST', url: 'Observation' } },
      ],
    });
    expect(outcome.id).toBe('ok');
    const [patient, observed] = (answer as Bundle).entry!.map((entry) => entry.resource!);
    expect((observed as Observation).subject?.reference).toBe(`Patient/${patient!.id}`);
    const [, batch] = await ask(open(), 'POST', '', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: `Patient/${patient!.id}` } },
        { request: { method: 'GET', url: 'Patient/nobody' } },
        { request: { method: 'DELETE', url: `Observation/${observed!.id}` } },
      ],
    });
    expect((batch as Bundle).entry?.map((entry) => entry.response?.status)).toEqual(['200', '404', '200']);
  });
});

const open = () => repositories.postgres!();

test('a transaction that fails anywhere keeps nothing', async () => {
  const family = 'Rolledback';
  const [outcome] = await ask(open(), 'POST', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { resource: { resourceType: 'Patient', name: [{ family }] }, request: { method: 'POST', url: 'Patient' } },
      { resource: { resourceType: 'Patient', active: 'no' }, request: { method: 'POST', url: 'Patient' } },
    ],
  });
  expect(outcome.issue[0]!.expression).toEqual(['Patient.active']);
  expect(
    await open().searchResources({
      resourceType: 'Patient',
      filters: [{ code: 'family', operator: 'eq', value: family }],
    }),
  ).toEqual([]);
});

test('a deleted resource is gone, keeps its history, and lives again when it is put', async () => {
  const made = await open().updateResource<Patient>({ resourceType: 'Patient', id: 'put-1', active: true });
  expect(made.id).toBe('put-1');
  await open().deleteResource('Patient', made.id);
  await open().deleteResource('Patient', made.id);
  expect(await outcomeId(() => open().readResource('Patient', made.id))).toBe('gone');
  expect(await outcomeId(() => open().patchResource('Patient', made.id, []))).toBe('gone');
  await open().updateResource({ ...made, active: false });
  expect((await open().readResource<Patient>('Patient', made.id)).active).toBe(false);
  expect((await open().readHistory('Patient', made.id)).entry).toHaveLength(3);
  const paged = await open().readHistory('Patient', made.id, { offset: 1, limit: 1 });
  expect(paged.entry?.[0]?.request?.method).toBe('DELETE');
  expect(paged.link?.at(-1)?.relation).toBe('next');
});

test('pages follow one another in order, without gaps or repeats, while others write', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 25; i++) {
    const made = await open().createResource<Patient>({
      resourceType: 'Patient',
      meta: { tag: [{ code: 'paged' }] },
      // Several share a date, some have none.
      ...(i % 5 === 4 ? {} : { birthDate: `19${80 + (i % 3)}-01-01` }),
      name: [{ family: `Paged${String(i).padStart(2, '0')}` }],
    });
    ids.push(made.id);
  }
  for (const sort of [
    'birthdate',
    '-birthdate',
    'family',
    '-family',
    '-birthdate,family',
    '_lastUpdated',
    '-_lastUpdated',
    '_id',
  ]) {
    const seen: Patient[] = [];
    let url: string | undefined = `Patient?_tag=paged&_sort=${sort}&_count=4&_total=accurate`;
    while (url) {
      const [outcome, bundle]: FhirResponse = await ask(open(), 'GET', url);
      expect(outcome.id, JSON.stringify(outcome)).toBe('ok');
      expect((bundle as Bundle).total).toBe(25);
      seen.push(...((bundle as Bundle).entry ?? []).map((entry) => entry.resource as Patient));
      url = (bundle as Bundle).link
        ?.find((link) => link.relation === 'next')
        ?.url?.replace('https://node.test/fhir/R4/', '');
    }
    expect(seen.map((patient) => patient.id).sort(), sort).toEqual([...ids].sort());
    if (sort.endsWith('birthdate')) {
      const dates = seen.flatMap((patient) => patient.birthDate ?? []);
      expect(dates).toEqual(
        [...dates].sort((a, b) => (sort.startsWith('-') ? b.localeCompare(a) : a.localeCompare(b))),
      );
      expect(seen.slice(-5).every((patient) => patient.birthDate === undefined)).toBe(true);
    }
    if (sort === '-family') {
      expect(seen[0]!.name?.[0]?.family).toBe('Paged24');
    }
  }
});

test('the shape of an answer: elements, summary, count, offset', async () => {
  const query = async (rest: string) => (await ask(open(), 'GET', `Patient?_tag=paged&${rest}`))[1] as Bundle<Patient>;
  expect(await query('_summary=count')).toMatchObject({ total: 25 });
  expect((await query('_count=0')).entry).toBeUndefined();
  expect((await query('_count=3')).total).toBeUndefined();
  expect((await query('_count=3&_offset=24')).entry).toHaveLength(1);
  const [part] = (await query('_count=1&_elements=name')).entry!.map((entry) => entry.resource!);
  expect(Object.keys(part!).sort()).toEqual(['id', 'meta', 'name', 'resourceType']);
  expect(part!.meta?.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
});

test('unknown parameters and modifiers are named; leniency leaves them out', async () => {
  for (const [url, what] of [
    ['Patient?nickname=x', 'nickname'],
    ['Patient?family:sounds=x', 'sounds'],
    ['Patient?_sort=gender', 'gender'],
    ['Observation?subject:Nothing=x', 'Nothing'],
    ['Patient?_include=Patient:nothing', 'nothing'],
    ['Patient?birthdate=1980-02-31', 'birthdate'],
  ] as const) {
    const [outcome] = await ask(open(), 'GET', url);
    expect(outcome.issue[0]!.details?.text, url).toContain(what);
    // The parameter is named; its value, which may be somebody's birth date, is not repeated.
    expect(outcome.issue[0]!.details?.text, url).not.toContain('1980');
    expect(outcome.id).toBeUndefined();
  }
  const [lenient] = await ask(open(), 'GET', 'Patient?nickname=x&_tag=paged', undefined, {
    prefer: 'handling=lenient',
  });
  expect(lenient.id).toBe('ok');
});

test('the history of a type is paged newest first', async () => {
  const seen: Resource[] = [];
  let url: string | undefined = 'Patient/_history?_count=7';
  for (let i = 0; url && i < 50; i++) {
    const [outcome, bundle]: FhirResponse = await ask(open(), 'GET', url);
    expect(outcome.id).toBe('ok');
    seen.push(...((bundle as Bundle).entry ?? []).flatMap((entry) => entry.resource ?? []));
    url = (bundle as Bundle).link
      ?.find((link) => link.relation === 'next')
      ?.url?.replace('https://node.test/fhir/R4/', '');
  }
  const versions = seen.map((resource) => resource.meta!.versionId);
  expect(new Set(versions).size).toBe(versions.length);
  expect(versions.length).toBeGreaterThan(30);
});

test('a type that R4 does not know is not found', async () => {
  for (const [method, url] of [
    ['GET', 'Nothing/1'],
    ['GET', 'Nothing'],
    ['GET', 'User/1'],
    ['DELETE', 'Project/1'],
  ] as const) {
    expect((await ask(open(), method, url))[0].id, url).toBe('not-found');
  }
});
