import { FhirRouter } from '@medplum/fhir-router';
import type { Observation, Patient } from '@medplum/fhirtypes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../tests/database.ts';
import { createStore, type Store } from './store.ts';
import { allowAll, classify, contextWith, personFacts } from './testing/context.ts';
import type { RequestStore } from './types.ts';

let store: Store;
let request: RequestStore;

beforeAll(async () => {
  store = await createStore({
    url: await freshDatabase(),
    classify,
    personFacts,
    migrate: false,
    baseUrl: 'https://node.test/fhir/R4/',
  });
  request = store.forRequest(contextWith(allowAll));
});
afterAll(() => store?.close());

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it should have been refused'),
    (error) => error.outcome,
  );

test('a resource is created, read, updated, kept in history, deleted and gone', async () => {
  const { repo } = request;
  const made = await repo.createResource<Patient>({ resourceType: 'Patient', name: [{ text: 'Aung Aung' }] });
  expect(await repo.readResource('Patient', made.id)).toEqual(made);
  const changed = await repo.updateResource<Patient>({ ...made, gender: 'male' }, { ifMatch: made.meta!.versionId! });
  expect(changed.meta!.versionId).not.toBe(made.meta!.versionId);
  expect((await outcomeOf(repo.updateResource(made, { ifMatch: made.meta!.versionId! }))).id).toBe(
    'precondition-failed',
  );
  expect(await repo.readVersion('Patient', made.id, made.meta!.versionId!)).toEqual(made);
  await repo.deleteResource('Patient', made.id);
  expect((await outcomeOf(repo.readResource('Patient', made.id))).id).toBe('gone');
  const history = await repo.readHistory('Patient', made.id);
  expect(history.entry?.map((entry) => entry.request?.method)).toEqual(['DELETE', 'PUT', 'POST']);
});

test('a search finds by token, string, date, quantity, reference, chain and reverse chain', async () => {
  const { repo } = request;
  const patient = await repo.createResource<Patient>({
    resourceType: 'Patient',
    name: [{ family: 'Müller', given: ['Bea'] }],
    birthDate: '1980-05-11',
    identifier: [{ system: 'urn:test', value: '42' }],
  });
  const observation = await repo.createResource<Observation>({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8302-2' }] },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: '2020-02-03T10:00:00Z',
    valueQuantity: { value: 168.5, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' },
  });
  const router = new FhirRouter();
  const found = async (url: string) => {
    const [outcome, bundle] = await router.handleRequest(
      { method: 'GET', url, pathname: '', params: {}, query: {}, body: undefined },
      repo,
    );
    expect(outcome.id, `${url} ${JSON.stringify(outcome)}`).toBe('ok');
    return (bundle as any).entry?.map((entry: any) => entry.resource.id) ?? [];
  };
  for (const query of [
    'identifier=urn:test|42',
    'identifier=42',
    'family=muller',
    'birthdate=1980',
    'family:contains=LLE',
    'name=bea',
    '_has:Observation:subject:code=8302-2',
  ]) {
    expect(await found(`Patient?${query}`), query).toEqual([patient.id]);
  }
  for (const query of [
    `subject=Patient/${patient.id}`,
    `patient=${patient.id}`,
    'code=8302-2',
    'date=ge2020-02',
    'value-quantity=gt168|http://unitsofmeasure.org|cm',
    'subject:Patient.family=mul',
    'subject.birthdate=1980',
  ]) {
    expect(await found(`Observation?${query}`), query).toEqual([observation.id]);
  }
  expect(await found('Observation?_include=Observation:subject&code=8302-2')).toEqual([observation.id, patient.id]);
  expect(await found('Patient?_revinclude=Observation:subject&family=muller')).toEqual([patient.id, observation.id]);
});
