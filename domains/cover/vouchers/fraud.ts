import type { VoucherProgramme } from './programme.ts';

/**
 * What is odd enough to look at before it is paid. None of it proves anything, so nothing is refused: the voucher is
 * held, with the reasons, for a person to release or reject (DOMAIN G).
 */
export const fraudReasons = [
  'burst',
  'many-villages',
  'booklet-emptied',
  'many-providers',
  'device-gap',
  'not-confirmed',
  'device-revoked',
] as const;
export type FraudReason = (typeof fraudReasons)[number];

/** What is known around a redemption, counted with it. */
export interface Surroundings {
  /** Redemptions of this provider within the programme's minutes before this one, this one included. */
  readonly burst: number;
  /** Villages of the holders this device (or desk) redeemed for on this day. */
  readonly villages: number;
  /** Vouchers of this booklet redeemed on this day with this provider. */
  readonly bookletDay: number;
  /** Providers this booklet has been with. */
  readonly providers: number;
}

/** The reasons to hold a redemption; empty for almost all. */
export function suspicions(around: Surroundings, { fraud }: VoucherProgramme): FraudReason[] {
  const reasons: FraudReason[] = [];
  if (around.burst > fraud.burst.redemptions) {
    reasons.push('burst');
  }
  if (around.villages > fraud.villagesPerDeviceDay) {
    reasons.push('many-villages');
  }
  if (around.bookletDay > fraud.perBookletDay) {
    reasons.push('booklet-emptied');
  }
  if (around.providers > fraud.providersPerBooklet) {
    reasons.push('many-providers');
  }
  return reasons;
}

/**
 * Whether a redemption is drawn for a telephone call, by two bytes of the node's own chance: whoever redeems cannot
 * know which will be.
 */
export function isSampled(chance: Uint8Array, samplePercent: number): boolean {
  return ((chance[0]! << 8) | chance[1]!) < Math.round((samplePercent / 100) * 65_536);
}
