import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import {
  agreementsWith,
  ask,
  balances,
  claim,
  corridor,
  day,
  elsewhere,
  exchange,
  get,
  insured,
  openWorld,
  post,
  tables,
  visit,
} from './settlement.world.ts';

openWorld();

const seen = async (claimId: string, node = corridor.th) =>
  (await get(node, 'claims-officer', `/claims/${claimId}`)).json;
const answer = (node: typeof corridor.th, claimId: string, state: string) =>
  post(node, 'claims-officer', '/moves', { moves: [{ claimId, line: 1, state, reason: 'not-needed' }] });

/** A claim whose one line the home fund disputes on 10 May 2026. */
async function disputed(): Promise<string> {
  const { json } = await ask(corridor.th, await insured(corridor.mm));
  const entered = await claim(corridor.th, json.requestId, { lines: [visit] });
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  await exchange();
  expect((await answer(corridor.mm, entered.json.claimId, 'disputed')).json).toEqual({ moved: 1 });
  await exchange();
  return entered.json.claimId as string;
}

async function under(after: string, act: () => Promise<void>): Promise<void> {
  const folder = agreementsWith((json) => Object.assign(json.settlement.dispute, { settleMonths: 6, after }));
  vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
  await elsewhere({ MM: folder, TH: folder }, act);
}

/** Evidence of disputes that ended on a node. */
async function evidence(node: typeof corridor.th): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ public: Record<string, unknown> }>`
    select e.public from evidence_entry e where e.public ->> 'action' = 'settlement-dispute-over'`.execute(
    tables(node),
  );
  return rows.map((row) => row.public);
}

describe('a dispute that is not settled in time', () => {
  test('goes before the body the agreement names, on both sides, once', async () => {
    const claimId = await disputed();
    expect((await seen(claimId)).lines[0].dispute).toEqual({
      ...{ since: '2026-05-10', until: '2029-05-10', after: 'body', body: 'joint-commission' },
    });
    const [partner] = (await get(corridor.mm, 'fund-manager', '/partners')).json.partners;
    expect(partner).toMatchObject({ disputed: 1, disputesUntil: '2029-05-10', referred: 0 });
    await day('2029-05-10');
    await exchange();
    expect((await seen(claimId)).lines[0].dispute.referredOn).toBeUndefined();
    await day('2029-05-11');
    await exchange();
    for (const node of [corridor.th, corridor.mm]) {
      const [line] = (await seen(claimId, node)).lines;
      expect(line).toMatchObject({ state: 'disputed', dispute: { referredOn: '2029-05-11' } });
      expect(await evidence(node)).toEqual([
        expect.objectContaining({ consequence: 'body', body: 'joint-commission', lines: 1 }),
      ]);
    }
    await day('2029-05-12');
    await exchange();
    expect(await evidence(corridor.th)).toHaveLength(1);
    // What the body decides is entered as any answer.
    expect((await answer(corridor.th, claimId, 'withdrawn')).json).toEqual({ moved: 1 });
  });

  test.each([
    ['lapses', 'nothing', 'withdrawn', {}],
    ['lapses', 'contested', 'withdrawn', {}],
    ['owed', 'nothing', 'accepted', { THB: 27_000n }],
    ['against-silence', 'nothing', 'withdrawn', {}],
    ['against-silence', 'contested', 'accepted', { THB: 27_000n }],
  ])('by the clause “%s”, where the creditor did %s, the line is %s', async (after, did, state, owed) => {
    await under(after, async () => {
      const claimId = await disputed();
      if (did === 'contested') {
        await answer(corridor.th, claimId, 'contested');
        await exchange();
      }
      await day('2026-11-10');
      await exchange();
      expect((await seen(claimId)).lines[0].state).toBe(did === 'contested' ? 'contested' : 'disputed');
      for (const on of ['2026-11-11', '2026-11-12', '2026-11-13']) {
        await day(on);
        await exchange();
      }
      for (const node of [corridor.th, corridor.mm]) {
        expect((await seen(claimId, node)).lines[0]).toMatchObject({ state, reason: 'dispute-over' });
      }
      expect(await balances(corridor.th, 'due-from-partner')).toEqual(owed);
      expect(await balances(corridor.mm, 'due-to-partner')).toEqual(owed);
    });
  });
});
