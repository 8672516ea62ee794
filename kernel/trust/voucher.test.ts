import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { toBase64Url } from './encoding.ts';
import { generateSigningKey, type SigningKey, signBytes } from './jws.ts';
import { createKeySet, type NodeKey, signingKey } from './keys.ts';
import { qrVersion } from './qr-size.ts';
import {
  isPaired,
  issueVoucher,
  pairingOf,
  readVoucher,
  type VoucherContent,
  type VoucherKeyOf,
  verifyVoucher,
} from './voucher.ts';
import {
  type DeviceSigner,
  FIRST_STATEMENT,
  type RedemptionStatement,
  signStatement,
  verifyStatement,
} from './voucher-statement.ts';

const now = 1_800_000_000;
let key: NodeKey;
let content: VoucherContent;
let text: string;
const keyOf: VoucherKeyOf = ({ country, kidStart }) =>
  country === 'MM' && key.kid.startsWith(kidStart) ? key.publicJwk : undefined;
const random = createPrng(48);

beforeAll(async () => {
  const keys = await createKeySet({ country: 'MM', node: 'https://mm.example', classes: ['care'], now });
  key = signingKey(keys, 'card', now);
  const voucherId = toBase64Url(Uint8Array.from({ length: 10 }, () => random.below(256)));
  content = {
    voucherId,
    programme: 'kadon-kani',
    service: 'anc',
    number: 2,
    pairing: await pairingOf(voucherId, 'K7QM2XPA'),
    issuedAt: now,
    expiresAt: now + 300 * 86_400,
  };
  text = await issueVoucher(content, 'MM', key);
});

describe('a printed voucher', () => {
  it('says what was put in, and fits a small code', async () => {
    const read = await verifyVoucher(text, keyOf, now + 86_400);
    expect(read).toMatchObject({ ok: true, value: { ...content, country: 'MM' } });
    expect(qrVersion(text, 'M')).toBeLessThanOrEqual(10);
  });

  it('is read with what a scanner adds', () => {
    expect(readVoucher(` ${text}\r\n`)?.voucherId).toBe(content.voucherId);
    expect(readVoucher(`${text}  `)?.voucherId).toBe(content.voucherId);
  });

  it.each([
    ['nothing', '', 'voucher.unreadable'],
    ['a card', 'SR1:ABC', 'voucher.unreadable'],
    ['a long text', `SV1:${'A'.repeat(900)}`, 'voucher.unreadable'],
  ])('%s is none', async (_, given, code) => {
    expect(await verifyVoucher(given, keyOf, now)).toMatchObject({ ok: false, code });
  });

  it('is refused by date, and from an unknown issuer', async () => {
    expect(await verifyVoucher(text, keyOf, content.expiresAt)).toMatchObject({ code: 'voucher.past-its-date' });
    expect(await verifyVoucher(text, keyOf, content.expiresAt - 1)).toMatchObject({ ok: true });
    expect(await verifyVoucher(text, keyOf, now - 86_400)).toMatchObject({ code: 'voucher.not-yet-valid' });
    expect(await verifyVoucher(text, () => undefined, now)).toMatchObject({ code: 'voucher.wrong-issuer' });
    const other = await generateSigningKey();
    expect(await verifyVoucher(text, () => other.publicJwk, now)).toMatchObject({ code: 'voucher.tampered' });
  });

  it('no character of it can be changed', async () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(alphabet.length - 1), async (at, to) => {
        const changed = text.slice(0, at) + alphabet[to] + text.slice(at + 1);
        fc.pre(changed !== text && changed.trim() !== text);
        expect((await verifyVoucher(changed, keyOf, now)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('belongs to one booklet code', async () => {
    expect(await isPaired(content, 'K7QM2XPA')).toBe(true);
    expect(await isPaired(content, 'K7QM2XPB')).toBe(false);
    expect(text).not.toContain('K7QM2XPA');
  });
});

describe("a device's statement", () => {
  let device: SigningKey;
  let signer: DeviceSigner;
  let statement: RedemptionStatement;
  beforeAll(async () => {
    device = await generateSigningKey();
    signer = { kid: device.kid, sign: (bytes) => signBytes(bytes, device.privateJwk) };
    statement = {
      id: '6f3c1a52-9d5b-4d3e-8f0a-0c9a6c1f7b10',
      device: 'device-1',
      counter: 1,
      previous: FIRST_STATEMENT,
      at: now,
      on: '2027-01-15',
      voucher: text,
      code: 'K7QM2XPA',
    };
  });

  it('is believed with the key it was made with, and no other', async () => {
    const signed = await signStatement(statement, signer);
    expect(await verifyStatement(signed, device.publicJwk)).toEqual({ ok: true, value: statement });
    const other = await generateSigningKey();
    expect(await verifyStatement(signed, other.publicJwk)).toMatchObject({ code: 'voucher.statement-forged' });
    expect(await verifyStatement('x.y.z', device.publicJwk)).toMatchObject({ code: 'voucher.statement-unreadable' });
  });

  it('says nothing more than it may', async () => {
    const more = await signStatement({ ...statement, amount: '5' } as RedemptionStatement, signer);
    expect(await verifyStatement(more, device.publicJwk)).toMatchObject({ code: 'voucher.statement-unreadable' });
  });
});
