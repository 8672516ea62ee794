import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { startEmbedded } from '../../embedded.ts';
import { migrate } from '../../migrate.ts';
import { connect } from '../../sql.ts';
import { openAccounts, submitTransfers } from '../ledger.ts';

/** A process that posts until it is killed. It says on standard output what has been acknowledged, a line each. */
const [folder, run] = process.argv.slice(2) as [string, string];
const database = await startEmbedded(folder);
const { db, pool } = connect(database.url, 8);
await migrate(pool);
process.stdout.write(`server ${database.processId}\n`);

const at = new Date('2026-03-10T08:00:00Z');
const accounts: Account[] = [0, 1, 2, 3].map((n) => ({
  id: `account-${n}`,
  currency: 'THB',
  code: 'test',
  normal: n % 2 === 0 ? 'debit' : 'credit',
}));
await openAccounts(db, accounts, at);

async function work(writer: number): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const batch = [0, 1, 2].map(
      (n): LedgerTransfer => ({
        id: `${run}-${writer}-${i}-${n}`,
        kind: n === 1 ? 'pending' : 'post',
        debit: `account-${(writer + n) % 4}`,
        credit: `account-${(writer + n + 1 + (i % 3)) % 4}`,
        amount: { minor: BigInt(1 + ((i * 7 + n) % 90)), currency: 'THB' },
        event: 'test',
        valueDay: '2026-03-10',
        reference: `Writer/${writer}`,
        linked: n < 2,
      }),
    );
    const answers = await submitTransfers(db, batch, at);
    process.stdout.write(`kept ${answers.map(({ id }) => id).join(' ')}\n`);
  }
}

await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(work));
process.stdout.write('done\n');
