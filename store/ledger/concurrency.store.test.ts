import { createPrng } from '@serai/kernel/base/prng.ts';
import { openLedger, room } from '@serai/kernel/ledger/ledger.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import { fromPool } from '../sql.ts';
import { accountBalances, openAccounts, submitTransfers, trialBalance } from './ledger.ts';
import { wrongsOf } from './testing/books.ts';

let pool: Pool;
/** Of whoever looks on: in the queue of the writers it would wait until they are done. */
let apart: Pool;
beforeAll(async () => {
  const connectionString = await freshDatabase();
  pool = new Pool({ connectionString, max: 60 });
  apart = new Pool({ connectionString, max: 1 });
});
afterAll(() => Promise.all([pool.end(), apart.end()]));

const at = new Date('2026-03-10T08:00:00Z');
const seed = 20260310;

const accounts: Account[] = ['THB', 'MMK', 'KHR'].flatMap((currency) =>
  [0, 1, 2, 3].map(
    (n): Account => ({
      id: `${currency}:${n}`,
      currency,
      code: 'test',
      normal: n % 2 === 0 ? 'debit' : 'credit',
      ...(n === 2 && { neverNegative: true }),
    }),
  ),
);

/** A thousand batches of one to five transfers between accounts taken in any order; every tenth is sent twice. */
function batches(): LedgerTransfer[][] {
  const random = createPrng(seed);
  const made = Array.from({ length: 1000 }, (_, writer) =>
    Array.from({ length: 1 + random.below(5) }, (_, i): LedgerTransfer => {
      const currency = ['THB', 'MMK', 'KHR'][random.below(3)]!;
      const debit = random.below(4);
      const credit = (debit + 1 + random.below(3)) % 4;
      return {
        id: `${writer}-${i}`,
        kind: random.below(8) === 0 ? 'pending' : 'post',
        debit: `${currency}:${debit}`,
        credit: `${currency}:${credit}`,
        amount: { minor: BigInt(1 + random.below(1000)), currency },
        event: 'test',
        valueDay: '2026-03-10',
        reference: `Writer/${writer}`,
        linked: random.below(3) === 0,
      };
    }).map((transfer, i, all) => (i === all.length - 1 ? { ...transfer, linked: false } : transfer)),
  );
  return [...made, ...made.filter((_, i) => i % 10 === 0)];
}

test('a thousand writers at once: no deadlock, nothing twice, no limit broken, the trial balance zero at every look', async () => {
  const { db } = fromPool(pool);
  await openAccounts(db, accounts, at);
  const random = createPrng(seed + 1);
  const sent = batches()
    .map((batch) => ({ batch, turn: random.uniform() }))
    .sort((a, b) => a.turn - b.turn);
  let running = true;
  let looks = 0;
  const looker = (async () => {
    const { db: onlooker } = fromPool(apart);
    while (running) {
      for (const { currency, difference } of await trialBalance(onlooker)) {
        expect(difference, currency).toBe(0n);
      }
      looks++;
    }
  })();
  const answers = await Promise.all(sent.map(async ({ batch }) => submitTransfers(db, batch, at)));
  running = false;
  await looker;
  expect(looks).toBeGreaterThan(10);

  const posted = answers.flat().filter(({ answer }) => answer === 'posted');
  expect(new Set(posted.map(({ id }) => id)).size).toBe(posted.length);
  expect(posted.length).toBeGreaterThan(1000);
  expect(answers.flat().some(({ answer }) => answer === 'replayed')).toBe(true);
  expect(answers.flat().some((each) => each.answer === 'refused' && each.code === 'ledger.limit')).toBe(true);

  // Reckoned apart from the ledger: the sum of what was acknowledged, in whatever order it came.
  const kept = new Set(posted.map(({ id }) => id));
  const sums = new Map([...openLedger(accounts).balances].map(([id, balance]) => [id, { ...balance }]));
  const unique = new Map(sent.flatMap(({ batch }) => batch).map((transfer) => [transfer.id, transfer]));
  for (const transfer of [...unique.values()].filter(({ id }) => kept.has(id))) {
    const [debits, credits] =
      transfer.kind === 'post'
        ? (['debitsPosted', 'creditsPosted'] as const)
        : (['debitsPending', 'creditsPending'] as const);
    sums.get(transfer.debit)![debits] += transfer.amount.minor;
    sums.get(transfer.credit)![credits] += transfer.amount.minor;
  }
  for (const balance of await accountBalances(db, { prefix: '' })) {
    expect(balance).toMatchObject(sums.get(balance.account)!);
    if (balance.neverNegative) {
      expect(room(balance, balance) >= 0n).toBe(true);
    }
  }
  expect(await wrongsOf(pool)).toEqual([]);
});
