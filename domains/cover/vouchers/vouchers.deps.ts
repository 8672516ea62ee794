import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import type { NodeKey } from '@serai/kernel/trust/keys.ts';
import type { VoucherKeyOf } from '@serai/kernel/trust/voucher.ts';
import type { VoucherProgramme } from './programme.ts';

/** A key whose vouchers may be taken here. */
export interface IssuerKey {
  readonly country: string;
  readonly kid: string;
  readonly jwk: PublicJwk;
}

/** What the voucher desk is given by its node, besides what all of cover is given. */
export interface VoucherParts {
  /** Every country's programmes: those of others say where their vouchers may be taken. */
  readonly programmes: readonly VoucherProgramme[];
  /** The key that signs vouchers and kits now. */
  readonly key: () => NodeKey;
  /** The issuer's key of a voucher, by the trust list. */
  readonly keyOf: VoucherKeyOf;
  /** Keys of every issuer whose vouchers may be taken here, for a device's kit. */
  readonly issuerKeys: () => readonly IssuerKey[];
}
