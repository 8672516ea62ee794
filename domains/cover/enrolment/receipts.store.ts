import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Reach } from './enrolment.access.ts';

/** Payments as they are listed and receipted. Access is decided before. */

export interface ListedPayment {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly kind: string;
  readonly channel: string;
  readonly reference: string;
  readonly receivedOn: string;
  readonly amount: MoneyText;
  readonly credit: MoneyText;
  readonly groupName?: string;
  readonly policyNumber?: string;
  readonly reversed: boolean;
}

export interface ReceiptView extends ListedPayment {
  readonly schemeId: string;
  readonly groupId?: string;
  readonly payer: string;
  readonly lines: readonly {
    readonly policyNumber: string;
    readonly memberNumber: string;
    readonly number: number;
    readonly amount: MoneyText;
  }[];
}

const pageSize = 50;

function paymentRows(db: CoverDatabase) {
  return db
    .selectFrom('cover_payment as payment')
    .leftJoin('cover_payment_credit as left_over', 'left_over.payment_id', 'payment.payment_id')
    .leftJoin('cover_group as of_group', 'of_group.group_id', 'payment.group_id')
    .leftJoin('cover_policy as policy', 'policy.policy_id', 'payment.policy_id')
    .selectAll('payment')
    .select(['left_over.credit_minor', 'of_group.name as group_name', 'policy.policy_number'])
    .select((of) =>
      of
        .exists(
          of
            .selectFrom('cover_payment as back')
            .select('back.payment_id')
            .whereRef('back.reversal_of', '=', 'payment.payment_id')
            .where('back.kind', '=', 'reversal'),
        )
        .as('reversed'),
    );
}

type PaymentRow = Awaited<ReturnType<ReturnType<typeof paymentRows>['executeTakeFirstOrThrow']>>;

function listed(row: PaymentRow): ListedPayment {
  return {
    paymentId: row.payment_id,
    receiptNumber: row.receipt_number,
    kind: row.kind,
    channel: row.channel,
    reference: row.reference,
    receivedOn: row.received_on,
    amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
    credit: moneyText(money(BigInt(row.credit_minor ?? '0'), row.currency)),
    ...(row.group_name !== null && { groupName: row.group_name }),
    ...(row.policy_number !== null && { policyNumber: row.policy_number }),
    reversed: Boolean(row.reversed),
  };
}

export async function listPayments(
  db: CoverDatabase,
  reach: Reach,
  input: {
    readonly groupId?: string | undefined;
    readonly creditOnly?: boolean | undefined;
    readonly cursor?: string | undefined;
  },
): Promise<{ payments: ListedPayment[]; next?: string }> {
  const offset = Number.parseInt(input.cursor ?? '0', 10) || 0;
  let query = paymentRows(db);
  if (reach.kind === 'group') {
    query = query.where('payment.group_id', '=', reach.groupId);
  }
  if (input.groupId !== undefined) {
    query = query.where('payment.group_id', '=', input.groupId);
  }
  if (input.creditOnly) {
    query = query.where('left_over.credit_minor', '>', '0');
  }
  const rows = await query
    .orderBy('payment.recorded', 'desc')
    .orderBy('payment.payment_id')
    .limit(pageSize + 1)
    .offset(offset)
    .execute();
  return {
    payments: rows.slice(0, pageSize).map(listed),
    ...(rows.length > pageSize && { next: String(offset + pageSize) }),
  };
}

export async function readReceipt(db: CoverDatabase, paymentId: string): Promise<ReceiptView | undefined> {
  const row = await paymentRows(db).where('payment.payment_id', '=', paymentId).executeTakeFirst();
  if (!row) {
    return undefined;
  }
  const lines = await db
    .selectFrom('cover_payment_allocation as allocation')
    .innerJoin('cover_instalment as instalment', 'instalment.instalment_id', 'allocation.instalment_id')
    .innerJoin('cover_policy as policy', 'policy.policy_id', 'instalment.policy_id')
    .leftJoin('cover_policy_member as holder', (join) =>
      join.onRef('holder.policy_id', '=', 'policy.policy_id').on('holder.relation', '=', 'holder'),
    )
    .leftJoin('cover_member as member', 'member.member_id', 'holder.member_id')
    .select(['policy.policy_number', 'member.member_number', 'instalment.number', 'allocation.amount_minor'])
    .where('allocation.payment_id', '=', paymentId)
    .orderBy('policy.policy_number')
    .orderBy('instalment.number')
    .execute();
  return {
    ...listed(row),
    schemeId: row.scheme_id ?? '',
    ...(row.group_id !== null && { groupId: row.group_id }),
    payer: row.payer,
    lines: lines.map((line) => ({
      policyNumber: line.policy_number,
      memberNumber: line.member_number ?? '',
      number: line.number,
      amount: moneyText(money(BigInt(line.amount_minor), row.currency)),
    })),
  };
}
