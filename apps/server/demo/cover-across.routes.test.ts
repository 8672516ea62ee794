import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allAccounts } from '@serai/domains/cover/fund/accounts.ts';
import type { NameParts } from '@serai/domains/cover/year/people.ts';
import { yearPlanSchema } from '@serai/domains/cover/year/plan.ts';
import { loadYear } from '@serai/domains/cover/year/year.store.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { newDemoFile } from '../corridor/demo-file.ts';
import { loadCountry } from '../country.ts';
import type { RunningNode } from '../node.ts';
import { meetAcrossTheBorder } from './cover-across.ts';
import { askForCertificates } from './cover-certificates.ts';
import { doTheWeeksBefore } from './cover-doings.ts';
import { makePersonsOfMembers } from './cover-persons.ts';
import { settleAQuarter, settledQuarter } from './cover-quarter.ts';
import { type DemoFile, prepareDemonstration } from './prepare.ts';

/** What `npm start` shows of two funds that settle: a quarter that is over, and one that is open. */

let corridor: Corridor;
const folder = mkdtempSync(join(tmpdir(), 'serai-across-'));
const demoFile = join(folder, 'demo.json');
const until = new Date().toISOString().slice(0, 10);
const quick = { everySeconds: 0.2, atMostSeconds: 60 };
const both = () => [corridor.th, corridor.mm];

beforeAll(async () => {
  corridor = await openCorridor();
  const demo = newDemoFile({ th: 1, mm: 2 });
  const nodes = demo.nodes.map((node) => {
    const url = node.country === 'th' ? corridor.th.url : corridor.mm.url;
    return { ...node, baseUrl: url, fhirUrl: `${url}/fhir/R4`, tokenUrl: `${url}/oidc/token` };
  });
  writeFileSync(demoFile, JSON.stringify({ nodes } satisfies DemoFile));
  for (const { node, country } of both()) {
    await prepareDemonstration(node, country, demoFile);
    await loadSmallYear(node, country);
  }
}, 240_000);

afterAll(async () => {
  await corridor?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function loadSmallYear(node: RunningNode, country: string): Promise<void> {
  const { options } = node.cover;
  const read = (path: string) =>
    JSON.parse(readFileSync(new URL(`../../../countries/${path}`, import.meta.url), 'utf8'));
  const plan = yearPlanSchema.parse(read(`${country.toLowerCase()}/year.json`));
  await loadYear({
    ...options,
    plan: { ...plan, schemes: plan.schemes.map((scheme) => ({ ...scheme, members: 120 })) },
    names: read('demo/names.json') as Record<string, NameParts>,
    until,
    pause: () => Promise.resolve(),
  });
  await makePersonsOfMembers(node, until, loadCountry(country).language);
  await node.work();
  await doTheWeeksBefore(node, until, 1);
}

/** Both nodes do something, while both do their regular work, until it is done or one gives up. */
async function together(act: (node: TestNode) => Promise<void>): Promise<PromiseSettledResult<void>[]> {
  let done = false;
  const acts = Promise.allSettled(both().map(act)).finally(() => {
    done = true;
  });
  while (!done) {
    for (const { node } of both()) {
      await node.work();
    }
    await new Promise((next) => setTimeout(next, 20));
  }
  for (let i = 0; i < 3; i++) {
    for (const { node } of both()) {
      await node.work();
    }
  }
  return acts;
}

/** A node whose routes stop after so many acts, as a process does that is killed. */
function dying(node: RunningNode, acts: number): RunningNode {
  let left = acts;
  const storeAs: RunningNode['storeAs'] = (actor, purpose) => {
    if (left-- === 0) {
      throw new Error('cut off');
    }
    return node.storeAs(actor, purpose);
  };
  return Object.assign(Object.create(node), { storeAs });
}

async function counted({ node }: TestNode) {
  const of = async (table: 'settlement_claim' | 'settlement_move' | 'settlement_statement' | 'settlement_message') =>
    Number(
      (
        await node.database
          .selectFrom(table)
          .select((to) => to.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return [
    await of('settlement_claim'),
    await of('settlement_move'),
    await of('settlement_statement'),
    await of('settlement_message'),
  ];
}

describe('two funds that have settled a quarter', () => {
  const period = settledQuarter(until);

  it('claimed, disputed, answered, signed, paid and confirmed; cut off and begun again, nothing is doubled', async () => {
    const cut = await together(({ node, country }) => settleAQuarter(dying(node, 9), country, demoFile, quick));
    expect(cut.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    const settled = await together(({ node, country }) => settleAQuarter(node, country, demoFile, quick));
    expect(settled.map((each) => each.status === 'rejected' && each.reason)).toEqual([false, false]);

    for (const { node, country } of both()) {
      const statement = await node.database.selectFrom('settlement_statement').selectAll().executeTakeFirstOrThrow();
      expect(statement).toMatchObject({ state: 'settled', period: period.name, drawn_up_by: 'TH' });
      expect(statement.signed_by_us).not.toBe(null);
      expect(statement.signed_by_them).not.toBe(null);
      const claims = await node.database
        .selectFrom('settlement_claim')
        .selectAll()
        .where('partner', '<>', country)
        .execute();
      const numbers = claims.map((claim) => `${claim.side} ${claim.claim_number}`);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(new Set(claims.map((claim) => claim.side))).toEqual(new Set(['creditor', 'debtor']));
      expect(claims.some((claim) => claim.uninsured)).toBe(true);
      for (const claim of claims) {
        expect(claim.care_from >= period.from && claim.sent_on! <= period.to).toBe(true);
      }
      const contested = await node.database
        .selectFrom('settlement_move')
        .select(['state', 'by_country', 'note'])
        .where('turn', '>', 1)
        .orderBy('turn')
        .execute();
      expect(contested.filter((move) => move.state === 'contested')).toHaveLength(2);
      expect(contested.filter((move) => move.state === 'accepted')).toHaveLength(2);
      for (const { difference } of await trialBalance(node.database)) {
        expect(difference).toBe(0n);
      }
    }
    const [th, mm] = await Promise.all(
      both().map(({ node }) =>
        node.database.selectFrom('settlement_statement').select('document').executeTakeFirstOrThrow(),
      ),
    );
    expect(th!.document).toBe(mm!.document);
    // What is paid in a third currency was bought with the fund's own: no cash is below nothing.
    const cash = (await Promise.all(both().map(({ node }) => accountBalances(node.database, { prefix: allAccounts }))))
      .flat()
      .filter(({ code }) => code === 'cash');
    expect(cash.some(({ currency }) => currency === 'USD')).toBe(true);
    expect(cash.filter(({ debitsPosted, creditsPosted }) => creditsPosted > debitsPosted)).toEqual([]);

    const before = await Promise.all(both().map(counted));
    await together(({ node, country }) => settleAQuarter(node, country, demoFile, quick));
    expect(await Promise.all(both().map(counted))).toEqual(before);
  }, 240_000);

  it('and one that is open: care of today, half of it answered, people without cover among it; once', async () => {
    const done = await together(({ node, country }) => meetAcrossTheBorder(node, country, demoFile, quick));
    expect(done.map((each) => each.status === 'rejected' && each.reason)).toEqual([false, false]);
    for (const { node } of both()) {
      const lines = await node.database
        .selectFrom('settlement_line')
        .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
        .select(['state', 'side', 'uninsured', 'statement_id'])
        .where('settlement_claim.claim_number', 'like', 'X-%')
        .execute();
      const owed = lines.filter((line) => line.side === 'debtor');
      expect(owed.some((line) => line.state === 'claimed')).toBe(true);
      expect(owed.some((line) => line.state !== 'claimed')).toBe(true);
      expect(owed.some((line) => line.uninsured)).toBe(true);
      expect(lines.every((line) => line.statement_id === null)).toBe(true);
    }
    const before = await Promise.all(both().map(counted));
    await together(({ node, country }) => meetAcrossTheBorder(node, country, demoFile, quick));
    expect(await Promise.all(both().map(counted))).toEqual(before);
  }, 240_000);

  it('and people who came over, whose periods are asked for: one certified, others waiting; once', async () => {
    const done = await together(({ node, country }) => askForCertificates(node, country, demoFile, quick));
    expect(done.map((each) => each.status === 'rejected' && each.reason)).toEqual([false, false]);
    const states = async ({ node }: TestNode, side: string) =>
      (
        await node.database
          .selectFrom('settlement_certificate_request')
          .select(['state', 'reason'])
          .where('side', '=', side)
          .orderBy('state')
          .execute()
      ).map((row) => row.state + (row.reason === null ? '' : `: ${row.reason}`));
    const given = [];
    for (const node of both()) {
      const asked = await states(node, 'asker');
      given.push(...asked.filter((state) => state === 'given'));
      expect(asked).toContain('asked');
      expect(await states(node === corridor.th ? corridor.mm : corridor.th, 'issuer')).toEqual(asked);
    }
    // Of a small year it may be that nobody on one side was insured in a scheme the agreement counts.
    expect(given.length).toBeGreaterThan(0);
    const before = await Promise.all(both().map(counted));
    await together(({ node, country }) => askForCertificates(node, country, demoFile, quick));
    expect(await Promise.all(both().map(counted))).toEqual(before);
  }, 240_000);
});
