import { money } from '@serai/kernel/base/money.ts';
import { RefusedError } from '@serai/store/faults.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import { fromPool } from '@serai/store/sql.ts';
import type { Transaction } from '@serai/store/types.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshPool } from '../../../tests/database.ts';
import { type AccountCode, accountCodes, accountParts, chart } from './accounts.ts';
import { type ManualSide, postManual, postSubsidy, reverseManual } from './entries.store.ts';
import { type FundEventName, fundEventNames, postEvents } from './postings.ts';

/**
 * A donor's money on the real ledger, held against a model that knows nothing of accounts but their names: a purse for each
 * purpose. What goes into a purse leaves it as an expense, as the payment of a debt, back to who gave it, or not at all.
 */

const schemeId = 'sch:th:migrant-health-insurance';
const day = '2026-03-10';
const at = new Date('2026-03-10T08:00:00Z');
let pool: Awaited<ReturnType<typeof freshPool>>;
beforeAll(async () => {
  pool = await freshPool();
});
afterAll(() => pool.end());

const purpose = fc.constantFrom(undefined, 'tb', 'mothers');
const minor = fc.integer({ min: 1, max: 400 }).map(BigInt);
const code = fc.constantFrom<AccountCode>('cash', 'cash', 'cash', ...accountCodes);
const side: fc.Arbitrary<ManualSide> = fc.record({ code, restrictedTo: purpose, partner: fc.constant('MM') });

/** Those whose two sides can be posted without something that was held before. */
const events = fundEventNames.filter((name) => !name.startsWith('authorisation'));

type Act =
  | { readonly kind: 'subsidy'; readonly minor: bigint; readonly for: string | undefined }
  | { readonly kind: 'entry'; readonly minor: bigint; readonly debit: ManualSide; readonly credit: ManualSide }
  | {
      readonly kind: 'event';
      readonly minor: bigint;
      readonly event: FundEventName;
      readonly for: string | undefined;
      readonly opposite: boolean;
    }
  | { readonly kind: 'reversal'; readonly of: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('subsidy' as const), minor, for: purpose }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('entry' as const), minor, debit: side, credit: side }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('event' as const), minor, for: purpose },
      ...{ event: fc.constantFrom(...events), opposite: fc.boolean() },
    }),
  },
  fc.record({ kind: fc.constant('reversal' as const), of: fc.nat(20) }),
);

class Undone extends Error {}

/** Does the act on the ledger. @returns the transfer it made, or undefined where it was refused. */
async function done(tx: Transaction, each: Act, n: number, made: readonly string[]): Promise<string | undefined> {
  const common = { schemeId, day, reference: 'Paper' };
  try {
    switch (each.kind) {
      case 'subsidy': {
        const given = { id: `s${n}`, by: 'donor', amount: money(each.minor, 'THB'), restrictedTo: each.for } as const;
        const result = await postSubsidy(tx, { ...common, ...given }, at);
        return result.ok ? result.value.transferId : undefined;
      }
      case 'entry': {
        const { debit, credit } = each;
        const result = await postManual(
          tx.sql,
          { ...common, id: `m${n}`, debit, credit, amount: money(each.minor, 'THB') },
          at,
        );
        return result.ok ? result.value.transferId : undefined;
      }
      case 'event': {
        const event = {
          ...{ event: each.event, id: `e${n}`, amount: money(each.minor, 'THB'), partner: 'MM' },
          ...(each.for && { restrictedTo: each.for }),
          ...(each.opposite && { opposite: {} }),
        };
        await postEvents(tx, [{ ...common, ...event }], at);
        return `${each.event}${each.opposite ? '-undone' : ''}:e${n}`;
      }
      case 'reversal': {
        const transferId = made[each.of % Math.max(1, made.length)];
        const result = transferId ? await reverseManual(tx.sql, { id: `r${n}`, transferId, day }, at) : undefined;
        return result?.ok ? result.value.transferId : undefined;
      }
    }
  } catch (error) {
    if (error instanceof RefusedError) {
      return undefined;
    }
    throw error;
  }
}

/** What a purse may do, said by hand. Own is what has no purpose. */
interface Movement {
  readonly debit: { readonly code: AccountCode; readonly for: string | undefined };
  readonly credit: { readonly code: AccountCode; readonly for: string | undefined };
  readonly minor: bigint;
  readonly undoes: boolean;
}

const spendable = new Set(['expense', 'liability']);

function forbidden({ debit, credit, undoes }: Movement): string | undefined {
  if (debit.for && credit.for && debit.for !== credit.for) {
    return 'from one purpose to another';
  }
  if (credit.for && !debit.for && !undoes && !spendable.has(chart[debit.code].kind)) {
    return 'what was given for a purpose became the fund’s own';
  }
  return undefined;
}

async function movements(tx: Transaction): Promise<(Movement & { tag: string | undefined; id: string })[]> {
  const { rows } = await sql<Record<'id' | 'debit' | 'credit' | 'minor' | 'tag' | 'reverses', string>>`
    select transfer_id as id, debit, credit, amount_minor::text as minor, restricted_to as tag, reverses from ledger_transfer`.execute(
    tx.sql,
  );
  const of = (id: string) => {
    const parts = accountParts(id)!;
    return { code: parts.code, for: 'restrictable' in chart[parts.code] ? parts.of : undefined };
  };
  return rows.map((row) => ({
    ...{ id: row.id, debit: of(row.debit), credit: of(row.credit), minor: BigInt(row.minor) },
    ...{ undoes: row.reverses !== null, tag: row.tag ?? undefined },
  }));
}

test('money given for a purpose is spent on it or stays, whatever is done in whatever order', async () => {
  const { db } = fromPool(pool);
  const seen = { spent: 0, refused: 0, accepted: 0, reversed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 30 }), async (acts) => {
      await db
        .transaction()
        .execute(async (trx) => {
          const tx = { sql: trx } as unknown as Transaction;
          const made: string[] = [];
          const purse = new Map<string, bigint>();
          let known = new Set<string>();
          for (const [n, each] of acts.entries()) {
            const transferId = await done(tx, each, n, made);
            const all = await movements(tx);
            const fresh = all.filter(({ id }) => !known.has(id));
            known = new Set(all.map(({ id }) => id));
            seen[transferId === undefined ? 'refused' : 'accepted'] += 1;
            // What is refused moves nothing.
            expect(fresh.length > 0).toBe(transferId !== undefined);
            for (const move of fresh) {
              expect([move, forbidden(move)]).toEqual([move, undefined]);
              expect(move.tag).toBe(move.debit.for ?? move.credit.for);
              seen.reversed += move.undoes ? 1 : 0;
              const [into, from] = [move.debit, move.credit].map((one) => (one.code === 'cash' ? one.for : undefined));
              if (into) {
                purse.set(into, (purse.get(into) ?? 0n) + move.minor);
              }
              if (from) {
                purse.set(from, (purse.get(from) ?? 0n) - move.minor);
                seen.spent += 1;
              }
            }
            if (transferId !== undefined && each.kind !== 'reversal') {
              made.push(transferId);
            }
            const balances = await accountBalances(trx, { prefix: `fund:${schemeId}:cash:THB:for:` });
            const held = new Map(balances.map((one) => [one.restrictedTo!, one.debitsPosted - one.creditsPosted]));
            for (const [name, left] of purse) {
              expect([name, held.get(name) ?? 0n]).toEqual([name, left]);
              expect(left >= 0n).toBe(true);
            }
          }
          expect((await trialBalance(trx)).every(({ difference }) => difference === 0n)).toBe(true);
          await sql`set constraints all immediate`.execute(trx);
          throw new Undone();
        })
        .catch((error) => {
          if (!(error instanceof Undone)) {
            throw error;
          }
        });
    }),
    { numRuns: 150, seed: 20_261_122 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
}, 180_000);

test('many who spend one purse at once spend what is in it and no satang more', async () => {
  const { db } = fromPool(pool);
  const inOne = <T>(run: (tx: Transaction) => Promise<T>) =>
    db.transaction().execute((trx) => run({ sql: trx } as unknown as Transaction));
  const common = { schemeId, day, reference: 'Paper' };
  const gift = { by: 'donor', amount: money(1_000n, 'THB'), restrictedTo: 'burst' } as const;
  await inOne((tx) => postSubsidy(tx, { ...common, ...gift, id: 'gift' }, at));
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, n) =>
      inOne((tx) =>
        postManual(
          tx.sql,
          {
            ...{ ...common, id: `burst-${n}`, amount: money(90n, 'THB') },
            debit: { code: n % 2 ? 'administration' : 'claims-payable' },
            credit: { code: 'cash', restrictedTo: 'burst' },
          },
          at,
        ),
      ),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(11);
  const [purse] = await accountBalances(db, { prefix: `fund:${schemeId}:cash:THB:for:burst` });
  expect(purse!.debitsPosted - purse!.creditsPosted).toBe(10n);
});
