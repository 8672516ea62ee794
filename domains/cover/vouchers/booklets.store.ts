import { addDays, dayNumber } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { toBase64Url } from '@serai/kernel/trust/encoding.ts';
import { issueVoucher, pairingOf, VOUCHER_ID_BYTES } from '@serai/kernel/trust/voucher.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { BOOKLET_CODE_LENGTH, drawCode, SHORT_CODE_LENGTH } from './codes.ts';
import { bookletOf, type Slip, shortId, slipsOf, tariffOf, type VoucherProgramme } from './programme.ts';
import { smsOf } from './sms.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import {
  type BookletRow,
  type HolderRow,
  lockVouchers,
  moveVouchers,
  today,
  type VoucherRow,
} from './vouchers.store.ts';

/** Booklets: made, handed out, activated, made void, replaced. */

export interface MadeBooklet {
  readonly bookletId: string;
  readonly bookletNumber: string;
  readonly holderId: string;
  readonly vouchers: number;
  readonly expiresOn: string;
}

export interface BookletAnswer {
  readonly holderId: string;
  readonly booklet?: MadeBooklet;
  readonly refused?: VouchersRefusalCode;
}

export interface IssueInput {
  readonly holderIds: readonly string[];
  readonly channel: 'print' | 'sms';
  /** Handed over in person: the vouchers are good from now on. */
  readonly activate: boolean;
}

/** Makes, signs and issues a booklet for each holder; one that is refused keeps no other from its own. */
export async function issueBooklets(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: IssueInput,
  actor: string,
): Promise<BookletAnswer[]> {
  const db = coverOf(tx);
  const holders = await db
    .selectFrom('voucher_holder')
    .selectAll()
    .where('programme_id', '=', programme.id)
    .where('holder_id', 'in', [...new Set(input.holderIds), ''])
    .orderBy('holder_id')
    .forUpdate()
    .execute();
  const answers: BookletAnswer[] = [];
  for (const holderId of new Set(input.holderIds)) {
    const holder = holders.find((each) => each.holder_id === holderId);
    const made = holder
      ? await issueBooklet(tx, options, programme, holder, input, actor)
      : refuse('vouchers.holder-unknown' as const);
    answers.push(made.ok ? { holderId, booklet: made.value } : { holderId, refused: made.code });
  }
  return answers;
}

/** Whether a holder may have a booklet now; used for the preview too. */
export async function mayHaveBooklet(
  db: CoverDatabase,
  programme: VoucherProgramme,
  holder: HolderRow,
  channel: IssueInput['channel'],
  on: string,
): Promise<VouchersRefusalCode | undefined> {
  if (on < programme.validFrom || on > programme.validTo) {
    return 'vouchers.programme-closed';
  }
  if (!bookletOf(programme, holder.group_id)) {
    return 'vouchers.unknown-group';
  }
  const inUse = await db
    .selectFrom('voucher_booklet')
    .select('booklet_id')
    .where('holder_id', '=', holder.holder_id)
    .where('closed_on', 'is', null)
    .where('expires_on', '>=', on)
    .executeTakeFirst();
  if (inUse) {
    return 'vouchers.has-booklet';
  }
  return channel === 'sms' && !holder.phone ? 'vouchers.no-phone' : undefined;
}

async function issueBooklet(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  holder: HolderRow,
  input: IssueInput,
  actor: string,
): Promise<Result<MadeBooklet, VouchersRefusalCode>> {
  const on = today(options);
  const refused = await mayHaveBooklet(coverOf(tx), programme, holder, input.channel, on);
  if (refused) {
    return refuse(refused);
  }
  const expiresOn = earlier(addDays(on, bookletOf(programme, holder.group_id)!.validDays), programme.validTo);
  const slips = slipsOf(programme, holder.group_id);
  const made = await makeBooklet(tx, options, programme, { holder, slips, expiresOn, channel: input.channel, actor });
  return hand(tx, options, programme, { ...made, holder, activate: input.activate, actor });
}

const earlier = (a: string, b: string) => (a < b ? a : b);

interface Making {
  readonly holder: HolderRow;
  readonly slips: readonly Slip[];
  readonly expiresOn: string;
  readonly channel: 'print' | 'sms';
  readonly actor: string;
  readonly replaces?: string;
}

/** Draws and signs the vouchers of one booklet; they are `generated`, and owe nobody anything yet. */
async function makeBooklet(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  { holder, slips, expiresOn, channel, actor, replaces }: Making,
): Promise<{ booklet: BookletRow; vouchers: VoucherRow[] }> {
  const db = coverOf(tx);
  const on = today(options);
  const code = drawCode(options.random, BOOKLET_CODE_LENGTH);
  const booklet = await db
    .insertInto('voucher_booklet')
    .values({
      booklet_id: options.newId(),
      booklet_number: drawCode(options.random, SHORT_CODE_LENGTH),
      programme_id: programme.id,
      holder_id: holder.holder_id,
      code,
      channel,
      made_on: on,
      expires_on: expiresOn,
      replaces: replaces ?? null,
      made_by: actor,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const key = options.vouchers.key();
  const issuedAt = Math.floor(options.clock().getTime() / 1000);
  const rows = await Promise.all(
    slips.map(async (slip) => {
      const voucherId = toBase64Url(options.random(VOUCHER_ID_BYTES));
      const content = {
        voucherId,
        programme: shortId(programme),
        service: slip.service,
        number: slip.number,
        pairing: await pairingOf(voucherId, code),
        issuedAt,
        // Good to the end of its last day, wherever on earth that day ends last.
        expiresAt: (dayNumber(expiresOn) + 1) * 86_400 + 43_200,
      };
      const value = tariffOf(programme, slip.service, slip.number)!;
      return {
        voucher_id: voucherId,
        booklet_id: booklet.booklet_id,
        holder_id: holder.holder_id,
        programme_id: programme.id,
        service: slip.service,
        number: slip.number,
        short_code: drawCode(options.random, SHORT_CODE_LENGTH),
        signed: await issueVoucher(content, programme.country, key),
        state: 'generated' as const,
        value_minor: value.minor,
        currency: value.currency,
        made_on: on,
        expires_on: expiresOn,
      };
    }),
  );
  return { booklet, vouchers: await db.insertInto('voucher').values(rows).returningAll().execute() };
}

type BookletStep = 'print' | 'issue' | 'activate';

/** Hands a booklet over: from now on its services are owed to the holder. */
async function hand(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  given: {
    readonly booklet: BookletRow;
    readonly vouchers: readonly VoucherRow[];
    readonly holder: HolderRow;
    readonly activate: boolean;
    readonly actor: string;
  },
): Promise<Result<MadeBooklet, VouchersRefusalCode>> {
  const { booklet, holder, actor } = given;
  const db = coverOf(tx);
  const move = { actor, at: options.clock(), day: today(options) };
  const steps = [booklet.channel === 'print' ? ['print'] : [], ['issue'], given.activate ? ['activate'] : []].flat();
  for (const step of steps as BookletStep[]) {
    const now = await lockVouchers(
      db,
      given.vouchers.map((each) => each.voucher_id),
    );
    const moved = await moveVouchers(tx, programme, now, step, move);
    if (!moved.ok) {
      return moved;
    }
  }
  await db
    .updateTable('voucher_booklet')
    .set({ issued_on: move.day })
    .where('booklet_id', '=', booklet.booklet_id)
    .execute();
  if (booklet.channel === 'sms') {
    await tx.outbox.enqueue({
      topic: 'sms',
      destination: 'local',
      messageId: `sms:booklet:${booklet.booklet_id}`,
      payload: smsOf(programme, { booklet, vouchers: given.vouchers, holder }),
    });
  }
  return ok({
    bookletId: booklet.booklet_id,
    bookletNumber: booklet.booklet_number,
    holderId: holder.holder_id,
    vouchers: given.vouchers.length,
    expiresOn: booklet.expires_on,
  });
}

/** A booklet and its vouchers, locked: the booklet first, as every redemption takes it first. */
export async function lockBooklet(
  db: CoverDatabase,
  programmeId: string,
  bookletId: string,
): Promise<{ booklet: BookletRow; vouchers: VoucherRow[] } | undefined> {
  const booklet = await db
    .selectFrom('voucher_booklet')
    .selectAll()
    .where('booklet_id', '=', bookletId)
    .where('programme_id', '=', programmeId)
    .forUpdate()
    .executeTakeFirst();
  return (
    booklet && {
      booklet,
      vouchers: await db
        .selectFrom('voucher')
        .selectAll()
        .where('booklet_id', '=', bookletId)
        .orderBy('voucher_id')
        .forUpdate()
        .execute(),
    }
  );
}

export type BookletAct = 'print' | 'activate' | 'void';

/** Activates a booklet, or takes it back: what was used already stays as it is. Void is the undo of an issue. */
export async function actOnBooklet(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: { readonly bookletId: string; readonly act: BookletAct; readonly actor: string; readonly reason?: string },
): Promise<Result<{ moved: number }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const found = await lockBooklet(db, programme.id, input.bookletId);
  if (!found) {
    return refuse('vouchers.holder-unknown');
  }
  const states = { print: ['generated'], activate: ['issued'], void: ['generated', 'printed', 'issued', 'activated'] };
  const chosen = found.vouchers.filter((each) => states[input.act].includes(each.state));
  if (chosen.length === 0) {
    return refuse('vouchers.not-possible', { act: input.act });
  }
  const day = today(options);
  const move = { actor: input.actor, at: options.clock(), day, ...(input.reason && { reasons: [input.reason] }) };
  const moved = await moveVouchers(tx, programme, chosen, input.act, move);
  if (moved.ok && input.act === 'void') {
    await db.updateTable('voucher_booklet').set({ closed_on: day }).where('booklet_id', '=', input.bookletId).execute();
  }
  return moved;
}

/** A lost booklet: what is left of it becomes worthless, and stands anew in another, with the same last day. */
export async function replaceBooklet(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  input: { readonly bookletId: string; readonly actor: string },
): Promise<Result<MadeBooklet, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const found = await lockBooklet(db, programme.id, input.bookletId);
  if (!found) {
    return refuse('vouchers.holder-unknown');
  }
  const day = today(options);
  const left = found.vouchers.filter((each) => each.state === 'issued' || each.state === 'activated');
  if (left.length === 0 || found.booklet.expires_on < day) {
    return refuse('vouchers.nothing-left');
  }
  const move = { actor: input.actor, at: options.clock(), day, reasons: ['lost'] };
  const moved = await moveVouchers(tx, programme, left, 'replace', move);
  if (!moved.ok) {
    return moved;
  }
  await db.updateTable('voucher_booklet').set({ closed_on: day }).where('booklet_id', '=', input.bookletId).execute();
  const holder = await db
    .selectFrom('voucher_holder')
    .selectAll()
    .where('holder_id', '=', found.booklet.holder_id)
    .executeTakeFirstOrThrow();
  const { expires_on: expiresOn, channel } = found.booklet;
  const made = await makeBooklet(tx, options, programme, {
    ...{ holder, expiresOn, channel, actor: input.actor, replaces: input.bookletId },
    slips: left.map(({ service, number }) => ({ service, number })),
  });
  return hand(tx, options, programme, { ...made, holder, activate: true, actor: input.actor });
}
