import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { isPaired, verifyVoucher } from '@serai/kernel/trust/voucher.ts';
import type { OutboxMessage, RequestStore, Transaction } from '@serai/store/types.ts';
import { z } from 'zod';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { shortId, type VoucherProgramme } from './programme.ts';
import { providerCode, type Taken, type Taking, takeVoucher } from './redeem.store.ts';
import { mayGive } from './voucher.ts';
import type { RedemptionOutcome } from './vouchers.tables.ts';

/**
 * Vouchers of another country: believed by its node's key in the trust list, taken where the programme's data lets them
 * be, and sent to the issuer, who alone knows whether one was used before, and pays.
 */

export const ABROAD_TOPIC = 'voucher-abroad';
export const FOREIGN_PATH = '/exchange/vouchers';

/** What is sent to the issuer. */
export const foreignRedemptionShape = z.object({
  requestId: z.uuid(),
  redemptionId: z.uuid(),
  voucher: z.string().min(10).max(800),
  code: z.string().min(4).max(20),
  facility: z.string().min(1).max(100),
  level: z.string().min(1).max(40),
  at: z.int().min(0),
  on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  deliveredOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  place: z.enum(['facility', 'home', 'outreach']).optional(),
  counter: z.int().min(0),
  statement: z.string().max(4000).optional(),
  /** The device that took it was revoked since: the issuer puts it before a person. */
  revoked: z.literal(true).optional(),
});
export type ForeignRedemption = z.infer<typeof foreignRedemptionShape>;

/** What the issuer answers. */
export const foreignAnswerShape = z.object({
  requestId: z.uuid(),
  outcome: z.enum(['accepted', 'disputed', 'rejected', 'refused']),
  refused: z.string().max(80).optional(),
});
export type ForeignAnswer = z.infer<typeof foreignAnswerShape>;

/** Takes a voucher of another country's programme; the issuer hears of it by the outbox. */
export async function takeForeign(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  text: string,
  taking: Taking,
): Promise<Result<Taken>> {
  const verified = await verifyVoucher(text, options.vouchers.keyOf, taking.at);
  if (!verified.ok) {
    return verified;
  }
  const voucher = verified.value;
  if (voucher.country !== programme.country || voucher.programme !== shortId(programme)) {
    return refuse('vouchers.unknown-programme');
  }
  if (!(await isPaired(voucher, taking.bookletCode))) {
    return refuse('vouchers.wrong-booklet');
  }
  if (taking.service !== undefined && taking.service !== voucher.service) {
    return refuse('vouchers.wrong-service', { service: voucher.service });
  }
  if (!mayGive(programme, voucher.service, taking.provider)) {
    return refuse('vouchers.wrong-facility');
  }
  const db = coverOf(tx);
  const body = bodyOf(text, taking);
  const inserted = await db
    .insertInto('voucher_abroad')
    .values({
      redemption_id: taking.redemptionId,
      issuer: programme.country,
      programme_id: programme.id,
      voucher_id: voucher.voucherId,
      service: voucher.service,
      provider: providerCode(taking.provider),
      device_id: taking.offline?.deviceId ?? null,
      counter: taking.offline?.counter ?? 0,
      taken_at: taking.at,
      service_on: taking.on,
      body: JSON.stringify(body),
      state: 'waiting',
      actor: taking.actor,
      created: options.clock(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('redemption_id')
    .executeTakeFirst();
  if (!inserted) {
    return refuse('vouchers.already-redeemed');
  }
  await tx.outbox.enqueue({
    topic: ABROAD_TOPIC,
    destination: programme.country,
    messageId: `${ABROAD_TOPIC}:${taking.redemptionId}`,
    payload: { redemptionId: taking.redemptionId },
  });
  return ok({
    redemptionId: taking.redemptionId,
    outcome: 'accepted',
    voucherId: voucher.voucherId,
    service: voucher.service,
    number: voucher.number,
  });
}

function bodyOf(text: string, taking: Taking): ForeignRedemption {
  return {
    requestId: taking.redemptionId,
    redemptionId: taking.redemptionId,
    voucher: text,
    code: taking.bookletCode,
    facility: taking.provider.facility,
    level: taking.provider.level,
    at: taking.at,
    on: taking.on,
    ...(taking.deliveredOn && { deliveredOn: taking.deliveredOn }),
    ...(taking.place && { place: taking.place }),
    counter: taking.offline?.counter ?? 0,
    ...(taking.offline && { statement: taking.offline.statement }),
    ...(taking.offline?.revoked && { revoked: true as const }),
  };
}

const outcomeOf = { waiting: 'accepted', accepted: 'accepted', disputed: 'disputed', refused: 'refused' } as const;

export async function foreignById(
  db: CoverDatabase,
  redemptionId: string,
): Promise<{ statement: string | undefined; outcome: RedemptionOutcome; refusal: string | null } | undefined> {
  const row = await db
    .selectFrom('voucher_abroad')
    .selectAll()
    .where('redemption_id', '=', redemptionId)
    .executeTakeFirst();
  return (
    row && {
      statement: (row.body as ForeignRedemption).statement,
      outcome: outcomeOf[row.state],
      refusal: row.refusal,
    }
  );
}

/** Tells the issuer, and keeps its answer. @throws Error when there is none: the outbox tries again. */
export async function sendForeign(
  options: Pick<CoverOptions, 'database' | 'clock' | 'partners'>,
  message: OutboxMessage,
): Promise<void> {
  const { redemptionId } = message.payload as { redemptionId: string };
  const row = await options.database
    .selectFrom('voucher_abroad')
    .selectAll()
    .where('redemption_id', '=', redemptionId)
    .executeTakeFirst();
  if (row?.state !== 'waiting') {
    return;
  }
  const asked = await options.partners.ask(
    row.issuer,
    FOREIGN_PATH,
    { kind: 'voucher', answerKind: 'voucher-answer', as: 'care', body: row.body as ForeignRedemption },
    foreignAnswerShape,
  );
  if (!asked.ok) {
    throw new Error(`the issuer did not answer: ${asked.code}`);
  }
  const answer = asked.value.answer.body;
  await options.database
    .updateTable('voucher_abroad')
    .set({
      state: answer.outcome === 'rejected' ? 'refused' : answer.outcome,
      refusal: answer.refused ?? null,
      answered: options.clock(),
    })
    .where('redemption_id', '=', redemptionId)
    .execute();
}

/** The issuer's side: a partner's facility took one of ours. `country` is that of the key that signed the message. */
export async function receiveForeign(
  store: RequestStore,
  options: CoverOptions,
  country: string,
  body: ForeignRedemption,
): Promise<ForeignAnswer> {
  const verified = await verifyVoucher(body.voucher, options.vouchers.keyOf, body.at);
  if (!verified.ok) {
    return { requestId: body.requestId, outcome: 'refused', refused: verified.code };
  }
  const { voucherId } = verified.value;
  const taking: Taking = {
    redemptionId: body.redemptionId,
    voucher: { voucherId },
    bookletCode: body.code,
    provider: { country, facility: body.facility, level: body.level },
    at: body.at,
    on: body.on,
    deliveredOn: body.deliveredOn,
    place: body.place,
    actor: `node:${country.toLowerCase()}`,
    // It was taken where the issuer could not be asked: it is weighed as what a device brings.
    offline: {
      ...{ counter: body.counter, statement: body.statement ?? JSON.stringify(body) },
      ...(body.revoked && { revoked: true as const }),
    },
  };
  const taken = await store.transaction((tx) => takeVoucher(tx, options, taking));
  const { requestId } = body;
  return taken.ok
    ? { requestId, outcome: taken.value.outcome, ...(taken.value.refused && { refused: taken.value.refused }) }
    : { requestId, outcome: 'refused', refused: taken.code };
}
