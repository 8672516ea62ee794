import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type PublicJwk, publicPart, readJws, thumbprint, verifyJws } from '@serai/kernel/trust/jws.ts';
import {
  FIRST_STATEMENT,
  type RedemptionStatement,
  signStatement,
  statementDigest,
} from '@serai/kernel/trust/voucher-statement.ts';
import { normaliseCode } from './codes.ts';
import { KIT_TYP, type OfflineRefusalCode, type RedemptionKit, type TakenOffline, takeOffline } from './offline.ts';
import type { Place } from './vouchers.tables.ts';

/** A provider's device: what it keeps, and what it does with it. Where it is kept, `device-store.ts` says. */

export interface Waiting {
  readonly statement: string;
  readonly redemptionId: string;
  readonly service: string;
  readonly number: number;
  readonly on: string;
}

export interface DeviceState {
  readonly deviceId: string;
  readonly kid: string;
  /** Stays where it was made: the browser does not hand it out. */
  readonly privateKey: CryptoKey;
  readonly kit: RedemptionKit;
  readonly counter: number;
  readonly previous: string;
  readonly taken: readonly TakenOffline[];
  /** Signed, and not yet sent. */
  readonly waiting: readonly Waiting[];
  /** The node takes nothing more of it: it was revoked, or is held since its numbers or its chain broke. */
  readonly ended?: 'revoked' | 'held';
}

/** A key pair for a new device. */
export async function newDeviceKey(): Promise<{ privateKey: CryptoKey; publicJwk: PublicJwk; kid: string }> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const publicJwk = publicPart((await crypto.subtle.exportKey('jwk', pair.publicKey)) as PublicJwk);
  return { privateKey: pair.privateKey, publicJwk, kid: await thumbprint(publicJwk) };
}

/**
 * Reads a kit. Its signature must be by a key it lists for the device's own country; once a device has a kit, the key of
 * the next must have been in the one before, so that nobody slips in another issuer later.
 */
export async function readKit(text: string, before?: RedemptionKit): Promise<RedemptionKit | undefined> {
  const jws = readJws(text);
  const kit = jws?.payload as unknown as RedemptionKit | undefined;
  const kid = jws?.header.kid;
  if (!jws || !kit || jws.header.typ !== KIT_TYP || typeof kid !== 'string' || !Array.isArray(kit.keys)) {
    return undefined;
  }
  const key = (before ?? kit).keys.find((each) => each.kid === kid && each.country === kit.provider.country);
  const fits = key && (await thumbprint(key.jwk)) === kid && (await verifyJws(text, key.jwk));
  return fits ? kit : undefined;
}

export interface DeviceTaking {
  readonly text: string;
  readonly bookletCode: string;
  readonly redemptionId: string;
  readonly on: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly deliveredOn?: string;
  readonly place?: Place;
}

/** Takes a voucher without a network, or refuses it; the state that comes back must be kept before anything is given. */
export async function takeOnDevice(
  state: DeviceState,
  taking: DeviceTaking,
): Promise<Result<{ state: DeviceState; waiting: Waiting }, OfflineRefusalCode>> {
  if (state.ended) {
    return refuse(state.ended === 'revoked' ? 'vouchers.device-revoked' : 'vouchers.chain-broken');
  }
  if (!taking.text.trimStart().startsWith('SV1:')) {
    return refuse('vouchers.needs-network');
  }
  const bookletCode = normaliseCode(taking.bookletCode);
  const dayStart = Math.floor(taking.now / 86_400) * 86_400;
  const request = { text: taking.text, bookletCode, now: taking.now, dayStart };
  const taken = await takeOffline(state.kit, state.taken, request);
  if (!taken.ok) {
    return taken;
  }
  const { voucherId, service, number } = taken.value;
  const statement: RedemptionStatement = {
    id: taking.redemptionId,
    device: state.deviceId,
    counter: state.counter + 1,
    previous: state.previous || FIRST_STATEMENT,
    at: taking.now,
    on: taking.on,
    voucher: taking.text.trim(),
    code: bookletCode,
    ...(taking.deliveredOn && { deliveredOn: taking.deliveredOn }),
    ...(taking.place && { place: taking.place }),
  };
  const signed = await signStatement(statement, {
    kid: state.kid,
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, state.privateKey, bytes)),
  });
  const waiting = { statement: signed, redemptionId: taking.redemptionId, service, number, on: taking.on };
  return ok({
    waiting,
    state: {
      ...state,
      counter: statement.counter,
      previous: await statementDigest(signed),
      taken: [...state.taken, { voucherId, at: taking.now, synced: false }],
      waiting: [...state.waiting, waiting],
    },
  });
}

/** What a device keeps once the node has heard of its redemptions up to a number. */
export function afterSync(state: DeviceState, heardUpTo: number): DeviceState {
  const left = Math.max(0, state.counter - heardUpTo);
  return {
    ...state,
    waiting: left === 0 ? [] : state.waiting.slice(-left),
    taken: state.taken.map((each, i) => (i < state.taken.length - left ? { ...each, synced: true } : each)),
  };
}
