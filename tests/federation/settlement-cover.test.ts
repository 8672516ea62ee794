import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  agreement,
  ask,
  corridor,
  cover,
  coveredBy,
  elsewhere,
  exchange,
  get,
  insured,
  openWorld,
  post,
  tables,
} from './settlement.world.ts';

openWorld();

describe('covered on the other side of the border', () => {
  test('the home fund answers: benefits, limits, an authorisation, logged on both sides and told to the person', async () => {
    const person = await insured(corridor.mm);
    const answer = await ask(corridor.th, person);
    expect(answer.json).toMatchObject({
      covered: true,
      partner: 'MM',
      clause: `${agreement}#art-3-1`,
      until: '2026-08-09',
    });
    expect(answer.json.authorisation).toMatch(/^A-[A-Z2-9]{12}$/);
    const necessary = answer.json.benefits.find((benefit: any) => benefit.id === 'necessary');
    expect(necessary).toMatchObject({ insuredPaysPercent: 10 });
    expect(necessary.caps).toContainEqual({ amount: '60000.00', currency: 'THB', per: 'year', left: '60000.00' });
    // The person's name, number and home ids stay at home.
    expect(answer.text).not.toContain(person.memberId);
    expect(answer.text).not.toContain(person.personId);

    await exchange();
    const nurse = await corridor.mm.token('nurse');
    const { json } = await corridor.mm.call(nurse, 'GET', `/api/persons/${person.personId}/disclosures`);
    expect(json.disclosures).toContainEqual(
      expect.objectContaining({ direction: 'abroad', outcome: 'permitted', country: 'TH', purpose: 'COVERAGE' }),
    );
  });

  test('asked again under the same id, it is one authorisation', async () => {
    const person = await insured(corridor.mm);
    const requestId = randomUUID();
    const [first, second] = [
      await ask(corridor.th, person, { requestId }),
      await ask(corridor.th, person, { requestId }),
    ];
    expect(second.json.authorisation).toBe(first.json.authorisation);
    const given = await tables(corridor.mm)
      .selectFrom('settlement_authorisation')
      .select('reference')
      .where('request_id', '=', requestId)
      .execute();
    expect(given).toHaveLength(1);
  });

  test('someone without cover: no, and not a word why', async () => {
    const person = await insured(corridor.mm, false);
    const answer = await ask(corridor.th, person);
    expect(answer.json).toMatchObject({ covered: false, because: 'not-covered', benefits: [] });
    expect(answer.json.authorisation).toBeUndefined();
  });

  test('another person’s member number does not open anything', async () => {
    const [one, other] = [await insured(corridor.mm), await insured(corridor.mm)];
    expect((await ask(corridor.th, one, { memberNumber: `M-${other.memberId.slice(0, 8)}` })).code).toBe(
      'settlement.person-unknown',
    );
    expect((await ask(corridor.th, one, { memberNumber: `M-${one.memberId.slice(0, 8)}` })).json.covered).toBe(true);
  });

  test('consent withdrawn for this country closes it', async () => {
    const person = await insured(corridor.mm);
    const nurse = await corridor.mm.token('nurse');
    await corridor.mm.call(nurse, 'POST', `/api/persons/${person.personId}/consents`, {
      ...{ requestId: randomUUID(), purpose: 'COC', decision: 'deny', country: 'TH' },
    });
    expect((await ask(corridor.th, person)).code).toBe('settlement.consent-withdrawn');
  });

  test.each([
    ['the partner is down', { kind: 'down' }, 'settlement.partner-unreachable'],
    ['it answers 500', { kind: 'answer', status: 500, body: 'oops' }, 'settlement.partner-unreachable'],
    ['it answers a page', { kind: 'answer', status: 200, body: '<html>login</html>' }, 'settlement.bad-answer'],
    [
      'the answer was changed on the way',
      {
        kind: 'rewrite',
        only: '/exchange/eligibility',
        rewrite: (body: string) => {
          const [header, payload, signature] = body.split('.') as [string, string, string];
          const changed = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
          changed.body.until = '2036-01-01';
          return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
        },
      },
      'settlement.bad-signature',
    ],
  ] as const)('%s: a sentence, and nothing kept', async (_, fault, code) => {
    const person = await insured(corridor.mm);
    corridor.mm.fault = fault as never;
    const requestId = randomUUID();
    const refused = await ask(corridor.th, person, { requestId });
    expect(refused.code).toBe(code);
    expect(refused.json.issue[0].details.text.length).toBeGreaterThan(20);
    const kept = await tables(corridor.th)
      .selectFrom('settlement_eligibility')
      .select('request_id')
      .where('request_id', '=', requestId)
      .execute();
    expect(kept).toEqual([]);
  });

  test('a card of this country, and enforcement', async () => {
    const own = await insured(corridor.th);
    expect((await ask(corridor.th, own)).code).toBe('settlement.own-country');
    const person = await insured(corridor.mm);
    const officer = await corridor.th.token('enforcement');
    const body = { requestId: randomUUID(), card: person.card, visit: 'other' };
    expect((await corridor.th.call(officer, 'POST', '/api/cover/settlement/eligibility', body, cover)).status).toBe(
      404,
    );
  });
});

describe('insured periods are taken along', () => {
  test('certified at home, shown with the card, counted once; changed or another’s, refused', async () => {
    const home = await insured(corridor.mm);
    const here = await insured(corridor.th, false);
    const memberId = randomUUID();
    await coveredBy(corridor.th, here.personId, memberId);
    const certified = await post(corridor.mm, 'enrolment-officer', '/certificates', {
      memberId: home.memberId,
      partner: 'TH',
    });
    expect(certified.status).toBe(200);
    const { certificate } = certified.json;
    expect(certificate).toMatchObject({ issuer: 'MM', for: 'TH', clause: `${agreement}#art-6-1` });
    expect(certificate.periods[0]).toMatchObject({ schemeId: 'sch:mm:workers-abroad', from: '2026-01-01' });
    expect(certified.text).not.toContain(home.personId);
    const record = (over: Record<string, unknown> = {}) =>
      post(corridor.th, 'enrolment-officer', '/certificates/record', {
        memberId,
        card: home.card,
        ...certified.json,
        ...over,
      });
    const longer = { ...certificate, periods: [{ ...certificate.periods[0], from: '2020-01-01' }] };
    expect((await record({ certificate: longer })).code).toBe('settlement.certificate-invalid');
    expect((await record({ card: (await insured(corridor.mm)).card })).code).toBe('settlement.certificate-invalid');
    expect((await record()).json).toMatchObject({ certificateId: certificate.certificateId });
    expect((await record()).code).toBe('settlement.certificate-known');
    const { json } = await get(corridor.th, 'enrolment-officer', `/periods/${memberId}`);
    // Insured in both on the same days: they count once, and here.
    expect(json.periods.every((period: any) => period.country === 'TH')).toBe(true);
    expect((await get(corridor.th, 'claims-officer', `/periods/${memberId}`)).status).toBe(404);
  });
});

describe('an agreement that one side has suspended', () => {
  test('nothing is answered under it, and what waits is kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'serai-agreements-'));
    const own = join(import.meta.dirname, '../../countries/agreements');
    cpSync(own, folder, { recursive: true });
    const file = join(folder, 'mm-th-cover.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"status": "in-force"', '"status": "suspended"'));
    vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
    await elsewhere({ MM: folder, TH: own }, async () => {
      const person = await insured(corridor.mm);
      expect((await ask(corridor.th, person)).code).toBe('settlement.agreement-suspended');
      expect((await ask(corridor.mm, await insured(corridor.th))).code).toBe('settlement.agreement-suspended');
    });
  });
});
