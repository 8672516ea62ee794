import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/database.ts';
import { wrongsOf } from './testing/books.ts';

/** Whoever holds the database's own password, and writes straight into its tables, commits nothing that does not balance. */
let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: await freshDatabase(), max: 2 });
  await pool.query(`insert into ledger_account values
    ('a', 'THB', 'x', 'debit', false, null, now()), ('b', 'THB', 'x', 'credit', false, null, now()),
    ('limited', 'THB', 'x', 'debit', true, null, now()), ('gift', 'THB', 'x', 'debit', false, 'mothers', now()),
    ('k', 'MMK', 'x', 'debit', false, null, now()), ('l', 'MMK', 'x', 'credit', false, null, now())`);
  await pool.query(insert({}));
  await pool.query(insert({ transfer_id: 'hold', kind: 'pending', amount_minor: 7 }));
});
afterAll(() => pool.end());

function insert(columns: Readonly<Record<string, string | number | null>>): string {
  const row = {
    transfer_id: 'good',
    kind: 'post',
    debit: 'a',
    credit: 'b',
    amount_minor: 100,
    currency: 'THB',
    event: 'x',
    value_day: '2026-03-10',
    reference: 'x',
    posted_at: '2026-03-10',
    ...columns,
  };
  const values = Object.values(row).map((value) => (value === null ? 'null' : `'${value}'`));
  return `insert into ledger_transfer (${Object.keys(row).join(', ')}) values (${values.join(', ')})`;
}

const more = (account: string, column: string, by: number) =>
  `update ledger_balance set ${column} = ${column} + ${by} where account_id = '${account}'`;

async function attempt(statements: readonly string[]): Promise<string> {
  const client: PoolClient = await pool.connect();
  try {
    await client.query('begin');
    for (const statement of statements) {
      await client.query(statement);
    }
    await client.query('commit');
    return 'committed';
  } catch (error) {
    await client.query('rollback');
    return (error as { code: string }).code;
  } finally {
    client.release();
  }
}

test('a transfer inserted straight moves both of its accounts', async () => {
  expect(await attempt([insert({ transfer_id: 'straight' })])).toBe('committed');
  const { rows } = await pool.query(`select debits_posted from ledger_balance where account_id = 'a'`);
  expect(rows[0].debits_posted).toBe('200');
  expect(await wrongsOf(pool)).toEqual([]);
});

describe('is refused', () => {
  test.each<[string, string[]]>([
    ['one leg without the other', [insert({ transfer_id: 'x', credit: null })]],
    ['both legs on one account', [insert({ transfer_id: 'x', credit: 'a' })]],
    ['a leg nowhere', [insert({ transfer_id: 'x', credit: 'nowhere' })]],
    ['legs of two currencies', [insert({ transfer_id: 'x', credit: 'l' })]],
    ['a currency neither account has', [insert({ transfer_id: 'x', currency: 'MMK' })]],
    ['nothing', [insert({ transfer_id: 'x', amount_minor: 0 })]],
    ['less than nothing', [insert({ transfer_id: 'x', amount_minor: -5 })]],
    ['a second transfer of an id', [insert({})]],
    ['a transfer of another commit', [insert({ transfer_id: 'x', change: 1 })]],
    ['more than an account holds', [insert({ transfer_id: 'x', credit: 'limited' })]],
    ['restricted money for anything', [insert({ transfer_id: 'x', credit: 'gift' })]],
    ['restricted money for another purpose', [insert({ transfer_id: 'x', credit: 'gift', restricted_to: 'tb' })]],
    ['a purpose without its money', [insert({ transfer_id: 'x', restricted_to: 'mothers' })]],
    [
      'a settlement of nothing',
      [insert({ transfer_id: 'x', kind: 'post-pending', pending_id: 'none', released_minor: 100 })],
    ],
    [
      'a settlement of what is no hold',
      [insert({ transfer_id: 'x', kind: 'post-pending', pending_id: 'good', released_minor: 100 })],
    ],
    [
      'a settlement that lets go of too little',
      [insert({ transfer_id: 'x', kind: 'post-pending', pending_id: 'hold', amount_minor: 5, released_minor: 5 })],
    ],
    [
      'a settlement of more than is held',
      [insert({ transfer_id: 'x', kind: 'post-pending', pending_id: 'hold', amount_minor: 8, released_minor: 7 })],
    ],
    [
      'a reversal of another amount',
      [insert({ transfer_id: 'x', debit: 'b', credit: 'a', reverses: 'good', amount_minor: 99 })],
    ],
    ['an edited amount', [`update ledger_transfer set amount_minor = 1`]],
    ['a deleted transfer', [`delete from ledger_transfer where transfer_id = 'good'`]],
    ['an emptied journal', ['truncate ledger_transfer cascade']],
    ['an edited account', [`update ledger_account set currency = 'MMK' where account_id = 'a'`]],
    ['a deleted account', [`delete from ledger_account where account_id = 'k'`]],
    ['a balance raised on one side', [more('a', 'debits_posted', 5)]],
    ['balances raised evenly, without a transfer', [more('a', 'debits_posted', 5), more('b', 'credits_posted', 5)]],
    ['pending balances raised evenly', [more('a', 'debits_pending', 5), more('b', 'credits_pending', 5)]],
    ['one account raised on both sides', [more('a', 'debits_posted', 5), more('a', 'credits_posted', 5)]],
    [
      'a balance raised beside a real transfer',
      [insert({ transfer_id: 'x' }), more('a', 'debits_posted', 5), more('b', 'credits_posted', 5)],
    ],
    [
      'a balance put back after a real transfer',
      [insert({ transfer_id: 'x' }), more('a', 'debits_posted', -100), more('b', 'credits_posted', -100)],
    ],
    [
      'what was before, forged',
      [
        `update ledger_balance set debits_posted = debits_posted + 5, before_debits_posted = before_debits_posted + 5 where account_id = 'a'`,
        `update ledger_balance set credits_posted = credits_posted + 5, before_credits_posted = before_credits_posted + 5 where account_id = 'b'`,
      ],
    ],
    [
      'a touch hidden under another commit',
      [
        `update ledger_balance set debits_posted = debits_posted + 5, change = 1 where account_id = 'a'`,
        `update ledger_balance set credits_posted = credits_posted + 5, change = 1 where account_id = 'b'`,
      ],
    ],
    [
      'a check called early',
      ['set constraints all immediate', insert({ transfer_id: 'x' }), more('a', 'debits_posted', 5)],
    ],
    [
      'a check put off by a forged count',
      [
        more('a', 'debits_posted', 5),
        more('b', 'credits_posted', 5),
        'update ledger_commit set touches = touches + 7 where change = current_change()',
      ],
    ],
    [
      'accounts left off the list of what the check reads',
      [
        more('a', 'debits_posted', 5),
        more('b', 'credits_posted', 5),
        `update ledger_commit set accounts = '{}' where change = current_change()`,
      ],
    ],
    [
      'a list of accounts written beforehand',
      [`insert into ledger_commit (change, currency) values (current_change(), 'THB')`, more('a', 'debits_posted', 5)],
    ],
    ['a check taken out', [more('a', 'debits_posted', 5), 'delete from ledger_commit where change = current_change()']],
    ['a balance of another account', [`update ledger_balance set account_id = 'z' where account_id = 'a'`]],
    ['a balance of another currency', [`update ledger_balance set currency = 'MMK' where account_id = 'a'`]],
    ['a limit lifted', [`update ledger_balance set never_negative = false where account_id = 'limited'`]],
    ['a deleted balance', [`delete from ledger_balance where account_id = 'k'`]],
    ['emptied balances', ['truncate ledger_balance']],
    ['a daily total raised', ['update ledger_day set debits = debits + 5']],
    ['a hold struck off the list', [`delete from ledger_open_pending`]],
    [
      'a period that opens again',
      [`insert into ledger_period values ('2025-01-01', '2025-01-31', now(), 'x', '[]')`, 'delete from ledger_period'],
    ],
    [
      'a value day in a closed period',
      [
        `insert into ledger_period values ('2025-01-01', '2025-01-31', now(), 'x', '[]')`,
        insert({ transfer_id: 'x', value_day: '2025-01-31' }),
      ],
    ],
  ])('%s', async (_what, statements) => {
    // Integrity: a constraint of the table, or one of the ledger's own.
    expect(await attempt(statements)).toMatch(/^(23|0A000)/);
    expect(await wrongsOf(pool)).toEqual([]);
    const { rows } = await pool.query('select count(*)::int as n from ledger_transfer');
    expect(rows[0].n).toBe(3);
  });
});
