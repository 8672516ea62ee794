import { addDays, firstOfMonth } from '@serai/kernel/base/days.ts';
import { amountText, type Money, money, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { Selectable } from 'kysely';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { coverAgreements, type Settling } from './agreed.ts';
import { type Books, bookInterest, bookPayment } from './booking.ts';
import type { From } from './inbound.store.ts';
import { type Saying, say } from './outgoing.store.ts';
import { booksOf, post } from './rows.store.ts';
import type { SettlementTables } from './settlement.tables.ts';
import { lockPartner, readStatement, type StatementRow } from './statement-rows.store.ts';
import { interestMinor, type StatementState, statementMoves } from './statement-states.ts';

/** What a signed statement comes to is paid by one, confirmed by the other, with interest by the agreement where it is late. */

type PaymentRow = Selectable<SettlementTables['settlement_payment']>;
type Told<Kind extends Saying['kind']> = Extract<Saying, { kind: Kind }>;

interface Found {
  readonly statement: StatementRow;
  readonly payment: PaymentRow;
  readonly agreement: Settling;
  readonly books: Books;
  readonly amount: Money;
}

async function find(
  options: OwnCoverOptions,
  tx: Transaction,
  of: { readonly statementId: string; readonly payer: string; readonly partner?: string },
): Promise<Found | undefined> {
  const db = coverOf(tx);
  const seen = await readStatement(db, of.statementId);
  if (!seen || (of.partner !== undefined && seen.partner !== of.partner)) {
    return undefined;
  }
  await lockPartner(tx, seen.partner);
  const statement = (await readStatement(db, of.statementId, true))!;
  const payment = await db
    .selectFrom('settlement_payment')
    .selectAll()
    .where('statement_id', '=', of.statementId)
    .where('payer', '=', of.payer)
    .forUpdate()
    .executeTakeFirst();
  const agreement = coverAgreements(options.agreements, options.country, statement.partner).find(
    (each) => each.id === statement.agreement,
  );
  return payment && agreement
    ? {
        statement,
        payment,
        agreement,
        books: booksOf(options, agreement, statement.partner),
        amount: money(BigInt(payment.amount_minor), statement.currency),
      }
    : undefined;
}

/** Interest on a payment made on a day. */
function interestOf({ statement, amount, agreement }: Found, until: string): Money {
  const minor = interestMinor(amount.minor, agreement.settlement.interestPct, statement.due_by, until);
  return money(minor, statement.currency);
}

/** Reckons interest until a day, and books what is more, or less, than was booked before. */
async function reckon(options: OwnCoverOptions, tx: Transaction, found: Found, until: string): Promise<Money> {
  const interest = interestOf(found, until);
  const change = money(interest.minor - BigInt(found.payment.interest_minor), interest.currency);
  const at = options.clock();
  const of = { statementId: found.statement.statement_id, payer: found.payment.payer, amount: found.amount };
  await post(tx, [bookInterest(found.books, of, change, localDayOf(at, options.country), until)], at);
  await coverOf(tx)
    .updateTable('settlement_payment')
    .set({ interest_minor: interest.minor, interest_until: until })
    .where('statement_id', '=', of.statementId)
    .where('payer', '=', of.payer)
    .execute();
  return interest;
}

/** We have paid: noted, booked, and told to the receiver. */
export async function notePaid(
  options: OwnCoverOptions,
  store: RequestStore,
  input: {
    readonly requestId: string;
    readonly statementId: string;
    readonly paidOn: string;
    readonly reference: string;
    readonly amount: string;
  },
): Promise<Result<{ state: StatementState }>> {
  return store.once<Result<{ state: StatementState }>>(input.requestId, async (tx) => {
    const found = await find(options, tx, { statementId: input.statementId, payer: options.country });
    if (!found) {
      return refuse(
        (await readStatement(coverOf(tx), input.statementId)) ? 'settlement.not-payer' : 'settlement.statement-state',
      );
    }
    const { statement, payment, amount } = found;
    const today = localDay(options);
    if (statement.state !== 'signed' || payment.paid_on !== null) {
      return refuse('settlement.statement-state');
    }
    if (input.paidOn > today || input.paidOn < statement.drawn_up_on) {
      return refuse('settlement.days-not-allowed', undefined, 'paidOn');
    }
    const due = amount.minor + interestOf(found, input.paidOn).minor;
    if (parseMoney(input.amount, statement.currency)?.minor !== due) {
      return refuse('settlement.payment-differs', { due: amountText(money(due, statement.currency)) }, 'amount');
    }
    const interest = await reckon(options, tx, found, input.paidOn);
    const of = { statementId: statement.statement_id, payer: options.country, amount };
    await post(tx, [bookPayment(found.books, of, interest, today)], options.clock());
    await coverOf(tx)
      .updateTable('settlement_payment')
      .set({ paid_on: input.paidOn, reference: input.reference })
      .where('statement_id', '=', statement.statement_id)
      .where('payer', '=', options.country)
      .execute();
    await say(tx, options, found.agreement, statement.partner, {
      kind: 'paid',
      statementId: statement.statement_id,
      paidOn: input.paidOn,
      reference: input.reference,
      amount: amountText(amount),
      interest: amountText(interest),
      currency: statement.currency,
    });
    await noted(tx, store.context.actor.id, 'settlement-paid', statement);
    return ok({ state: await stepped(coverOf(tx), statement) });
  });
}

async function noted(tx: Transaction, actor: string, action: string, statement: StatementRow): Promise<void> {
  await tx.evidence.append({
    kind: 'privileged',
    public: { action, class: 'payer', statement: statement.statement_id, period: statement.period },
    sealed: { actor },
  });
}

/** A day of grace for clocks on either side of midnight. */
function tomorrow(options: OwnCoverOptions): string {
  return addDays(localDay(options), 1);
}

/** The partner says that it has paid, as much as the statement and its interest come to. */
export async function applyPaid(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'paid'>,
): Promise<Result<unknown>> {
  const found = await find(options, tx, { statementId: told.statementId, payer: from.partner, partner: from.partner });
  if (!found) {
    return refuse('settlement.out-of-order');
  }
  const { statement, payment, amount } = found;
  if (payment.paid_on !== null) {
    return payment.paid_on === told.paidOn && payment.reference === told.reference
      ? ok(undefined)
      : refuse('settlement.contradiction');
  }
  const interest = interestOf(found, told.paidOn);
  const fits =
    told.currency === statement.currency &&
    parseMoney(told.amount, statement.currency)?.minor === amount.minor &&
    parseMoney(told.interest, statement.currency)?.minor === interest.minor &&
    told.paidOn >= statement.drawn_up_on &&
    told.paidOn <= tomorrow(options);
  if (!fits) {
    return refuse('settlement.payment-differs');
  }
  await reckon(options, tx, found, told.paidOn);
  await coverOf(tx)
    .updateTable('settlement_payment')
    .set({ paid_on: told.paidOn, reference: told.reference })
    .where('statement_id', '=', statement.statement_id)
    .where('payer', '=', from.partner)
    .execute();
  await stepped(coverOf(tx), statement);
  return ok(undefined);
}

/** The money has come: confirmed, booked, and told to the payer. */
export async function noteReceived(
  options: OwnCoverOptions,
  store: RequestStore,
  input: {
    readonly requestId: string;
    readonly statementId: string;
    readonly receivedOn: string;
    readonly amount: string;
  },
): Promise<Result<{ state: StatementState }>> {
  return store.once<Result<{ state: StatementState }>>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const seen = await readStatement(db, input.statementId);
    const found = seen && (await find(options, tx, { statementId: input.statementId, payer: seen.partner }));
    if (!found || found.payment.paid_on === null || found.payment.received_on !== null) {
      return refuse('settlement.statement-state');
    }
    const { statement, payment, amount } = found;
    const today = localDay(options);
    if (input.receivedOn > today || input.receivedOn < payment.paid_on!) {
      return refuse('settlement.days-not-allowed', undefined, 'receivedOn');
    }
    const interest = money(BigInt(payment.interest_minor), statement.currency);
    if (parseMoney(input.amount, statement.currency)?.minor !== amount.minor + interest.minor) {
      const due = amountText(money(amount.minor + interest.minor, statement.currency));
      return refuse('settlement.payment-differs', { due }, 'amount');
    }
    const of = { statementId: statement.statement_id, payer: statement.partner, amount };
    await post(tx, [bookPayment(found.books, of, interest, today)], options.clock());
    await received(db, statement, statement.partner, input.receivedOn);
    await say(tx, options, found.agreement, statement.partner, {
      kind: 'received',
      statementId: statement.statement_id,
      payer: statement.partner,
      receivedOn: input.receivedOn,
    });
    await noted(tx, store.context.actor.id, 'settlement-received', statement);
    return ok({ state: await stepped(db, statement) });
  });
}

async function received(db: CoverDatabase, statement: StatementRow, payer: string, on: string): Promise<void> {
  await db
    .updateTable('settlement_payment')
    .set({ received_on: on })
    .where('statement_id', '=', statement.statement_id)
    .where('payer', '=', payer)
    .execute();
}

export async function applyReceived(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'received'>,
): Promise<Result<unknown>> {
  const found = await find(options, tx, { statementId: told.statementId, payer: told.payer, partner: from.partner });
  if (!found || told.payer !== options.country || found.payment.paid_on === null) {
    return refuse('settlement.out-of-order');
  }
  if (told.receivedOn < found.payment.paid_on || told.receivedOn > tomorrow(options)) {
    return refuse('settlement.days-not-allowed');
  }
  if (found.payment.received_on === null) {
    await received(coverOf(tx), found.statement, told.payer, told.receivedOn);
    await stepped(coverOf(tx), found.statement);
  }
  return ok(undefined);
}

/** `paid` once everything is paid, `settled` once everything has come. */
async function stepped(db: CoverDatabase, statement: StatementRow): Promise<StatementState> {
  const payments = await db
    .selectFrom('settlement_payment')
    .select(['paid_on', 'received_on'])
    .where('statement_id', '=', statement.statement_id)
    .execute();
  let state = statement.state as StatementState;
  const step = async (to: StatementState) => {
    if (statementMoves[state].includes(to)) {
      state = to;
      await db
        .updateTable('settlement_statement')
        .set({ state })
        .where('statement_id', '=', statement.statement_id)
        .execute();
    }
  };
  if (payments.every((each) => each.paid_on !== null)) {
    await step('paid');
  }
  if (payments.every((each) => each.received_on !== null)) {
    await step('settled');
  }
  return state;
}

/**
 * Interest on everything overdue, until the end of the last month: both nodes reckon the same without asking each other.
 * @returns how many payments are overdue.
 */
export async function accrueInterest(options: OwnCoverOptions, tx: Transaction): Promise<number> {
  const until = addDays(firstOfMonth(localDay(options)), -1);
  const overdue = await coverOf(tx)
    .selectFrom('settlement_payment')
    .innerJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_payment.statement_id')
    .select(['settlement_payment.statement_id', 'settlement_payment.payer'])
    .where('settlement_payment.paid_on', 'is', null)
    .where('settlement_statement.state', '=', 'signed')
    .where('settlement_statement.due_by', '<', until)
    .where((is) =>
      is.or([is('settlement_payment.interest_until', 'is', null), is('settlement_payment.interest_until', '<', until)]),
    )
    .orderBy('settlement_statement.partner')
    .orderBy('settlement_payment.statement_id')
    .execute();
  for (const { statement_id: statementId, payer } of overdue) {
    const found = await find(options, tx, { statementId, payer });
    if (found) {
      await reckon(options, tx, found, until);
    }
  }
  return overdue.length;
}
