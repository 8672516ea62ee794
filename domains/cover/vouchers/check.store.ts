import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { isPaired, readVoucher, VOUCHER_PREFIX, verifyVoucher } from '@serai/kernel/trust/voucher.ts';
import { sql } from 'kysely';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { RedemptionView, VoucherCheck } from './api.ts';
import { normaliseCode } from './codes.ts';
import { serviceOf, shortId } from './programme.ts';
import { providerCode } from './redeem.store.ts';
import type { Provider, VoucherState } from './voucher.ts';
import type { RedemptionOutcome } from './vouchers.tables.ts';

/** Looking at vouchers without changing them. */

/** What a voucher is good for. The holder's name is told only with the booklet's code. */
export async function checkVoucher(
  options: CoverOptions,
  shown: { readonly voucher: string; readonly bookletCode?: string | undefined },
): Promise<Result<VoucherCheck>> {
  let where: { column: 'voucher_id' | 'short_code'; value: string } = {
    column: 'short_code',
    value: normaliseCode(shown.voucher),
  };
  if (shown.voucher.trimStart().startsWith(VOUCHER_PREFIX)) {
    const now = Math.floor(options.clock().getTime() / 1000);
    const verified = await verifyVoucher(shown.voucher, options.vouchers.keyOf, now);
    if (!verified.ok) {
      return verified;
    }
    if (verified.value.country !== options.country) {
      return foreignCheck(options, verified.value);
    }
    where = { column: 'voucher_id', value: verified.value.voucherId };
  }
  const row = await options.database
    .selectFrom('voucher')
    .innerJoin('voucher_holder', 'voucher_holder.holder_id', 'voucher.holder_id')
    .selectAll('voucher')
    .select('voucher_holder.name')
    .where(`voucher.${where.column}`, '=', where.value)
    .executeTakeFirst();
  const programme = options.vouchers.programmes.find((each) => each.id === row?.programme_id);
  const service = row && programme && serviceOf(programme, row.service);
  if (!row || !programme || !service) {
    return refuse('vouchers.unknown');
  }
  const read = readVoucher(row.signed);
  const fits =
    shown.bookletCode !== undefined && read !== undefined && (await isPaired(read, normaliseCode(shown.bookletCode)));
  return ok({
    programmeId: programme.id,
    programme: programme.title,
    country: programme.country,
    service: row.service,
    title: service.title,
    number: row.number,
    state: row.state,
    expiresOn: row.expires_on,
    ...(fits && { holder: row.name }),
    needsBirth: service.after !== undefined,
  });
}

function foreignCheck(
  options: CoverOptions,
  voucher: { country: string; programme: string; service: string; number: number; expiresAt: number },
): Result<VoucherCheck> {
  const programme = options.vouchers.programmes.find(
    (each) => each.country === voucher.country && shortId(each) === voucher.programme,
  );
  const service = programme && serviceOf(programme, voucher.service);
  if (!programme || !service) {
    return refuse('vouchers.unknown-programme');
  }
  return ok({
    programmeId: programme.id,
    programme: programme.title,
    country: voucher.country,
    service: voucher.service,
    title: service.title,
    number: voucher.number,
    state: 'foreign',
    expiresOn: dayOfInstant(new Date((voucher.expiresAt - 129_600) * 1000)),
    needsBirth: service.after !== undefined,
  });
}

const latest = 200;

/** A facility's own redemptions, newest first. */
export async function redemptionsOf(db: CoverDatabase, provider: Provider): Promise<RedemptionView[]> {
  const code = providerCode(provider);
  const { rows } = await sql<{
    redemption_id: string;
    voucher_id: string;
    service: string | null;
    number: number | null;
    service_on: string;
    outcome: RedemptionOutcome | 'waiting';
    refusal: string | null;
    state: VoucherState | null;
    offline: boolean;
    abroad: string | null;
    value_minor: string | null;
    currency: string | null;
  }>`
    select taken.redemption_id, taken.voucher_id, voucher.service, voucher.number, taken.service_on::text as service_on,
      taken.outcome, taken.refusal, voucher.state, taken.device_id is not null as offline, null as abroad,
      voucher.value_minor::text as value_minor, voucher.currency, taken.received as at
    from voucher_redemption taken left join voucher on voucher.voucher_id = taken.voucher_id
    where taken.provider = ${code}
    union all
    select redemption_id, voucher_id, service, null, service_on::text, case state when 'waiting' then 'accepted' else state end,
      refusal, null, device_id is not null, issuer, null, null, created
    from voucher_abroad where provider = ${code}
    order by at desc limit ${latest}`.execute(db);
  return rows.map((row) => ({
    redemptionId: row.redemption_id,
    voucherId: row.voucher_id,
    service: row.service ?? '',
    number: row.number ?? 0,
    on: row.service_on,
    outcome: row.outcome as RedemptionOutcome,
    offline: row.offline,
    ...(row.refusal && { refused: row.refusal }),
    ...(row.state && { state: row.state }),
    ...(row.abroad && { abroad: row.abroad }),
    ...(row.value_minor &&
      row.currency &&
      row.outcome === 'accepted' && { amount: moneyText(money(BigInt(row.value_minor), row.currency)) }),
  }));
}
