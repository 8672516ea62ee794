import { createHash, randomUUID } from 'node:crypto';
import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import { invariant } from '@serai/kernel/base/invariant.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { type NameParts, pick } from '../year/people.ts';
import { issueBooklets, replaceBooklet } from './booklets.store.ts';
import { decideDispute } from './disputes.store.ts';
import { registerHolders } from './holders.store.ts';
import type { VoucherProgramme } from './programme.ts';
import { takeVoucher } from './redeem.store.ts';
import { decideBatch, proposeBatch, recordCall, validateVouchers } from './settle.store.ts';
import type { PlannedYear, YearPerson, YearVisit } from './year-plan.ts';

/**
 * A planned year through the voucher desk and its database, a day a transaction: handed out, lost and replaced, redeemed,
 * called about, validated each week, paid each second. A day is done once, whoever begins again; so a load that was cut
 * off goes on where it was.
 */

export interface VoucherYearOptions {
  readonly options: Omit<OwnCoverOptions, 'clock' | 'newId' | 'ownStore'>;
  readonly ownStore: () => RequestStore;
  readonly programme: VoucherProgramme;
  readonly plan: PlannedYear;
  readonly names: NameParts;
  /** The last day that is run. */
  readonly until: string;
  /** So many of the last days are left as officers would find them: not called about, validated, decided or paid. */
  readonly openDays: number;
  /** Who did it all, by account. */
  readonly actors: {
    readonly handsOut: string;
    readonly redeems: string;
    readonly validates: string;
    readonly proposes: string;
    readonly approves: string;
  };
  /** Called between days, so that requests get their turn. */
  readonly pause: () => Promise<void>;
}

export interface LoadedVoucherYear {
  /** Days run now; none where all were before. */
  readonly days: number;
  readonly booklets: number;
  readonly redeemed: number;
  readonly disputed: number;
  /** Services asked for that the desk refused, by code. */
  readonly refused: Readonly<Record<string, number>>;
}

export async function loadVoucherYear(year: VoucherYearOptions): Promise<LoadedVoucherYear> {
  const told = { days: 0, booklets: 0, redeemed: 0, disputed: 0, refused: {} as Record<string, number> };
  const { from } = year.plan.size;
  const days = daysBetween(from, year.until);
  for (let day = 0; day <= days; day++) {
    const today = addDays(from, day);
    const events = eventsOf(year, today);
    const due = settledOn(year, day, days);
    if (events.some((each) => each.length > 0) || due !== undefined) {
      const did = await oneDay(year, today, day, due);
      told.days += did ? 1 : 0;
      for (const count of ['booklets', 'redeemed', 'disputed'] as const) {
        told[count] += did?.[count] ?? 0;
      }
      for (const code of did?.refused ?? []) {
        told.refused[code] = (told.refused[code] ?? 0) + 1;
      }
      await year.pause();
    }
  }
  return told;
}

function eventsOf({ plan }: VoucherYearOptions, today: string) {
  return [
    plan.people.filter((each) => each.registeredOn === today),
    plan.lost.filter((each) => each.on === today),
    plan.visits.filter((each) => each.on === today),
  ] as const;
}

/** Validated each week; paid every second, the last of them only proposed where days are left open. */
function settledOn(year: VoucherYearOptions, day: number, last: number): 'validate' | 'pay' | 'propose' | undefined {
  const left = last - day;
  if (day % 7 !== 6 || left < year.openDays) {
    return undefined;
  }
  return day % 14 !== 13 ? 'validate' : left < year.openDays + 14 && year.openDays > 0 ? 'propose' : 'pay';
}

interface Did {
  booklets: number;
  redeemed: number;
  disputed: number;
  readonly refused: string[];
}

async function oneDay(
  year: VoucherYearOptions,
  today: string,
  day: number,
  due: 'validate' | 'pay' | 'propose' | undefined,
): Promise<Did | undefined> {
  const { plan, programme, ownStore } = year;
  const did: Did = { booklets: 0, redeemed: 0, disputed: 0, refused: [] };
  // Ids of holders follow from the plan: whoever begins again finds them.
  const ids: string[] = [];
  const options = {
    ...year.options,
    ownStore,
    clock: () => new Date(`${today}T04:00:00Z`),
    newId: () => ids.shift() ?? randomUUID(),
  } as unknown as CoverOptions;
  const done = await ownStore().transaction(async (tx) => {
    const key = `voucher-year:${programme.id}:${plan.size.seed}:${plan.size.from}:${day}`;
    return tx.inbox.once(key, async () => {
      const [coming, lost, visits] = eventsOf(year, today);
      ids.push(...coming.map((each) => holderIdOf(year, each.person)));
      did.booklets += await handOut(tx, options, year, coming);
      for (const { person } of lost) {
        const bookletId = await bookletOf(tx, year, person);
        const made = await replaceBooklet(tx, options, programme, { bookletId, actor: year.actors.handsOut });
        invariant(made.ok, 'what was lost can be replaced');
      }
      for (const [at, each] of visits.entries()) {
        await visit(tx, options, year, each, at, did);
      }
      if (due) {
        await settle(tx, options, year, today, due);
      }
    });
  });
  return done ? did : undefined;
}

function holderIdOf({ programme, plan }: VoucherYearOptions, person: number): string {
  const text = `${programme.id} ${plan.size.seed} ${plan.size.from} ${person}`;
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function handOut(
  tx: Transaction,
  options: CoverOptions,
  year: VoucherYearOptions,
  coming: readonly YearPerson[],
): Promise<number> {
  const { programme, actors } = year;
  const lines = coming.map((each) => ({
    ...{ group: each.group, name: nameOf(year, each), village: each.village, language: 'my' },
    // Many share a name; whoever registers has looked.
    anyway: true,
  }));
  const registered = await registerHolders(tx, options, programme, lines, actors.handsOut);
  invariant(
    registered.every((each) => each.holderId),
    'everyone in the plan is whom the programme is for',
  );
  const holderIds = coming.filter((each) => each.bookletOn).map((each) => holderIdOf(year, each.person));
  const input = { holderIds, channel: 'print', activate: true } as const;
  const made = await issueBooklets(tx, options, programme, input, actors.handsOut);
  invariant(
    made.every((each) => each.booklet),
    'everyone who comes gets a booklet',
  );
  return made.length;
}

function nameOf({ names, plan }: VoucherYearOptions, { person, group }: YearPerson): string {
  const prng = createPrng(plan.size.seed * 1000 + person);
  const sex = group === 'pregnant' || prng.uniform() < 0.5 ? 'female' : 'male';
  const parts = names.parts[0] + prng.below(names.parts[1] - names.parts[0] + 1);
  return Array.from({ length: parts }, () => pick(prng, names[sex])).join(' ');
}

/** The booklet someone has now. */
async function bookletOf(tx: Transaction, year: VoucherYearOptions, person: number): Promise<string> {
  const { booklet_id } = await coverOf(tx)
    .selectFrom('voucher_booklet')
    .select('booklet_id')
    .where('holder_id', '=', holderIdOf(year, person))
    .where('closed_on', 'is', null)
    .executeTakeFirstOrThrow();
  return booklet_id;
}

async function visit(
  tx: Transaction,
  options: CoverOptions,
  year: VoucherYearOptions,
  planned: YearVisit,
  at: number,
  did: Did,
): Promise<void> {
  const voucher = await coverOf(tx)
    .selectFrom('voucher')
    .innerJoin('voucher_booklet', 'voucher_booklet.booklet_id', 'voucher.booklet_id')
    .select(['voucher.voucher_id', 'code'])
    .where('voucher.booklet_id', '=', await bookletOf(tx, year, planned.person))
    .where('service', '=', planned.service)
    .where('number', '=', planned.number)
    .executeTakeFirstOrThrow();
  const taken = await takeVoucher(tx, options, {
    redemptionId: randomUUID(),
    voucher: { voucherId: voucher.voucher_id },
    bookletCode: voucher.code,
    provider: { country: year.programme.country, facility: planned.facility, level: 'clinic' },
    // The day's visits are an hour apart, so that no desk is busier than a desk can be.
    at: Date.parse(`${planned.on}T00:00:00Z`) / 1000 + at * 3600,
    on: planned.on,
    deliveredOn: planned.deliveredOn,
    place: planned.place,
    actor: year.actors.redeems,
    ...(planned.kind === 'copy' && { offline: { counter: 1, statement: 'a copy' } }),
  });
  if (!taken.ok) {
    did.refused.push(taken.code);
  } else if (taken.value.outcome === 'disputed') {
    did.disputed += 1;
  } else {
    did.redeemed += 1;
  }
}

/** Disputes take longer than a week: those of the month before are still open too. */
function disputesOpenDays({ openDays }: VoucherYearOptions): number {
  return openDays > 0 ? openDays + 30 : 0;
}

/** A week's work of the officers: disputes decided, the sample called, what is redeemed validated, and paid or proposed. */
async function settle(
  tx: Transaction,
  options: CoverOptions,
  year: VoucherYearOptions,
  today: string,
  due: 'validate' | 'pay' | 'propose',
): Promise<void> {
  const { programme, actors } = year;
  const db = coverOf(tx);
  const disputes = await db
    .selectFrom('voucher_dispute')
    .select('dispute_id')
    .where('programme_id', '=', programme.id)
    .where('state', '=', 'open')
    .where('opened', '<', new Date(`${addDays(year.until, -disputesOpenDays(year))}T23:59:59Z`))
    .execute();
  for (const { dispute_id: disputeId } of disputes) {
    const input = { disputeId, decision: 'stands', note: 'The register of the clinic shows the first visit.' } as const;
    await decideDispute(tx, options, programme, { ...input, actor: actors.validates });
  }
  const sampled = await db
    .selectFrom('voucher_redemption')
    .select('redemption_id')
    .where('programme_id', '=', programme.id)
    .where('outcome', '=', 'accepted')
    .where('sampled', '=', true)
    .where('called_on', 'is', null)
    .execute();
  for (const { redemption_id: redemptionId } of sampled) {
    const call = { redemptionId, confirmed: true, satisfaction: 4, actor: actors.validates };
    await recordCall(tx, options, programme, call);
  }
  const waiting = await db
    .selectFrom('voucher')
    .select('voucher_id')
    .where('programme_id', '=', programme.id)
    .where('state', '=', 'redeemed')
    .execute();
  const ids = waiting.map((each) => each.voucher_id);
  if (ids.length > 0) {
    const validated = await validateVouchers(tx, options, programme, ids, actors.validates);
    invariant(
      validated.every((each) => !each.refused || each.refused === 'vouchers.dispute-open'),
      'what was decided and called about can be validated',
    );
  }
  const batch =
    due === 'validate'
      ? undefined
      : await proposeBatch(tx, options, programme, { upTo: today, actor: actors.proposes });
  if (batch?.ok && due === 'pay') {
    const paid = { batchId: batch.value.batchId, decision: 'pay', actor: actors.approves } as const;
    const decided = await decideBatch(tx, options, programme, paid);
    invariant(decided.ok, 'a second person approves what one proposed');
  }
}
