import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list';
import { beforeAll, expect, test } from 'vitest';
import { signJws } from './jws.ts';
import { signingKey } from './keys.ts';
import { drawStatusIndex, signStatusList, statusAt, unpackStatusList, verifyStatusList } from './status-list.ts';
import {
  createCorridor,
  flip,
  MM,
  NOW,
  random,
  STATUS_URI,
  statusListOf,
  type TestCorridor,
  TH,
} from './testing/corridor.ts';

let corridor: TestCorridor;
beforeAll(async () => {
  corridor = await createCorridor();
});

test('says which cards stand, as the library it is built with reads it', async () => {
  const marks = { revoked: [0, 5, 4095], suspended: [6] };
  const list = await statusListOf(corridor, marks);
  const text = await signStatusList(
    { uri: STATUS_URI, node: MM, size: 4096, ...marks },
    signingKey(corridor.mm, 'card', NOW),
    NOW,
  );
  const { statusList } = getListFromStatusListJWT(text);
  expect(Array.from({ length: 4096 }, (_, i) => statusAt(list, i))).toEqual(statusList);
  expect([0, 1, 5, 6, 4095].map((i) => statusAt(list, i))).toEqual([1, 0, 1, 2, 1]);
  expect([-1, 4096, 0.5].map((i) => statusAt(list, i))).toEqual([undefined, undefined, undefined]);
});

test('each reason to refuse a list is told apart', async () => {
  const { trustList, keySets, mm, th } = corridor;
  const key = signingKey(mm, 'card', NOW);
  const list = { uri: STATUS_URI, node: MM, size: 64, revoked: [] };
  const text = await signStatusList(list, key, NOW, { validSeconds: 100 });
  const codeOf = async (changed: string, changes: object = {}) => {
    const result = await verifyStatusList(changed, { uri: STATUS_URI, trustList, keySets, now: NOW, ...changes });
    return result.ok ? 'ok' : result.code;
  };
  const foreign = await signStatusList(list, signingKey(th, 'card', NOW), NOW);
  const bomb = { iss: MM, sub: STATUS_URI, iat: NOW, status_list: { bits: 1, lst: 'eNoAAAAA' } };
  expect(await codeOf(text)).toBe('ok');
  expect(await codeOf('a.b.c')).toBe('trust.unreadable');
  expect(await codeOf(foreign)).toBe('trust.key-unknown');
  expect(await codeOf(flip(text, text.length - 30))).toBe('trust.tampered');
  expect(await codeOf(await signJws(bomb, 'statuslist+jwt', key))).toBe('trust.malformed');
  expect(await codeOf(text, { uri: `${TH}/status-lists/1` })).toBe('trust.wrong-node');
  expect(await codeOf(text, { now: NOW + 100 })).toBe('trust.expired');
  expect(await codeOf(text, { knownIssuedAt: NOW + 1 })).toBe('trust.rolled-back');
  expect(await codeOf(text, { now: NOW - 60, knownIssuedAt: NOW })).toBe('ok');
});

test('the first example of the draft decodes; the 321 published statuses are in the conformance suite', async () => {
  const packed = (await unpackStatusList('eNrbuRgAAhcBXQ')) as Uint8Array;
  const statuses = Array.from({ length: 17 }, (_, i) => statusAt({ bits: 1, packed }, i));
  expect(statuses).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, undefined]);
});

test('indexes are drawn anywhere, never one already given, and never biased', async () => {
  const drawn = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const index = (await drawStatusIndex(random, (at) => drawn.has(at), 256)) as number;
    expect(drawn.has(index)).toBe(false);
    drawn.add(index);
  }
  const sequence = [...drawn];
  const neighbours = sequence.filter((index, at) => at > 0 && index === (sequence[at - 1] as number) + 1).length;
  expect(neighbours).toBeLessThan(20);
  expect(await drawStatusIndex(random, () => true, 256)).toBeUndefined();
  // 2^32 is no multiple of 3: the last value is thrown away and drawn again.
  const values = [0xffffffff, 5];
  const scripted = () => new Uint8Array(new Uint32Array([values.shift() as number]).buffer).reverse();
  expect(await drawStatusIndex(scripted, () => false, 3)).toBe(2);
  expect(values).toEqual([]);
});
