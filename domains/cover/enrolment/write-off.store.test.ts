import { randomUUID } from 'node:crypto';
import { addDays } from '@serai/kernel/base/days.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { reconcile } from '../fund/reconcile.store.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { endPolicy, lapsePolicies, takeBackEnd } from './ending.store.ts';
import { enrolMembers, undoing } from './enrol.store.ts';
import { readPolicies } from './members.store.ts';
import { reversePayment } from './money-back.store.ts';
import { takePayment } from './payments.store.ts';
import { owedMinor, standing } from './policy.ts';
import { undoWriteOff, writeOff } from './write-off.store.ts';

/** What is forgiven and what will not come: the books, the cover, and what an end does to either. */

const scheme = 'sch:th:migrant-health-insurance';
let corridor: Corridor;
let options: CoverOptions;
let db: CoverDatabase;
let today = '2026-03-01';

beforeAll(async () => {
  corridor = await openCorridor();
  const { node } = corridor.th;
  db = node.database as unknown as CoverDatabase;
  options = {
    country: 'TH',
    self: corridor.th.url,
    database: db,
    schemes: theSchemes().filter((each) => each.country === 'TH'),
    ownStore: node.ownStore,
    clock: () => new Date(`${today}T05:00:00Z`),
    newId: randomUUID,
  } as unknown as CoverOptions;
});
afterAll(() => corridor.close());

const act = <T>(work: (tx: Transaction) => Promise<Result<T>>) =>
  undoing(corridor.th.node.ownStore().transaction(work));

let count = 0;
/** A policy in two parts, the first of them paid where it says so. */
async function enrolled(paid = true) {
  today = '2026-03-01';
  count += 1;
  const words = ['Brastik', 'Colvun', 'Dremmo', 'Fyxter', 'Gulnap', 'Hobriq', 'Jastok', 'Klimpo', 'Lurvex'];
  const made = await act((tx) =>
    enrolMembers(tx, options, {
      schemeId: scheme,
      on: today,
      members: [
        {
          relation: 'holder',
          newMember: {
            name: `${words[count % 9]} ${words[(count * 4 + 1 + Math.floor(count / 9)) % 9]}`,
            birth: { kind: 'date', date: `${1960 + count * 3}-0${(count % 9) + 1}-11` },
            sex: 'female',
            entitlement: 'contract-worker',
            residence: 'TH',
          },
        },
      ],
      instalments: 2,
      channel: 'desk',
      by: 'x',
    }),
  );
  expect(made).toMatchObject({ ok: true });
  const { policyId, memberIds } = (made as Extract<typeof made, { ok: true }>).value;
  const read = async () => (await readPolicies(db, memberIds)).find((each) => each.policyId === policyId)!;
  const policy = await read();
  const pay = (amount: Money) =>
    act((tx) =>
      takePayment(tx, options, {
        channel: 'cash',
        reference: randomUUID(),
        amount,
        receivedOn: today,
        policyId,
        payer: 'member',
        by: 'x',
      }),
    );
  if (paid) {
    expect(await pay(policy.instalments[0]!.amount)).toMatchObject({ ok: true });
  }
  return { policyId, policy, read, pay };
}

const off = (kind: 'written-off' | 'waived', instalmentIds: readonly string[], batchId: string = randomUUID()) =>
  act((tx) => writeOff(tx, options, { batchId, kind, instalmentIds, because: 'left', by: 'x' }));

async function balance(code: string): Promise<bigint> {
  const rows = await accountBalances(db, { prefix: `fund:${scheme}:${code}:` });
  return rows.reduce((sum, row) => sum + row.debitsPosted - row.creditsPosted, 0n);
}

async function inBalance(): Promise<void> {
  expect((await reconcile(db, new Date())).filter((each) => each.differenceMinor !== 0n)).toEqual([]);
}

test('written off, the debt leaves the books and cover stays suspended; waived, cover goes on; either is taken back', async () => {
  for (const [kind, account, then] of [
    ['written-off', 'bad-debt', 'suspended'],
    ['waived', 'contributions-waived', 'active'],
  ] as const) {
    const { policy, read } = await enrolled();
    const second = policy.instalments[1]!;
    today = addDays(second.graceUntil, 3);
    const before = { cost: await balance(account), owed: await balance('contributions-receivable') };
    const batchId = randomUUID();
    expect(await off(kind, [second.instalmentId], batchId)).toMatchObject({ ok: true, value: { instalments: 1 } });
    expect(await balance(account)).toBe(before.cost + second.amount.minor);
    expect(await balance('contributions-receivable')).toBe(before.owed - second.amount.minor);
    const after = await read();
    expect(after.instalments.map(owedMinor)).toEqual([0n, 0n]);
    expect([kind, standing(after, after.instalments, today)]).toEqual([kind, then]);
    await inBalance();
    expect(await act((tx) => undoWriteOff(tx, options, { batchId, by: 'x' }))).toMatchObject({ ok: true });
    expect(await balance(account)).toBe(before.cost);
    const back = await read();
    expect(standing(back, back.instalments, today)).toBe('suspended');
    expect(back.instalments[1]).toMatchObject({ writtenOff: { minor: 0n }, paid: { minor: 0n } });
    expect(await act((tx) => undoWriteOff(tx, options, { batchId, by: 'x' }))).toMatchObject({
      code: 'enrolment.nothing-owed',
    });
    await inBalance();
  }
});

test('a first part that is waived brings cover into effect, one that is written off does not', async () => {
  const waived = await enrolled(false);
  await off('waived', [waived.policy.instalments[0]!.instalmentId]);
  expect((await waived.read()).effectiveOn).toBe('2026-03-01');
  const writtenOff = await enrolled(false);
  await off('written-off', [writtenOff.policy.instalments[0]!.instalmentId]);
  expect((await writtenOff.read()).effectiveOn).toBeUndefined();
});

test('written off, it lapses by its rule all the same, and nobody is given what nobody paid', async () => {
  const { policyId, policy, read } = await enrolled();
  const [first, second] = policy.instalments as [(typeof policy.instalments)[0], (typeof policy.instalments)[0]];
  const bad = await balance('bad-debt');
  today = addDays(second.graceUntil, 3);
  const batchId = randomUUID();
  await off('written-off', [second.instalmentId], batchId);
  today = addDays(second.graceUntil, 31);
  const lapsed = await corridor.th.node
    .ownStore()
    .transaction((tx) => lapsePolicies(tx, options, [policyId], today, 'node'));
  expect(lapsed).toEqual([policyId]);
  const ended = await read();
  expect(ended).toMatchObject({ endedBecause: 'lapsed', endedOn: addDays(second.graceUntil, 1) });
  // What was paid stays paid: only the part that had been written off was for days that are not covered any more.
  expect(ended.instalments[0]).toMatchObject({ amount: first.amount, paid: first.amount });
  const kept = ended.instalments[1]!.amount.minor;
  expect(kept).toBeGreaterThan(0n);
  expect(kept).toBeLessThan(second.amount.minor);
  expect(ended.instalments[1]!.writtenOff.minor).toBe(kept);
  expect(await balance('bad-debt')).toBe(bad + kept);
  await inBalance();
  // The end is taken back: as it was, written off too; and that is then taken back as one.
  expect(await act((tx) => takeBackEnd(tx, options, { policyId, by: 'x' }))).toMatchObject({ ok: true });
  expect((await read()).instalments[1]).toMatchObject({ amount: second.amount, writtenOff: second.amount });
  expect(await balance('bad-debt')).toBe(bad + second.amount.minor);
  await inBalance();
  expect(await act((tx) => undoWriteOff(tx, options, { batchId, by: 'x' }))).toMatchObject({ ok: true });
  expect(await balance('bad-debt')).toBe(bad);
  await inBalance();
});

test('what was waived for days that are not covered is borne by nobody; its rest can be taken back after the end', async () => {
  const { policyId, policy, read } = await enrolled();
  const second = policy.instalments[1]!;
  const cost = await balance('contributions-waived');
  today = addDays(second.due, 30);
  const batchId = randomUUID();
  await off('waived', [second.instalmentId], batchId);
  const ended = await act((tx) => endPolicy(tx, options, { policyId, lastDay: today, because: 'asked', by: 'x' }));
  expect(ended).toMatchObject({ ok: true, value: { credit: { minor: 0n } } });
  const after = await read();
  const rest = after.instalments[1]!.waived!.minor;
  expect(after.instalments[1]!.amount.minor).toBe(rest);
  expect(rest).toBeLessThan(second.amount.minor);
  expect(await balance('contributions-waived')).toBe(cost + rest);
  await inBalance();
  expect(await act((tx) => undoWriteOff(tx, options, { batchId, by: 'x' }))).toMatchObject({ ok: true });
  expect(await balance('contributions-waived')).toBe(cost);
  expect(owedMinor((await read()).instalments[1]!)).toBe(rest);
  await inBalance();
  // Taken back after that, the end leaves everything owed: the fund had stopped forgiving it.
  expect(await act((tx) => takeBackEnd(tx, options, { policyId, by: 'x' }))).toMatchObject({ ok: true });
  expect(owedMinor((await read()).instalments[1]!)).toBe(second.amount.minor);
  expect(await balance('contributions-waived')).toBe(cost);
  await inBalance();
});

test('nothing is written off or waived that is not owed', async () => {
  const { policy, pay } = await enrolled();
  await pay(money(policy.instalments[1]!.amount.minor, 'THB'));
  const ids = policy.instalments.map((each) => each.instalmentId);
  for (const kind of ['written-off', 'waived'] as const) {
    expect(await off(kind, ids)).toMatchObject({ code: 'enrolment.nothing-owed' });
    expect(await off(kind, ['no-such-part'])).toMatchObject({ code: 'enrolment.nothing-owed' });
  }
});

test('a debt that was written off and is paid before it lapses leaves the write-off, and cover goes on; in parts too', async () => {
  const { policy, read, pay } = await enrolled();
  const second = policy.instalments[1]!;
  const before = {
    bad: await balance('bad-debt'),
    owed: await balance('contributions-receivable'),
    cash: await balance('cash'),
  };
  today = addDays(second.graceUntil, 3);
  const batchId = randomUUID();
  await off('written-off', [second.instalmentId], batchId);
  const part = money(second.amount.minor / 3n, 'THB');
  const paid = await pay(part);
  expect(paid).toMatchObject({ ok: true, value: { credit: { minor: 0n }, allocated: [{ amount: part }] } });
  const between = await read();
  expect(between.instalments[1]).toMatchObject({
    paid: part,
    writtenOff: { minor: second.amount.minor - part.minor },
  });
  expect(standing(between, between.instalments, today)).toBe('suspended');
  expect(await balance('bad-debt')).toBe(before.bad + second.amount.minor - part.minor);
  await inBalance();
  // The rest and ten baht more: those are credit, as of any payment.
  const rest = second.amount.minor - part.minor;
  expect(await pay(money(rest + 1000n, 'THB'))).toMatchObject({ ok: true, value: { credit: { minor: 1000n } } });
  const after = await read();
  expect(after.instalments[1]).toMatchObject({ paid: second.amount, writtenOff: { minor: 0n } });
  expect(standing(after, after.instalments, today)).toBe('active');
  expect(await balance('bad-debt')).toBe(before.bad);
  expect(await balance('contributions-receivable')).toBe(before.owed - second.amount.minor - 1000n);
  expect(await balance('cash')).toBe(before.cash + second.amount.minor + 1000n);
  await inBalance();
  // Nothing is left of the write-off to take back, and it does not lapse.
  expect(await act((tx) => undoWriteOff(tx, options, { batchId, by: 'x' }))).toMatchObject({
    code: 'enrolment.nothing-owed',
  });
  today = addDays(second.graceUntil, 31);
  const lapsed = await corridor.th.node
    .ownStore()
    .transaction((tx) => lapsePolicies(tx, options, [policy.policyId], today, 'node'));
  expect(lapsed).toEqual([]);
});

test('a first part that was written off and is paid after all brings cover into effect that day', async () => {
  const { policy, read, pay } = await enrolled(false);
  const [first] = policy.instalments;
  await off('written-off', [first!.instalmentId]);
  today = addDays(today, 5);
  await pay(first!.amount);
  expect((await read()).effectiveOn).toBe(today);
});

test('paid after it has lapsed, what was for covered days is recovered, and cover does not come back', async () => {
  const { policyId, policy, read, pay } = await enrolled();
  const second = policy.instalments[1]!;
  const bad = await balance('bad-debt');
  today = addDays(second.graceUntil, 3);
  const batchId = randomUUID();
  await off('written-off', [second.instalmentId], batchId);
  today = addDays(second.graceUntil, 31);
  await corridor.th.node.ownStore().transaction((tx) => lapsePolicies(tx, options, [policyId], today, 'node'));
  const kept = (await read()).instalments[1]!.amount;
  expect(await pay(kept)).toMatchObject({ ok: true, value: { credit: { minor: 0n }, activated: [] } });
  const after = await read();
  expect(after).toMatchObject({ endedBecause: 'lapsed' });
  expect(after.instalments[1]).toMatchObject({ paid: kept, writtenOff: { minor: 0n } });
  expect(await balance('bad-debt')).toBe(bad);
  await inBalance();
  // The end taken back: the days it cut are owed as they were, written off; what was paid stays paid.
  expect(await act((tx) => takeBackEnd(tx, options, { policyId, by: 'x' }))).toMatchObject({ ok: true });
  expect((await read()).instalments[1]).toMatchObject({
    paid: kept,
    writtenOff: { minor: second.amount.minor - kept.minor },
  });
  await inBalance();
});

test('what is asked is paid before what was written off where it is older; a waiver is never paid', async () => {
  const { policy, read, pay } = await enrolled(false);
  const [first, second] = policy.instalments as [(typeof policy.instalments)[0], (typeof policy.instalments)[0]];
  today = addDays(second.graceUntil, 3);
  await off('written-off', [second.instalmentId]);
  await pay(first.amount);
  expect((await read()).instalments.map((each) => each.paid.minor)).toEqual([first.amount.minor, 0n]);
  const waived = await enrolled();
  await off('waived', [waived.policy.instalments[1]!.instalmentId]);
  expect(await waived.pay(money(500n, 'THB'))).toMatchObject({ ok: true, value: { credit: { minor: 500n } } });
});

test('a payment of a written-off debt that bounces is owed again, and can be written off anew', async () => {
  const { policy, read, pay } = await enrolled();
  const second = policy.instalments[1]!;
  const bad = await balance('bad-debt');
  today = addDays(second.graceUntil, 3);
  await off('written-off', [second.instalmentId]);
  const paid = (await pay(second.amount)) as Extract<Awaited<ReturnType<typeof pay>>, { ok: true }>;
  const input = { paymentId: paid.value.paymentId, because: 'bounced', by: 'x' };
  expect(await act((tx) => reversePayment(tx, options, input))).toMatchObject({ ok: true });
  const after = await read();
  expect(after.instalments[1]).toMatchObject({ paid: { minor: 0n }, writtenOff: { minor: 0n } });
  expect(standing(after, after.instalments, today)).toBe('suspended');
  expect(await balance('bad-debt')).toBe(bad);
  await inBalance();
  expect(await off('written-off', [second.instalmentId])).toMatchObject({ ok: true, value: { instalments: 1 } });
  await inBalance();
});
