import { daysBetween } from '@serai/kernel/base/days.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import { digestText } from '@serai/kernel/trust/encoding.ts';
import { sql } from 'kysely';
import type { OwnCoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import type { StatementList, StatementView } from './api.ts';
import { disputeDeadline } from './disputes.ts';
import type { Statement } from './statement.ts';
import type { StatementRow } from './statement-rows.store.ts';
import { interestMinor, type StatementState } from './statement-states.ts';

/** What the screens show of statements. */

export async function statementsView(options: OwnCoverOptions, partner: string | undefined): Promise<StatementList> {
  let query = options.database.selectFrom('settlement_statement').selectAll().orderBy('created', 'desc').limit(200);
  if (partner !== undefined) {
    query = query.where('partner', '=', partner);
  }
  return {
    statements: (await query.execute()).map((row) => {
      const document = JSON.parse(row.document) as Statement;
      const net = document.payments[0];
      return {
        statementId: row.statement_id,
        partner: row.partner,
        period: row.period,
        state: row.state as StatementState,
        drawnUpByUs: row.drawn_up_by === options.country,
        drawnUpOn: row.drawn_up_on,
        dueBy: row.due_by,
        ...(net && { net: { payer: net.from, amount: { amount: net.amount, currency: row.currency } } }),
      };
    }),
  };
}

export async function statementView(options: OwnCoverOptions, row: StatementRow): Promise<StatementView> {
  const payments = await options.database
    .selectFrom('settlement_payment')
    .selectAll()
    .where('statement_id', '=', row.statement_id)
    .orderBy('payer')
    .execute();
  const agreement = options.agreements.find((each) => each.id === row.agreement);
  const document = JSON.parse(row.document) as Statement;
  const today = localDay(options);
  return {
    statementId: row.statement_id,
    partner: row.partner,
    agreement: row.agreement,
    state: row.state as StatementState,
    document,
    fingerprint: await digestText(row.document),
    ...(await namesOf(options, document)),
    drawnUpByUs: row.drawn_up_by === options.country,
    ...(row.signed_by_us !== null && { signedByUs: row.signed_by_us }),
    ...(row.signed_by_them !== null && { signedByThem: row.signed_by_them }),
    ...(row.signed_at !== null && { signedAt: row.signed_at.toISOString() }),
    differences: row.differences as StatementView['differences'],
    payments: payments.map((payment) => {
      const minor = BigInt(payment.amount_minor);
      const until = payment.paid_on ?? today;
      const interest = interestMinor(minor, agreement?.settlement?.interestPct ?? null, row.due_by, until);
      return {
        payer: payment.payer,
        receiver: payment.receiver,
        amount: moneyText(money(minor, row.currency)),
        interest: moneyText(money(interest, row.currency)),
        overdueDays: Math.max(0, daysBetween(row.due_by, until)),
        ...(payment.paid_on !== null && { paidOn: payment.paid_on }),
        ...(payment.reference !== null && { reference: payment.reference }),
        ...(payment.received_on !== null && { receivedOn: payment.received_on }),
      };
    }),
  };
}

/** What people call the claims of a statement, and by when what it sets apart must be agreed. */
async function namesOf(
  { database, agreements }: OwnCoverOptions,
  { agreement, lines, isolated }: Statement,
): Promise<Pick<StatementView, 'claims' | 'disputesUntil'>> {
  const ids = [...new Set([...lines, ...isolated].map((line) => line.claimId))];
  const claims = await database
    .selectFrom('settlement_claim')
    .select(['claim_id', 'claim_number', 'provider', 'provider_name'])
    .where(sql<boolean>`claim_id = any(${ids}::text[])`)
    .execute();
  const disputed = await database
    .selectFrom('settlement_line')
    .select(['claim_id', 'line', 'disputed_on'])
    .where(sql<boolean>`claim_id = any(${isolated.map((line) => line.claimId)}::text[])`)
    .where('disputed_on', 'is not', null)
    .execute();
  const terms = agreements.find((each) => each.id === agreement.id)?.settlement?.dispute;
  return {
    claims: Object.fromEntries(
      claims.map((row) => [
        row.claim_id,
        {
          ...{ claimNumber: row.claim_number, provider: row.provider },
          ...(row.provider_name !== null && { providerName: row.provider_name }),
        },
      ]),
    ),
    disputesUntil: Object.fromEntries(
      disputed.flatMap((row) =>
        terms ? [[`${row.claim_id} ${row.line}`, disputeDeadline(terms, row.disputed_on!)]] : [],
      ),
    ),
  };
}
