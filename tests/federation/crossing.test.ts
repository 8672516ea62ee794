import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presentCard } from '@serai/kernel/trust/card.ts';
import { generateSigningKey } from '@serai/kernel/trust/jws.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';

/** Two nodes, two databases, a line between them that is cut, slowed, spoiled and set right again. */
let corridor: Corridor;
let nurse: string;
let doctor: string;
let personId: string;
let card: { cardId: string; sdJwt: string; printed: { text: string } };

const clause = 'agr:MM-TH:care#art-4-2';
const ask = (over: Record<string, unknown> = {}) =>
  corridor.th.call(doctor, 'POST', '/api/crossings', {
    requestId: randomUUID(),
    card: card.printed.text,
    purpose: 'TREAT',
    clause,
    language: 'th',
    ...over,
  });
const receivedCount = async () =>
  (await corridor.th.call(doctor, 'GET', '/api/received')).json.records.length as number;

beforeAll(async () => {
  corridor = await openCorridor();
  [nurse, doctor] = await Promise.all([corridor.mm.token('nurse'), corridor.th.token('doctor')]);
  ({ personId, card } = await registered());
});
afterAll(() => corridor?.close());
afterEach(() => {
  corridor.mm.fault = { kind: 'none' };
  corridor.mm.clockOffsetSeconds = 0;
});

/** A person with an allergy, an HIV result and consent to sharing, and a card. */
async function registered(): Promise<{ personId: string; card: typeof card }> {
  const { mm } = corridor;
  const traits = {
    name: { text: `မအေးအေး ${randomUUID().slice(0, 8)}` },
    birth: { kind: 'year', year: 1991 },
    sex: 'female',
    phone: '+95 9 000 0000',
  };
  // The persons of these tests are alike; whoever registers them has looked and says that they are others.
  const alike = await mm.call(nurse, 'POST', '/api/persons/duplicates', traits);
  const person = await mm.call(nurse, 'POST', '/api/persons', {
    ...traits,
    requestId: randomUUID(),
    language: 'my',
    consents: [
      { purpose: 'TREAT', decision: 'permit' },
      { purpose: 'COC', decision: 'permit' },
    ],
    notDuplicatesOf: alike.json.candidates.map((candidate: any) => candidate.person.id),
  });
  expect(person.status).toBe(201);
  const patient = { reference: `Patient/${person.json.id}` };
  for (const resource of [
    {
      resourceType: 'AllergyIntolerance',
      patient,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' }] },
    },
    {
      resourceType: 'Observation',
      status: 'final',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
      ],
      code: { coding: [{ system: 'http://loinc.org', code: '75622-1', display: 'HIV 1 and 2 tests' }] },
      subject: patient,
      effectiveDateTime: '2026-05-01',
      valueCodeableConcept: { text: 'withheld-marker' },
    },
  ]) {
    expect((await mm.call(nurse, 'POST', `/fhir/R4/${resource.resourceType}`, resource)).status).toBe(201);
  }
  const issued = await mm.call(nurse, 'POST', `/api/persons/${person.json.id}/cards`, {
    requestId: randomUUID(),
    include: ['name', 'birthYear'],
  });
  expect(issued.status).toBe(201);
  return { personId: person.json.id as string, card: issued.json };
}

describe('a record crosses the border', () => {
  test('filtered to the clause, signed, marked as received, told to the person', async () => {
    const received = await ask();
    expect(received.status).toBe(201);
    const { document, provenance, categories } = received.json;
    expect(document.type).toBe('document');
    expect(document.meta.tag.some((tag: any) => tag.code === 'received-from-abroad')).toBe(true);
    expect(provenance.signedBy).toBe(corridor.mm.url);
    expect(categories).toContain('allergies');
    const text = JSON.stringify(document);
    expect(text).toContain('764146007');
    // What the clause withholds is not there, not even as a gap; nor is the telephone number, nor the home record's id.
    expect(text).not.toContain('75622-1');
    expect(text).not.toContain('withheld-marker');
    expect(text).not.toContain('000 0000');
    expect(text).not.toContain(personId);

    await corridor.mm.node.work();
    await corridor.th.node.work();
    const { json } = await corridor.mm.call(nurse, 'GET', `/api/persons/${personId}/disclosures`);
    expect(json.disclosures).toContainEqual(
      expect.objectContaining({ direction: 'abroad', outcome: 'permitted', country: 'TH', clause, purpose: 'TREAT' }),
    );
    const notices = await corridor.mm.call(nurse, 'GET', `/fhir/R4/Communication?subject=Patient/${personId}`);
    expect(notices.json.entry).toHaveLength(1);
    expect(notices.json.entry[0].resource.payload[0].contentString).toContain('Mae Sot border clinic');
  });

  test('the same request id is one record here and one disclosure there', async () => {
    const requestId = randomUUID();
    const before = await receivedCount();
    const [first, second] = [await ask({ requestId }), await ask({ requestId })];
    expect(second.json.id).toBe(first.json.id);
    expect(await receivedCount()).toBe(before + 1);
  });

  test('in an emergency, without consent, under its own clause and no more than it', async () => {
    const received = await ask({ clause: 'agr:MM-TH:care#art-4-1', purpose: 'ETREAT' });
    expect(received.status).toBe(201);
    expect(received.json.categories).not.toContain('results');
  });
});

describe('what goes wrong is said, and nothing half is kept', () => {
  test.each([
    ['the partner is down', { kind: 'down' }, 'crossing.partner-unreachable'],
    ['the partner takes too long', { kind: 'slow' }, 'crossing.partner-slow'],
    ['it answers 500', { kind: 'answer', status: 500, body: 'oops' }, 'crossing.partner-unreachable'],
    [
      'it answers garbage',
      { kind: 'answer', status: 200, body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
      'crossing.bad-answer',
    ],
    ['it answers a page', { kind: 'answer', status: 200, body: '<html>login</html>' }, 'crossing.bad-answer'],
    ['it redirects', { kind: 'answer', status: 302, body: '' }, 'crossing.bad-answer'],
    [
      'the answer was changed on the way',
      {
        kind: 'rewrite',
        only: '/exchange/disclosures',
        rewrite: (body: string) => {
          const [header, payload, signature] = body.split('.') as [string, string, string];
          const changed = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
          changed.body.categories = ['hiv'];
          return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
        },
      },
      'crossing.bad-signature',
    ],
  ] as const)('%s', async (_, fault, code) => {
    const before = await receivedCount();
    corridor.mm.fault = fault as never;
    const refused = await ask();
    expect(refused.code).toBe(code);
    expect(refused.json.issue[0].details.text.length).toBeGreaterThan(20);
    corridor.mm.fault = { kind: 'none' };
    expect(await receivedCount()).toBe(before);
  });

  test('an answer to another request is not taken for this one', async () => {
    let recorded = '';
    corridor.mm.fault = {
      kind: 'rewrite',
      only: '/exchange/disclosures',
      rewrite: (body: string): string => {
        recorded ||= body;
        return recorded;
      },
    };
    expect((await ask()).status).toBe(201);
    expect((await ask()).code).toBe('crossing.bad-signature');
  });

  test('the partner’s clock is wrong, either way', async () => {
    corridor.mm.clockOffsetSeconds = 3600;
    expect((await ask()).code).toBe('crossing.clock');
    corridor.mm.clockOffsetSeconds = -3600;
    expect((await ask()).code).toBe('crossing.clock');
  });

  test('the line comes back, and so does the record', async () => {
    corridor.mm.fault = { kind: 'down' };
    const requestId = randomUUID();
    expect((await ask({ requestId })).code).toBe('crossing.partner-unreachable');
    corridor.mm.fault = { kind: 'none' };
    expect((await ask({ requestId })).status).toBe(201);
  });

  test('a request this node did not sign is not answered', async () => {
    const forged = await corridor.mm.call(undefined, 'POST', '/exchange/disclosures', 'a.b.c', {
      'content-type': 'application/jose',
    });
    expect(forged.status).toBe(400);
    expect(forged.text).not.toContain('Bundle');
  });

  test('a receipt waits while the partner is away and is applied once when it is back', async () => {
    const requestId = randomUUID();
    expect((await ask({ requestId })).status).toBe(201);
    corridor.mm.fault = { kind: 'down' };
    await corridor.th.node.work();
    const operator = await corridor.th.token('operator');
    const waiting = await corridor.th.call(operator, 'GET', '/api/operator/outbox');
    const mine = (messages: any[]) => messages.find((message) => message.id.endsWith(requestId));
    expect(mine(waiting.json.messages)).toMatchObject({ state: 'retrying', destination: 'MM' });
    corridor.mm.fault = { kind: 'none' };
    await corridor.th.call(operator, 'POST', '/api/operator/outbox/retry', { id: mine(waiting.json.messages).id });
    await corridor.th.node.work();
    const delivered = await corridor.th.call(operator, 'GET', '/api/operator/outbox');
    expect(mine(delivered.json.messages)).toMatchObject({ state: 'delivered' });
  });
});

describe('cards', () => {
  test.each([
    ['nonsense', (): string => 'hello', 'card.unreadable'],
    [
      'one letter changed',
      (): string => `${card.sdJwt.slice(0, 200)}${card.sdJwt[200] === 'A' ? 'B' : 'A'}${card.sdJwt.slice(201)}`,
      /card\.(tampered|unreadable)/,
    ],
  ] as const)('%s is refused with its own reason', async (_, text: () => string, code) => {
    const refused = await corridor.th.call(doctor, 'POST', '/api/cards/verify', { text: text() });
    expect(refused.code).toMatch(code);
  });

  test('both forms verify offline, with the line cut, and tell the age of what they rest on', async () => {
    corridor.mm.fault = { kind: 'down' };
    for (const text of [card.printed.text, card.sdJwt]) {
      const verified = await corridor.th.call(doctor, 'POST', '/api/cards/verify', { text });
      expect(verified.status).toBe(200);
      expect(verified.json).toMatchObject({ issuerCountry: 'MM', cardId: card.cardId });
      expect(verified.json.statusAgeSeconds).toBeGreaterThanOrEqual(0);
    }
  });

  test('a presentation made for someone else, or shown again by someone else, is refused', async () => {
    const holder = await generateSigningKey();
    const issued = await corridor.mm.call(nurse, 'POST', `/api/persons/${personId}/cards`, {
      requestId: randomUUID(),
      include: ['name'],
      holderKey: holder.publicJwk,
    });
    const present = (audience: string) =>
      presentCard(
        issued.json.sdJwt,
        { claims: ['name'], country: 'TH' },
        { privateJwk: holder.privateJwk, audience, nonce: randomUUID(), now: Math.floor(Date.now() / 1000) },
      );
    const verify = (token: string, text: string) => corridor.th.call(token, 'POST', '/api/cards/verify', { text });
    expect((await verify(doctor, await present('https://elsewhere.example'))).code).toBe('card.wrong-audience');
    const shown = await present(corridor.th.url);
    expect((await verify(doctor, shown)).json).toMatchObject({ holderBound: true });
    expect((await verify(doctor, shown)).status).toBe(200);
    expect((await verify(await corridor.th.token('nurse'), shown)).code).toBe('card.replayed');
    // The one it was shown to may ask with it; the home node takes it as made for the asking node.
    expect((await ask({ card: shown })).status).toBe(201);
  });

  test('an expired card is refused', async () => {
    corridor.mm.clockOffsetSeconds = -10 * 86_400;
    const issued = await corridor.mm.call(nurse, 'POST', `/api/persons/${personId}/cards`, {
      requestId: randomUUID(),
      include: ['name'],
      validDays: 2,
    });
    corridor.mm.clockOffsetSeconds = 0;
    for (const text of [issued.json.printed.text, issued.json.sdJwt]) {
      expect((await corridor.th.call(doctor, 'POST', '/api/cards/verify', { text })).code).toBe('card.expired');
    }
  });

  test('keys rotate: old cards still hold, new ones are believed at first sight', async () => {
    const operator = await corridor.mm.token('operator');
    expect((await corridor.mm.call(operator, 'POST', '/api/operator/keys/rotate', {})).status).toBe(200);
    const issued = await corridor.mm.call(nurse, 'POST', `/api/persons/${personId}/cards`, {
      requestId: randomUUID(),
      include: ['name'],
    });
    for (const text of [card.printed.text, issued.json.printed.text]) {
      expect((await corridor.th.call(doctor, 'POST', '/api/cards/verify', { text })).status).toBe(200);
    }
    expect((await ask()).status).toBe(201);
  });
});

describe('the home node decides', () => {
  test('a person unknown', async () => {
    const other = await registered();
    const database = corridor.mm.node.database;
    await database.deleteFrom('card').where('card_id', '=', other.card.cardId).execute();
    expect((await ask({ card: other.card.printed.text })).code).toBe('crossing.person-unknown');
  });

  test('consent withdrawn for this country, and given back', async () => {
    const consent = (decision: string) =>
      corridor.mm.call(nurse, 'POST', `/api/persons/${personId}/consents`, {
        requestId: randomUUID(),
        purpose: 'COC',
        decision,
        country: 'TH',
      });
    expect((await consent('deny')).status).toBe(201);
    expect((await ask()).code).toBe('crossing.consent-withdrawn');
    expect((await consent('permit')).status).toBe(201);
    expect((await ask()).status).toBe(201);
  });

  test('a clause or purpose the agreement does not have', async () => {
    expect((await ask({ clause: 'agr:MM-TH:care#art-99' })).code).toBe('crossing.no-agreement');
    expect((await ask({ purpose: 'GOV' })).code).toBe('crossing.no-agreement');
  });

  test('the card is revoked: refused at home at once, and abroad once the list is fetched', async () => {
    const other = await registered();
    const revoked = await corridor.mm.call(nurse, 'POST', '/api/cards/revoke', {
      requestId: randomUUID(),
      cardId: other.card.cardId,
      reason: 'lost',
    });
    expect(revoked.status).toBe(200);
    expect((await ask({ card: other.card.printed.text })).code).toBe('card.revoked');
    await corridor.th.node.trust.refresh();
    expect((await corridor.th.call(doctor, 'POST', '/api/cards/verify', { text: other.card.printed.text })).code).toBe(
      'card.revoked',
    );
  });

  test('an agreement that one side has suspended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'serai-agreements-'));
    cpSync(join(import.meta.dirname, '../../countries/agreements'), folder, { recursive: true });
    const file = join(folder, 'mm-th-care.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"in-force"', '"suspended"'));
    const other = await openCorridor({ agreements: { MM: folder } });
    try {
      const before = corridor;
      corridor = other;
      const [n, d] = await Promise.all([other.mm.token('nurse'), other.th.token('doctor')]);
      const kept = { nurse, doctor };
      nurse = n;
      const { card: theirs } = await registered();
      const refused = await other.th.call(d, 'POST', '/api/crossings', {
        requestId: randomUUID(),
        card: theirs.printed.text,
        purpose: 'TREAT',
        clause,
        language: 'th',
      });
      corridor = before;
      ({ nurse, doctor } = kept);
      expect(refused.code).toBe('crossing.agreement-suspended');
    } finally {
      await other.close();
    }
  });
});

describe('the evidence', () => {
  test('is a tree that only grows, cosigned by the partner, and enforcement’s zero is in it', async () => {
    await corridor.mm.node.work();
    const checkpoint = await corridor.mm.call(undefined, 'GET', '/evidence/checkpoint');
    expect(checkpoint.status).toBe(200);
    // The log's own signature and the partner's.
    expect(checkpoint.text.match(/^— /gm)).toHaveLength(2);
    const counters = await corridor.mm.call(undefined, 'GET', '/evidence/counters');
    expect(counters.json.disclosed.enforcement).toBe(0);
    expect(counters.json.disclosed.care).toBeGreaterThan(0);
    const leaves = await corridor.mm.call(undefined, 'GET', '/evidence/leaves');
    const open = leaves.json.leaves.map((leaf: string) => Buffer.from(leaf, 'base64').toString('utf8')).join('\n');
    expect(open).not.toContain(personId);
    expect(open).not.toContain('Practitioner/');
  });

  test('logs name nobody', () => {
    const lines = [...corridor.mm.log, ...corridor.th.log].join('');
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines).not.toContain('အေးအေး');
    expect(lines).not.toContain(personId);
    expect(lines).not.toContain(card.printed.text.slice(0, 40));
  });
});
