import { ok, type Result, refuse } from '../base/refusal.ts';
import { type NoteSigner, type NoteVerifier, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { type LeafContent, readLeaf } from './disclosure-log.ts';
import { equalBytes, toHex } from './encoding.ts';
import { type KeySet, signingKey, type VerifiedKeySet } from './keys.ts';
import type { LogRefusalCode } from './log.refusals.ts';
import { append, EMPTY_FRONTIER, frontierRoot, leafHash } from './merkle.ts';

/** Auditing a whole evidence log offline: every leaf, against every checkpoint ever signed or witnessed. */

/** A node's log is named by its address without the scheme: `mm.example.org/log`. */
export function logOrigin(node: string): string {
  return `${node.replace(/^https?:\/\//, '')}/log`;
}

/** The key a node signs checkpoints with now, its own and those of partners. */
export function noteSigner(keySet: KeySet, now: number): NoteSigner {
  return { name: logOrigin(keySet.node), key: signingKey(keySet, 'log', now).privateJwk };
}

/** Every log key a node has published, old ones that still verify among them. */
export function noteVerifiers(keySet: VerifiedKeySet): NoteVerifier[] {
  return keySet.keys.filter((key) => key.serai_use === 'log').map((key) => ({ name: logOrigin(keySet.node), key }));
}

export interface LogAudit {
  readonly size: number;
  /** Hexadecimal root of the whole log. */
  readonly root: string;
  /** The checkpoints the log was held against, smallest first, with who witnessed each. */
  readonly checkpoints: readonly VerifiedCheckpoint[];
  /** Leaves after the last checkpoint: not yet promised to anyone. */
  readonly unsigned: number;
}

/**
 * Rebuilds the tree from its leaves and holds it against each checkpoint; since every checkpoint's root is met on the
 * way, they are consistent with each other too.
 *
 * @param onLeaf is handed each leaf, to count what the log says (disclosures by class of recipient).
 */
export async function auditLog(
  leaves: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  notes: readonly string[],
  log: readonly NoteVerifier[],
  witnesses: readonly NoteVerifier[] = [],
  onLeaf: (leaf: LeafContent, index: number) => void = () => undefined,
): Promise<Result<LogAudit, LogRefusalCode>> {
  const checkpoints: VerifiedCheckpoint[] = [];
  for (const [index, note] of notes.entries()) {
    const checkpoint = await verifyCheckpoint(note, log, witnesses);
    if (!checkpoint) {
      return refuse('log.bad-checkpoint', { index });
    }
    checkpoints.push(checkpoint);
  }
  checkpoints.sort((a, b) => a.size - b.size);
  const left = [...checkpoints];
  let frontier = EMPTY_FRONTIER;
  /** Whether every checkpoint of the size reached so far has this root. */
  const meetsCheckpoints = async (): Promise<boolean> => {
    while (left[0]?.size === frontier.size) {
      if (!equalBytes(await frontierRoot(frontier), (left.shift() as VerifiedCheckpoint).root)) {
        return false;
      }
    }
    return true;
  };
  for await (const leaf of leaves) {
    if (!(await meetsCheckpoints())) {
      return refuse('log.rewritten', { size: frontier.size });
    }
    const content = readLeaf(leaf);
    if (!content) {
      return refuse('log.bad-leaf', { index: frontier.size });
    }
    onLeaf(content, frontier.size);
    ({ frontier } = await append(frontier, await leafHash(leaf)));
  }
  if (!(await meetsCheckpoints())) {
    return refuse('log.rewritten', { size: frontier.size });
  }
  const [missing] = left;
  if (missing) {
    return refuse('log.too-short', { size: frontier.size, promised: missing.size });
  }
  const unsigned = frontier.size - (checkpoints.at(-1)?.size ?? 0);
  return ok({ size: frontier.size, root: toHex(await frontierRoot(frontier)), checkpoints, unsigned });
}
