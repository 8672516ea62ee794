import { beforeAll, describe, expect, test } from 'vitest';
import { generateSigningKey, type PublicJwk, signJws } from './jws.ts';
import {
  createKeySet,
  keyState,
  publicJwks,
  rotate,
  signedKeySet,
  signingKey,
  type VerifiedKeySet,
  verifyKeySet,
  withdrawKey,
} from './keys.ts';
import {
  createCorridor,
  flip,
  MM,
  NOW,
  published,
  type TestCorridor,
  TH,
  trustedNode,
  trustListOf,
} from './testing/corridor.ts';
import { resolveKey, signTrustList, verifyTrustList } from './trust-list.ts';

let corridor: TestCorridor;
beforeAll(async () => {
  corridor = await createCorridor();
});

const expectedOf = (keySet: TestCorridor['th'], now = NOW) => ({
  identityKey: keySet.identity.publicJwk,
  node: keySet.node,
  country: keySet.country,
  now,
});

describe('the published key set', () => {
  test('holds public members only, and the class each key speaks for', () => {
    const { keys } = publicJwks(corridor.th, NOW);
    expect(keys.map((key) => `${key.serai_use}/${key.serai_class}/${key.alg}`)).toEqual([
      'message/care/ES256',
      'message/public-health/ES256',
      'message/payer/ES256',
      'card/system/ES256',
      'log/system/Ed25519',
    ]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(new Set(keys.map((key) => key.kid)).size).toBe(5);
  });

  test('verifies under the identity key, and each reason to refuse is told apart', async () => {
    const text = await signedKeySet(corridor.th, NOW);
    const codeOf = async (changed: string, changes: object = {}) => {
      const result = await verifyKeySet(changed, { ...expectedOf(corridor.th), ...changes });
      return result.ok ? 'ok' : result.code;
    };
    const { identity } = corridor.th;
    const forged = { ...publicJwks(corridor.th, NOW).keys[0], kid: publicJwks(corridor.th, NOW).keys[1]?.kid };
    const malformed = { iss: TH, country: 'TH', iat: NOW, exp: NOW + 60 };
    expect(await codeOf(text)).toBe('ok');
    expect(await codeOf(`${text}\n`)).toBe('ok');
    expect(await codeOf('{}')).toBe('trust.unreadable');
    expect(await codeOf(text, { identityKey: corridor.mm.identity.publicJwk })).toBe('trust.wrong-signer');
    expect(await codeOf(flip(text, text.length - 20))).toBe('trust.tampered');
    expect(await codeOf(await signJws({ ...malformed, keys: 1 }, 'serai-keys+jwt', identity))).toBe('trust.malformed');
    expect(await codeOf(await signJws({ ...malformed, keys: [forged] }, 'serai-keys+jwt', identity))).toBe(
      'trust.malformed',
    );
    expect(await codeOf(text, { node: MM })).toBe('trust.wrong-node');
    expect(await codeOf(text, { country: 'MM' })).toBe('trust.wrong-node');
    expect(await codeOf(text, { now: NOW - 61 })).toBe('trust.not-yet-valid');
    expect(await codeOf(text, { now: NOW - 60 })).toBe('ok');
    expect(await codeOf(text, { now: NOW + 7 * 86_400 })).toBe('trust.expired');
    expect(await codeOf(text, { knownIssuedAt: NOW + 1 })).toBe('trust.rolled-back');
    expect(await codeOf(text, { knownIssuedAt: NOW })).toBe('ok');
  });

  test('cannot speak for enforcement', async () => {
    const key = { ...publicJwks(corridor.th, NOW).keys[0], serai_class: 'enforcement' };
    const text = await signJws(
      { iss: TH, country: 'TH', iat: NOW, exp: NOW + 60, keys: [key] },
      'serai-keys+jwt',
      corridor.th.identity,
    );
    expect(await verifyKeySet(text, expectedOf(corridor.th))).toMatchObject({ ok: false, code: 'trust.malformed' });
  });
});

describe('rotation', () => {
  test('the successor signs at once, the old key verifies for the overlap, then is gone', async () => {
    const before = await createKeySet({ country: 'TH', node: TH, classes: ['care'], now: NOW });
    const old = signingKey(before, 'message', NOW, 'care');
    const later = NOW + 1000;
    const after = await rotate(before, later, { uses: ['message'], overlapSeconds: 600 });
    const fresh = signingKey(after, 'message', later, 'care');
    const kept = after.keys.find((key) => key.kid === old.kid);
    expect(fresh.kid).not.toBe(old.kid);
    expect(signingKey(after, 'card', later).kid).toBe(signingKey(before, 'card', NOW).kid);
    expect(kept && [later - 1, later, later + 599, later + 600].map((now) => keyState(kept, now))).toEqual([
      'active',
      'verifying',
      'verifying',
      'retired',
    ]);
    expect(keyState(fresh, later - 1)).toBe('not-yet');
    expect(publicJwks(after, later).keys.map((key) => key.kid)).toContain(old.kid);
    expect(publicJwks(after, later + 600).keys.map((key) => key.kid)).not.toContain(old.kid);
    expect((await rotate(after, later + 601)).keys.map((key) => key.kid)).not.toContain(old.kid);
  });

  test('a withdrawn key is gone at once', () => {
    const { kid } = signingKey(corridor.mm, 'card', NOW);
    const after = withdrawKey(corridor.mm, kid, NOW + 5);
    expect(publicJwks(after, NOW + 5).keys.map((key) => key.kid)).not.toContain(kid);
    expect(() => signingKey(after, 'card', NOW + 5)).toThrow('active card key');
  });
});

describe('the trust list', () => {
  test('each reason to refuse is told apart', async () => {
    const { authority, th, mm } = corridor;
    const list = { issuer: 'urn:corridor:test', version: 3, nodes: [trustedNode(th), trustedNode(mm)] };
    const text = await signTrustList(list, authority, NOW, 3600);
    const other = await generateSigningKey();
    const codeOf = async (changed: string, changes: object = {}) => {
      const result = await verifyTrustList(changed, { authorityKey: authority.publicJwk, now: NOW, ...changes });
      return result.ok ? 'ok' : result.code;
    };
    expect(await codeOf(text)).toBe('ok');
    expect(await codeOf(await signedKeySet(th, NOW))).toBe('trust.unreadable');
    expect(await codeOf(text, { authorityKey: other.publicJwk })).toBe('trust.wrong-signer');
    expect(await codeOf(flip(text, 400))).toMatch(/trust\.(tampered|unreadable)/);
    expect(await codeOf(flip(text, text.length - 40))).toBe('trust.tampered');
    const bad = { ...list, nodes: [{ ...trustedNode(th), classes: ['enforcement'] }] };
    expect(await codeOf(await signTrustList(bad as any, authority, NOW))).toBe('trust.malformed');
    expect(await codeOf(text, { now: NOW - 61 })).toBe('trust.not-yet-valid');
    expect(await codeOf(text, { now: NOW + 3600 })).toBe('trust.expired');
    expect(await codeOf(text, { now: NOW + 3600, allowExpired: true })).toBe('ok');
    expect(await codeOf(text, { knownVersion: 4 })).toBe('trust.rolled-back');
    expect(await codeOf(text, { knownVersion: 3 })).toBe('ok');
  });

  test('country and class come from the key', async () => {
    const { trustList, keySets, th } = corridor;
    const { kid } = signingKey(th, 'message', NOW, 'public-health');
    const resolved = await resolveKey(trustList, keySets, { kid, now: NOW });
    expect(resolved).toMatchObject({ ok: true, value: { country: 'TH', class: 'public-health', use: 'message' } });
  });

  test('each reason not to use a key is told apart, in order', async () => {
    const { trustList, keySets, authority, th, mm } = corridor;
    const { kid } = signingKey(th, 'message', NOW, 'care');
    const payer = signingKey(th, 'message', NOW, 'payer').kid;
    const suspended = await trustListOf(authority, [trustedNode(th, { status: 'suspended' }), trustedNode(mm)]);
    const reissued = await trustListOf(authority, [trustedNode(th, { identityKey: mm.identity.publicJwk })]);
    // A node that publishes another's key as its own makes that key answer to two names.
    const stolen: VerifiedKeySet = {
      ...(keySets[1] as VerifiedKeySet),
      keys: (keySets[0] as VerifiedKeySet).keys.map((key) => ({ ...key, serai_class: 'system' as const })),
    };
    const withdrawn = await published(withdrawKey(th, kid, NOW + 9), NOW);
    const codeOf = async (...args: Parameters<typeof resolveKey>) => {
      const result = await resolveKey(...args);
      return result.ok ? result.value.class : result.code;
    };
    const wanted = { kid, now: NOW };
    expect(await codeOf(trustList, keySets, { ...wanted, node: 'https://x.example' })).toBe('trust.node-unknown');
    expect(await codeOf(suspended, keySets, { ...wanted, node: TH })).toBe('trust.node-suspended');
    expect(await codeOf(suspended, keySets, wanted)).toBe('trust.node-suspended');
    expect(await codeOf(trustList, keySets, { ...wanted, node: MM })).toBe('trust.key-unknown');
    expect(await codeOf(trustList, keySets, { ...wanted, use: 'card' })).toBe('trust.key-unknown');
    expect(await codeOf(reissued, keySets, wanted)).toBe('trust.key-unknown');
    expect(await codeOf(trustList, keySets, { ...wanted, kid: kid.slice(0, 7) })).toBe('trust.key-unknown');
    expect(await codeOf(trustList, [keySets[0] as VerifiedKeySet, stolen], wanted)).toBe('trust.key-ambiguous');
    expect(await codeOf(trustList, [keySets[0] as VerifiedKeySet, stolen], { ...wanted, node: TH })).toBe('care');
    expect(await codeOf(trustList, [withdrawn], { ...wanted, now: NOW + 9 })).toBe('trust.key-retired');
    expect(await codeOf(trustList, keySets, { ...wanted, now: NOW - 61 })).toBe('trust.key-retired');
    expect(await codeOf(trustList, keySets, { ...wanted, kid: payer })).toBe('trust.class-not-allowed');
  });

  test('a public key has no private part, whatever it came with', async () => {
    const key = await generateSigningKey();
    const text = await signTrustList(
      { issuer: 'a', version: 1, nodes: [trustedNode(corridor.th, { identityKey: key.privateJwk as PublicJwk })] },
      corridor.authority,
      NOW,
    );
    const verified = await verifyTrustList(text, { authorityKey: corridor.authority.publicJwk, now: NOW });
    expect(verified.ok && verified.value.nodes[0]?.identityKey).not.toHaveProperty('d');
  });
});
