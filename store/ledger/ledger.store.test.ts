import { money } from '@serai/kernel/base/money.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import { type Connection, connect } from '../sql.ts';
import { accountBalances, openAccounts, postTransfers, submitTransfers, trialBalance } from './ledger.ts';

let connection: Connection;
beforeAll(async () => {
  connection = connect(await freshDatabase(), 4);
});
afterAll(() => connection.pool.end());

const at = new Date('2026-03-10T08:00:00Z');
const accounts: Account[] = [
  { id: 'cash', currency: 'THB', code: 'cash', normal: 'debit', neverNegative: true },
  { id: 'income', currency: 'THB', code: 'income', normal: 'credit' },
  { id: 'cost', currency: 'THB', code: 'cost', normal: 'debit' },
];
const transfer = (id: string, debit: string, credit: string, minor: number): LedgerTransfer => ({
  id,
  kind: 'post',
  debit,
  credit,
  amount: money(minor, 'THB'),
  event: 'test',
  valueDay: '2026-03-10',
  reference: 'Test/1',
});

test('a batch is posted once, however often it is sent', async () => {
  const { db } = connection;
  expect(await openAccounts(db, accounts, at)).toMatchObject({ ok: true });
  const batch = [transfer('a', 'cash', 'income', 500), transfer('b', 'cost', 'cash', 200)];
  expect(await postTransfers(db, batch, at)).toEqual({ ok: true, value: { posted: 2 } });
  expect(await postTransfers(db, batch, at)).toEqual({ ok: true, value: { posted: 0 } });
  expect(
    await postTransfers(db, [transfer('c', 'cost', 'cash', 100), transfer('d', 'cost', 'cash', 201)], at),
  ).toMatchObject({ ok: false, code: 'ledger.limit' });
  expect(await submitTransfers(db, [transfer('c', 'cost', 'cash', 100), transfer('a', 'cost', 'cash', 1)], at)).toEqual(
    [
      { id: 'c', answer: 'posted' },
      { id: 'a', answer: 'refused', code: 'ledger.id-reused' },
    ],
  );
  const balances = await accountBalances(db, { prefix: 'ca' });
  expect(balances).toMatchObject([{ id: 'cash', debitsPosted: 500n, creditsPosted: 300n }]);
  expect(await trialBalance(db)).toEqual([
    { currency: 'THB', accounts: 3, debits: 800n, credits: 800n, pending: 0n, difference: 0n },
  ]);
});
