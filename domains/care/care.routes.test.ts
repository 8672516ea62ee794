import { randomUUID } from 'node:crypto';
import { OperationOutcomeError, Operator } from '@medplum/core';
import type { OperationOutcome, Patient, QuestionnaireResponse } from '@medplum/fhirtypes';
import { pruneDisabled } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import type { Decide } from '@serai/policy/types.ts';
import { internal, statusOf } from '@serai/store/faults.ts';
import { createStore, type Store } from '@serai/store/store.ts';
import { allowAll, classify, contextWith, denyAll, nurse, personFacts, refused } from '@serai/store/testing/context.ts';
import type { RequestStore } from '@serai/store/types.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import type { RecordedAssessment } from './api.ts';
import { assessmentForm, cases, fill, required } from './assessment/testing/fill.ts';
import { careRoutes } from './care.routes.ts';

let store: Store;
let all: RequestStore;
let app: FastifyInstance;
let patient: Patient;
/** Who the next requests come from. */
let decide: Decide = allowAll;
let actor = { ...nurse, facility: 'Organization/clinic' };

beforeAll(async () => {
  store = await createStore({
    url: await freshDatabase(),
    classify,
    personFacts,
    migrate: false,
    baseUrl: 'https://node.test/fhir/R4/',
  });
  all = store.forRequest(contextWith(allowAll));
  app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    const { outcome } = error instanceof OperationOutcomeError ? error : internal(error);
    return reply.code(statusOf(outcome)).send(outcome);
  });
  await app.register(careRoutes, {
    storeFor: () => store.forRequest(contextWith(decide, { actor })),
    clock: () => new Date('2026-11-21T08:30:00Z'),
    newId: randomUUID,
  });
  patient = await all.repo.createResource<Patient>({ resourceType: 'Patient', name: [{ text: 'Aung Aung' }] });
});
afterAll(async () => {
  await app?.close();
  await store?.close();
});

const answered = (name = 'a well woman') => pruneDisabled(assessmentForm, fill(cases[name]!));

const post = (response: unknown, requestId: string = randomUUID(), id = patient.id!, headers = {}) =>
  app.inject({ method: 'POST', url: `/api/persons/${id}/assessments`, payload: { requestId, response }, headers });

async function writtenResources(): Promise<number> {
  const types = ['QuestionnaireResponse', 'Encounter', 'Observation', 'Consent', 'Condition', 'Provenance'] as const;
  let count = 0;
  for (const resourceType of types) {
    const bundle = await all.repo.search({ resourceType, total: 'accurate', count: 0 });
    count += bundle.total ?? 0;
  }
  return count;
}

test('the form is served whole, once', async () => {
  const first = await app.inject({ method: 'GET', url: '/api/assessment-form' });
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toContain('application/fhir+json');
  expect(first.json()).toEqual(assessmentForm);
  const again = await app.inject({
    method: 'GET',
    url: '/api/assessment-form',
    headers: { 'if-none-match': String(first.headers.etag) },
  });
  expect(again.statusCode).toBe(304);
  expect(again.body).toBe('');
});

test.each(Object.keys(cases))('%s is recorded, and can be read back', async (name) => {
  const answer = await post(answered(name));
  expect(answer.statusCode, answer.body).toBe(201);
  const recorded = answer.json<RecordedAssessment>();
  const kept = await all.repo.readResource<QuestionnaireResponse>('QuestionnaireResponse', recorded.assessmentId);
  expect(kept.subject?.reference).toBe(`Patient/${patient.id}`);
  expect(kept.encounter?.reference).toBe(`Encounter/${recorded.encounterId}`);
  expect(kept.author?.reference).toBe('Practitioner/test-nurse');
  const encounter = await all.repo.readResource('Encounter', recorded.encounterId);
  expect(encounter).toMatchObject({ status: 'finished', serviceProvider: { reference: 'Organization/clinic' } });
  for (const [resourceType, count] of Object.entries(recorded.created)) {
    if (resourceType === 'Observation') {
      const found = await all.repo.searchResources({
        resourceType: 'Observation',
        filters: [{ code: 'encounter', operator: Operator.EQUALS, value: `Encounter/${recorded.encounterId}` }],
        count: 200,
      });
      expect(found.length).toBe(count);
    }
  }
});

test('screening comes back with the record', async () => {
  const recorded = (await post(answered('a man with signs of tuberculosis'))).json<RecordedAssessment>();
  expect(recorded.screening).toMatchObject({ result: 'positive', nextStep: 'diagnostic-evaluation' });
  expect(recorded.created.ServiceRequest).toBe(2);
});

test('a repeat answers what was recorded and writes nothing', async () => {
  const requestId = randomUUID();
  const response = answered();
  const first = await post(response, requestId);
  const before = await writtenResources();
  const again = await post(response, requestId);
  expect(again.statusCode).toBe(201);
  expect(again.json()).toEqual(first.json());
  const together = await Promise.all([1, 2, 3].map(() => post(response, requestId)));
  for (const one of together) {
    expect(one.json()).toEqual(first.json());
  }
  expect(await writtenResources()).toBe(before);
  const other = await post(answered('a pregnant woman'), requestId);
  expect(other.statusCode).toBe(409);
  expect(await writtenResources()).toBe(before);
});

describe('someone who may not', () => {
  const notFound = async (response: unknown, id = patient.id!) => {
    const before = await writtenResources();
    const answer = await post(response, randomUUID(), id);
    expect(await writtenResources()).toBe(before);
    return { status: answer.statusCode, body: answer.body };
  };

  test('is answered as for a person unknown', async () => {
    const unknown = await notFound(answered(), randomUUID());
    expect(unknown.status).toBe(404);
    decide = denyAll;
    try {
      expect(await notFound(answered())).toEqual(unknown);
      // Nor do wrong answers tell that the person is there.
      expect(await notFound(pruneDisabled(assessmentForm, fill(required.slice(3))))).toEqual(unknown);
    } finally {
      decide = allowAll;
    }
  });

  test('may read but not write: nothing of it is kept', async () => {
    const before = await writtenResources();
    decide = (request) =>
      request.target.kind === 'resource' && request.target.resourceType === 'Observation' && request.action === 'create'
        ? refused
        : allowAll(request);
    try {
      const answer = await post(answered());
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
    } finally {
      decide = allowAll;
    }
    expect(await writtenResources()).toBe(before);
  });
});

test('a system without a practitioner records for its facility', async () => {
  actor = { ...nurse, id: 'Client/field', facility: 'Organization/clinic' };
  try {
    const recorded = (await post(answered())).json<RecordedAssessment>();
    const kept = await all.repo.readResource<QuestionnaireResponse>('QuestionnaireResponse', recorded.assessmentId);
    expect(kept.author).toBeUndefined();
  } finally {
    actor = { ...nurse, facility: 'Organization/clinic' };
  }
});

describe('bad input', () => {
  const good = () => structuredClone(answered());
  const without = (linkId: string) => pruneDisabled(assessmentForm, fill(required.filter(([each]) => each !== linkId)));
  const withAnswer = (linkId: string, answer: object) => {
    const response = good();
    const section = response.item!.find((item) => linkId.startsWith(`${item.linkId}.`))!;
    section.item = [...section.item!.filter((item) => item.linkId !== linkId), { linkId, answer: [answer as never] }];
    return response;
  };

  const rows: [string, () => unknown, string, RegExp][] = [
    ['no response', () => undefined, '', /^response/],
    ['an array', () => [], '', /^response/],
    ['another resource', () => ({ resourceType: 'Patient' }), '', /^response\.resourceType/],
    ['an unknown field', () => ({ ...good(), nationality: 'x' }), '', /nationality/],
    ['items that are no list', () => ({ ...good(), item: 'x' }), '', /item/],
    [
      'another form',
      () => ({ ...good(), questionnaire: 'https://else.example/Questionnaire/x' }),
      'questionnaire',
      /questionnaire/,
    ],
    [
      'an unknown item',
      () => ({ ...good(), item: [...good().item!, { linkId: 'passport', answer: [{ valueString: 'X1' }] }] }),
      'unknown-item',
      /^QuestionnaireResponse\.item\[\d+\]$/,
    ],
    ['a missing answer', () => without('identity.sex'), 'required', /identity\.sex/],
    ['a wrong type', () => withAnswer('identity.age-years', { valueString: '34' }), 'type', /answer\[0\]/],
    ['out of range', () => withAnswer('identity.age-years', { valueInteger: 999 }), 'above-maximum', /answer\[0\]/],
    [
      'no such option',
      () => withAnswer('identity.sex', { valueCoding: { system: 'x', code: 'y' } }),
      'not-an-option',
      /answer\[0\]/,
    ],
    ['a day to come', () => withAnswer('closing.date', { valueDate: '2027-05-01' }), 'in-future', /answer\[0\]/],
    ['a day that never was', () => withAnswer('closing.date', { valueDate: '2026-02-30' }), '', /answer\[0\]/],
    ['a day nobody has seen', () => withAnswer('closing.date', { valueDate: '1850' }), 'date', /answer\[0\]/],
    [
      'a hidden question answered',
      () => withAnswer('identity.age-months', { valueInteger: 3 }),
      'disabled',
      /item\[\d+\]$/,
    ],
  ];

  test.each(rows)('%s is told, with where', async (_name, response, code, expression) => {
    const before = await writtenResources();
    const answer = await post(response());
    expect(answer.statusCode, answer.body).toBe(400);
    const outcome = answer.json<OperationOutcome>();
    expect(outcome.resourceType).toBe('OperationOutcome');
    const { issue } = outcome;
    expect(
      issue.some((each) => each.expression?.some((path) => expression.test(path))),
      answer.body,
    ).toBe(true);
    if (code) {
      expect(issue.map((each) => each.details?.coding?.[0]?.code)).toContain(code);
    }
    expect(answer.body).not.toContain('X1');
    expect(await writtenResources()).toBe(before);
  });

  test('a request id that is none, and unknown fields, are refused', async () => {
    const bad = await app.inject({
      method: 'POST',
      url: `/api/persons/${patient.id}/assessments`,
      payload: { requestId: 'again', response: good(), extra: 1 },
    });
    expect(bad.statusCode).toBe(400);
    expect(bad.json<OperationOutcome>().issue.flatMap(({ expression }) => expression)).toEqual(
      expect.arrayContaining(['requestId', 'extra']),
    );
  });

  test('the sentence is in the language asked for', async () => {
    const burmese = await post(without('identity.sex'), randomUUID(), patient.id!, { 'accept-language': 'my' });
    expect(burmese.json<OperationOutcome>().issue[0]!.details!.text).toBe('လိင် - ဖြေပါ။');
    const thai = await post(without('identity.sex'), randomUUID(), patient.id!, {
      'accept-language': 'th-TH,th;q=0.9',
    });
    expect(thai.json<OperationOutcome>().issue[0]!.details!.text).toBe('เพศ: โปรดตอบ');
  });

  test('a request refused for its answers may be tried again, corrected, under the same id', async () => {
    const requestId = randomUUID();
    expect((await post(without('identity.sex'), requestId)).statusCode).toBe(400);
    expect((await post(good(), requestId)).statusCode).toBe(201);
  });

  test('a response nested without end is refused', async () => {
    let item: object = { linkId: 'identity' };
    for (let depth = 0; depth < 200; depth++) {
      item = { linkId: 'identity', item: [item] };
    }
    const answer = await post({ ...good(), item: [item] });
    expect(answer.statusCode).toBe(400);
  });
});
