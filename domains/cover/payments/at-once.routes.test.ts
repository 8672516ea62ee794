import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment, scheme } from '../../../tests/cover-claims.ts';

/** Two hands on the same money at the same moment. */

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['nurse', 'claims-officer', 'second-claims-officer', 'fund-manager', 'second-fund-manager']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const post = (who: string, path: string, body: object = {}) =>
  th.call(tokens[who], 'POST', `/api/cover/${path}`, { requestId: randomUUID(), ...body }, payment);
const question = { schemeId: scheme, upTo: dayBefore(0) };
const step = (who: string, id: string, name: string) => post(who, `payment-runs/${id}/${name}`);
const statuses = (all: readonly Called[]) => all.map((each) => each.status).sort();
const runsOf = (all: readonly Called[]) => all.filter((each) => each.status === 200).map((each) => each.json.runId);

/** A claim that is due: 60 baht. */
async function due(): Promise<string> {
  const { memberNumber } = await insured(th);
  const made = await post('nurse', 'claims', claimBody(memberNumber));
  if (made.json.status === 'checked') {
    await post('claims-officer', 'claims/bulk', { act: 'bypass', claimIds: [made.json.claimId], reason: 'by lot' });
  }
  return made.json.claimId;
}

async function dueMany(count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    ids.push(await due());
  }
  return ids;
}

async function money(): Promise<Record<string, string>> {
  const { rows } = await sql<{ payable: string; settled: string; paid: string }>`
    select (select sum(payable_minor) from cover_claim)::text as payable,
      (select sum(settled_minor) from cover_claim)::text as settled,
      (select coalesce(sum(case event when 'claim-paid' then amount_minor else - amount_minor end), 0) from ledger_transfer
        where event in ('claim-paid', 'claim-payment-returned'))::text as paid`.execute(th.node.database as never);
  return rows[0]!;
}

it('a claim is in one open run, however many propose one', async () => {
  await dueMany(4);
  for (let round = 0; round < 4; round += 1) {
    const all = await Promise.all([1, 2, 3].map(() => post('fund-manager', 'payment-runs', question)));
    expect(all.map((each) => each.code ?? 'made').sort()).toEqual([
      'made',
      'payments.nothing-owed',
      'payments.nothing-owed',
    ]);
    await Promise.all(runsOf(all).map((id) => step('fund-manager', id, 'reverse')));
  }
});

it('what is owed is paid once, however many propose, approve and pay at once', async () => {
  await dueMany(3);
  const runs = runsOf(await Promise.all([1, 2, 3].map(() => post('fund-manager', 'payment-runs', question))));
  await Promise.all(runs.map((id) => step('second-fund-manager', id, 'approve')));
  await Promise.all(runs.flatMap((id) => [step('fund-manager', id, 'pay'), step('second-fund-manager', id, 'pay')]));
  const { payable, settled, paid } = await money();
  expect({ settled, paid }).toEqual({ settled: payable, paid: payable });
});

it('two runs that hold the same claims pay them once', async () => {
  const claims = await dueMany(2);
  const run = async () => runsOf([await post('fund-manager', 'payment-runs', question)])[0] as string;
  const first = await run();
  // As a node would have left it that was stopped between two versions.
  const db = th.node.database as never;
  await sql`update cover_claim set run_id = null where claim_id = any(${claims}::text[])`.execute(db);
  const second = await run();
  for (const id of [first, second]) {
    expect((await step('second-fund-manager', id, 'approve')).status).toBe(200);
  }
  const all = await Promise.all([first, second].map((id) => step('fund-manager', id, 'pay')));
  expect(all.map((each) => each.code ?? 'paid').sort()).toEqual(['paid', 'payments.changed']);
  const { payable, settled, paid } = await money();
  expect({ settled, paid }).toEqual({ settled: payable, paid: payable });
});

it('is approved and paid once, taken back once', async () => {
  await due();
  const [id] = runsOf([await post('fund-manager', 'payment-runs', question)]);
  const twice = (name: string, who: string) => Promise.all([1, 2, 3].map(() => step(who, id, name)));
  expect(statuses(await twice('approve', 'second-fund-manager'))).toEqual([200, 409, 409]);
  expect(statuses(await twice('pay', 'fund-manager'))).toEqual([200, 409, 409]);
  expect(statuses(await twice('reverse', 'fund-manager'))).toEqual([200, 409, 409]);
});

it('a claim taken back while it is paid is owed back, or not paid', async () => {
  for (let round = 0; round < 4; round += 1) {
    const claim = await due();
    const [id] = runsOf([await post('fund-manager', 'payment-runs', question)]);
    await step('second-fund-manager', id, 'approve');
    const [taken, paid] = await Promise.all([
      post('claims-officer', `claims/${claim}/reverse`, { reason: 'a mistake' }),
      step('fund-manager', id, 'pay'),
    ]);
    expect([taken!.status, paid!.code ?? 'paid']).toEqual([200, expect.stringMatching(/^(paid|payments\.changed)$/)]);
    await expectReconciled(th);
    if (paid!.code) {
      expect((await step('fund-manager', id, 'reverse')).status).toBe(200);
    }
  }
});
