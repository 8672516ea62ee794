import {
  cosignCheckpoint,
  type NoteVerifier,
  signCheckpoint,
  verifyCheckpoint,
} from '@serai/kernel/trust/checkpoint.ts';
import type { KeySet } from '@serai/kernel/trust/keys.ts';
import { logOrigin, noteSigner } from '@serai/kernel/trust/log-audit.ts';
import {
  append,
  consistencyProof,
  EMPTY_FRONTIER,
  type Frontier,
  frontierRoot,
  inclusionProof,
  leafHash,
  type RangeRoot,
  verifyConsistency,
} from '@serai/kernel/trust/merkle.ts';
import { sql } from 'kysely';
import type { GovernanceDatabase } from '../governance.tables.ts';

/**
 * The evidence log as a tree that others can check: entries get their place, subtrees their roots, the whole a signed
 * checkpoint, and partner nodes put their names under it only if what they saw before is still in it.
 */
export interface EvidenceTree {
  /** Takes finished entries into the tree; signs and has cosigned a new checkpoint where it grew. */
  readonly advance: () => Promise<void>;
  readonly checkpoint: () => Promise<{ readonly size: number; readonly note: string } | undefined>;
  /** Every checkpoint signed here, oldest first; the newest thousand of them where there are more. */
  readonly checkpoints: () => Promise<readonly string[]>;
  readonly inclusion: (index: number, size: number) => Promise<Uint8Array[] | undefined>;
  readonly consistency: (from: number, to: number) => Promise<Uint8Array[] | undefined>;
  /** As a partner's witness: cosigns its checkpoint if it only grew since the last one seen here. */
  readonly witness: (note: string, partner: NoteVerifier, proof: readonly Uint8Array[]) => Promise<WitnessAnswer>;
}

export type WitnessAnswer =
  | { readonly outcome: 'cosigned'; readonly note: string }
  /** What was asked does not continue what is known here: from where a proof is wanted. */
  | { readonly outcome: 'conflict'; readonly knownSize: number }
  | { readonly outcome: 'unreadable' };

export interface EvidenceTreeOptions {
  readonly database: GovernanceDatabase;
  readonly sequence: () => Promise<{ readonly size: number }>;
  readonly leaves: (from: number, to: number) => Promise<readonly { readonly bytes: Uint8Array }[]>;
  /** Base URL of this node. */
  readonly self: string;
  readonly keySet: () => KeySet;
  readonly clock: () => Date;
  /** Partners that may witness: each gets the note and a proof from the size it saw last. */
  readonly witnesses: () => readonly {
    readonly cosign: (
      note: string,
      proof: (from: number) => Promise<Uint8Array[] | undefined>,
    ) => Promise<string | undefined>;
  }[];
}

const leavesAtATime = 2000;

export function evidenceTree(options: EvidenceTreeOptions): EvidenceTree {
  const { database, clock } = options;
  const origin = logOrigin(options.self);

  const range: RangeRoot = async (start, size) => {
    const row = await database
      .selectFrom('evidence_range')
      .select('root')
      .where('start', '=', String(start))
      .where('size', '=', String(size))
      .executeTakeFirst();
    if (!row) {
      throw new Error(`the evidence tree has no subtree of ${size} at ${start}`);
    }
    return new Uint8Array(row.root);
  };

  const treeSize = async (): Promise<number> => {
    const row = await database
      .selectFrom('evidence_range')
      .select(sql<string>`coalesce(max(start) + 1, 0)`.as('size'))
      .where('size', '=', '1')
      .executeTakeFirst();
    return Number(row?.size ?? 0);
  };

  const frontierAt = async (size: number): Promise<Frontier> => {
    const roots: Uint8Array[] = [];
    let start = 0;
    for (let width = 2 ** Math.floor(Math.log2(Math.max(1, size))); width >= 1; width /= 2) {
      if (size - start >= width) {
        roots.push(await range(start, width));
        start += width;
      }
    }
    return size === 0 ? EMPTY_FRONTIER : { size, roots };
  };

  const latest = async (of: string) =>
    database
      .selectFrom('checkpoint')
      .select(['size', 'note'])
      .where('origin', '=', of)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();

  const keep = async (of: string, size: number, note: string) => {
    const row = { note, at: clock() };
    await database
      .insertInto('checkpoint')
      .values({ origin: of, size, ...row })
      .onConflict((conflict) => conflict.columns(['origin', 'size']).doUpdateSet(row))
      .execute();
  };

  const grow = async (to: number): Promise<Frontier> => {
    let frontier = await frontierAt(await treeSize());
    while (frontier.size < to) {
      const leaves = await options.leaves(frontier.size, Math.min(to, frontier.size + leavesAtATime));
      if (leaves.length === 0) {
        break;
      }
      const rows: { start: number; size: number; root: Buffer }[] = [];
      for (const leaf of leaves) {
        const step = await append(frontier, await leafHash(leaf.bytes));
        frontier = step.frontier;
        rows.push(
          ...step.completed.map((each) => ({ start: each.start, size: each.size, root: Buffer.from(each.root) })),
        );
      }
      for (let i = 0; i < rows.length; i += 1000) {
        await database
          .insertInto('evidence_range')
          .values(rows.slice(i, i + 1000))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    }
    return frontier;
  };

  let advancing: Promise<void> = Promise.resolve();
  const advanceOnce = async () => {
    const { size } = await options.sequence();
    const before = await latest(origin);
    if (size === 0 || Number(before?.size ?? 0) >= size) {
      return;
    }
    const frontier = await grow(size);
    const now = Math.floor(clock().getTime() / 1000);
    let note = await signCheckpoint(
      { origin, size: frontier.size, root: await frontierRoot(frontier) },
      noteSigner(options.keySet(), now),
    );
    await keep(origin, frontier.size, note);
    for (const witness of options.witnesses()) {
      const line = await witness.cosign(note, (from) => proofBetween(from, frontier.size)).catch(() => undefined);
      if (line) {
        note += line;
      }
    }
    await keep(origin, frontier.size, note);
  };

  const proofBetween = async (from: number, to: number): Promise<Uint8Array[] | undefined> =>
    from >= 0 && from <= to && to <= (await treeSize()) ? consistencyProof(from, to, range) : undefined;

  return {
    advance() {
      advancing = advancing.then(advanceOnce, advanceOnce);
      return advancing;
    },
    async checkpoint() {
      const row = await latest(origin);
      return row && { size: Number(row.size), note: row.note };
    },
    async checkpoints() {
      const rows = await database
        .selectFrom('checkpoint')
        .select('note')
        .where('origin', '=', origin)
        .orderBy('size', 'desc')
        .limit(1000)
        .execute();
      return rows.map((row) => row.note).reverse();
    },
    async inclusion(index, size) {
      return index >= 0 && index < size && size <= (await treeSize()) ? inclusionProof(index, size, range) : undefined;
    },
    consistency: proofBetween,
    async witness(note, partner, proof) {
      const checkpoint = await verifyCheckpoint(note, partner);
      if (!checkpoint) {
        return { outcome: 'unreadable' };
      }
      const known = await latest(partner.name);
      const before = known && (await verifyCheckpoint(known.note, partner));
      if (before && before.size > 0) {
        const grew =
          checkpoint.size >= before.size &&
          (await verifyConsistency({
            fromSize: before.size,
            fromRoot: before.root,
            toSize: checkpoint.size,
            toRoot: checkpoint.root,
            proof: [...proof],
          }));
        if (!grew) {
          return { outcome: 'conflict', knownSize: before.size };
        }
      }
      await keep(partner.name, checkpoint.size, note);
      const now = Math.floor(clock().getTime() / 1000);
      return { outcome: 'cosigned', note: await cosignCheckpoint(note, noteSigner(options.keySet(), now), now) };
    },
  };
}
