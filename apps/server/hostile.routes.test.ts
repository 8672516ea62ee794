import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../tests/corridor.ts';

/** Bad input of any kind gets a 4xx `OperationOutcome`; the server stays up and nothing is lost. */
let corridor: Corridor;
let app: FastifyInstance;
let token: string;

beforeAll(async () => {
  corridor = await openCorridor();
  app = corridor.mm.node.app;
  token = await corridor.mm.token('nurse');
});
afterAll(() => corridor?.close());

const patient = { resourceType: 'Patient', name: [{ text: 'A' }] };
const json = (body: unknown) => Buffer.from(JSON.stringify(body));
const nested = (depth: number) => `${'{"extension":['.repeat(depth)}${']}'.repeat(depth)}`;

test.each<[string, { method?: string; url?: string; headers?: Record<string, string>; body?: Buffer | string }]>([
  ['an unknown field', { body: json({ ...patient, nationality: 'MM' }) }],
  ['a wrong type', { body: json({ ...patient, active: 'yes' }) }],
  ['a wrong cardinality', { body: json({ ...patient, gender: ['female'] }) }],
  ['another resource than the address says', { body: json({ resourceType: 'Observation' }) }],
  ['no resource at all', { body: json([1, 2, 3]) }],
  ['null', { body: 'null' }],
  ['an empty body', { body: '' }],
  ['text that is not JSON', { body: '{"resourceType":' }],
  [
    'broken UTF-8',
    {
      body: Buffer.concat([
        Buffer.from('{"resourceType":"Patient","name":[{"text":"'),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from('"}]}'),
      ]),
    },
  ],
  ['a NUL in a text', { body: json({ ...patient, name: [{ text: 'a\u0000b' }] }) }],
  ['a lone surrogate', { body: '{"resourceType":"Patient","name":[{"text":"\\ud800"}]}' }],
  ['a body of 50 MB', { body: Buffer.alloc(50 * 1024 * 1024, 0x20) }],
  ['a zip bomb', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)) }],
  ['a compressed body that is not one', { headers: { 'content-encoding': 'gzip' }, body: 'not gzip' }],
  ['an unknown compression', { headers: { 'content-encoding': 'zstd2' }, body: json(patient) }],
  ['another media type', { headers: { 'content-type': 'text/plain' }, body: 'hello' }],
  ['XML', { headers: { 'content-type': 'application/fhir+xml' }, body: '<Patient xmlns="http://hl7.org/fhir"/>' }],
  ['nesting without end', { body: `{"resourceType":"Patient","extension":[${nested(5000)}]}` }],
  ['SQL in a search value', { method: 'GET', url: "/fhir/R4/Patient?birthdate=1990'; drop table resource; --" }],
  ['an unknown search parameter', { method: 'GET', url: '/fhir/R4/Patient?shoe-size=42' }],
  ['a date that is none', { method: 'GET', url: '/fhir/R4/Patient?birthdate=yesterday' }],
  ['a cursor that is none', { method: 'GET', url: '/fhir/R4/Patient?_cursor=%00%ff' }],
  ['an absurd count', { method: 'GET', url: '/fhir/R4/Patient?_count=abc' }],
  ['an address that cannot be decoded', { method: 'GET', url: '/fhir/R4/Patient/%E0%A4%A' }],
  ['a type that does not exist', { method: 'GET', url: '/fhir/R4/Spaceship/1' }],
  ['a patch that is none', { method: 'PATCH', url: '/fhir/R4/Patient/x', body: json({ op: 'replace' }) }],
  [
    'a registration without a name',
    { url: '/api/persons', body: json({ requestId: 'x', birth: { kind: 'year', year: 3000 } }) },
  ],
  ['a registration that is a list', { url: '/api/persons', body: json([]) }],
  ['a prototype', { url: '/api/persons', body: '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}' }],
])('%s is answered with a 4xx outcome', async (_, { method = 'POST', url = '/fhir/R4/Patient', headers, body }) => {
  const answer = await app.inject({
    method: method as 'POST',
    url,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    ...(body !== undefined && { payload: body }),
  });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  const outcome = answer.json();
  expect(outcome.resourceType).toBe('OperationOutcome');
  expect(outcome.issue[0].details.text.length).toBeGreaterThan(5);
  // The sentence never repeats what was sent, and never speaks of what is inside.
  expect(answer.body).not.toMatch(/drop table|node_modules|at .*\.ts|select |relation "/i);
});

test('every wrong field of a registration is named in one go', async () => {
  const { json: outcome } = await corridor.mm.call(token, 'POST', '/api/persons', {
    requestId: 'x',
    name: { text: '   ' },
    birth: { kind: 'date', date: '1990-02-31' },
    sex: 'f',
    language: '',
    consents: 'all',
    shoeSize: 42,
  });
  const expressions = outcome.issue.map((issue: any) => issue.expression[0]);
  for (const field of ['requestId', 'name.text', 'birth.date', 'sex', 'language', 'consents', 'shoeSize']) {
    expect(expressions).toContain(field);
  }
});

test('after all of it the node still serves, and holds none of it', async () => {
  expect((await corridor.mm.call(undefined, 'GET', '/readyz')).status).toBe(200);
  const { json } = await corridor.mm.call(token, 'GET', '/fhir/R4/Patient?_summary=count');
  expect(json.total).toBe(0);
});
