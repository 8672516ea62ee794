import { generateSigningKey, type SigningKey } from '../jws.ts';
import { createKeySet, type KeySet, signedKeySet, signingKey, type VerifiedKeySet, verifyKeySet } from '../keys.ts';
import { signStatusList, type VerifiedStatusList, verifyStatusList } from '../status-list.ts';
import { signTrustList, type TrustedNode, type TrustList, verifyTrustList } from '../trust-list.ts';

/** A corridor of two nodes and its authority, made anew for each test file. */
export interface TestCorridor {
  readonly authority: SigningKey;
  readonly th: KeySet;
  readonly mm: KeySet;
  readonly trustList: TrustList;
  readonly keySets: readonly VerifiedKeySet[];
}

/** 2026-03-01T00:00:00Z */
export const NOW = 1_772_323_200;

export const TH = 'https://th.example.org';
export const MM = 'https://mm.example.org';

export function value<T>(result: { ok: true; value: T } | { ok: false; code: string }): T {
  if (!result.ok) {
    throw new Error(`refused: ${result.code}`);
  }
  return result.value;
}

export function trustedNode(keySet: KeySet, changes: Partial<TrustedNode> = {}): TrustedNode {
  return {
    country: keySet.country,
    name: `Node ${keySet.country}`,
    baseUrl: keySet.node,
    identityKey: keySet.identity.publicJwk,
    classes: ['care', 'public-health', 'system'],
    status: 'active',
    ...changes,
  };
}

export async function trustListOf(
  authority: SigningKey,
  nodes: readonly TrustedNode[],
  options: { now?: number; version?: number; validSeconds?: number } = {},
): Promise<TrustList> {
  const now = options.now ?? NOW;
  const text = await signTrustList(
    { issuer: 'urn:corridor:test', version: options.version ?? 1, nodes },
    authority,
    now,
    options.validSeconds,
  );
  return value(await verifyTrustList(text, { authorityKey: authority.publicJwk, now }));
}

export async function published(keySet: KeySet, now = NOW, validSeconds?: number): Promise<VerifiedKeySet> {
  return value(
    await verifyKeySet(await signedKeySet(keySet, now, validSeconds), {
      identityKey: keySet.identity.publicJwk,
      node: keySet.node,
      country: keySet.country,
      now,
    }),
  );
}

export async function createCorridor(): Promise<TestCorridor> {
  const authority = await generateSigningKey();
  const th = await createKeySet({ country: 'TH', node: TH, classes: ['care', 'public-health', 'payer'], now: NOW });
  const mm = await createKeySet({ country: 'MM', node: MM, classes: ['care', 'system'], now: NOW });
  const trustList = await trustListOf(authority, [trustedNode(th), trustedNode(mm)]);
  return { authority, th, mm, trustList, keySets: [await published(th), await published(mm)] };
}

export const STATUS_URI = `${MM}/status-lists/1`;

export async function statusListOf(
  corridor: TestCorridor,
  marks: { revoked?: number[]; suspended?: number[] } = {},
  now = NOW,
): Promise<VerifiedStatusList> {
  const text = await signStatusList(
    { uri: STATUS_URI, node: MM, size: 4096, revoked: marks.revoked ?? [], suspended: marks.suspended },
    signingKey(corridor.mm, 'card', now),
    now,
  );
  const { trustList, keySets } = corridor;
  return value(await verifyStatusList(text, { uri: STATUS_URI, trustList, keySets, now }));
}

export function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Replaces the character at `at` by the next of `alphabet`. */
export function flip(
  text: string,
  at: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
): string {
  const position = alphabet.indexOf(text[at] as string);
  const other = alphabet[(position + 1) % alphabet.length] as string;
  return text.slice(0, at) + other + text.slice(at + 1);
}
