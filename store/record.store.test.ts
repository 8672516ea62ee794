import { FhirRouter } from '@medplum/fhir-router';
import type { Bundle, Encounter, Observation, Organization, Patient } from '@medplum/fhirtypes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../tests/database.ts';
import { createFhirRouter } from './router.ts';
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

test('the grammar of searches: modifiers, forms of references, scripts, columns, chains of chains', async () => {
  const { repo } = request;
  const tag = [{ code: 'grammar' }];
  const organization = await repo.createResource<Organization>({
    resourceType: 'Organization',
    meta: { tag },
    name: 'Clinic',
  });
  const first = await repo.createResource<Patient>({
    resourceType: 'Patient',
    meta: { tag, profile: ['http://example.org/profile'], security: [{ system: 'urn:s', code: 'R' }] },
    name: [{ text: 'မောင် ဘ' }, { family: 'แก้ว', given: ['สมชาย'] }],
    identifier: [{ type: { coding: [{ system: 'urn:type', code: 'MR' }] }, system: 'urn:mr', value: '7' }],
    managingOrganization: { reference: `https://node.test/fhir/R4/Organization/${organization.id}` },
    gender: 'female',
    deceasedBoolean: false,
  });
  const second = await repo.createResource<Patient>({
    resourceType: 'Patient',
    meta: { tag },
    birthDate: '2001-02-03',
    managingOrganization: { identifier: { system: 'urn:org', value: 'o-1' } },
    generalPractitioner: [{ reference: 'https://elsewhere.test/fhir/Practitioner/p1' }],
    deceasedDateTime: '2020',
  });
  const encounter = await repo.createResource<Encounter>({
    resourceType: 'Encounter',
    meta: { tag },
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${first.id}` },
  });
  const router = createFhirRouter();
  const found = async (type: string, query: string) => {
    const url = `${type}?_tag=grammar&${query}`;
    const [outcome, bundle] = await router.handleRequest(
      { method: 'GET', url, pathname: '', params: {}, query: {}, body: undefined },
      repo,
    );
    expect(outcome.id, `${url} ${JSON.stringify(outcome)}`).toBe('ok');
    return ((bundle as Bundle).entry ?? []).map((entry) => entry.resource!.id);
  };
  const cases: [string, string, string[]][] = [
    ['Patient', `name=${encodeURIComponent('မောင်')}`, [first.id]],
    ['Patient', `name=${encodeURIComponent('ဘ')}`, [first.id]],
    ['Patient', `family=${encodeURIComponent('แก้')}`, [first.id]],
    ['Patient', `family=${encodeURIComponent('แก')}`, [first.id]],
    ['Patient', `given:contains=${encodeURIComponent('ชาย')}`, [first.id]],
    ['Patient', `organization=${organization.id}`, [first.id]],
    ['Patient', `organization=Organization/${organization.id}`, [first.id]],
    ['Patient', `organization=https://node.test/fhir/R4/Organization/${organization.id}`, [first.id]],
    ['Patient', `organization:Organization=${organization.id}`, [first.id]],
    ['Patient', 'organization:identifier=urn:org|o-1', [second.id]],
    ['Patient', 'general-practitioner=https://elsewhere.test/fhir/Practitioner/p1', [second.id]],
    ['Patient', 'general-practitioner=Practitioner/p1', []],
    ['Patient', 'identifier:of-type=urn:type|MR|7', [first.id]],
    ['Patient', 'identifier:of-type=urn:type|PP|7', []],
    ['Patient', 'birthdate:missing=true', [first.id]],
    ['Patient', 'birthdate:missing=false', [second.id]],
    ['Patient', 'gender:not=male', [first.id, second.id]],
    ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|female', [first.id]],
    ['Patient', 'gender=http://elsewhere|female', []],
    ['Patient', 'deceased=true', [second.id]],
    ['Patient', 'deceased=false', [first.id]],
    ['Patient', '_security=urn:s|R', [first.id]],
    ['Patient', '_profile=http://example.org/profile', [first.id]],
    ['Patient', `_id=${first.id},${second.id}`, [first.id, second.id]],
    ['Patient', '_lastUpdated=ge2020', [first.id, second.id]],
    ['Patient', '_lastUpdated=lt2020', []],
    ['Patient', 'identifier=urn:mr|7,urn:mr|8&gender=female,male', [first.id]],
    ['Encounter', 'subject:Patient.organization.name=clinic', [encounter.id]],
    ['Encounter', 'subject:Patient.organization.name=hospital', []],
    ['Organization', `_has:Patient:organization:_has:Encounter:subject:_id=${encounter.id}`, [organization.id]],
    ['Organization', '_has:Patient:organization:gender=female', [organization.id]],
    ['Organization', '_has:Patient:organization:gender=male', []],
  ];
  for (const [type, query, ids] of cases) {
    expect((await found(type, query)).sort(), `${type}?${query}`).toEqual([...ids].sort());
  }
});
