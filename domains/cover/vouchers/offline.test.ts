import { readFileSync } from 'node:fs';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { toBase64Url } from '@serai/kernel/trust/encoding.ts';
import { generateSigningKey, signJws } from '@serai/kernel/trust/jws.ts';
import { createKeySet, type NodeKey, signingKey } from '@serai/kernel/trust/keys.ts';
import { issueVoucher, pairingOf } from '@serai/kernel/trust/voucher.ts';
import { verifyStatement } from '@serai/kernel/trust/voucher-statement.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { afterSync, type DeviceState, newDeviceKey, readKit, takeOnDevice } from './device.ts';
import { isSampled, suspicions } from './fraud.ts';
import { cameFirst, KIT_TYP, lossBound, type RedemptionKit, timeIsPossible } from './offline.ts';
import { parseProgrammes } from './programme.ts';

const file = new URL('../../../countries/mm/vouchers/kadon-kani.json', import.meta.url);
const programme = parseProgrammes([{ name: 'kadon-kani', json: JSON.parse(readFileSync(file, 'utf8')) }])[0]!;
const now = 1_800_000_000;
const code = 'K7QM2XPA';
const random = createPrng(4);

let key: NodeKey;
let kit: RedemptionKit;
let device: Awaited<ReturnType<typeof newDeviceKey>>;
let state: DeviceState;

async function voucher(changes: { service?: string; expiresAt?: number; country?: string } = {}) {
  const voucherId = toBase64Url(Uint8Array.from({ length: 10 }, () => random.below(256)));
  const content = {
    voucherId,
    programme: 'kadon-kani',
    service: changes.service ?? 'anc',
    number: 1,
    pairing: await pairingOf(voucherId, code),
    issuedAt: now - 86_400,
    expiresAt: changes.expiresAt ?? now + 86_400,
  };
  return { voucherId, text: await issueVoucher(content, changes.country ?? 'MM', key) };
}

const taking = (text: string, more: object = {}) => ({
  ...{ text, bookletCode: 'k7qm-2xpa', redemptionId: crypto.randomUUID(), on: '2027-01-15', now },
  ...more,
});

beforeAll(async () => {
  const keys = await createKeySet({ country: 'MM', node: 'https://mm.example', classes: ['care'], now: now - 9e5 });
  key = signingKey(keys, 'card', now);
  device = await newDeviceKey();
  kit = {
    device: 'device-1',
    provider: { country: 'MM', facility: 'myawaddy-clinic', level: 'clinic' },
    issuedAt: now - 3600,
    expiresAt: now + 6 * 86_400,
    keys: [{ country: 'MM', kid: key.kid, jwk: key.publicJwk }],
    programmes: [programme],
    refused: [],
    counter: 0,
    previous: '-',
  };
  const { privateKey, kid } = device;
  state = { deviceId: 'device-1', kid, privateKey, kit, counter: 0, previous: '-', taken: [], waiting: [] };
});

describe('a device without a network', () => {
  it('takes a voucher once, signs it, and keeps it until the node has heard', async () => {
    const { text } = await voucher();
    const first = await takeOnDevice(state, taking(text));
    expect(first.ok).toBe(true);
    const after = first.ok ? first.value.state : state;
    expect(await takeOnDevice(after, taking(text))).toMatchObject({ code: 'vouchers.used-on-device' });
    const said = await verifyStatement(after.waiting[0]!.statement, device.publicJwk);
    expect(said).toMatchObject({ ok: true, value: { counter: 1, previous: '-', code, voucher: text } });
    const second = await takeOnDevice(after, taking((await voucher()).text));
    const both = second.ok ? second.value.state : after;
    expect(both.waiting).toHaveLength(2);
    const half = afterSync(both, 1);
    expect(half.waiting.map((each) => each.redemptionId)).toEqual([both.waiting[1]!.redemptionId]);
    expect(half.taken.map((each) => each.synced)).toEqual([true, false]);
    expect(afterSync(both, 2).waiting).toEqual([]);
    expect(await takeOnDevice(afterSync(both, 2), taking(text))).toMatchObject({ code: 'vouchers.used-on-device' });
  });

  it.each<[string, () => Promise<string>, object, () => Partial<RedemptionKit>, string]>([
    ['a short code', async () => 'ABCDE-FGHJK', {}, () => ({}), 'vouchers.needs-network'],
    ['no voucher', async () => 'SV1:ABC', {}, () => ({}), 'voucher.unreadable'],
    ['a kit too old', async () => (await voucher()).text, {}, () => ({ expiresAt: now }), 'vouchers.kit-expired'],
    ['another issuer', async () => (await voucher({ country: 'LA' })).text, {}, () => ({}), 'voucher.wrong-issuer'],
    ['expired', async () => (await voucher({ expiresAt: now })).text, {}, () => ({}), 'voucher.past-its-date'],
    [
      'another booklet',
      async () => (await voucher()).text,
      { bookletCode: '00000000' },
      () => ({}),
      'vouchers.wrong-booklet',
    ],
    [
      'no such programme',
      async () => (await voucher()).text,
      {},
      () => ({ programmes: [] }),
      'vouchers.unknown-programme',
    ],
    [
      'a facility of another level',
      async () => (await voucher({ service: 'delivery' })).text,
      {},
      () => ({ provider: { ...kit.provider, level: 'post' } }),
      'vouchers.wrong-facility',
    ],
  ])('%s is refused', async (_, text, more, changes, refusal) => {
    const answer = await takeOnDevice({ ...state, kit: { ...kit, ...changes() } }, taking(await text(), more));
    expect(answer).toMatchObject({ ok: false, code: refusal });
  });

  it('keeps to its list and its caps', async () => {
    const { text, voucherId } = await voucher();
    expect(await takeOnDevice({ ...state, kit: { ...kit, refused: [voucherId] } }, taking(text))).toMatchObject({
      code: 'vouchers.void',
    });
    const before = (count: number, at: number) =>
      Array.from({ length: count }, (_, i) => ({ voucherId: `other-${i}`, at, synced: false }));
    const day = await takeOnDevice({ ...state, taken: before(12, now - 10) }, taking(text));
    expect(day).toMatchObject({ code: 'vouchers.cap-day' });
    expect((await takeOnDevice({ ...state, taken: before(12, now - 90_000) }, taking(text))).ok).toBe(true);
    const synced = await takeOnDevice({ ...state, taken: before(40, now - 90_000) }, taking(text));
    expect(synced).toMatchObject({ code: 'vouchers.cap-sync' });
  });

  it('believes a kit of its node, and later only keys it had before', async () => {
    const text = await signJws(kit, KIT_TYP, key);
    expect(await readKit(text)).toEqual(kit);
    const stranger = await generateSigningKey();
    const foreign = { ...kit, keys: [...kit.keys, { country: 'MM', kid: stranger.kid, jwk: stranger.publicJwk }] };
    const other = await signJws(foreign, KIT_TYP, stranger);
    expect(await readKit(other, kit)).toBe(undefined);
    expect(await readKit(await signJws(kit, 'something-else', key))).toBe(undefined);
  });
});

it('of two takings exactly one came first', () => {
  const taken = fc.record({ redemptionId: fc.uuid(), at: fc.nat(5), counter: fc.nat(3) });
  fc.assert(
    fc.property(taken, taken, (a, b) => {
      fc.pre(a.redemptionId !== b.redemptionId);
      expect(cameFirst(a, b)).toBe(!cameFirst(b, a));
    }),
  );
});

it('a device cannot set its clock back before its kit or its last word, nor ahead', () => {
  const known = { kitIssuedAt: now - 1000, lastAt: now - 500 };
  expect(
    [now - 1301, now - 501, now - 500, now, now + 300, now + 301].map((at) => timeIsPossible(at, known, now)),
  ).toEqual([...[false, false, true, true, true, false]]);
});

it('no way of copying vouchers to devices takes more than the bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer(),
      (devices, outstanding, seed) => {
        const bound = lossBound(programme, { devices, outstanding });
        const draw = createPrng(seed);
        // Each device takes any vouchers it likes, each once, up to its cap.
        const takings = Array.from({ length: devices }, () => {
          const some = Array.from({ length: outstanding }, (_, i) => i).filter(() => draw.uniform() < 0.9);
          return some.slice(0, bound.perDevice);
        }).flat();
        const good = new Set(takings).size;
        expect(takings.length - good).toBeLessThanOrEqual(bound.services);
      },
    ),
  );
  // And the bound is reached: every device takes the same vouchers.
  expect(lossBound(programme, { devices: 3, outstanding: 1000 })).toEqual({
    perDevice: 40,
    services: 80,
    worth: { minor: 80n * 2_500_000n, currency: 'MMK' },
  });
  expect(lossBound(programme, { devices: 1, outstanding: 1000 }).services).toBe(0);
});

it('suspicions begin one above what is allowed', () => {
  const most = { burst: 10, villages: 6, bookletDay: 3, providers: 4 };
  expect(suspicions(most, programme)).toEqual([]);
  const above = { burst: 11, villages: 7, bookletDay: 4, providers: 5 };
  expect(suspicions(above, programme)).toEqual(['burst', 'many-villages', 'booklet-emptied', 'many-providers']);
});

it('five in a hundred are drawn for a call', () => {
  let drawn = 0;
  for (let i = 0; i < 65_536; i++) {
    drawn += isSampled(Uint8Array.of(i >> 8, i & 255), 5) ? 1 : 0;
  }
  expect(drawn).toBe(Math.round(0.05 * 65_536));
});
