import { addDays } from '@serai/kernel/base/days.ts';
import { invariant } from '@serai/kernel/base/invariant.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import type { LapsedView } from './api.ts';
import type { VoucherProgramme } from './programme.ts';
import { moveOf } from './settle.store.ts';
import { moveVouchers, today } from './vouchers.store.ts';

/** Vouchers nobody used in time: shown beforehand, written off by an officer or, once a day, by the node itself. */

/** How many vouchers one step takes. */
const stepVouchers = 500;
const soonDays = 30;

export const EXPIRY_JOB = 'vouchers.expire';

interface ExpiryInput {
  readonly programmeId: string;
  /** Of whoever asked. */
  readonly class: string;
}

type Clock = Pick<OwnCoverOptions, 'country' | 'clock'>;

/** The first day on which `isLapsed` does not hold yet. */
function lapsedBefore(options: Clock, programme: VoucherProgramme): string {
  return addDays(today(options), -programme.offline.graceDays);
}

function unused(db: CoverDatabase, programme: VoucherProgramme) {
  return db
    .selectFrom('voucher')
    .where('programme_id', '=', programme.id)
    .where('state', 'in', ['issued', 'activated']);
}

/** What an expiry today would write off, by last day and service, and what follows within a month. Nothing is changed. */
export async function lapsedNow(db: CoverDatabase, options: Clock, programme: VoucherProgramme): Promise<LapsedView> {
  const before = lapsedBefore(options, programme);
  const until = addDays(before, soonDays);
  const rows = await unused(db, programme)
    .select(['expires_on', 'service'])
    .select(({ fn }) => [fn.countAll<string>().as('vouchers'), fn.sum<string>('value_minor').as('minor')])
    .where('expires_on', '<', until)
    .groupBy(['expires_on', 'service'])
    .orderBy('expires_on')
    .orderBy('service')
    .execute();
  const text = (minor: bigint) => moneyText(money(minor, programme.currency));
  const sumOf = (of: typeof rows) => ({
    vouchers: of.reduce((sum, row) => sum + Number(row.vouchers), 0),
    amount: text(of.reduce((sum, row) => sum + BigInt(row.minor), 0n)),
  });
  const lapsed = rows.filter((row) => row.expires_on < before);
  return {
    programmeId: programme.id,
    graceDays: programme.offline.graceDays,
    ...sumOf(lapsed),
    rows: lapsed.map((row) => ({
      expiresOn: row.expires_on,
      service: row.service,
      vouchers: Number(row.vouchers),
      amount: text(BigInt(row.minor)),
    })),
    soon: { days: soonDays, ...sumOf(rows.filter((row) => row.expires_on >= before)) },
  };
}

async function countLapsed(db: CoverDatabase, options: Clock, programme: VoucherProgramme): Promise<number> {
  const { count } = await unused(db, programme)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('expires_on', '<', lapsedBefore(options, programme))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Writes off unused vouchers whose last day, and the time of grace after it, are past. @returns how many; 0 when done. */
export async function expireSome(
  tx: Transaction,
  options: Clock,
  programme: VoucherProgramme,
  by: { readonly actor: string; readonly class: string },
): Promise<number> {
  const vouchers = await unused(coverOf(tx), programme)
    .selectAll()
    .where('expires_on', '<', lapsedBefore(options, programme))
    .orderBy('voucher_id')
    .limit(stepVouchers)
    .forUpdate()
    .execute();
  const moved = await moveVouchers(tx, programme, vouchers, 'expire', moveOf(options, by.actor));
  invariant(moved.ok, 'what is issued or activated can expire');
  if (moved.value.moved > 0) {
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'expire-vouchers', class: by.class },
      sealed: { programme: programme.id, vouchers: moved.value.moved, day: today(options), actor: by.actor },
    });
  }
  return moved.value.moved;
}

/** Some at a step, each step whole: vouchers, history, ledger and evidence together. How many there are is counted first. */
export function expiryJob(
  options: Clock & Pick<OwnCoverOptions, 'vouchers'>,
): JobHandler<ExpiryInput, number, { readonly expired: number }> {
  const programmeOf = ({ programmeId }: ExpiryInput) =>
    options.vouchers.programmes.find((each) => each.id === programmeId)!;
  return {
    kind: EXPIRY_JOB,
    total: (input, tx) => countLapsed(coverOf(tx), options, programmeOf(input)),
    async step({ tx, input, cursor, askedBy }) {
      const did = await expireSome(tx, options, programmeOf(input), {
        actor: askedBy,
        class: input.class,
      });
      const expired = (cursor ?? 0) + did;
      return did === 0 ? { finished: { expired }, did } : { next: expired, did };
    },
  };
}

/** The days already done by this process, so that a round in between asks the database nothing. */
const done = new WeakMap<OwnCoverOptions, string>();

/** What vouchers do by themselves, once a day: those whose time is over are put in line to be written off. */
export async function voucherRound(options: OwnCoverOptions): Promise<void> {
  const day = today(options);
  if (done.get(options) === day) {
    return;
  }
  await options.ownStore().transaction(async (tx) => {
    await tx.inbox.once(`voucher-round:${day}`, async () => {
      for (const programme of options.vouchers.programmes.filter((each) => each.country === options.country)) {
        if ((await countLapsed(coverOf(tx), options, programme)) > 0) {
          await options.enqueueJob(tx, EXPIRY_JOB, { programmeId: programme.id, class: 'system' }, 'node');
        }
      }
    });
  });
  done.set(options, day);
}
