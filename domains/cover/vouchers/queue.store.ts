import { money, moneyText } from '@serai/kernel/base/money.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { BatchJson, DisputeView, QueueRow } from './api.ts';
import type { VoucherProgramme } from './programme.ts';
import { providersOf } from './settle.store.ts';
import type { VoucherState } from './voucher.ts';

/** What waits for somebody, as the screens show it. */

const mostRows = 500;

export async function queueOf(db: CoverDatabase, programme: VoucherProgramme): Promise<QueueRow[]> {
  const { rows } = await sql<{
    voucher_id: string;
    redemption_id: string;
    service: string;
    number: number;
    provider: string;
    village: string;
    name: string;
    phone: string | null;
    service_on: string;
    value_minor: string;
    currency: string;
    state: VoucherState;
    hold_reasons: string[];
    sampled: boolean;
    called: boolean;
    offline: boolean;
    disputed: boolean;
  }>`
    select voucher.voucher_id, taken.redemption_id, voucher.service, voucher.number, taken.provider, holder.village,
      holder.name, holder.phone, taken.service_on::text as service_on, voucher.value_minor::text as value_minor,
      voucher.currency, voucher.state, voucher.hold_reasons, taken.sampled, taken.called_on is not null as called,
      taken.device_id is not null as offline,
      exists (select from voucher_dispute where voucher_dispute.voucher_id = voucher.voucher_id and state = 'open')
        as disputed
    from voucher
    join voucher_redemption taken on taken.voucher_id = voucher.voucher_id and taken.outcome = 'accepted'
    join voucher_holder holder on holder.holder_id = voucher.holder_id
    where voucher.programme_id = ${programme.id} and voucher.state in ('redeemed', 'fraud-hold')
    order by taken.service_on, voucher.voucher_id limit ${mostRows}`.execute(db);
  return rows.map((row) => ({
    voucherId: row.voucher_id,
    redemptionId: row.redemption_id,
    service: row.service,
    number: row.number,
    provider: row.provider,
    village: row.village,
    on: row.service_on,
    amount: moneyText(money(BigInt(row.value_minor), row.currency)),
    state: row.state,
    reasons: row.hold_reasons,
    sampled: row.sampled,
    called: row.called,
    offline: row.offline,
    disputed: row.disputed,
    ...(row.sampled && !row.called && { holder: { name: row.name, ...(row.phone && { phone: row.phone }) } }),
  }));
}

export async function disputesOf(db: CoverDatabase, programme: VoucherProgramme): Promise<DisputeView[]> {
  const disputes = await db
    .selectFrom('voucher_dispute')
    .innerJoin('voucher', 'voucher.voucher_id', 'voucher_dispute.voucher_id')
    .selectAll('voucher_dispute')
    .select(['voucher.service', 'voucher.number'])
    .where('voucher_dispute.programme_id', '=', programme.id)
    .orderBy('voucher_dispute.state', 'desc')
    .orderBy('opened', 'desc')
    .limit(mostRows)
    .execute();
  const ids = disputes.flatMap((each) => [each.accepted_id, each.other_id].filter((id) => id !== null));
  const takings = await db
    .selectFrom('voucher_redemption')
    .leftJoin('voucher_device', 'voucher_device.device_id', 'voucher_redemption.device_id')
    .selectAll('voucher_redemption')
    .select('voucher_device.label')
    .where('redemption_id', 'in', [...ids, ''])
    .execute();
  return disputes.map((dispute) => ({
    disputeId: dispute.dispute_id,
    kind: dispute.kind,
    because: dispute.because,
    voucherId: dispute.voucher_id,
    service: dispute.service,
    number: dispute.number,
    state: dispute.state,
    openedAt: dispute.opened.toISOString(),
    ...(dispute.decision && { decision: dispute.decision }),
    takings: [
      { id: dispute.accepted_id, role: 'accepted' as const },
      { id: dispute.other_id, role: 'other' as const },
    ].flatMap(({ id, role }) => {
      const row = takings.find((each) => each.redemption_id === id);
      return row
        ? [
            {
              redemptionId: row.redemption_id,
              role,
              provider: row.provider,
              at: new Date(Number(row.taken_at) * 1000).toISOString(),
              receivedAt: row.received.toISOString(),
              on: row.service_on,
              counter: row.counter,
              outcome: row.outcome,
              ...(row.label && { device: row.label }),
              ...(row.statement && { statement: row.statement }),
            },
          ]
        : [];
    }),
  }));
}

export async function batchesOf(db: CoverDatabase, programme: VoucherProgramme, reader: string): Promise<BatchJson[]> {
  const rows = await db
    .selectFrom('voucher_batch')
    .selectAll()
    .where('programme_id', '=', programme.id)
    .orderBy('created', 'desc')
    .limit(50)
    .execute();
  const batches: BatchJson[] = [];
  for (const row of rows) {
    const byProvider = await providersOf({ sql: db as never }, programme, row.batch_id);
    batches.push({
      batchId: row.batch_id,
      state: row.state,
      vouchers: row.vouchers,
      amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
      upTo: row.up_to,
      mine: row.made_by === reader,
      ...(row.paid_on && { paidOn: row.paid_on }),
      byProvider: byProvider.map((each) => ({ ...each, amount: moneyText(each.amount) })),
    });
  }
  return batches;
}

/** How many vouchers stand in each state. */
export async function statesOf(db: CoverDatabase, programme: VoucherProgramme): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('voucher')
    .select(({ fn }) => ['state', fn.countAll<string>().as('count')])
    .where('programme_id', '=', programme.id)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}
