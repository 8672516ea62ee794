import { proposeReserve } from '@serai/domains/cover/actuary/desk.store.ts';
import { actOrPropose } from '@serai/domains/cover/approvals/approvals.store.ts';
import { twoPeopleFrom } from '@serai/domains/cover/approvals/approvals.ts';
import { openAppeal } from '@serai/domains/cover/claims/appeals.store.ts';
import { askFeedback, takeFeedback } from '@serai/domains/cover/claims/feedback.store.ts';
import { adjudicateTogether } from '@serai/domains/cover/claims/together.store.ts';
import type { CoverOptions } from '@serai/domains/cover/cover.deps.ts';
import { writeOffActs } from '@serai/domains/cover/enrolment/two-people.store.ts';
import { addDays, addMonths, type Day } from '@serai/kernel/base/days.ts';
import { createPrng, type Prng } from '@serai/kernel/base/prng.ts';
import { closePeriod } from '@serai/store/ledger/books.ts';
import { enterRate } from '@serai/store/ledger/rates.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import type { RunningNode } from '../node.ts';
import { payByHead } from './cover-heads.ts';

/**
 * What people of a fund did in the weeks before today, so that their desks are not empty: some of the claims that wait are
 * judged and chosen for review, some rejections are appealed, some members are asked about their care, a reserve is proposed,
 * old debts are proposed to be given up, and care by head is paid. All by the fund's own rules, each act once.
 */
export async function doTheWeeksBefore(node: RunningNode, until: Day, seed: number): Promise<void> {
  const prng = createPrng(seed + 7);
  const once = (act: string, work: (tx: Transaction) => Promise<void>) => onceOf(node, until, act, work);
  await once('rates', (tx) => enterRates(tx, node, until));
  await judgeWhatWaited(node, until);
  await once('appeals', (tx) => appeal(node, tx, prng));
  await once('feedback', (tx) => hearMembers(node, tx, { prng, until }));
  await payByHead(node, once, until);
  await earned(node);
  await once('reserve', (tx) => proposeReserves(node, tx, until));
  await once('write-off', (tx) => proposeWriteOff(node, tx, until));
}

/** The books of past months are closed, last of all: nothing can be posted to them then. */
export async function closeTheMonths(node: RunningNode, until: Day): Promise<void> {
  for (const month of monthsToClose(await firstMonth(node), until)) {
    await onceOf(node, until, `close-${month}`, async (tx) => {
      await closePeriod(tx.sql, { month, by: 'staff-fund', at: node.cover.options.clock() });
    });
  }
}

function onceOf(node: RunningNode, until: Day, act: string, work: (tx: Transaction) => Promise<void>): Promise<true> {
  return node.ownStore().once<true>(`demonstration-cover-${until}-${act}`, async (tx) => {
    await work(tx);
    return true;
  });
}

/** Illustrative, like the rest of the demonstration: what one unit is worth in the country's money, monthly. */
const worth = { THB: { MMK: 60, USD: 0.029 }, MMK: { THB: 0.0166, USD: 0.00048 } } as const;

async function enterRates(tx: Transaction, node: RunningNode, until: Day): Promise<void> {
  const { options } = node.cover;
  const [currency] = options.schemes.map((scheme) => scheme.currency);
  const first = addMonths(`${until.slice(0, 7)}-01`, -12);
  for (const [from, into] of Object.entries(worth)) {
    for (const [to, value] of Object.entries(into)) {
      for (let month = first; (from === currency || to === currency) && month <= until; month = addMonths(month, 1)) {
        const rate = { from, to, value: String(value), source: 'central-bank-mid', at: `${month}T00:00:00Z` };
        await enterRate(tx.sql, rate, 'staff-fund', options.clock());
      }
    }
  }
}

/** Claims younger than this still wait for a claims officer. */
const waitsDays = 9;
const claimsAtOnce = 200;

async function judgeWhatWaited(node: RunningNode, until: Day): Promise<void> {
  const { options } = node.cover;
  for (;;) {
    const rows = await node.database
      .selectFrom('cover_claim')
      .select('claim_id')
      .where('status', '=', 'entered')
      .where('review', '=', 'not-selected')
      .where('claimed_on', '<', addDays(until, -waitsDays))
      .orderBy('claimed_on')
      .orderBy('claim_id')
      .limit(claimsAtOnce)
      .execute();
    const claimIds = rows.map((row) => row.claim_id);
    if (claimIds.length === 0) {
      return;
    }
    const judged = await node
      .ownStore()
      .transaction((tx) => adjudicateTogether(tx, options, claimIds, options.clock(), 'staff-claims'));
    if (judged.every((each) => each.status === 'entered')) {
      return;
    }
    await pause();
  }
}

const appeals = [
  'The patient was referred by the health centre; the letter is in the file.',
  'It was an emergency at night: no referral could be had.',
  'The card had been renewed the day before; the receipt is enclosed.',
  'Two visits on one day, one in the morning and one after a fall at work.',
] as const;

async function appeal(node: RunningNode, tx: Transaction, prng: Prng): Promise<void> {
  const { options } = node.cover;
  const rejected = await node.database
    .selectFrom('cover_claim')
    .select(['claim_id', 'provider'])
    .where('status', '=', 'rejected')
    .orderBy('claimed_on', 'desc')
    .orderBy('claim_id')
    .limit(60)
    .execute();
  for (const { claim_id, provider } of some(rejected, 9, prng)) {
    const reason = appeals[Math.floor(prng.uniform() * appeals.length)]!;
    await openAppeal(tx, options, { claimId: claim_id, provider, onBehalfOf: 'provider', reason }, 'staff-nurse');
  }
}

async function hearMembers(
  node: RunningNode,
  tx: Transaction,
  { prng, until }: { readonly prng: Prng; readonly until: Day },
): Promise<void> {
  const { options } = node.cover;
  const treated = await node.database
    .selectFrom('cover_claim')
    .select('claim_id')
    .where('status', 'in', ['paid', 'valuated'])
    .where('claimed_on', '>', addDays(until, -45))
    .orderBy('claim_id')
    .limit(2000)
    .execute();
  for (const [i, { claim_id }] of some(treated, 48, prng).entries()) {
    await askFeedback(tx, options, claim_id, 'staff-claims');
    if (i % 3 !== 0) {
      const content = prng.uniform() < 0.9;
      const answers = {
        careRendered: content || prng.uniform() < 0.5,
        paymentAsked: !content,
        drugsPrescribed: true,
        drugsReceived: content || prng.uniform() < 0.6,
        rating: content ? 3 + Math.floor(prng.uniform() * 3) : 1,
      };
      await takeFeedback(tx, options, claim_id, answers, 'staff-volunteer');
    }
  }
}

/** Waits until the months' contributions are earned: jobs that began with the year, done beside requests. */
async function earned(node: RunningNode): Promise<void> {
  for (;;) {
    const waiting = await node.database
      .selectFrom('job')
      .select('job_id')
      .where('kind', '=', 'fund.earn')
      .where('state', 'in', ['waiting', 'running'])
      .limit(1)
      .execute();
    if (waiting.length === 0) {
      return;
    }
    await pause(1000);
  }
}

async function proposeReserves(node: RunningNode, tx: Transaction, until: Day): Promise<void> {
  const { options } = node.cover;
  const to = addMonths(`${until.slice(0, 7)}-01`, -1).slice(0, 7);
  const from = addMonths(`${to}-01`, -11).slice(0, 7);
  for (const schemeId of new Set(options.schemes.map((scheme) => scheme.id))) {
    const input = { schemeId, from, to, basis: 'incurred', unit: 'month', seed: 1 } as const;
    const asked = { ...input, requestId: `demonstration-${until}-${schemeId}`, level: 'best' } as const;
    // A scheme without claims has nothing to reserve for: refused, and nothing is proposed.
    await proposeReserve(tx, options as CoverOptions, asked);
  }
}

/** Debts older than this are given up in the demonstration. */
const oldDays = 120;

/** The oldest debts, so many that one officer alone may not give them up: another decides. Where there are fewer, none. */
async function proposeWriteOff(node: RunningNode, tx: Transaction, until: Day): Promise<void> {
  const { options } = node.cover;
  const { rows } = await sql<{ instalment_id: string; currency: string; owed: string }>`
    select instalment_id, currency, (amount_minor - paid_minor - written_off_minor)::text as owed from cover_instalment
    where due < ${addDays(until, -oldDays)}::date and paid_minor + written_off_minor < amount_minor
    order by due, instalment_id limit 1000`.execute(tx.sql);
  const instalmentIds: string[] = [];
  let left = rows[0] ? twoPeopleFrom(options.approvals, 'write-off', rows[0].currency).minor : 0n;
  for (const { instalment_id, owed } of left > 0n ? rows : []) {
    instalmentIds.push(instalment_id);
    left -= BigInt(owed);
    if (left <= 0n) {
      const because = 'Left the country; not reached by text, call or visit.';
      const asked = { input: { instalmentIds, because }, because, by: 'staff-enrolment' };
      await actOrPropose(tx, options as CoverOptions, writeOffActs['write-off'], asked);
      return;
    }
  }
}

async function firstMonth(node: RunningNode): Promise<string | undefined> {
  const { rows } = await sql<{ first: Day | null }>`select min(value_day) as first from ledger_day`.execute(
    node.database,
  );
  const first = rows[0]?.first;
  return first ? `${first.slice(0, 7)}-01` : undefined;
}

/** Months that a fund would have closed: until the one before last. */
function monthsToClose(first: string | undefined, until: Day): string[] {
  const months: string[] = [];
  const open = addMonths(`${until.slice(0, 7)}-01`, -1);
  for (let month = first; month !== undefined && month < open; month = addMonths(month, 1)) {
    months.push(month);
  }
  return months;
}

function some<T>(all: readonly T[], count: number, prng: Prng): T[] {
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(...left.splice(Math.floor(prng.uniform() * left.length), 1));
  }
  return taken;
}

function pause(ms = 5): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
