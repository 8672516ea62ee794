import { z } from 'zod';
import { ok, type Result, refuse } from '../base/refusal.ts';
import { digestText, toBase64Url, utf8 } from './encoding.ts';
import { type PublicJwk, readJws, verifyJws } from './jws.ts';
import type { VoucherTrustRefusalCode } from './voucher.refusals.ts';

/**
 * What a provider's device says of a redemption it made, with or without a line: a JWS by the device's own key, numbered
 * by the device's own counter and chained to the one before, so that none can be left out, put in another order or
 * given a number twice without its being seen.
 */

export const STATEMENT_TYP = 'serai-voucher-redemption+jwt';
/** What the first statement of a device stands on. */
export const FIRST_STATEMENT = '-';

export const statementShape = z.strictObject({
  /** Minted by the device when the voucher was taken, before there is a network. */
  id: z.uuid(),
  device: z.string().min(1).max(64),
  /** 1, 2, 3, … without a gap. */
  counter: z.int().min(1).max(1_000_000_000),
  /** SHA-256 of the statement before, Base64url; `-` before the first. */
  previous: z.string().regex(/^(-|[A-Za-z0-9_-]{43})$/),
  /** Epoch seconds by the device's clock. */
  at: z.int().min(0),
  /** Day of the service. */
  on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** The voucher as it was scanned. */
  voucher: z.string().min(10).max(800),
  /** The code on the booklet's cover. */
  code: z.string().min(4).max(20),
  /** Where a birth has taken place: its day, for care after it. */
  deliveredOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  place: z.enum(['facility', 'home', 'outreach']).optional(),
});
export type RedemptionStatement = z.infer<typeof statementShape>;

/** A key that signs where it lies: a browser's key never leaves it. */
export interface DeviceSigner {
  readonly kid: string;
  readonly sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

export async function signStatement(statement: RedemptionStatement, signer: DeviceSigner): Promise<string> {
  const segment = (value: object) => toBase64Url(utf8(JSON.stringify(value)));
  const signed = `${segment({ alg: 'ES256', typ: STATEMENT_TYP, kid: signer.kid })}.${segment(statement)}`;
  return `${signed}.${toBase64Url(await signer.sign(utf8(signed)))}`;
}

/** What the next statement of the same device stands on. */
export function statementDigest(text: string): Promise<string> {
  return digestText(text);
}

/** @returns what a statement says, once it is known to be the device's. Precedence: unreadable, forged. */
export async function verifyStatement(
  text: string,
  deviceKey: PublicJwk,
): Promise<Result<RedemptionStatement, VoucherTrustRefusalCode>> {
  const jws = readJws(text);
  if (!jws || jws.header.typ !== STATEMENT_TYP) {
    return refuse('voucher.statement-unreadable');
  }
  if (!(await verifyJws(text, deviceKey))) {
    return refuse('voucher.statement-forged');
  }
  const parsed = statementShape.safeParse(jws.payload);
  return parsed.success ? ok(parsed.data) : refuse('voucher.statement-unreadable');
}
