import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { isPaired, readVoucher } from '@serai/kernel/trust/voucher.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { type FraudReason, isSampled, type Surroundings, suspicions } from './fraud.ts';
import { cameFirst } from './offline.ts';
import type { VoucherProgramme } from './programme.ts';
import { type Provider, type RedemptionRequest, redeem, type Sibling } from './voucher.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import {
  lockVouchers,
  moveVouchers,
  type RedemptionRow,
  standingOf,
  today,
  type VoucherRow,
} from './vouchers.store.ts';
import type { Place, RedemptionOutcome } from './vouchers.tables.ts';

/** Taking vouchers: at the desk with a network, from a device that had none, and from a partner across the border. */

export interface Taking {
  readonly redemptionId: string;
  readonly voucher: { readonly shortCode: string } | { readonly voucherId: string };
  readonly bookletCode: string;
  readonly provider: Provider;
  /** Epoch seconds. */
  readonly at: number;
  /** The day of service. */
  readonly on: string;
  readonly service?: string | undefined;
  readonly deliveredOn?: string | undefined;
  readonly place?: Place | undefined;
  /** Who redeems. */
  readonly actor: string;
  /** For what a device or a partner signed, when it had no network to ask over. */
  readonly offline?: {
    readonly deviceId?: string;
    readonly counter: number;
    readonly statement: string;
    /** The device was revoked since: a person decides, and nothing accepted before gives way to it. */
    readonly revoked?: true;
  };
}

export interface Taken {
  readonly redemptionId: string;
  readonly outcome: RedemptionOutcome;
  readonly voucherId: string;
  readonly service: string;
  readonly number: number;
  /** Why it was refused, for what a device sent. */
  readonly refused?: string;
  /** Held until somebody has looked at it. */
  readonly held?: readonly string[];
  readonly disputeId?: string;
}

interface Weighed {
  readonly programme: VoucherProgramme;
  readonly voucher: VoucherRow;
  readonly siblings: readonly (Sibling & { readonly voucherId: string })[];
  readonly request: RedemptionRequest;
  readonly accepted: RedemptionRow | undefined;
}

/**
 * Takes one voucher. Its booklet is locked first, so that whatever else happens to it waits: of many at once, one is
 * taken. What was taken offline and lost the race is kept with its evidence, as a dispute.
 */
export async function takeVoucher(
  tx: Transaction,
  options: CoverOptions,
  taking: Taking,
): Promise<Result<Taken, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const before = await redemptionById(db, taking.redemptionId);
  if (before) {
    return replayed(db, before);
  }
  const weighed = await weigh(db, options, taking);
  if (!weighed.ok) {
    return weighed;
  }
  const { programme, voucher, siblings, request, accepted } = weighed.value;
  const facts = {
    ...standingOf(voucher),
    service: voucher.service,
    number: voucher.number,
    issuedOn: voucher.issued_on ?? voucher.made_on,
    expiresOn: voucher.expires_on,
  };
  const others = siblings.filter((each) => each.voucherId !== voucher.voucher_id);
  const decided = redeem(facts, others, programme, request);
  if (decided.ok) {
    return accept(tx, options, weighed.value, taking);
  }
  // Taken before: whether this one would have been good tells a second taking from a mistake.
  const alone = redeem({ ...facts, state: 'activated' }, others, programme, request);
  const second = taking.offline !== undefined && accepted !== undefined && alone.ok;
  return second ? settleDouble(tx, options, weighed.value, taking, accepted) : decided;
}

async function weigh(
  db: CoverDatabase,
  options: CoverOptions,
  taking: Taking,
): Promise<Result<Weighed, VouchersRefusalCode>> {
  const found = await db
    .selectFrom('voucher')
    .select(['voucher_id', 'booklet_id', 'holder_id', 'programme_id'])
    .where((on) =>
      'shortCode' in taking.voucher
        ? on('short_code', '=', taking.voucher.shortCode)
        : on('voucher_id', '=', taking.voucher.voucherId),
    )
    .executeTakeFirst();
  const programme = options.vouchers.programmes.find((each) => each.id === found?.programme_id);
  if (!found || !programme) {
    return refuse('vouchers.unknown');
  }
  // All booklets of the holder share one lock: spacing and order reach across a replaced booklet.
  await db
    .selectFrom('voucher_holder')
    .select('holder_id')
    .where('holder_id', '=', found.holder_id)
    .forUpdate()
    .execute();
  const [voucher] = await lockVouchers(db, [found.voucher_id]);
  const read = readVoucher(voucher!.signed);
  const siblings = await siblingsOf(db, found.holder_id);
  return ok({
    programme,
    voucher: voucher!,
    siblings,
    accepted: await acceptedOf(db, found.voucher_id),
    request: {
      provider: taking.provider,
      on: taking.on,
      receivedOn: today(options),
      bookletFits: read !== undefined && (await isPaired(read, taking.bookletCode)),
      offline: taking.offline !== undefined,
      ...(taking.service !== undefined && { service: taking.service }),
      ...(taking.deliveredOn !== undefined && { deliveredOn: taking.deliveredOn }),
    },
  });
}

async function siblingsOf(db: CoverDatabase, holderId: string) {
  const rows = await db
    .selectFrom('voucher')
    .leftJoin('voucher_redemption', (join) =>
      join
        .onRef('voucher_redemption.voucher_id', '=', 'voucher.voucher_id')
        .on('voucher_redemption.outcome', '=', 'accepted'),
    )
    .select(['voucher.voucher_id', 'service', 'number', 'state', 'service_on'])
    .where('holder_id', '=', holderId)
    .execute();
  return rows.map((each) => ({
    voucherId: each.voucher_id,
    service: each.service,
    number: each.number,
    state: each.state,
    ...(each.service_on && { on: each.service_on }),
  }));
}

function acceptedOf(db: CoverDatabase, voucherId: string): Promise<RedemptionRow | undefined> {
  return db
    .selectFrom('voucher_redemption')
    .selectAll()
    .where('voucher_id', '=', voucherId)
    .where('outcome', '=', 'accepted')
    .executeTakeFirst();
}

export function redemptionById(db: CoverDatabase, id: string): Promise<RedemptionRow | undefined> {
  return db.selectFrom('voucher_redemption').selectAll().where('redemption_id', '=', id).executeTakeFirst();
}

async function replayed(db: CoverDatabase, row: RedemptionRow): Promise<Result<Taken, VouchersRefusalCode>> {
  const voucher = await db
    .selectFrom('voucher')
    .select(['service', 'number'])
    .where('voucher_id', '=', row.voucher_id)
    .executeTakeFirst();
  return ok({
    redemptionId: row.redemption_id,
    outcome: row.outcome,
    voucherId: row.voucher_id,
    service: voucher?.service ?? '',
    number: voucher?.number ?? 0,
    ...(row.refusal && { refused: row.refusal }),
  });
}

async function accept(
  tx: Transaction,
  options: CoverOptions,
  { programme, voucher }: Weighed,
  taking: Taking,
): Promise<Result<Taken, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const move = { actor: taking.actor, at: options.clock(), day: today(options) };
  const moved = await moveVouchers(tx, programme, [voucher], 'redeem', move);
  if (!moved.ok) {
    return moved;
  }
  await insertRedemption(db, options, { programme, voucher, taking, outcome: 'accepted' });
  const reasons: FraudReason[] = suspicions(await surroundings(db, programme, voucher, taking), programme);
  if (taking.offline?.revoked) {
    reasons.push('device-revoked');
  }
  if (reasons.length > 0) {
    const [now] = await lockVouchers(db, [voucher.voucher_id]);
    const held = await moveVouchers(tx, programme, [now!], 'hold', { ...move, actor: 'node', reasons });
    if (!held.ok) {
      return held;
    }
  }
  return ok({ ...answer(voucher, taking, 'accepted'), ...(reasons.length > 0 && { held: reasons }) });
}

function answer(voucher: VoucherRow, taking: Taking, outcome: RedemptionOutcome): Taken {
  return {
    redemptionId: taking.redemptionId,
    outcome,
    voucherId: voucher.voucher_id,
    service: voucher.service,
    number: voucher.number,
  };
}

export function providerCode({ country, facility }: Pick<Provider, 'country' | 'facility'>): string {
  return `${country}:${facility}`;
}

async function insertRedemption(
  db: CoverDatabase,
  options: CoverOptions,
  given: {
    readonly programme: VoucherProgramme;
    readonly voucher: Pick<VoucherRow, 'voucher_id'>;
    readonly taking: Taking;
    readonly outcome: RedemptionOutcome;
    readonly refusal?: string;
  },
): Promise<void> {
  const { programme, voucher, taking, outcome } = given;
  const sampled = outcome === 'accepted' && isSampled(options.random(2), programme.verification.samplePercent);
  await db
    .insertInto('voucher_redemption')
    .values({
      redemption_id: taking.redemptionId,
      voucher_id: voucher.voucher_id,
      programme_id: programme.id,
      provider: providerCode(taking.provider),
      provider_level: taking.provider.level,
      device_id: taking.offline?.deviceId ?? null,
      counter: taking.offline?.counter ?? 0,
      taken_at: taking.at,
      received: options.clock(),
      service_on: taking.on,
      delivered_on: taking.deliveredOn ?? null,
      place: taking.place ?? null,
      statement: taking.offline?.statement ?? null,
      outcome,
      refusal: given.refusal ?? null,
      actor: taking.actor,
      sampled,
    })
    .execute();
}

/** Keeps what a device said though it is not taken: its numbers must have no gap, and its provider must see why. */
export async function keepRefused(
  db: CoverDatabase,
  options: CoverOptions,
  given: {
    readonly programme: VoucherProgramme;
    readonly voucherId: string;
    readonly taking: Taking;
    readonly refusal: string;
  },
): Promise<void> {
  await insertRedemption(db, options, {
    ...given,
    voucher: { voucher_id: given.voucherId },
    outcome: 'refused',
  });
}

/**
 * One voucher, two good takings. Whoever came first is paid, as long as the voucher has not been validated: then what
 * was found stands. The other goes to dispute, with both in evidence.
 */
async function settleDouble(
  tx: Transaction,
  options: CoverOptions,
  { programme, voucher }: Weighed,
  taking: Taking,
  accepted: RedemptionRow,
): Promise<Result<Taken, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const mine = { redemptionId: taking.redemptionId, at: taking.at, counter: taking.offline?.counter ?? 0 };
  const theirs = { redemptionId: accepted.redemption_id, at: Number(accepted.taken_at), counter: accepted.counter };
  const open = voucher.state === 'redeemed' || (voucher.state === 'fraud-hold' && voucher.held_from === 'redeemed');
  const first = cameFirst(mine, theirs) && open && !taking.offline?.revoked;
  if (first) {
    await db
      .updateTable('voucher_redemption')
      .set({ outcome: 'disputed', sampled: false })
      .where('redemption_id', '=', accepted.redemption_id)
      .execute();
  }
  const outcome = first ? 'accepted' : 'disputed';
  await insertRedemption(db, options, { programme, voucher, taking, outcome });
  const disputeId = options.newId();
  await db
    .insertInto('voucher_dispute')
    .values({
      dispute_id: disputeId,
      programme_id: programme.id,
      voucher_id: voucher.voucher_id,
      kind: 'double',
      accepted_id: first ? taking.redemptionId : accepted.redemption_id,
      other_id: first ? accepted.redemption_id : taking.redemptionId,
      opened: options.clock(),
      because: taking.offline?.revoked ? 'device-revoked' : first ? 'came-first' : 'came-second',
      state: 'open',
    })
    .execute();
  return ok({ ...answer(voucher, taking, outcome), disputeId });
}

async function surroundings(
  db: CoverDatabase,
  programme: VoucherProgramme,
  voucher: VoucherRow,
  taking: Taking,
): Promise<Surroundings> {
  const provider = providerCode(taking.provider);
  const device = taking.offline?.deviceId ?? null;
  const since = taking.at - programme.fraud.burst.minutes * 60;
  const { rows } = await sql<{ burst: number; villages: number; booklet_day: number; providers: number }>`
    select
      (select count(*)::int from voucher_redemption
        where provider = ${provider} and taken_at > ${since} and taken_at <= ${taking.at}) as burst,
      (select count(distinct holder.village)::int from voucher_redemption taken
        join voucher on voucher.voucher_id = taken.voucher_id
        join voucher_holder holder on holder.holder_id = voucher.holder_id
        where taken.provider = ${provider} and taken.device_id is not distinct from ${device}
          and taken.service_on = ${taking.on}::date) as villages,
      (select count(*)::int from voucher_redemption taken join voucher on voucher.voucher_id = taken.voucher_id
        where voucher.booklet_id = ${voucher.booklet_id} and taken.provider = ${provider}
          and taken.service_on = ${taking.on}::date) as booklet_day,
      (select count(distinct taken.provider)::int from voucher_redemption taken
        join voucher on voucher.voucher_id = taken.voucher_id
        where voucher.booklet_id = ${voucher.booklet_id}) as providers`.execute(db);
  const { burst, villages, booklet_day: bookletDay, providers } = rows[0]!;
  return { burst, villages, bookletDay, providers };
}
