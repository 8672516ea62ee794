import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  agreement,
  ask,
  balances,
  claim,
  corridor,
  day,
  enterRates,
  exchange,
  get,
  insured,
  lastSigned,
  openWorld,
  post,
  sentAs,
  settledReady,
  visit,
} from './settlement.world.ts';

openWorld();

const lastOf = async (kind: string): Promise<any> => JSON.parse(await lastSigned(kind));

/** Claims that were entered in Thailand and have not been sent as they stand. */
async function claimsBody(): Promise<any> {
  const { json } = await ask(corridor.th, await insured(corridor.mm));
  await claim(corridor.th, json.requestId, { lines: [visit] });
  corridor.mm.fault = { kind: 'down' };
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  corridor.mm.fault = { kind: 'none' };
  return lastOf('claims');
}

const kept = (claimId: string) => get(corridor.mm, 'claims-officer', `/claims/${claimId}`);

describe('a message of a newer node', () => {
  test('a statement is signed to the byte: one with a field added is not taken, under its own signature or another', async () => {
    await day('2026-06-20');
    await settledReady([visit]);
    await day('2026-07-05');
    await enterRates('2026-06-30');
    corridor.mm.fault = { kind: 'down' };
    const proposed = await post(corridor.th, 'fund-manager', '/statements', {
      partner: 'MM',
      agreement,
      period: '2026-Q2',
    });
    expect(proposed.status).toBe(200);
    corridor.mm.fault = { kind: 'none' };
    const body = await lastOf('statement');
    const document = JSON.stringify({ ...JSON.parse(body.document), remark: 'paid in full' });
    const changed = await sentAs({ ...body, messageId: randomUUID(), document });
    expect(changed.code).toMatch(/settlement\.(bad-signature|contradiction)/);
    // With a field beside the document, the document is the one that was signed.
    expect((await sentAs({ ...body, cover: 'letter' })).json).toEqual({ applied: true });
    const before = await balances(corridor.mm, 'due-to-partner');
    const signed = await post(corridor.mm, 'fund-manager', '/statements/sign', proposed.json);
    expect(signed.json).toMatchObject({ state: 'signed' });
    await exchange();
    const [here, there] = [corridor.th, corridor.mm].map((node) =>
      get(node, 'fund-manager', `/statements/${proposed.json.statementId}`),
    );
    expect((await here)!.json.document).toEqual((await there)!.json.document);
    expect(before).not.toEqual(await balances(corridor.mm, 'due-to-partner'));
  });

  test('fields added since are left aside, wherever they stand; what is known of it is done', async () => {
    const body = await claimsBody();
    const [first] = body.claims;
    const newer = {
      ...{ ...body, sentBy: { release: '9.1' } },
      agreement: { ...body.agreement, annex: 'B' },
      claims: [{ ...first, episode: 'E-1', lines: first.lines.map((line: any) => ({ ...line, tooth: '36' })) }],
    };
    expect((await sentAs(newer)).json).toEqual({ applied: true });
    const { json } = await kept(first.claimId);
    expect(json).toMatchObject({ claimNumber: first.claimNumber, side: 'debtor' });
    expect(JSON.stringify(json)).not.toContain('E-1');
    // The same message again is the same message, however much more it says.
    expect((await sentAs({ ...newer, more: true })).json).toEqual({ applied: false });
  });

  test('a field that must be understood, or a kind that is not known: refused, nothing kept, and sent again later', async () => {
    const body = await claimsBody();
    const claims = body.claims.map((each: any) => ({
      ...each,
      claimId: randomUUID(),
      claimNumber: randomUUID(),
      share: '50',
    }));
    const fresh = { ...body, messageId: randomUUID(), claims };
    const critical = await sentAs({ ...fresh, critical: ['claims.share'] });
    expect(critical.code).toBe('settlement.not-understood');
    expect(critical.json.issue[0].details.text).toMatch(/newer/);
    expect((await kept(claims[0].claimId)).status).toBe(404);
    expect((await sentAs({ ...fresh, kind: 'claims/2' })).code).toBe('settlement.not-understood');
    expect((await sentAs({ ...fresh, kind: 'reinsurance', treaty: 'x' })).code).toBe('settlement.not-understood');
    // Once the reader knows it, the same message is applied: it was not taken for done.
    expect((await sentAs(fresh)).json).toEqual({ applied: true });
  });

  test.each<[string, (body: any) => object]>([
    [
      'a known optional field of another type',
      (body) => ({ ...body, claims: [{ ...body.claims[0], providerName: 7 }] }),
    ],
    ['an unknown visit', (body) => ({ ...body, claims: [{ ...body.claims[0], visit: 'virtual' }] })],
    [
      'an amount that is none',
      (body) => ({ ...body, claims: [{ ...body.claims[0], lines: [{ ...body.claims[0].lines[0], claimed: '1e3' }] }] }),
    ],
    ['a field that is missing', ({ messageId: _, ...body }) => body],
    ['a missing kind', ({ kind: _, ...body }) => body],
    ['what must be understood, told as a word', (body) => ({ ...body, critical: 'claims.share' })],
    ['what must be understood, told as nothing', (body) => ({ ...body, critical: [] })],
  ])('what is known stays strict: %s', async (_, change) => {
    const body = { ...(await lastOf('claims')), messageId: randomUUID() };
    const refused = await sentAs(change(body));
    expect(refused.code).toBe('message.malformed');
    expect(refused.status).toBe(400);
  });
});
