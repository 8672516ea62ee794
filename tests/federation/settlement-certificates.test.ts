import { randomUUID } from 'node:crypto';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { signMessage } from '@serai/kernel/trust/messages.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TestNode } from '../corridor.ts';
import {
  agreement,
  corridor,
  coveredBy,
  day,
  exchange,
  get,
  type Insured,
  insured,
  openWorld,
  post,
  tables,
} from './settlement.world.ts';

openWorld();

const officer = 'enrolment-officer';
const partnerOf = (node: TestNode) => (node === corridor.th ? corridor.mm : corridor.th);

/** Someone insured in Myanmar before, and a member in Thailand now. */
async function cameOver(covered = true): Promise<{ home: Insured; memberId: string }> {
  const home = await insured(corridor.mm, covered);
  const here = await insured(corridor.th, false);
  const memberId = randomUUID();
  await coveredBy(corridor.th, here.personId, memberId);
  return { home, memberId };
}

const askFor = (memberId: string, card: string, over: Record<string, unknown> = {}) =>
  post(corridor.th, officer, '/certificates/ask', { memberId, partner: 'MM', card, ...over });
const answer = (certificateRequestId: string, over: Record<string, unknown> = {}, who = officer) =>
  post(corridor.mm, who, '/certificates/answer', { certificateRequestId, ...over });
const requestsOf = async (node: TestNode, memberId: string) =>
  (await get(node, officer, `/certificates/requests?memberId=${memberId}`)).json.requests;

async function evidence(node: TestNode, action: string): Promise<number> {
  const rows = await (node.node.database as any)
    .selectFrom('evidence_entry')
    .select('public')
    .execute()
    .catch(() => []);
  return rows.filter((row: any) => JSON.stringify(row.public).includes(action)).length;
}

describe('a certificate asked for across the border', () => {
  beforeEach(() => day('2026-05-10'));

  test('asked with the card, signed there, recorded here, counted once; told to the person', async () => {
    const { home, memberId } = await cameOver();
    const asked = await askFor(memberId, home.card);
    expect(asked.json).toMatchObject({ answerBy: '2026-06-09' });
    const id = asked.json.certificateRequestId as string;
    expect((await askFor(memberId, home.card)).code).toBe('settlement.certificate-asked');
    await exchange();

    const [waiting] = await requestsOf(corridor.mm, home.memberId);
    expect(waiting).toMatchObject({ certificateRequestId: id, side: 'issuer', partner: 'TH', state: 'asked' });
    expect(waiting.member).toMatchObject({ memberId: home.memberId });
    expect((await answer(id)).json).toEqual({ state: 'given' });
    expect((await answer(id)).code).toBe('settlement.certificate-answered');
    await exchange();

    const [given] = await requestsOf(corridor.th, memberId);
    expect(given).toMatchObject({ state: 'given', answeredOn: '2026-05-10', side: 'asker' });
    const { json } = await get(corridor.th, officer, `/periods/${memberId}`);
    // Insured in both on the same days: they count once, and here.
    expect(json.periods.every((period: any) => period.country === 'TH')).toBe(true);
    const kept = await tables(corridor.th)
      .selectFrom('settlement_certificate')
      .selectAll()
      .where('certificate_id', '=', given.certificateId)
      .executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ given: false, member_id: memberId, partner: 'MM' });
    expect(kept.document).not.toContain(home.personId);
    // The card was proof for them; once they have it, it is kept no longer.
    const message = await tables(corridor.th)
      .selectFrom('settlement_message')
      .select('body')
      .where('kind', '=', 'certificate-asked')
      .orderBy('created', 'desc')
      .executeTakeFirstOrThrow();
    expect(message.body).not.toContain('cardProof');

    const nurse = await corridor.mm.token('nurse');
    const told = await corridor.mm.call(nurse, 'GET', `/api/persons/${home.personId}/disclosures`);
    expect(told.json.disclosures).toContainEqual(
      expect.objectContaining({ direction: 'abroad', outcome: 'permitted', country: 'TH', purpose: 'COVERAGE' }),
    );
    expect(await evidence(corridor.th, 'ask-certificate')).toBeGreaterThan(0);
    expect(await evidence(corridor.mm, 'certify-periods')).toBeGreaterThan(0);
  });

  test('a partner that is down for days: it is kept, and arrives', async () => {
    const { home, memberId } = await cameOver();
    corridor.mm.fault = { kind: 'down' };
    const { json } = await askFor(memberId, home.card);
    await exchange();
    corridor.mm.fault = { kind: 'none' };
    expect(await requestsOf(corridor.mm, home.memberId)).toEqual([]);
    await day('2026-05-14');
    await exchange();
    expect(await requestsOf(corridor.mm, home.memberId)).toHaveLength(1);
    corridor.th.fault = { kind: 'down' };
    await answer(json.certificateRequestId);
    await exchange();
    corridor.th.fault = { kind: 'none' };
    expect((await requestsOf(corridor.th, memberId))[0].state).toBe('asked');
    await day('2026-05-18');
    await exchange();
    expect((await requestsOf(corridor.th, memberId))[0]).toMatchObject({ state: 'given', answeredOn: '2026-05-18' });
  });

  test('a refusal says a word and no more; then it may be asked again', async () => {
    const { home, memberId } = await cameOver();
    const { json } = await askFor(memberId, home.card);
    await exchange();
    expect((await answer(json.certificateRequestId, { refuse: 'unclear' })).json).toEqual({
      ...{ state: 'refused', reason: 'unclear' },
    });
    await exchange();
    expect((await requestsOf(corridor.th, memberId))[0]).toMatchObject({ state: 'refused', reason: 'unclear' });
    expect((await askFor(memberId, home.card)).status).toBe(200);
  });

  test('nobody insured, and consent withdrawn: refused by the node itself, at once', async () => {
    const stranger = await cameOver(false);
    await askFor(stranger.memberId, stranger.home.card);
    const withdrawn = await cameOver();
    const nurse = await corridor.mm.token('nurse');
    await corridor.mm.call(nurse, 'POST', `/api/persons/${withdrawn.home.personId}/consents`, {
      ...{ requestId: randomUUID(), purpose: 'COC', decision: 'deny', country: 'TH' },
    });
    await askFor(withdrawn.memberId, withdrawn.home.card);
    await exchange();
    expect((await requestsOf(corridor.th, stranger.memberId))[0]).toMatchObject({ reason: 'no-periods' });
    expect((await requestsOf(corridor.th, withdrawn.memberId))[0]).toMatchObject({ reason: 'no-consent' });
    // A member of theirs all the same, but nothing of it is told.
    expect(await requestsOf(corridor.mm, withdrawn.home.memberId)).toEqual([]);
  });

  test('consent withdrawn between the question and the answer: nothing is given', async () => {
    const { home, memberId } = await cameOver();
    const { json } = await askFor(memberId, home.card);
    await exchange();
    const nurse = await corridor.mm.token('nurse');
    await corridor.mm.call(nurse, 'POST', `/api/persons/${home.personId}/consents`, {
      ...{ requestId: randomUUID(), purpose: 'COC', decision: 'deny', country: 'TH' },
    });
    expect((await answer(json.certificateRequestId)).json).toEqual({ state: 'refused', reason: 'no-consent' });
    await exchange();
    expect((await requestsOf(corridor.th, memberId))[0]).toMatchObject({ state: 'refused' });
  });

  test('past its day it is waited for no longer, may be asked again, and is taken when it comes all the same', async () => {
    const { home, memberId } = await cameOver();
    const { json } = await askFor(memberId, home.card);
    await exchange();
    await day('2026-06-10');
    await exchange();
    expect((await requestsOf(corridor.th, memberId))[0]).toMatchObject({ state: 'lapsed' });
    expect((await requestsOf(corridor.mm, home.memberId))[0]).toMatchObject({ state: 'asked', overdue: true });
    const again = await askFor(memberId, home.card);
    expect(again.status).toBe(200);
    await exchange();
    await answer(json.certificateRequestId);
    await exchange();
    const states = (await requestsOf(corridor.th, memberId)).map((each: any) => each.state);
    expect(states.sort()).toEqual(['asked', 'given']);
  });

  test('not with another country’s card, a paper that is none, or by someone who does not enrol', async () => {
    const { home, memberId } = await cameOver();
    const own = await insured(corridor.th);
    expect((await askFor(memberId, own.card)).code).toBe('settlement.card-of-another-country');
    expect((await askFor(memberId, 'HC1:nonsense')).status).toBeGreaterThanOrEqual(400);
    expect((await askFor(memberId, '')).status).toBe(400);
    expect((await askFor(memberId, home.card, { partner: 'mm' })).status).toBe(400);
    expect((await askFor('nobody', home.card)).code).toBe('settlement.person-unknown');
    for (const who of ['claims-officer', 'actuary']) {
      const body = { memberId, partner: 'MM', card: home.card };
      expect((await post(corridor.th, who, '/certificates/ask', body)).status).toBe(404);
      expect((await get(corridor.th, who, '/certificates/requests')).status).toBe(404);
      expect((await answer(randomUUID(), {}, who)).status).toBe(404);
    }
    expect((await answer(randomUUID())).code).toBe('settlement.certificate-answered');
    expect((await answer(randomUUID(), { refuse: 'because' })).status).toBe(400);
    expect((await get(corridor.th, officer, '/certificates/requests?side=ours')).status).toBe(400);
  });

  test('a certificate that was changed, of another person, or for a question that was not asked is not recorded', async () => {
    const { home, memberId } = await cameOver();
    const asked = await askFor(memberId, home.card);
    await exchange();
    await answer(asked.json.certificateRequestId);
    const row = await tables(corridor.mm)
      .selectFrom('settlement_message')
      .select('body')
      .where('kind', '=', 'certificate-given')
      .where('body', 'like', `%${asked.json.certificateRequestId}%`)
      .executeTakeFirstOrThrow();
    const body = JSON.parse(row.body);
    const document = JSON.parse(body.document);
    const other = await cameOver();
    const second = await askFor(other.memberId, other.home.card);
    const sent = (over: Record<string, unknown>) => sentAs({ ...body, messageId: randomUUID(), ...over });
    const longer = { ...document, periods: [{ ...document.periods[0], from: '2020-01-01' }] };
    expect((await sent({ document: JSON.stringify(longer) })).code).toBe('settlement.certificate-invalid');
    expect((await sent({ document: '{' })).code).toBe('settlement.certificate-invalid');
    expect((await sent({ requestId: second.json.certificateRequestId })).code).toBe('settlement.certificate-invalid');
    expect((await sent({ requestId: randomUUID() })).code).toBe('settlement.out-of-order');
    expect((await sent({})).json).toEqual({ applied: true });
    const refused = { kind: 'certificate-refused', reason: 'unclear', document: undefined, signature: undefined };
    expect((await sent(refused)).code).toBe('settlement.contradiction');
    await exchange();
    expect((await requestsOf(corridor.th, memberId))[0]).toMatchObject({ state: 'given' });
    expect(document.clause).toBe(`${agreement}#art-6-1`);
  });
});

/** Signs a body as Myanmar's fund would, and posts it to Thailand. */
async function sentAs(body: object) {
  const now = Math.floor(Date.now() / 1000);
  const key = signingKey(corridor.mm.node.keySet(), 'message', now, 'payer');
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const message = { kind: 'settlement' as const, from: corridor.mm.url, to: partnerOf(corridor.mm).url, body };
  const { text } = await signMessage(message, key, now, random);
  return corridor.th.call(undefined, 'POST', '/exchange/settlement', text, { 'content-type': 'application/jose' });
}
