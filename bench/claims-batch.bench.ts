import { randomUUID } from 'node:crypto';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { adjudicateBatch } from '../domains/cover/claims/batch.store.ts';
import type { Claim } from '../domains/cover/cover.ts';
import { claimRows, enrolmentRows, type Row } from '../domains/cover/year/rows.ts';
import type { Bench } from './bench.ts';
import { type JudgedYear, judgedYear } from './claims-year.ts';
import { type BenchNode, openBenchCorridor } from './corridor.ts';

/** Of a hundred members so many have a record, in which their claims are kept. */
const recordedPercent = 10;

/**
 * A batch end to end: claims that wait, of a fund with 20,000 members, each judged, selected, posted to the ledger and kept,
 * as FHIR where the member has a record, five hundred in a transaction. `npm run bench -- claims-batch 100000` for as many;
 * 3,000 unless told.
 */
const bench: Bench = {
  name: 'claims-batch',
  async run(note) {
    const wanted = Number(process.argv[3] ?? 3000);
    const { th, close } = await openBenchCorridor();
    try {
      const until = '2026-06-30';
      const year = judgedYear(until);
      const claims = takeClaims(year, wanted);
      note(`${year.members} members, ${claims.length} claims wait…`);
      for (const enrolled of year.enrolled) {
        await insertTables(th, enrolmentRows(enrolled, until));
      }
      await insertTables(th, claimRows(claims.map((claim) => ({ claim }))));
      const recorded = await giveRecords(th, year);
      const kept = claims.filter((claim) => recorded.has(claim.memberId)).length;
      const { judged, took } = await runBatch(th, year, note);
      await mustBalance(th, judged);
      return [
        { claim: `batch of ${judged} claims, ${kept} of them kept as FHIR`, value: judged / took, unit: 'claims/s' },
        { claim: 'the same', value: took, unit: 's' },
      ];
    } finally {
      await close();
    }
  },
};

/** A record for one member in ten. @returns whose. */
async function giveRecords(th: BenchNode, { enrolled }: JudgedYear): Promise<ReadonlySet<string>> {
  const members = enrolled.flatMap((each) => each.members).filter((_, i) => i % 100 < recordedPercent);
  for (let i = 0; i < members.length; i += 500) {
    const part = members.slice(i, i + 500);
    await inTransaction(th, async (tx) => {
      for (const { memberId, name, birthDate } of part) {
        await tx.repo.createResource(
          { resourceType: 'Patient', id: memberId, name: [{ text: name }], birthDate },
          { assignedId: true },
        );
      }
      const ids = part.map((each) => each.memberId);
      await sql`update cover_member set person_id = member_id where member_id = any(${ids}::text[])`.execute(tx.sql);
    });
  }
  return new Set(members.map((each) => each.memberId));
}

/** Every claim was judged once, and the books are even: a figure for less would be worth nothing. */
async function mustBalance(th: BenchNode, judged: number): Promise<void> {
  await inTransaction(th, async (tx) => {
    const { rows } = await sql<{ once: string }>`
      select count(*) as once from (select 1 from cover_adjudication group by claim_id having count(*) = 1) x`.execute(
      tx.sql,
    );
    const uneven = (await trialBalance(tx.sql)).filter((each) => each.difference !== 0n);
    if (Number(rows[0]!.once) !== judged || uneven.length > 0) {
      throw new Error(`${rows[0]!.once} of ${judged} claims judged once; ${uneven.length} currencies uneven`);
    }
  });
}

/** The year's claims, and again under other numbers where more are wanted. */
function takeClaims({ inputs }: JudgedYear, wanted: number): Claim[] {
  return Array.from({ length: wanted }, (_, i) => {
    const { claim } = inputs[i % inputs.length]!;
    const again = Math.floor(i / inputs.length);
    return again === 0
      ? claim
      : { ...claim, claimId: `${claim.claimId}-${again}`, claimNumber: `${claim.claimNumber}-${again}` };
  });
}

async function runBatch(th: BenchNode, { schemes }: JudgedYear, note: (line: string) => void) {
  const handler = adjudicateBatch({
    country: 'TH',
    agreements: [],
    schemes,
    facilities: [
      'mae-sot-hospital',
      'mae-sot-clinic',
      'tha-sai-luat-health-centre',
      'mae-ramat-hospital',
      'tak-general-hospital',
    ].map((id) => ({
      id,
      name: id,
      level: id.endsWith('clinic') ? 'clinic' : id.endsWith('centre') ? 'primary' : 'district',
    })),
    clock: () => new Date(),
    newId: randomUUID,
  });
  type Work = Parameters<typeof handler.step>[0];
  let cursor: Work['cursor'];
  let judged = 0;
  const start = performance.now();
  for (;;) {
    const progress = await inTransaction(th, (tx) =>
      handler.step({ jobId: 'bench', input: {}, cursor, tx, askedBy: 'node' }),
    );
    judged += progress.did;
    if (judged % 1000 < progress.did) {
      note(`${judged} judged, ${Math.round(judged / ((performance.now() - start) / 1000))} a second`);
    }
    if ('finished' in progress) {
      return { judged, took: (performance.now() - start) / 1000 };
    }
    cursor = progress.next;
  }
}

function inTransaction<T>(th: BenchNode, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return th.node.ownStore().transaction(work);
}

async function insertTables(th: BenchNode, tables: Readonly<Record<string, readonly Row[]>>): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    for (let i = 0; i < rows.length; i += 2000) {
      const part = rows.slice(i, i + 2000);
      const columns = sql.join(Object.keys(part[0]!).map((column) => sql.ref(column)));
      await inTransaction(th, (tx) =>
        sql`insert into ${sql.table(table)} (${columns})
          select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(part)}::jsonb)
          on conflict do nothing`.execute(tx.sql),
      );
    }
  }
}

export default bench;
