import type { FhirRequest, FhirResponse, HttpMethod } from '@medplum/fhir-router';
import type { Bundle, Observation, Patient, Resource } from '@medplum/fhirtypes';
import type { Decide } from '@serai/policy/types.ts';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitsShown, freshDatabase } from '../tests/database.ts';
import { createFhirRouter } from './router.ts';
import { createStore, type Store } from './store.ts';
import { allowAll, classify, contextWith, denyAll, nurse, permitted, personFacts, refused } from './testing/context.ts';
import type { RequestStore } from './types.ts';

let url: string;
let store: Store;
let everything: RequestStore;
let hidden: Patient & { id: string };
let shown: Patient & { id: string };
let hiddenObservation: Observation & { id: string };
let sharedObservation: Observation & { id: string };
const router = createFhirRouter();

/** Sees everybody but one person, and no resource labelled R. */
const selective: Decide = ({ target }) =>
  target.kind === 'resource' && (target.personId === hidden.id || target.labels.includes('R')) ? refused : permitted;

const observation = (personId: string, code: string, more: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: `Patient/${personId}` },
  ...more,
});

beforeAll(async () => {
  url = await freshDatabase();
  store = await createStore({ url, classify, personFacts, migrate: false });
  everything = store.forRequest(contextWith(allowAll));
  const { repo } = everything;
  hidden = await repo.createResource<Patient>({
    resourceType: 'Patient',
    name: [{ family: 'Secretname' }],
    identifier: [{ system: 'urn:secret', value: 'hidden-1' }],
  });
  shown = await repo.createResource<Patient>({ resourceType: 'Patient', name: [{ family: 'Openname' }] });
  hiddenObservation = await repo.createResource(observation(hidden.id, 'H-1'));
  await repo.createResource(observation(shown.id, 'S-1', { meta: { security: [{ code: 'R' }] } }));
  // Belongs to the shown person but points at the hidden one too.
  sharedObservation = await repo.createResource(
    observation(shown.id, 'S-2', { focus: [{ reference: `Patient/${hidden.id}` }] }),
  );
});
afterAll(() => store?.close());

async function ask(
  request: RequestStore,
  method: HttpMethod,
  address: string,
  body?: unknown,
  headers: FhirRequest['headers'] = {},
): Promise<FhirResponse> {
  return router.handleRequest(
    { method, url: address, pathname: '', params: {}, query: {}, body, headers, config: { transactions: true } },
    request.repo,
  );
}

const NEVER = '00000000-0000-4000-8000-000000000000';

test('a request store cannot be built without decide, an actor, a purpose and a clock', () => {
  const whole = contextWith(allowAll);
  for (const missing of ['decide', 'actor', 'purpose', 'clock'] as const) {
    expect(() => store.forRequest({ ...whole, [missing]: undefined } as any), missing).toThrow('takes');
  }
  expect(Object.keys(store).sort()).toEqual(['close', 'evidence', 'forRequest', 'outbox', 'ping', 'record']);
});

interface Path {
  readonly method: HttpMethod;
  readonly path: string;
  readonly body?: (id: string) => unknown;
  readonly headers?: FhirRequest['headers'];
}

const paths: readonly Path[] = [
  { method: 'GET', path: 'Patient/{id}' },
  { method: 'GET', path: 'Patient/{id}/_history' },
  { method: 'GET', path: 'Patient/{id}/_history/{version}' },
  {
    method: 'PUT',
    path: 'Patient/{id}',
    body: (id) => ({ resourceType: 'Patient', id, active: true }),
    headers: { 'if-match': 'W/"x"' },
  },
  { method: 'PATCH', path: 'Patient/{id}', body: () => [{ op: 'replace', path: '/nothing/here', value: 1 }] },
  { method: 'PATCH', path: 'Patient/{id}', body: () => [{ op: 'test', path: '/name/0/family', value: 'Secretname' }] },
  { method: 'PATCH', path: 'Patient/{id}', body: () => ({ resourceType: 'Parameters', parameter: [] }) },
  { method: 'DELETE', path: 'Patient/{id}' },
  { method: 'DELETE', path: 'Patient/{id}', headers: { 'if-match': 'W/"x"' } },
];

test.each(paths)('$method $path of a hidden person is, byte for byte, that of nobody', async (asked) => {
  const { method, path, body, headers } = asked;
  const request = store.forRequest(contextWith(selective));
  const address = (id: string) => path.replace('{id}', id).replace('{version}', hidden.meta!.versionId!);
  const refusedAnswer = await ask(request, method, address(hidden.id), body?.(hidden.id), headers);
  const absentAnswer = await ask(request, method, address(NEVER), body?.(NEVER), headers);
  expect(JSON.stringify(refusedAnswer)).toBe(JSON.stringify(absentAnswer));
  expect(refusedAnswer[0].id).toBe('not-found');
});

test.each([
  ['Patient?family=Secretname&_total=accurate', 'Patient?family=Nobodyname&_total=accurate'],
  ['Patient?identifier=urn:secret|hidden-1&_summary=count', 'Patient?identifier=urn:secret|never&_summary=count'],
  ['Patient?_id={hidden}&_total=accurate', `Patient?_id=${NEVER}&_total=accurate`],
  ['Observation?code=H-1', 'Observation?code=N-1'],
  ['Observation?subject:Patient.family=Secretname', 'Observation?subject:Patient.family=Nobodyname'],
  [
    'Observation?focus:Patient.family=Secretname&_total=accurate',
    'Observation?focus:Patient.family=Nobodyname&_total=accurate',
  ],
  ['Patient?_has:Observation:subject:code=H-1', 'Patient?_has:Observation:subject:code=N-1'],
  ['Patient?_has:Observation:focus:code=H-1', 'Patient?_has:Observation:focus:code=N-1'],
])('a search for what is hidden answers as for what is not there: %s', async (secret, nothing) => {
  const request = store.forRequest(contextWith(selective));
  const answer = async (query: string) => {
    const [, bundle] = await ask(request, 'GET', query.replace('{hidden}', hidden.id));
    const { link, ...rest } = bundle as Bundle;
    expect(link).toHaveLength(1);
    return JSON.stringify(rest);
  };
  expect(await answer(secret)).toBe(await answer(nothing));
});

test('includes, reverse includes, totals and pages show only what may be seen', async () => {
  const request = store.forRequest(contextWith(selective));
  const ids = async (query: string) => {
    const [outcome, bundle] = await ask(request, 'GET', query);
    expect(outcome.id, query).toBe('ok');
    return ((bundle as Bundle).entry ?? []).map((entry) => entry.resource!.id).sort();
  };
  expect(await ids('Observation?code=S-2&_include=Observation:focus&_include=Observation:subject')).toEqual(
    [sharedObservation.id, shown.id].sort(),
  );
  expect(await ids(`Patient?_id=${shown.id}&_revinclude=Observation:subject`)).toEqual(
    [sharedObservation.id, shown.id].sort(),
  );
  const [, all] = await ask(request, 'GET', 'Observation?_total=accurate&_count=1');
  expect((all as Bundle).total).toBe(1);
  expect((all as Bundle).link?.map((link) => link.relation)).toEqual(['self']);
});

test('a conditional write neither touches nor tells of a hidden match', async () => {
  const request = store.forRequest(contextWith(selective));
  const patient = { resourceType: 'Patient' as const, identifier: [{ system: 'urn:secret', value: 'hidden-1' }] };
  const [deleted] = await ask(request, 'DELETE', 'Patient?identifier=urn:secret|hidden-1');
  const [nothing] = await ask(request, 'DELETE', 'Patient?identifier=urn:secret|never');
  expect(deleted).toEqual(nothing);
  const [outcome, made] = await ask(request, 'POST', 'Patient', patient, {
    'if-none-exist': 'identifier=urn:secret|hidden-1',
  });
  expect(outcome.id).toBe('created');
  expect((made as Resource).id).not.toBe(hidden.id);
  expect(await everything.repo.readResource('Patient', hidden.id)).toEqual(hidden);
  await everything.repo.deleteResource('Patient', (made as Resource).id!);
});

test('where everything is refused nothing is told, on any path, and every refusal is logged', async () => {
  const before = (await store.evidence.list({ limit: 1000 })).length;
  const request = store.forRequest(contextWith(denyAll));
  const notFound = JSON.stringify((await ask(request, 'GET', 'Basic/nothing'))[0]);
  const bundle = (method: string, address: string, resource?: unknown) => ({
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method, url: address }, ...(resource ? { resource } : {}) }],
  });
  const attempts: [HttpMethod, string, unknown?, FhirRequest['headers']?][] = [
    ['GET', `Patient/${hidden.id}`],
    ['GET', `Patient/${hidden.id}/_history`],
    ['GET', `Patient/${hidden.id}/_history/${hidden.meta!.versionId}`],
    ['GET', 'Patient/_history'],
    ['GET', 'Patient?family=Secretname'],
    ['GET', 'Patient?_summary=count'],
    ['GET', 'Observation?_include=Observation:subject'],
    ['POST', 'Patient/_search', { family: 'Secretname' }],
    ['GET', '?_type=Patient,Observation'],
    ['PUT', `Patient/${hidden.id}`, { resourceType: 'Patient', id: hidden.id, active: true }],
    ['PUT', 'Patient?identifier=urn:secret|hidden-1', { resourceType: 'Patient', active: true }],
    ['PATCH', `Patient/${hidden.id}`, [{ op: 'add', path: '/active', value: true }]],
    ['PATCH', 'Patient?identifier=urn:secret|hidden-1', [{ op: 'add', path: '/active', value: true }]],
    ['DELETE', `Patient/${hidden.id}`],
    ['DELETE', 'Patient?identifier=urn:secret|hidden-1'],
    ['POST', 'Patient', { resourceType: 'Patient', active: true }],
    ['POST', 'Patient', { resourceType: 'Patient', nonsense: true }],
    ['POST', 'Patient', { resourceType: 'Patient' }, { 'if-none-exist': 'identifier=urn:secret|hidden-1' }],
  ];
  for (const [method, address, body, headers] of attempts) {
    const [outcome, resource] = await ask(request, method, address, body, headers);
    expect(JSON.stringify(outcome), `${method} ${address}`).toBe(notFound);
    expect(resource, `${method} ${address}`).toBeUndefined();
  }
  for (const [method, address, resource] of [
    ['GET', `Patient/${hidden.id}`],
    ['DELETE', `Patient/${hidden.id}`],
    ['GET', 'Patient?family=Secretname'],
    ['POST', 'Patient', { resourceType: 'Patient', active: true }],
  ] as const) {
    const [, answer] = await ask(request, 'POST', '', bundle(method, address, resource));
    const text = JSON.stringify(answer);
    expect(text).toContain('not-found');
    expect(text).not.toMatch(/Secretname|hidden-1/);
  }
  const [, graph] = await ask(request, 'POST', '$graphql', {
    query: `{ Patient(id: "${hidden.id}") { id name { family } } }`,
  });
  expect(JSON.stringify(graph)).not.toMatch(/Secretname/);
  expect((await request.repo.readReferences([{ reference: `Patient/${hidden.id}` }]))[0]).toBeInstanceOf(Error);
  await commitsShown(url);
  expect((await request.changes(undefined, 100)).changes).toEqual([]);
  const logged = await store.evidence.list({ limit: 1000 });
  expect(logged.length - before).toBeGreaterThanOrEqual(attempts.length + 4);
  expect(logged.slice(0, attempts.length).every((entry) => entry.public.outcome === 'refuse')).toBe(true);
  expect(await everything.repo.readResource('Patient', hidden.id)).toEqual(hidden);
});

test('a person sees her own record and nothing of others', async () => {
  const own: Decide = ({ actor, target }) =>
    target.kind === 'type' || (target.kind === 'resource' && target.personId === actor.personId) ? permitted : refused;
  const actor = { ...nurse, id: `Patient/${shown.id}`, class: 'person' as const, personId: shown.id };
  const request = store.forRequest(contextWith(own, { actor }));
  const found = await request.repo.searchResources({ resourceType: 'Patient' });
  expect(found.map((patient) => patient.id)).toEqual([shown.id]);
  await commitsShown(url);
  const seen = await request.changes(undefined, 1000);
  expect(seen.changes.map((change) => change.id)).not.toContain(hiddenObservation.id);
  expect(seen.changes.map((change) => change.id)).toContain(sharedObservation.id);
});

test('consent and encounters change what is decided in the very transaction that writes them', async () => {
  const byConsent: Decide = ({ target, facts }) =>
    target.kind === 'type' ||
    (target.kind === 'resource' && target.resourceType !== 'Observation') ||
    facts?.person?.consents.at(-1)?.decision === 'permit'
      ? permitted
      : refused;
  const request = store.forRequest(contextWith(byConsent));
  const { repo } = request;
  const patient = await repo.createResource<Patient>({ resourceType: 'Patient', active: true });
  await expect(repo.createResource(observation(patient.id, 'C-1'))).rejects.toThrow('Not found');
  const kept = await request.transaction(async (tx) => {
    await tx.repo.createResource<Resource>({
      resourceType: 'Consent',
      status: 'active',
      scope: { text: 'privacy' },
      category: [{ text: 'treatment' }],
      policyRule: { text: 'none' },
      patient: { reference: `Patient/${patient.id}` },
      provision: { type: 'permit' },
    } as Resource);
    return tx.repo.createResource(observation(patient.id, 'C-1'));
  });
  expect(await repo.readResource('Observation', kept.id)).toEqual(kept);
  const consent = await repo.searchOne({
    resourceType: 'Consent',
    filters: [{ code: 'patient', operator: 'eq', value: patient.id }],
  });
  await repo.deleteResource('Consent', consent!.id);
  await expect(repo.readResource('Observation', kept.id)).rejects.toThrow('Not found');
});

test('when the evidence log cannot be written nothing is released', async () => {
  const pool = new Pool({ connectionString: url, max: 1 });
  await pool.query('alter table evidence_entry rename to evidence_away');
  try {
    const request = store.forRequest(contextWith(allowAll));
    const refusedRead = await request.repo.readResource('Patient', shown.id).then(
      () => undefined,
      (error) => error,
    );
    expect(refusedRead?.refusal?.code).toBe('store.evidence-unavailable');
    await expect(request.repo.createResource<Patient>({ resourceType: 'Patient', active: true })).rejects.toThrow();
  } finally {
    await pool.query('alter table evidence_away rename to evidence_entry');
    await pool.end();
  }
  expect(await everything.repo.readResource('Patient', shown.id)).toEqual(shown);
});

test('a decision is asked once for the same person and kind of data, however many rows', async () => {
  const many = await everything.repo.createResource<Patient>({ resourceType: 'Patient', active: true });
  await everything.transaction(async (tx) => {
    for (let i = 0; i < 20; i++) {
      await tx.repo.createResource(observation(many.id, `M-${i}`));
    }
  });
  let asked = 0;
  const counting: Decide = (question) => {
    asked += question.target.kind === 'resource' ? 1 : 0;
    return permitted;
  };
  const found = await store.forRequest(contextWith(counting)).repo.searchResources({
    resourceType: 'Observation',
    filters: [{ code: 'patient', operator: 'eq', value: many.id }],
  });
  expect(found).toHaveLength(20);
  expect(asked).toBe(1);
  const [entry] = await store.evidence.list({ personId: many.id, limit: 1 });
  expect(entry!.sealed).toMatchObject({ count: 20 });
});
