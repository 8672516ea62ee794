import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type PublicJwk, signJws, thumbprint } from '@serai/kernel/trust/jws.ts';
import { readVoucher, verifyVoucher } from '@serai/kernel/trust/voucher.ts';
import {
  FIRST_STATEMENT,
  type RedemptionStatement,
  statementDigest,
  verifyStatement,
} from '@serai/kernel/trust/voucher-statement.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { foreignById, takeForeign } from './abroad.store.ts';
import { normaliseCode } from './codes.ts';
import { KIT_TYP, type RedemptionKit, standingOfRevoked, timeIsPossible } from './offline.ts';
import { shortId, type VoucherProgramme } from './programme.ts';
import { keepRefused, redemptionById, type Taken, type Taking, takeVoucher } from './redeem.store.ts';
import type { Provider } from './voucher.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import { type DeviceRow, today } from './vouchers.store.ts';

/** Devices that redeem without a network: their keys, what they take with them, and what they bring back. */

export async function registerDevice(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly facility: string; readonly label: string; readonly publicJwk: PublicJwk; readonly actor: string },
): Promise<Result<{ deviceId: string }>> {
  const kid = await thumbprint(input.publicJwk);
  const db = coverOf(tx);
  const known = await db.selectFrom('voucher_device').selectAll().where('kid', '=', kid).executeTakeFirst();
  if (known) {
    if (known.facility !== input.facility) {
      return refuse('vouchers.device-unknown');
    }
    // A key that may lie in other hands is never good again: a device begins anew with a new one.
    return known.revoked ? refuse('vouchers.device-revoked') : ok({ deviceId: known.device_id });
  }
  const deviceId = options.newId();
  await db
    .insertInto('voucher_device')
    .values({
      device_id: deviceId,
      facility: input.facility,
      label: input.label,
      kid,
      public_jwk: JSON.stringify(input.publicJwk),
      registered: options.clock(),
      registered_by: input.actor,
    })
    .execute();
  return ok({ deviceId });
}

/** A device of a facility, locked. */
async function deviceOf(
  db: CoverDatabase,
  deviceId: string,
  facility: string,
): Promise<Result<DeviceRow, VouchersRefusalCode>> {
  const device = await db
    .selectFrom('voucher_device')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('facility', '=', facility)
    .forUpdate()
    .executeTakeFirst();
  if (!device) {
    return refuse('vouchers.device-unknown');
  }
  return device.held_because ? refuse(device.held_because as VouchersRefusalCode) : ok(device);
}

/** Programmes whose vouchers a facility may take. */
export function programmesFor(options: CoverOptions): VoucherProgramme[] {
  return options.vouchers.programmes.filter(
    (each) => each.country === options.country || each.abroad.some((partner) => partner.country === options.country),
  );
}

/** What a device takes with it, signed by the node. It is fetched after a sync: what it took before counts by then. */
export async function drawKit(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly deviceId: string; readonly provider: Provider },
): Promise<Result<{ kit: string }, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const device = await deviceOf(db, input.deviceId, input.provider.facility);
  if (!device.ok) {
    return device;
  }
  if (device.value.revoked) {
    return refuse('vouchers.device-revoked');
  }
  const programmes = programmesFor(options);
  const now = Math.floor(options.clock().getTime() / 1000);
  const days = Math.min(...programmes.map((each) => each.offline.kitDays), 60);
  const { rows } = await sql<{ voucher_id: string }>`
    select voucher_id from voucher where expires_on >= ${today(options)}::date
      and state in ('redeemed', 'validated', 'paid', 'void', 'lost-replaced', 'disputed', 'fraud-hold')
    union select voucher_id from voucher_abroad where state in ('waiting', 'accepted')
    order by voucher_id`.execute(db);
  const kit: RedemptionKit = {
    device: input.deviceId,
    provider: input.provider,
    issuedAt: now,
    expiresAt: now + days * 86_400,
    keys: options.vouchers.issuerKeys(),
    programmes,
    refused: rows.map((row) => row.voucher_id),
    counter: device.value.counter,
    previous: device.value.previous,
  };
  await db
    .updateTable('voucher_device')
    .set({ kit_issued_at: now, kit_counter: device.value.counter })
    .where('device_id', '=', input.deviceId)
    .execute();
  return ok({ kit: await signJws(kit, KIT_TYP, options.vouchers.key()) });
}

export interface Synced {
  readonly results: readonly (Taken & { readonly counter: number })[];
  /** The last number the node has. */
  readonly counter: number;
  /** Why the rest was not looked at. */
  readonly stopped?: string;
  /** The device was revoked: what it took while in its facility's hands waits for a person, the rest is refused. */
  readonly revoked?: true;
}

export interface SyncInput {
  readonly deviceId: string;
  readonly statements: readonly string[];
  readonly provider: Provider;
  readonly actor: string;
}

/**
 * Takes in what a device did without a network, in the order of its numbers. Each redemption has an outcome of its own;
 * only a break in the numbers or the chain stops the rest, since then something was left out or done twice.
 */
export async function syncDevice(
  tx: Transaction,
  options: CoverOptions,
  input: SyncInput,
): Promise<Result<Synced, VouchersRefusalCode>> {
  const db = coverOf(tx);
  const found = await deviceOf(db, input.deviceId, input.provider.facility);
  if (!found.ok) {
    return found;
  }
  const device = found.value;
  let at = { counter: device.counter, previous: device.previous, lastAt: Number(device.last_at) };
  const results: (Taken & { counter: number })[] = [];
  let stopped: VouchersRefusalCode | undefined;
  for (const text of input.statements) {
    const verified = await verifyStatement(text, device.public_jwk as PublicJwk);
    if (!verified.ok) {
      stopped = 'vouchers.chain-broken';
      break;
    }
    const statement = verified.value;
    const standing = await standingOfStatement(db, device, at, statement, text);
    if (standing === 'known') {
      results.push({ ...(await knownOutcome(db, statement)), counter: statement.counter });
      continue;
    }
    if (standing !== 'next') {
      stopped = standing;
      break;
    }
    const taken = await takeStatement(tx, options, { device, lastAt: at.lastAt, statement, text }, input);
    results.push({ ...taken, counter: statement.counter });
    at = {
      counter: statement.counter,
      previous: await statementDigest(text),
      lastAt: Math.max(at.lastAt, statement.at),
    };
  }
  await db
    .updateTable('voucher_device')
    .set({
      counter: at.counter,
      previous: at.previous,
      last_at: at.lastAt,
      last_sync: options.clock(),
      ...(stopped && stopped !== 'vouchers.counter-gap' && { held_because: stopped }),
    })
    .where('device_id', '=', device.device_id)
    .execute();
  return ok({ results, counter: at.counter, ...(stopped && { stopped }), ...(device.revoked && { revoked: true }) });
}

type StatementStanding = 'next' | 'known' | VouchersRefusalCode;

async function standingOfStatement(
  db: CoverDatabase,
  device: DeviceRow,
  at: { readonly counter: number; readonly previous: string },
  statement: RedemptionStatement,
  text: string,
): Promise<StatementStanding> {
  if (statement.device !== device.device_id) {
    return 'vouchers.chain-broken';
  }
  if (statement.counter <= at.counter) {
    const kept =
      (await redemptionById(db, statement.id))?.statement ?? (await foreignById(db, statement.id))?.statement;
    return kept === text ? 'known' : 'vouchers.counter-reused';
  }
  if (statement.counter > at.counter + 1) {
    return 'vouchers.counter-gap';
  }
  const first = at.previous === FIRST_STATEMENT;
  return statement.previous === (first ? FIRST_STATEMENT : at.previous) ? 'next' : 'vouchers.chain-broken';
}

async function knownOutcome(db: CoverDatabase, statement: RedemptionStatement): Promise<Taken> {
  const own = await redemptionById(db, statement.id);
  const foreign = own ? undefined : await foreignById(db, statement.id);
  const read = readVoucher(statement.voucher);
  const refusal = own?.refusal ?? foreign?.refusal;
  return {
    redemptionId: statement.id,
    outcome: own?.outcome ?? foreign?.outcome ?? 'refused',
    voucherId: read?.voucherId ?? '',
    service: read?.service ?? '',
    number: read?.number ?? 0,
    ...(refusal && { refused: refusal }),
  };
}

interface Told {
  readonly device: DeviceRow;
  readonly lastAt: number;
  readonly statement: RedemptionStatement;
  readonly text: string;
}

async function takeStatement(tx: Transaction, options: CoverOptions, told: Told, input: SyncInput): Promise<Taken> {
  const { device, statement, text } = told;
  const db = coverOf(tx);
  const read = readVoucher(statement.voucher);
  const taking: Taking = {
    redemptionId: statement.id,
    voucher: { voucherId: read?.voucherId ?? '' },
    bookletCode: normaliseCode(statement.code),
    provider: input.provider,
    at: statement.at,
    on: statement.on,
    deliveredOn: statement.deliveredOn,
    place: statement.place,
    actor: input.actor,
    offline: {
      ...{ deviceId: device.device_id, counter: statement.counter, statement: text },
      ...(device.revoked && { revoked: true as const }),
    },
  };
  const programme =
    read && programmesFor(options).find((each) => each.country === read.country && shortId(each) === read.programme);
  const refusal = programme ? await outOfBounds(db, options, told, programme) : 'vouchers.unknown-programme';
  const taken: Result<Taken> =
    refusal !== undefined
      ? { ok: false, code: refusal }
      : programme!.country === options.country
        ? await takeVoucher(tx, options, taking)
        : await takeForeign(tx, options, programme!, statement.voucher, taking);
  if (taken.ok) {
    return taken.value;
  }
  const own = programme ?? programmesFor(options)[0];
  if (own) {
    await keepRefused(db, options, {
      programme: own,
      voucherId: read?.voucherId ?? '',
      taking,
      refusal: taken.code,
    });
  }
  return {
    redemptionId: statement.id,
    outcome: 'refused',
    voucherId: read?.voucherId ?? '',
    service: read?.service ?? '',
    number: read?.number ?? 0,
    refused: taken.code,
  };
}

/** What the device itself should have refused: a forged voucher, an impossible time, more than it may. */
async function outOfBounds(
  db: CoverDatabase,
  options: CoverOptions,
  { device, lastAt, statement }: Told,
  programme: VoucherProgramme,
): Promise<string | undefined> {
  const kitIssuedAt = Number(device.kit_issued_at);
  const now = Math.floor(options.clock().getTime() / 1000);
  const takenOn = localDayOf(new Date(statement.at * 1000), options.country);
  if (device.in_hand_until && standingOfRevoked(takenOn, device.in_hand_until) === 'refused') {
    return 'vouchers.device-revoked';
  }
  if (!timeIsPossible(statement.at, { kitIssuedAt, lastAt }, now)) {
    return 'vouchers.clock';
  }
  if (statement.at >= kitIssuedAt + programme.offline.kitDays * 86_400) {
    return 'vouchers.kit-expired';
  }
  if (statement.counter - device.kit_counter > programme.offline.betweenSyncs) {
    return 'vouchers.cap-sync';
  }
  const day = Math.floor(statement.at / 86_400) * 86_400;
  const { count } = await db
    .selectFrom('voucher_redemption')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('device_id', '=', device.device_id)
    .where('outcome', '!=', 'refused')
    .where('taken_at', '>=', String(day))
    .where('taken_at', '<', String(day + 86_400))
    .executeTakeFirstOrThrow();
  if (Number(count) >= programme.offline.perDeviceDay) {
    return 'vouchers.cap-day';
  }
  const verified = await verifyVoucher(statement.voucher, options.vouchers.keyOf, statement.at);
  return verified.ok ? undefined : verified.code;
}
