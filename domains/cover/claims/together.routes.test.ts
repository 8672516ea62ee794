import { randomUUID } from 'node:crypto';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import { coverOf } from '../cover.deps.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { keepRecord } from './record.store.ts';
import { selectionOf } from './selecting.store.ts';
import { adjudicateStored } from './submit.store.ts';
import { adjudicateTogether } from './together.store.ts';

let corridor: Corridor;
let th: TestNode;

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
}, 120_000);
afterAll(() => corridor?.close());

const at = new Date();
const optionsOf = () => ({
  country: 'TH',
  agreements: [],
  // A copy for each: averages of the day are kept by it.
  schemes: [...theSchemes().filter((each) => each.country === 'TH')],
  facilities: [{ id: 'mae-sot-clinic', name: 'Mae Sot border clinic', level: 'clinic' }],
  clock: () => at,
  newId: randomUUID,
});

const visits = [
  ['J06.9', 'service', 'CON-GENERAL', '70'],
  ['J06.9', 'item', 'MED-PARACETAMOL', '10'],
  ['Z34.9', 'service', 'ANC-VISIT', '120'],
  ['Z34.9', 'service', 'IMG-ULTRASOUND', '900'],
  ['A15.0', 'service', 'LAB-TB-XPERT', '450'],
  ['K35.8', 'service', 'SURGERY-APPENDIX', '29000'],
] as const;

/** Families under one policy, who come often, with the same day and the same claim now and then. */
async function entered(): Promise<void> {
  const prng = createPrng(7);
  const heading = 'claim_number,member_number,care,from,to,diagnoses,kind,code,quantity,unit_price';
  const rows: string[] = [];
  for (let family = 0; family < 4; family++) {
    const mother = await insured(th, { sex: 'female' });
    const father = await insured(th, { policyId: mother.policyId, sex: 'male' });
    for (let n = 0; n < 24; n++) {
      const { memberNumber } = prng.below(3) === 0 ? father : mother;
      const number = randomUUID();
      const day = dayBefore(2 + prng.below(40));
      const [diagnosis, ...first] = visits[prng.below(6)]!;
      for (const [kind, code, price] of [first, ['service', 'LAB-BLOOD-COUNT', '90']]) {
        const quantity = 1 + prng.below(3);
        rows.push(
          `${number},${memberNumber},out-patient,${day},${day},${diagnosis},${kind},${code},${quantity},${price}`,
        );
      }
    }
  }
  const token = await th.token('nurse');
  const body = { requestId: randomUUID(), csv: [heading, ...rows].join('\n') };
  const taken = await th.call(token, 'POST', '/api/cover/claims/import', body, payment);
  expect(taken.json.taken).toHaveLength(96);
}

/** All that judging writes: but for numbers given by the database, which are told by their order. */
async function written(tx: Transaction) {
  const rows = async (query: string) => (await sql.raw(query).execute(tx.sql)).rows;
  return {
    claims: await rows('select * from cover_claim order by claim_id'),
    lines: await rows('select * from cover_claim_line order by claim_id, line'),
    adjudications: await rows(
      'select claim_id, run, at, scheme_version, input_digest, result from cover_adjudication order by turn',
    ),
    events: await rows('select * from cover_claim_event order by claim_id, number'),
    transfers: await rows(`select transfer_id, kind, debit, credit, amount_minor, currency, event, value_day, reference
      from ledger_transfer order by number`),
    balances: await rows(`select account_id, currency, debits_posted, credits_posted, debits_pending, credits_pending
      from ledger_balance order by account_id`),
  };
}

class Undo extends Error {}

/** What a work writes, and then it did not happen. */
async function undone(work: (tx: Transaction) => Promise<void>) {
  let found: Awaited<ReturnType<typeof written>> | undefined;
  await th.node
    .ownStore()
    .transaction(async (tx) => {
      await work(tx);
      found = await written(tx);
      throw new Undo();
    })
    .catch((error) => {
      if (!(error instanceof Undo)) {
        throw error;
      }
    });
  return found!;
}

it('judges together to the byte as one by one: results, digests, review, events and ledger', async () => {
  await entered();
  const waiting = await coverOf({ sql: th.node.database } as never)
    .selectFrom('cover_claim')
    .select('claim_id')
    .where('status', '=', 'entered')
    .orderBy('claimed_on')
    .orderBy('claim_id')
    .execute();
  const ids = waiting.map((row) => row.claim_id);
  expect(ids).toHaveLength(96);
  const alone = optionsOf();
  const oneByOne = await undone(async (tx) => {
    for (const claimId of ids) {
      await adjudicateStored(tx, alone, claimId, at, { actor: 'node', select: selectionOf });
      await keepRecord(tx, alone, claimId);
    }
  });
  for (const size of [96, 7]) {
    const options = optionsOf();
    const together = await undone(async (tx) => {
      for (let i = 0; i < ids.length; i += size) {
        await adjudicateTogether(tx, options, ids.slice(i, i + size), at, 'node');
      }
    });
    expect(together).toEqual(oneByOne);
  }
  // The comparison is of something: claims of several outcomes, with suspicions and a history that counts.
  const { claims, transfers, adjudications } = oneByOne as Record<string, Record<string, unknown>[]>;
  const statuses = new Set(claims!.map((claim) => claim.status));
  expect([...statuses].sort()).toEqual(expect.arrayContaining(['checked', 'valuated']));
  expect(transfers!.length).toBeGreaterThan(96);
  expect(new Set(adjudications!.map((each) => each.input_digest)).size).toBe(96);
  await expectReconciled(th);
}, 120_000);
