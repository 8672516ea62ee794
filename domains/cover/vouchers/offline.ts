import { type Money, parseMoney } from '@serai/kernel/base/money.ts';
import { type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import type { VoucherTrustRefusalCode } from '@serai/kernel/trust/voucher.refusals.ts';
import { isPaired, type ReadVoucher, verifyVoucher } from '@serai/kernel/trust/voucher.ts';
import { shortId, type VoucherProgramme } from './programme.ts';
import { mayGive, type Provider } from './voucher.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';

/**
 * Redeeming without a network: what a device decides with the kit it fetched, and what the node decides when it hears.
 *
 * A device cannot know what another has taken meanwhile, so one voucher may be taken once on each device. That is not
 * prevented; it is found at the next sync, paid once, and bounded beforehand: see {@link lossBound}.
 */

export const KIT_TYP = 'serai-voucher-kit+jwt';

/** What a device holds to redeem without a network, signed by its node. */
export interface RedemptionKit {
  readonly device: string;
  readonly provider: Provider;
  /** Epoch seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Public keys of the issuers whose vouchers may be taken, from the trust list. */
  readonly keys: readonly { readonly country: string; readonly kid: string; readonly jwk: PublicJwk }[];
  readonly programmes: readonly VoucherProgramme[];
  /** Vouchers not to be taken: void, replaced, held, redeemed already. */
  readonly refused: readonly string[];
  /** The last number and statement the node has of this device. */
  readonly counter: number;
  readonly previous: string;
}

/** What a device has taken since its kit. */
export interface TakenOffline {
  readonly voucherId: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly synced: boolean;
}

export type OfflineRefusalCode = VouchersRefusalCode | VoucherTrustRefusalCode;

export interface OfflineRequest {
  readonly text: string;
  readonly bookletCode: string;
  /** Epoch seconds by the device. */
  readonly now: number;
  /** First second of the device's day. */
  readonly dayStart: number;
}

/** Whether a device takes a voucher on its own. Its caps come first: what it may not take it need not read. */
export async function takeOffline(
  kit: RedemptionKit,
  taken: readonly TakenOffline[],
  request: OfflineRequest,
): Promise<Result<ReadVoucher, OfflineRefusalCode>> {
  if (request.now >= kit.expiresAt || request.now < kit.issuedAt - 300) {
    return refuse('vouchers.kit-expired');
  }
  const read = await verifyVoucher(
    request.text,
    ({ country, kidStart }) => kit.keys.find((key) => key.country === country && key.kid.startsWith(kidStart))?.jwk,
    request.now,
  );
  if (!read.ok) {
    return read;
  }
  const voucher = read.value;
  const programme = kit.programmes.find(
    (each) => each.country === voucher.country && shortId(each) === voucher.programme,
  );
  if (!programme) {
    return refuse('vouchers.unknown-programme');
  }
  const capped = capReached(programme, taken, request);
  if (capped) {
    return capped;
  }
  if (kit.refused.includes(voucher.voucherId)) {
    return refuse('vouchers.void');
  }
  if (taken.some((each) => each.voucherId === voucher.voucherId)) {
    return refuse('vouchers.used-on-device');
  }
  if (!(await isPaired(voucher, request.bookletCode))) {
    return refuse('vouchers.wrong-booklet');
  }
  return mayGive(programme, voucher.service, kit.provider) ? read : refuse('vouchers.wrong-facility');
}

function capReached(
  programme: VoucherProgramme,
  taken: readonly TakenOffline[],
  request: OfflineRequest,
): Refusal<OfflineRefusalCode> | undefined {
  const waiting = taken.filter((each) => !each.synced);
  if (waiting.length >= programme.offline.betweenSyncs) {
    return refuse('vouchers.cap-sync', { most: programme.offline.betweenSyncs });
  }
  const today = waiting.filter((each) => each.at >= request.dayStart);
  return today.length >= programme.offline.perDeviceDay
    ? refuse('vouchers.cap-day', { most: programme.offline.perDeviceDay })
    : undefined;
}

/** One taking of a voucher, as the node weighs it against another of the same voucher. */
export interface Taking {
  readonly redemptionId: string;
  /** Epoch seconds: by the node's clock online, by the device's offline. */
  readonly at: number;
  /** The device's number; 0 online. */
  readonly counter: number;
}

/**
 * Which of two takings of one voucher came first: the earlier in time; at the same second the lower number of its
 * device; where that is equal too, the lesser id, so that every node and every order of hearing agrees.
 */
export function cameFirst(a: Taking, b: Taking): boolean {
  if (a.at !== b.at) {
    return a.at < b.at;
  }
  if (a.counter !== b.counter) {
    return a.counter < b.counter;
  }
  return a.redemptionId < b.redemptionId;
}

/** How far a device's clock may be wrong, in seconds. */
export const DEVICE_CLOCK_SKEW_SECONDS = 300;

/**
 * Whether a time a device tells can be: not before its kit, not before what it told last, not after now. This is what
 * keeps a device from coming first by setting its clock back.
 */
export function timeIsPossible(
  at: number,
  device: { readonly kitIssuedAt: number; readonly lastAt: number },
  now: number,
): boolean {
  return (
    at >= device.kitIssuedAt - DEVICE_CLOCK_SKEW_SECONDS && at >= device.lastAt && at <= now + DEVICE_CLOCK_SKEW_SECONDS
  );
}

/** What is done with what a revoked device says it took on a day. */
export type RevokedStanding = 'held' | 'refused';

/**
 * What a revoked device sends is refused where it was taken after the last day the device was surely in its facility's
 * hands; until then it is put before a person, since whoever found the device may have set its clock back.
 * @param takenOn day of the taking by the device's clock.
 */
export function standingOfRevoked(takenOn: string, inHandUntil: string): RevokedStanding {
  return takenOn > inHandUntil ? 'refused' : 'held';
}

/** The most a device can hold that its node has not heard of. */
export function mayHold(
  offline: VoucherProgramme['offline'],
  device: { readonly kitIssuedAt: number; readonly takenSinceKit: number },
  /** Epoch seconds. */
  now: number,
): number {
  if (device.kitIssuedAt === 0) {
    return 0;
  }
  const day = (at: number) => Math.floor(at / 86_400);
  const last = Math.min(now, device.kitIssuedAt + offline.kitDays * 86_400);
  const days = day(last) - day(device.kitIssuedAt) + 1;
  return Math.max(0, Math.min(offline.betweenSyncs, offline.perDeviceDay * days) - device.takenSinceKit);
}

export interface LossBound {
  /** Most vouchers one device can take between two syncs. */
  readonly perDevice: number;
  /** Most services that can have been given without a voucher of their own. */
  readonly services: number;
  /** The same in money at the dearest tariff: what providers can have given for nothing; the fund pays each voucher once. */
  readonly worth: Money;
}

/**
 * The most that copied vouchers can take before every device has synced. One device takes a voucher once, so `k`
 * vouchers copied to `d` devices are taken at most `k·d` times, of which `k` are good: `k·(d−1)` are not. `k` is at most
 * what a device may take, and at most the vouchers outstanding.
 */
export function lossBound(
  programme: VoucherProgramme,
  counts: { readonly devices: number; readonly outstanding: number },
): LossBound {
  const { perDeviceDay, betweenSyncs, kitDays } = programme.offline;
  // A kit's days may touch one calendar day more than they are long.
  const perDevice = Math.min(betweenSyncs, perDeviceDay * (kitDays + 1));
  const services = Math.max(0, counts.devices - 1) * Math.min(perDevice, counts.outstanding);
  return {
    ...{ perDevice, services },
    worth: { minor: dearestTariff(programme) * BigInt(services), currency: programme.currency },
  };
}

/** The most a voucher of a programme is worth, in minor units of its currency. */
export function dearestTariff(programme: VoucherProgramme): bigint {
  return programme.services
    .flatMap((each) => [each.tariff, each.firstTariff ?? each.tariff])
    .map((each) => parseMoney(each, programme.currency)!.minor)
    .reduce((most, each) => (each > most ? each : most), 0n);
}
