import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { ControlRow } from '../fund/api.ts';
import type { SheetView } from './api.ts';

/** Every two acts on one voucher at the same moment: both answered, the books as the vouchers have it, none paid twice. */

const programmeId = 'vp:mm:kadon-kani';
const cover = { 'x-purpose-of-use': 'COVERAGE' };
const pays = { 'x-purpose-of-use': 'HPAYMT' };
const day = new Date().toISOString().slice(0, 10);
let corridor: Corridor;
let mm: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  mm = corridor.mm;
  for (const name of ['voucher-officer', 'nurse', 'fund-manager', 'second-fund-manager']) {
    tokens[name] = await mm.token(name);
  }
});
afterAll(() => corridor?.close());

const act = (who: string, path: string, body: object): Promise<Called> =>
  mm.call(
    tokens[who],
    'POST',
    `/api/cover/vouchers${path}`,
    { requestId: randomUUID(), ...body },
    who.endsWith('manager') ? pays : cover,
  );

interface Given {
  readonly bookletId: string;
  readonly voucherId: string;
  readonly text: string;
  readonly code: string;
  readonly batchId: string;
}
const starts = ['redeemed', 'in a batch'] as const;
type Start = (typeof starts)[number];

let people = 0;
async function given(start: Start): Promise<Given> {
  people += 1;
  const line = { group: 'under-five', name: `Mg Ko ${people}`, village: 'kk-01', language: 'my' };
  const registered = await act('voucher-officer', '/holders', { programmeId, lines: [line] });
  const holderIds = [registered.json.lines[0].holderId];
  const issued = await act('voucher-officer', '/booklets', {
    programmeId,
    holderIds,
    channel: 'print',
    activate: true,
  });
  const { bookletId } = issued.json.booklets[0].booklet;
  const sheet = await mm.call(
    tokens['voucher-officer'],
    'POST',
    '/api/cover/vouchers/sheet',
    { programmeId, bookletIds: [bookletId] },
    cover,
  );
  const printed = (sheet.json as SheetView).booklets[0]!;
  const slip = printed.vouchers.find((each) => each.service === 'child-visit' && each.number === 1)!;
  const db = mm.node.database as never;
  const { rows } = await sql<{ voucher_id: string }>`
    select voucher_id from voucher where booklet_id = ${bookletId} and service = 'child-visit' and number = 1`.execute(
    db,
  );
  const of = { bookletId, voucherId: rows[0]!.voucher_id, text: slip.text, code: printed.code, batchId: 'none' };
  expect((await acts.redeem!(of)).status).toBe(200);
  // Drawn for a call, or suspected, are matters of their own.
  await sql`update voucher_redemption set sampled = false where voucher_id = ${of.voucherId}`.execute(db);
  await sql`update voucher set state = 'redeemed', held_from = null where voucher_id = ${of.voucherId}`.execute(db);
  if (start === 'in a batch') {
    expect((await acts.validate!(of)).status).toBe(200);
  }
  const batch = start === 'in a batch' ? await acts.propose!(of) : undefined;
  return { ...of, batchId: batch?.json.batchId ?? 'none' };
}

const decide = (who: string, batchId: string, decision: string) =>
  act(who, `/batches/${batchId}/decide`, { programmeId, decision });
const acts: Record<string, (of: Given) => Promise<Called>> = {
  redeem: ({ text, code }) => act('nurse', '/redemptions', { voucher: text, bookletCode: code, on: day }),
  validate: ({ voucherId }) => act('voucher-officer', '/validate', { programmeId, voucherIds: [voucherId] }),
  'validate twice in a list': ({ voucherId }) =>
    act('voucher-officer', '/validate', { programmeId, voucherIds: [voucherId, voucherId] }),
  'make void': ({ bookletId }) =>
    act('voucher-officer', `/booklets/${bookletId}/act`, { programmeId, act: 'void', reason: 'lost' }),
  replace: ({ bookletId }) =>
    act('voucher-officer', `/booklets/${bookletId}/act`, { programmeId, act: 'replace', reason: 'wet' }),
  propose: () => act('fund-manager', '/batches', { programmeId, upTo: day }),
  pay: ({ batchId }) => decide('second-fund-manager', batchId, 'pay'),
  cancel: ({ batchId }) => decide('fund-manager', batchId, 'cancel'),
};
const names = Object.keys(acts);

async function expectBooks(about: string): Promise<void> {
  const { json } = await mm.call(tokens['fund-manager'], 'GET', '/api/cover/fund/reconciliation', undefined, pays);
  expect(
    (json.controls as ControlRow[]).filter((row) => Number(row.difference.amount) !== 0),
    about,
  ).toEqual([]);
  const { rows } = await sql<{ cash: string; paid: string; batches: string; twice: string }>`
    select coalesce((select sum(credits_posted - debits_posted) from ledger_balance where account_id like 'fund:%:cash:MMK%'), 0)::text as cash,
      (select coalesce(sum(value_minor), 0) from voucher where state = 'paid')::text as paid,
      (select coalesce(sum(amount_minor), 0) from voucher_batch where state = 'paid')::text as batches,
      (select count(*) from (select voucher_id from voucher_redemption where outcome = 'accepted'
        group by voucher_id having count(*) > 1) t)::text as twice`.execute(mm.node.database as never);
  const { cash, paid, batches, twice } = rows[0]!;
  expect({ paid, batches, twice }, about).toEqual({ paid: cash, batches: cash, twice: '0' });
}

async function cancelOpenBatches(): Promise<void> {
  const { rows } = await sql<{ batch_id: string }>`select batch_id from voucher_batch where state = 'proposed'`.execute(
    mm.node.database as never,
  );
  for (const { batch_id: id } of rows) {
    await decide('fund-manager', id, 'cancel');
  }
}

describe.each(starts)('a voucher that is %s', (start) => {
  test('keeps its books, whatever two do to it at once', async () => {
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i)) {
        const of = await given(start);
        const both = await Promise.all([acts[a]!(of), acts[b]!(of)]);
        const about = `${start}: ${a} beside ${b} (${both.map((each) => each.code ?? each.status)})`;
        for (const answer of both) {
          expect(answer.status, `${about} ${answer.text}`).toBeLessThan(500);
        }
        await expectBooks(about);
        await cancelOpenBatches();
      }
    }
  });
});
