import { apply, type LedgerState, openLedger } from '@serai/kernel/ledger/ledger.ts';
import { accounts, closed, instant, runs } from '@serai/kernel/ledger/testing/batches.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import { fromPool } from '../sql.ts';
import { accountBalances, openAccounts, submitTransfers, trialBalance } from './ledger.ts';

/** The database against the model: the same batches, the same answers, the same balances. */
let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: await freshDatabase(), max: 2 });
  await openAccounts(fromPool(pool).db, accounts, new Date(instant(0)));
  for (const { firstDay, lastDay } of closed) {
    await pool.query(`insert into ledger_period values ($1, $2, now(), 'test', '[]')`, [firstDay, lastDay]);
  }
});
afterAll(() => pool.end());

test('random batches have the same answers and balances in PostgreSQL and in the model', async () => {
  const { db } = fromPool(pool);
  const reached = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(runs, async (run) => {
      // Each run sees the empty books, and leaves them empty.
      await db
        .transaction()
        .execute(async (tx) => {
          let model: LedgerState = openLedger(accounts, closed);
          for (const { batch, minute } of run) {
            const applied = apply(model, batch, instant(minute));
            model = applied.state;
            const answers = await submitTransfers(tx, batch, new Date(instant(minute)));
            expect(answers).toEqual(applied.answers);
            for (const each of answers) {
              const key = each.answer === 'refused' ? each.code : each.answer;
              reached.set(key, (reached.get(key) ?? 0) + 1);
            }
            const balances = await accountBalances(tx, { prefix: '' });
            for (const balance of balances) {
              expect(balance).toMatchObject(model.balances.get(balance.account)!);
            }
          }
          expect((await trialBalance(tx)).map(({ difference }) => difference)).toEqual([0n, 0n]);
          // What the end of a commit would say, before it is undone.
          await sql`set constraints all immediate`.execute(tx);
          throw new Undone();
        })
        .catch((error) => {
          if (!(error instanceof Undone)) {
            throw error;
          }
        });
    }),
    // Drawn from one seed, so that what is reached below is always the same; `kernel/ledger` draws anew each time.
    { numRuns: 200, seed: 20_261_122 },
  );
  // A run that reached next to nothing would prove next to nothing.
  expect([...reached.keys()].sort()).toEqual(
    expect.arrayContaining([
      'posted',
      'replayed',
      'ledger.id-reused',
      'ledger.fund-restricted',
      'ledger.limit',
      'ledger.linked-refused',
      'ledger.pending-expired',
      'ledger.pending-settled',
      'ledger.reversal-of-reversal',
    ]),
  );
});

class Undone extends Error {}
