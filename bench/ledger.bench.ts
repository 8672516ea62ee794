import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { startEmbedded } from '@serai/store/embedded.ts';
import { openAccounts, postTransfers } from '@serai/store/ledger/ledger.ts';
import { migrate } from '@serai/store/migrate.ts';
import { type Connection, connect } from '@serai/store/sql.ts';
import type { Bench, BenchRow } from './bench.ts';

const writers = 8;
const rounds = 3;
const at = new Date('2026-03-10T08:00:00Z');

/** Twelve schemes of two currencies, each with the accounts an insurer moves all day. */
const codes = ['cash', 'receivable', 'unearned', 'revenue', 'expense', 'outstanding', 'payable'] as const;
const accounts: Account[] = Array.from({ length: 12 }, (_, scheme) =>
  codes.map(
    (code, i): Account => ({
      id: `bench:${scheme}:${code}`,
      currency: scheme % 3 === 0 ? 'MMK' : 'THB',
      code,
      normal: i % 2 === 0 ? 'debit' : 'credit',
    }),
  ),
).flat();

/** Postings as they come: any scheme, any pair of its accounts. */
function posting(id: string, random: { below(n: number): number }): LedgerTransfer {
  const scheme = random.below(12);
  const debit = random.below(codes.length);
  const credit = (debit + 1 + random.below(codes.length - 1)) % codes.length;
  return {
    id,
    kind: 'post',
    debit: `bench:${scheme}:${codes[debit]}`,
    credit: `bench:${scheme}:${codes[credit]}`,
    amount: { minor: BigInt(1 + random.below(100_000)), currency: scheme % 3 === 0 ? 'MMK' : 'THB' },
    event: 'claim-checked',
    valueDay: '2026-03-10',
    reference: `Claim/${id}`,
  };
}

/** The same rows into a table with the same columns and indexes, and nothing that checks or adds up. */
const rawInsert = `insert into raw_transfer (transfer_id, number, change, kind, debit, credit, amount_minor, released_minor,
    currency, event, value_day, reference, posted_at)
  select t.id, t.number, current_change(), 'post', t.debit, t.credit, t.amount, 0, t.currency, t.event, t.day::date, t.reference, $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as t(id text, number bigint, debit text, credit text, amount bigint, currency text, event text, day text, reference text)`;

/** Postings a second, over all writers. */
async function run(
  name: string,
  batches: number,
  size: number,
  post: (batch: readonly LedgerTransfer[]) => Promise<void>,
): Promise<number> {
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const random = createPrng(writer + 1);
      for (let i = 0; i < batches; i++) {
        await post(Array.from({ length: size }, (_each, n) => posting(`${name}-${writer}-${i}-${n}`, random)));
      }
    }),
  );
  return (writers * batches * size) / ((performance.now() - started) / 1000);
}

let rawNumber = 0;

async function measure(
  { db, pool }: Connection,
  batches: number,
  size: number,
): Promise<{ ours: number; raw: number }> {
  const ours = async (batch: readonly LedgerTransfer[]) => {
    const result = await postTransfers(db, batch, at);
    if (!result.ok) {
      throw new Error(`the ledger refused: ${result.code}`);
    }
  };
  const raw = async (batch: readonly LedgerTransfer[]) => {
    const rows = batch.map(({ amount, valueDay, ...rest }) => ({
      ...rest,
      number: ++rawNumber,
      amount: amount.minor.toString(),
      currency: amount.currency,
      day: valueDay,
    }));
    await pool.query({ name: 'raw', text: rawInsert, values: [JSON.stringify(rows), at.toISOString()] });
  };
  const best = { ours: 0, raw: 0 };
  // Turn about, so that whatever else the machine does falls on both.
  for (let round = 0; round < rounds; round++) {
    best.raw = Math.max(best.raw, await run(`r${size}-${round}`, batches, size, raw));
    best.ours = Math.max(best.ours, await run(`o${size}-${round}`, batches, size, ours));
  }
  return best;
}

function row(claim: string, { ours, raw }: { ours: number; raw: number }): BenchRow {
  return {
    claim,
    value: ours,
    unit: 'postings/s',
    against: `raw insert of the same rows, same indexes (${Math.round(raw)}/s)`,
    ratio: ours / raw,
    budget: '≥ 2,000 /s',
    met: ours >= 2000,
  };
}

const bench: Bench = {
  name: 'ledger',
  async run(note) {
    const folder = mkdtempSync(join(tmpdir(), 'serai-ledger-bench-'));
    const database = await startEmbedded(folder);
    const connection = connect(database.url, writers);
    try {
      await migrate(connection.pool);
      await connection.pool.query('create table raw_transfer (like ledger_transfer including indexes)');
      await openAccounts(connection.db, accounts, at);
      note('batches of 100 from 8 writers…');
      const batches = await measure(connection, 25, 100);
      note('batches of 1,000 from 8 writers…');
      const large = await measure(connection, 4, 1000);
      note('one posting a transaction from 8 writers…');
      const single = await measure(connection, 250, 1);
      const { rows } = await connection.pool.query<{ uneven: number }>(
        `select count(*)::int as uneven from (select from ledger_balance group by currency
          having sum(debits_posted) <> sum(credits_posted)) each`,
      );
      if (rows[0]!.uneven !== 0) {
        throw new Error('the trial balance is not zero');
      }
      return [
        row('ledger postings, batches of 100 from 8 writers, on disk, checked at every commit', batches),
        row('the same, batches of 1,000', large),
        row('the same, one posting a transaction', single),
      ];
    } finally {
      await connection.pool.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
export default bench;
