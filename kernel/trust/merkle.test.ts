import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import {
  type Checkpoint,
  cosignCheckpoint,
  signCheckpoint,
  verifierKeyText,
  verifyCheckpoint,
  verifyNote,
} from './checkpoint.ts';
import { commit, disclosureLeafHash, leafBytes, newSalt, opensCommitment } from './disclosure-log.ts';
import { fromBase64, fromHex, toBase64Url, toHex } from './encoding.ts';
import { generateSigningKey } from './jws.ts';
import {
  append,
  type CompletedRange,
  consistencyProof,
  EMPTY_FRONTIER,
  frontierRoot,
  inclusionProof,
  leafHash,
  rangeRootFromLeaves,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { random } from './testing/corridor.ts';

/** Leaves and roots of the Certificate Transparency reference implementation's known-answer test. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => fromHex(hex) as Uint8Array,
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const hashesOf = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(i, i >> 8))));

describe('the tree', () => {
  test('has the published roots, by appending and by ranges', async () => {
    const leaves = await Promise.all(LEAVES.map(leafHash));
    const range = rangeRootFromLeaves((i) => leaves[i] as Uint8Array);
    let frontier = EMPTY_FRONTIER;
    expect(toHex(await frontierRoot(frontier))).toBe(ROOTS[0]);
    for (const [i, leaf] of leaves.entries()) {
      ({ frontier } = await append(frontier, leaf));
      expect(toHex(await frontierRoot(frontier))).toBe(ROOTS[i + 1]);
      expect(toHex(await treeRoot(i + 1, range))).toBe(ROOTS[i + 1]);
    }
  });

  test('has the published proofs', async () => {
    const leaves = await Promise.all(LEAVES.map(leafHash));
    const range = rangeRootFromLeaves((i) => leaves[i] as Uint8Array);
    const hex = async (proof: Promise<Uint8Array[]>) => (await proof).map((hash) => toHex(hash));
    expect(await hex(inclusionProof(0, 1, range))).toEqual([]);
    expect(await hex(inclusionProof(0, 8, range))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(await hex(inclusionProof(2, 3, range))).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ]);
    expect(await hex(consistencyProof(6, 8, range))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  test('every proof of every small tree holds, and no other does', async () => {
    const leaves = await hashesOf(33);
    const stored = new Map<string, Uint8Array>();
    let frontier = EMPTY_FRONTIER;
    const roots = [await frontierRoot(frontier)];
    for (const leaf of leaves) {
      const appended = await append(frontier, leaf);
      frontier = appended.frontier;
      for (const { start, size, root } of appended.completed satisfies readonly CompletedRange[]) {
        stored.set(`${start}+${size}`, root);
      }
      roots.push(await frontierRoot(frontier));
    }
    // The ranges that appending completed are all that proofs need.
    const range = (start: number, size: number) => stored.get(`${start}+${size}`) as Uint8Array;
    for (const size of [1, 2, 3, 7, 8, 20, 31, 32, 33]) {
      const root = roots[size] as Uint8Array;
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, range);
        const claim = { leaf: leaves[index] as Uint8Array, index, size, proof, root };
        expect(await verifyInclusion(claim)).toBe(true);
        expect(await verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(size === 1);
        expect(await verifyInclusion({ ...claim, proof: [...proof, root] })).toBe(false);
        expect(await verifyInclusion({ ...claim, root: leaves[0] as Uint8Array })).toBe(size === 1);
        expect(await verifyInclusion({ ...claim, index: size })).toBe(false);
      }
      for (let from = 0; from <= size; from++) {
        const proof = await consistencyProof(from, size, range);
        const claim = { fromSize: from, fromRoot: roots[from] as Uint8Array, toSize: size, toRoot: root, proof };
        expect(await verifyConsistency(claim)).toBe(true);
        expect(await verifyConsistency({ ...claim, fromRoot: leaves[1] as Uint8Array })).toBe(false);
        expect(await verifyConsistency({ ...claim, proof: [...proof, root] })).toBe(false);
        if (from > 0) {
          expect(await verifyConsistency({ ...claim, toRoot: leaves[1] as Uint8Array })).toBe(false);
          expect(await verifyConsistency({ ...claim, fromSize: from - 1 })).toBe(false);
        }
      }
    }
  });

  test('a changed leaf cannot be hidden by any proof', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (size, at, bit) => {
        const leaves = await hashesOf(size);
        const range = rangeRootFromLeaves((i) => leaves[i] as Uint8Array);
        const index = at % size;
        const proof = await inclusionProof(index, size, range);
        const root = await treeRoot(size, range);
        const changed = Uint8Array.from(leaves[index] as Uint8Array);
        changed[bit % 32] = (changed[bit % 32] as number) ^ (1 << (bit % 8));
        return !(await verifyInclusion({ leaf: changed, index, size, proof, root }));
      }),
      { numRuns: 40 },
    );
  });
});

describe('checkpoints', () => {
  test('the published signed note verifies', async () => {
    // The example of golang.org/x/mod/sumdb/note.
    const key = fromBase64('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW') as Uint8Array;
    const verifier = {
      name: 'PeterNeumann',
      key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(key.subarray(1)) } as const,
    };
    const text =
      'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
        '’',
        "'",
      );
    const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
    expect(await verifierKeyText(verifier)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(await verifyNote(note, verifier)).toBe(text);
    expect(await verifyNote(note.replace('answer', 'Answer'), verifier)).toBeUndefined();
  });

  test('are signed by the log and witnessed by partners', async () => {
    const [log, partner, stranger] = await Promise.all([1, 2, 3].map(() => generateSigningKey('Ed25519')));
    if (!log || !partner || !stranger) {
      throw new Error('three keys');
    }
    const checkpoint: Checkpoint = {
      origin: 'mm.example.org/log',
      size: 8,
      root: fromHex(ROOTS[8] as string) as Uint8Array,
    };
    const signed = await signCheckpoint(checkpoint, { name: 'mm.example.org/log', key: log.privateJwk });
    const verifier = { name: 'mm.example.org/log', key: log.publicJwk };
    const witness = { name: 'th.example.org/log', key: partner.publicJwk };
    expect(signed.split('\n').slice(0, 3)).toEqual([
      'mm.example.org/log',
      '8',
      'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
    ]);
    const once = await cosignCheckpoint(signed, { name: witness.name, key: partner.privateJwk }, 1_772_323_200);
    const twice = await cosignCheckpoint(once, { name: 'x.example', key: stranger.privateJwk }, 1_772_323_201);
    expect(await verifyCheckpoint(signed, verifier, [witness])).toEqual({ ...checkpoint, witnesses: [] });
    expect(await verifyCheckpoint(twice, verifier, [witness])).toEqual({
      ...checkpoint,
      witnesses: [{ name: witness.name, at: 1_772_323_200 }],
    });
    expect(await verifyCheckpoint(twice, { ...verifier, key: stranger.publicJwk })).toBeUndefined();
    expect(await verifyCheckpoint(twice, { ...verifier, name: 'th.example.org/log' })).toBeUndefined();
    expect(await verifyCheckpoint(once.replace('\n8\n', '\n9\n'), verifier)).toBeUndefined();
    const refusing = [];
    for (let at = 0; at < once.length; at++) {
      const other = once[at] === 'A' ? 'B' : 'A';
      const changed = once.slice(0, at) + other + once.slice(at + 1);
      const result = await verifyCheckpoint(changed, verifier, [witness]);
      // A change of a witness's name or key id makes it an unknown witness; nothing else may pass.
      refusing.push(!result || result.witnesses.length === 0);
    }
    expect(refusing.every(Boolean)).toBe(true);
  });
});

describe('canonical JSON and commitments', () => {
  test('is that of RFC 8785', () => {
    const example = {
      numbers: [333333333.3333333, 1e30, 4.5, 0.002, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const sorted = canonicalJson({
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    });
    expect(Object.values(JSON.parse(sorted) as object)[0]).toBe('One');
    expect(sorted.match(/"[^"]*"(?=[,}])/g)?.map((text) => JSON.parse(text))).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(() => canonicalJson(Number.NaN)).toThrow('finite');
    expect(() => canonicalJson('\ud800')).toThrow('surrogate');
    expect(() => canonicalJson(1n)).toThrow('bigint');
  });

  test('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        return canonicalJson(members) === canonicalJson(reversed);
      }),
    );
  });

  test('a commitment opens with its own salt and content only', async () => {
    const salt = newSalt(random);
    const sealed = { person: 'p1', document: 'd1' };
    const commitment = await commit(sealed, salt);
    expect(await opensCommitment(commitment, { document: 'd1', person: 'p1' }, salt)).toBe(true);
    expect(await opensCommitment(commitment, { person: 'p2', document: 'd1' }, salt)).toBe(false);
    expect(await opensCommitment(commitment, sealed, newSalt(random))).toBe(false);
    expect(await opensCommitment(commitment, sealed, '')).toBe(false);
    await expect(commit(sealed, 'AAAA')).rejects.toThrow('32 bytes');
  });

  test('a leaf is its four members in canonical order', async () => {
    const content = { kind: 'disclosure', at: '2026-03-01T00:00:00Z', public: { to: 'TH' }, commitment: 'x' };
    const text = new TextDecoder().decode(leafBytes({ ...content, secret: 1 } as typeof content));
    expect(text).toBe('{"at":"2026-03-01T00:00:00Z","commitment":"x","kind":"disclosure","public":{"to":"TH"}}');
    expect(toHex(await disclosureLeafHash(content))).toBe(toHex(await leafHash(leafBytes(content))));
  });
});
