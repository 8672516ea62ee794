import { beforeAll, expect, test } from 'vitest';
import { cosignCheckpoint, signCheckpoint } from './checkpoint.ts';
import { commit, type LeafContent, leafBytes, newSalt, readLeaf } from './disclosure-log.ts';
import { utf8 } from './encoding.ts';
import { rotate } from './keys.ts';
import { auditLog, logOrigin, noteSigner, noteVerifiers } from './log-audit.ts';
import { leafHash, rangeRootFromLeaves, treeRoot } from './merkle.ts';
import { createCorridor, flip, NOW, published, random, type TestCorridor } from './testing/corridor.ts';

let corridor: TestCorridor;
let leaves: Uint8Array[];
let notes: string[];

beforeAll(async () => {
  corridor = await createCorridor();
  leaves = [];
  for (let i = 0; i < 21; i++) {
    const isRefusal = i === 13;
    const content: LeafContent = {
      kind: isRefusal ? 'refusal' : 'disclosure',
      at: new Date((NOW + i) * 1000).toISOString(),
      public: { recipientClass: isRefusal ? 'enforcement' : 'care', country: 'TH' },
      commitment: await commit({ person: `p${i}` }, newSalt(random)),
    };
    leaves.push(leafBytes(content));
  }
  notes = await Promise.all([0, 8, 13, 20].map((size) => checkpointAt(size)));
});

async function checkpointAt(size: number, keySet = corridor.mm, now = NOW): Promise<string> {
  const hashes = await Promise.all(leaves.map(leafHash));
  const root = await treeRoot(
    size,
    rangeRootFromLeaves((index) => hashes[index] as Uint8Array),
  );
  const signed = await signCheckpoint({ origin: logOrigin(keySet.node), size, root }, noteSigner(keySet, now));
  return cosignCheckpoint(signed, noteSigner(corridor.th, now), now);
}

async function audit(from: readonly Uint8Array[] = leaves, signed: readonly string[] = notes) {
  const counts: Record<string, number> = {};
  const [th, mm] = corridor.keySets;
  const result = await auditLog(from, signed, noteVerifiers(mm!), noteVerifiers(th!), (leaf) => {
    const key = `${leaf.kind} ${leaf.public.recipientClass}`;
    counts[key] = (counts[key] ?? 0) + 1;
  });
  return { result, counts, code: result.ok ? 'ok' : result.code };
}

test('a whole log is held against every checkpoint, and counted', async () => {
  const { result, counts } = await audit();
  expect(result).toMatchObject({ ok: true, value: { size: 21, unsigned: 1 } });
  expect(result.ok && result.value.checkpoints.map(({ size, witnesses }) => [size, witnesses.length])).toEqual([
    [0, 1],
    [8, 1],
    [13, 1],
    [20, 1],
  ]);
  expect(counts).toEqual({ 'disclosure care': 20, 'refusal enforcement': 1 });
});

test('what was changed, added, taken away or put in another order is found', async () => {
  const changed = leaves.map((leaf, index) => {
    const content = readLeaf(leaf) as LeafContent;
    return index === 13 ? leafBytes({ ...content, kind: 'disclosure' }) : leaf;
  });
  const swapped = [...leaves];
  [swapped[2], swapped[3]] = [leaves[3]!, leaves[2]!];
  expect((await audit(changed)).result).toMatchObject({ code: 'log.rewritten', details: { size: 20 } });
  expect((await audit(swapped)).result).toMatchObject({ code: 'log.rewritten', details: { size: 8 } });
  expect((await audit([leaves[0]!, ...leaves])).code).toBe('log.rewritten');
  expect((await audit(leaves.slice(1))).code).toBe('log.rewritten');
  expect((await audit(leaves.slice(0, 19))).result).toMatchObject({
    code: 'log.too-short',
    details: { size: 19, promised: 20 },
  });
  expect((await audit(leaves, [flip(notes[1]!, 4)])).code).toBe('log.bad-checkpoint');
  const foreign = await signCheckpoint(
    { origin: logOrigin(corridor.mm.node), size: 0, root: new Uint8Array(32) },
    noteSigner(corridor.th, NOW),
  );
  expect((await audit(leaves, [foreign])).code).toBe('log.bad-checkpoint');
  expect((await audit([utf8('{ "kind": "x" }'), ...leaves])).code).toBe('log.bad-leaf');
});

test('checkpoints of before and after a rotation both hold', async () => {
  const later = NOW + 100;
  const rotated = await rotate(corridor.mm, later);
  const after = await checkpointAt(21, rotated, later);
  expect((await audit(leaves, [...notes, after])).code).toBe('log.bad-checkpoint');
  const mm = await published(rotated, later);
  const result = await auditLog(leaves, [...notes, after], noteVerifiers(mm), noteVerifiers(corridor.keySets[0]!));
  expect(result).toMatchObject({ ok: true, value: { unsigned: 0 } });
});

test('a leaf has one spelling', () => {
  const leaf = leaves[0]!;
  const content = readLeaf(leaf) as LeafContent;
  expect(leafBytes(content)).toEqual(leaf);
  for (const other of [
    ' {}',
    'null',
    '[]',
    `${new TextDecoder().decode(leaf)} `,
    JSON.stringify({ ...content, x: 1 }),
  ]) {
    expect(readLeaf(utf8(other))).toBeUndefined();
  }
  expect(readLeaf(Uint8Array.of(0xff))).toBeUndefined();
});
