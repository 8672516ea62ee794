import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CountedProgramme, CountedVoucher } from './indicators.ts';
import { type LossBound, lossBound } from './offline.ts';
import type { VoucherProgramme } from './programme.ts';
import type { VoucherState } from './voucher.ts';
import type { Place } from './vouchers.tables.ts';

/** What the indicators count, in four reads. */

export async function countProgramme(db: CoverDatabase, programme: VoucherProgramme): Promise<CountedProgramme> {
  const { rows: groups } = await sql<{ group_id: string; people: number }>`
    select group_id, count(*)::int as people from voucher_holder where programme_id = ${programme.id}
    group by group_id`.execute(db);
  const { rows: vouchers } = await sql<{
    holder_id: string;
    group_id: string;
    service: string;
    state: VoucherState;
    value_minor: string;
    service_on: string | null;
    delivered_on: string | null;
    place: Place | null;
    paid_on: string | null;
  }>`
    select voucher.holder_id, holder.group_id, voucher.service, voucher.state, voucher.value_minor::text as value_minor,
      redemption.service_on::text as service_on, redemption.delivered_on::text as delivered_on, redemption.place,
      voucher.paid_on::text as paid_on
    from voucher join voucher_holder holder on holder.holder_id = voucher.holder_id
    left join voucher_redemption redemption
      on redemption.voucher_id = voucher.voucher_id and redemption.outcome = 'accepted'
    where voucher.programme_id = ${programme.id}`.execute(db);
  const { rows: counts } = await sql<{
    presented: number;
    leaked: number;
    called: number;
    confirmed: number;
    answered: number;
    content: number;
  }>`
    select count(*) filter (where outcome <> 'refused')::int as presented,
      count(*) filter (where outcome in ('disputed', 'rejected'))::int as leaked,
      count(*) filter (where called_on is not null)::int as called,
      count(*) filter (where confirmed)::int as confirmed,
      count(*) filter (where confirmed and satisfaction is not null)::int as answered,
      count(*) filter (where confirmed and satisfaction >= 4)::int as content
    from voucher_redemption where programme_id = ${programme.id}`.execute(db);
  return {
    programme,
    registered: Object.fromEntries(groups.map((each) => [each.group_id, each.people])),
    vouchers: vouchers.map(
      (row): CountedVoucher => ({
        holderId: row.holder_id,
        group: row.group_id,
        service: row.service,
        state: row.state,
        valueMinor: BigInt(row.value_minor),
        ...(row.service_on && { on: row.service_on }),
        ...(row.delivered_on && { deliveredOn: row.delivered_on }),
        ...(row.place && { place: row.place }),
        ...(row.paid_on && { paidOn: row.paid_on }),
      }),
    ),
    ...counts[0]!,
  };
}

export interface Bounded extends LossBound {
  readonly devices: number;
  readonly outstanding: number;
}

/**
 * How much copied vouchers could take at most, with the devices and vouchers there are now. A device that is revoked or
 * held goes on counting until its kit has run out: till then it may take vouchers, wherever it is.
 * @param now epoch seconds.
 */
export async function boundNow(db: CoverDatabase, programme: VoucherProgramme, now: number): Promise<Bounded> {
  const kitSince = now - programme.offline.kitDays * 86_400;
  const { rows } = await sql<{ devices: number; outstanding: number }>`
    select (select count(*)::int from voucher_device
        where (revoked is null and held_because is null) or kit_issued_at > ${kitSince}) as devices,
      (select count(*)::int from voucher where programme_id = ${programme.id} and state = 'activated') as outstanding
    `.execute(db);
  const counts = rows[0]!;
  return { ...counts, ...lossBound(programme, counts) };
}
