import { type MoneyText, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { localDay, localDayOf } from '../local-day.ts';
import type { DevicesView, DeviceView } from './api.ts';
import { boundNow } from './count.store.ts';
import { dearestTariff, mayHold } from './offline.ts';
import type { VoucherProgramme } from './programme.ts';
import { programmesFor } from './sync.store.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import type { DeviceRow } from './vouchers.store.ts';

/** The devices that redeem without a network: what each may still hold, and taking one out of use. */

const mostRows = 500;

type ListedDevice = DeviceRow & {
  readonly set_up_by: string | null;
  readonly revoked_by_name: string | null;
  readonly held_vouchers: number;
};

/** @param facility only its own devices; absent: all of the node. */
export async function devicesOf(options: CoverOptions, facility?: string): Promise<DevicesView> {
  const now = Math.floor(options.clock().getTime() / 1000);
  const { rows } = await sql<ListedDevice>`
    select device.*, device.in_hand_until::text as in_hand_until, setter.name as set_up_by,
      revoker.name as revoked_by_name,
      (select count(*)::int from voucher_redemption taken join voucher on voucher.voucher_id = taken.voucher_id
        where taken.device_id = device.device_id and taken.outcome = 'accepted' and voucher.state = 'fraud-hold')
        as held_vouchers
    from voucher_device device
    left join account setter on device.registered_by = 'Practitioner/' || setter.id
    left join account revoker on device.revoked_by = 'Practitioner/' || revoker.id
    where ${facility ?? null}::text is null or device.facility = ${facility ?? null}
    order by device.revoked is not null, device.last_sync nulls first, device.registered, device.device_id
    limit ${mostRows}`.execute(options.database);
  const programmes = programmesFor(options);
  const bounds: DevicesView['bounds'][number][] = [];
  for (const programme of facility === undefined ? programmes : []) {
    if (programme.country === options.country) {
      const { worth, ...bound } = await boundNow(options.database, programme, now);
      bounds.push({ programmeId: programme.id, ...bound, worth: moneyText(worth) });
    }
  }
  return { devices: rows.map((row) => viewOf(row, options, programmes, now)), bounds };
}

function viewOf(
  row: ListedDevice,
  options: Pick<CoverOptions, 'facilities'>,
  programmes: readonly VoucherProgramme[],
  now: number,
): DeviceView {
  const kitIssuedAt = Number(row.kit_issued_at);
  const kitDays = Math.min(...programmes.map((each) => each.offline.kitDays), 60);
  const held = mostHeld(programmes, { kitIssuedAt, takenSinceKit: row.counter - row.kit_counter }, now);
  return {
    deviceId: row.device_id,
    label: row.label,
    facility: options.facilities.find((each) => each.id === row.facility)?.name ?? row.facility,
    state: row.revoked ? 'revoked' : row.held_because ? 'held' : 'in-use',
    setUpAt: row.registered.toISOString(),
    ...(row.set_up_by && { setUpBy: row.set_up_by }),
    ...(row.last_sync && { lastSync: row.last_sync.toISOString() }),
    ...(kitIssuedAt > 0 && { kitUntil: new Date((kitIssuedAt + kitDays * 86_400) * 1000).toISOString() }),
    sent: row.counter,
    mayHold: held.vouchers,
    ...(held.worth && { mayHoldWorth: held.worth }),
    waitsForPerson: row.held_vouchers,
    ...(row.held_because && { heldBecause: row.held_because }),
    ...(row.revoked && {
      revoked: {
        at: row.revoked.toISOString(),
        inHandUntil: row.in_hand_until!,
        ...(row.revoked_by_name && { by: row.revoked_by_name }),
        ...(row.revoked_because && { because: row.revoked_because }),
      },
    }),
  };
}

/** The most a device may hold under whichever programme lets it hold most. */
function mostHeld(
  programmes: readonly VoucherProgramme[],
  device: Parameters<typeof mayHold>[1],
  now: number,
): { readonly vouchers: number; readonly worth?: MoneyText } {
  const each = programmes.map((programme) => ({ programme, vouchers: mayHold(programme.offline, device, now) }));
  const most = each.sort((a, b) => b.vouchers - a.vouchers)[0];
  if (!most) {
    return { vouchers: 0 };
  }
  const { programme, vouchers } = most;
  const worth = { minor: dearestTariff(programme) * BigInt(vouchers), currency: programme.currency };
  return { vouchers, worth: moneyText(worth) };
}

/**
 * Takes a device out of use for good: it is given no new list, what it took after the day is refused when it comes in,
 * and what it took until then is put before a person. There is no way back but to set it up anew, with a new key.
 * @param facility only where the device is its own; absent: any of the node.
 */
export async function revokeDevice(
  tx: Transaction,
  options: CoverOptions,
  input: {
    readonly deviceId: string;
    readonly facility: string | undefined;
    readonly reason: string;
    readonly inHandUntil: string;
    readonly actor: string;
  },
): Promise<Result<{ deviceId: string }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const device = await db
    .selectFrom('voucher_device')
    .selectAll()
    .where('device_id', '=', input.deviceId)
    .forUpdate()
    .executeTakeFirst();
  if (!device || (input.facility !== undefined && device.facility !== input.facility)) {
    return refuse('vouchers.device-unknown');
  }
  if (device.revoked) {
    return refuse('vouchers.device-revoked');
  }
  if (input.inHandUntil > localDay(options) || input.inHandUntil < localDayOf(device.registered, options.country)) {
    return refuse('vouchers.device-day');
  }
  await db
    .updateTable('voucher_device')
    .set({
      revoked: options.clock(),
      revoked_by: input.actor,
      revoked_because: input.reason,
      in_hand_until: input.inHandUntil,
    })
    .where('device_id', '=', input.deviceId)
    .execute();
  return ok({ deviceId: input.deviceId });
}
