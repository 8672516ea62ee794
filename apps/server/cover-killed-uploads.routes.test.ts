import { randomUUID } from 'node:crypto';
import { generateSigningKey, signBytes } from '@serai/kernel/trust/jws.ts';
import { type RedemptionStatement, signStatement, statementDigest } from '@serai/kernel/trust/voucher-statement.ts';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { cover, scheme } from '../../tests/cover-claims.ts';
import { type Killer, killerOf } from '../../tests/killing.ts';

/**
 * What a desk or a device sends in one piece, cut off in the middle: all of it is there or nothing, and the same sent again
 * is answered as if it had been sent once.
 */

let corridor: Corridor;
let th: TestNode;
let mm: TestNode;
let killers: { readonly th: Killer; readonly mm: Killer };

beforeAll(async () => {
  corridor = await openCorridor();
  ({ th, mm } = corridor);
  killers = { th: await killerOf(th), mm: await killerOf(mm) };
}, 120_000);
afterAll(async () => {
  await killers?.th.client.end();
  await killers?.mm.client.end();
  await corridor?.close();
});

async function expectBalanced(node: TestNode): Promise<void> {
  for (const { difference } of await trialBalance(node.node.database as never)) {
    expect(difference).toBe(0n);
  }
}

test('a roster that was cut off is taken whole, once, and tells the same again', async () => {
  const officer = await th.token('enrolment-officer');
  const people = 300;
  for (const [n, afterMs] of [0, 15, 40, 90, 180, 400].entries()) {
    const group = { requestId: randomUUID(), name: `Works ${n}`, kind: 'employer' };
    const { groupId } = (await th.call(officer, 'POST', '/api/cover/enrolment/groups', group, cover)).json;
    const lines = Array.from(
      { length: people },
      (_, i) => `R${n}-${i},Person ${n} ${i} ${(i * 7919) % 997},${1950 + (i % 50)},F`,
    );
    const file = `Works number,Name,Birth,Sex\n${lines.join('\n')}\n`;
    const send = async (path: string): Promise<Called> => {
      const answer = await fetch(`${th.url}/api/cover/enrolment/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${officer}`, 'content-type': 'text/csv', ...cover },
        body: file,
      });
      const text = await answer.text();
      return { status: answer.status, text, json: answer.ok ? JSON.parse(text) : undefined } as Called;
    };
    const of = `groupId=${groupId}&schemeId=${scheme}`;
    const { digest } = (await send(`rosters/preview?${of}`)).json;
    const taking = `rosters?${of}&digest=${digest}&requestId=${randomUUID()}`;
    const kept = async () => {
      const { rows } = await killers.th.client.query<{ members: string; posted: string }>(
        `select (select count(*) from cover_member where group_id = $1)::text as members,
           (select count(*) from ledger_transfer where reference like 'Roster/%' and event = 'policy-issued')::text as posted`,
        [groupId],
      );
      return rows[0]!;
    };
    const before = await kept();
    const taken = await killers.th.despite(
      afterMs,
      () => send(taking),
      async () => expect(['0', String(people)]).toContain((await kept()).members),
    );
    expect(taken.json, taken.text).toMatchObject({ applied: true, counts: { added: people } });
    const after = await kept();
    expect(after).toEqual({ members: String(people), posted: String(Number(before.posted) + 1) });
    expect((await send(taking)).json).toEqual(taken.json);
    expect(await kept()).toEqual(after);
  }
  expect(killers.th.struck()).toBeGreaterThan(0);
  await expectBalanced(th);
}, 240_000);

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';
const act = (token: string, path: string, body: object) =>
  mm.call(token, 'POST', base + path, { requestId: randomUUID(), ...body }, cover);

/** A voucher of a child, as it is printed. */
async function slip(officer: string, n: string): Promise<{ text: string; code: string }> {
  const lines = [{ group: 'under-five', name: `Mg Aung ${n}`, village: 'kk-01', language: 'my' }];
  const { holderId } = (await act(officer, '/holders', { programmeId, lines })).json.lines[0];
  const made = { programmeId, holderIds: [holderId], channel: 'print', activate: true };
  const { booklet } = (await act(officer, '/booklets', made)).json.booklets[0];
  const asked = { programmeId, bookletIds: [booklet.bookletId] };
  const [printed] = (await mm.call(officer, 'POST', `${base}/sheet`, asked, cover)).json.booklets;
  return { text: printed.vouchers[0].text, code: printed.code };
}

test('what a device took without a network, cut off while it is sent, is counted once, and answered the same again', async () => {
  const [officer, nurse] = [await mm.token('voucher-officer'), await mm.token('nurse')];
  const key = await generateSigningKey();
  const device = (await act(nurse, '/devices', { label: 'Tablet', publicJwk: key.publicJwk })).json.deviceId as string;
  await act(nurse, `/devices/${device}/kit`, {});
  await sql`update voucher_device set kit_issued_at = kit_issued_at - 86400, registered = registered - interval '1 day'
    where device_id = ${device}`.execute(mm.node.database);
  const sign = (bytes: Uint8Array<ArrayBuffer>) => signBytes(bytes, key.privateJwk);
  let counter = 0;
  let previous = '-';
  const took = async (voucher: { text: string; code: string }): Promise<string> => {
    counter += 1;
    const statement: RedemptionStatement = {
      ...{ id: randomUUID(), device, counter, previous, at: Math.floor(Date.now() / 1000) },
      ...{ on: new Date().toISOString().slice(0, 10), voucher: voucher.text, code: voucher.code },
    };
    const text = await signStatement(statement, { kid: key.kid, sign });
    previous = await statementDigest(text);
    return text;
  };
  const kept = async () => {
    const { rows } = await killers.mm.client.query<{ redeemed: string; posted: string }>(
      `select (select count(*) from voucher_redemption where device_id = $1)::text as redeemed,
         (select count(*) from ledger_transfer where event = 'voucher-redeemed')::text as posted`,
      [device],
    );
    return rows[0]!;
  };
  for (const [n, afterMs] of [0, 4, 8, 15, 30, 60].entries()) {
    const statements: string[] = [];
    for (const each of ['a', 'b']) {
      statements.push(await took(await slip(officer, `${n}${each}`)));
    }
    const before = await kept();
    const body = { requestId: randomUUID(), statements };
    const send = () => mm.call(nurse, 'POST', `${base}/devices/${device}/sync`, body, cover);
    const answer = await killers.mm.despite(afterMs, send, async () =>
      expect([0, 2]).toContain(Number((await kept()).redeemed) - Number(before.redeemed)),
    );
    expect(answer.status, answer.text).toBe(200);
    const after = await kept();
    expect(Number(after.redeemed) - Number(before.redeemed)).toBe(2);
    expect((await send()).json).toEqual(answer.json);
    // Sent under another id, as by a device that never heard the answer.
    const anew = await act(nurse, `/devices/${device}/sync`, { statements });
    expect(anew.status, anew.text).toBe(200);
    expect(await kept()).toEqual(after);
  }
  expect(killers.mm.struck()).toBeGreaterThan(0);
  await expectBalanced(mm);
}, 240_000);
