import { invariant } from '../base/invariant.ts';
import { type Bytes, concatBytes, equalBytes, fromBase64, fromBase64Url, sha256, toBase64, utf8 } from './encoding.ts';
import { type PrivateJwk, type PublicJwk, signBytes, verifyBytes } from './jws.ts';

/**
 * Checkpoints of the evidence log, in the C2SP text formats: tlog-checkpoint (what is signed), signed-note (how), and
 * tlog-cosignature (how partner nodes witness it). Other tools of that family read and check them as they are.
 */

export interface Checkpoint {
  /** Names the log: host and path of the node, without a scheme. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Signature types of signed-note: an Ed25519 signature; a timestamped Ed25519 cosignature. */
const TYPE = { signature: 0x01, cosignature: 0x04 } as const;

/** A key under the name it signs notes with. Both are part of its four-byte id. */
export interface NoteVerifier {
  readonly name: string;
  readonly key: PublicJwk;
}

export interface NoteSigner {
  readonly name: string;
  readonly key: PrivateJwk;
}

/** The note's text: origin, size, root, a line each. */
export function checkpointText(checkpoint: Checkpoint): string {
  invariant(!/[\s+]/.test(checkpoint.origin) && checkpoint.origin.length > 0, 'an origin has no blank and no plus');
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** Undefined when `text` is not a checkpoint. Lines after the third are extensions, and ignored. */
export function readCheckpointText(text: string): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n');
  const hash = root === undefined ? undefined : fromBase64(root);
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || hash?.length !== 32 || !text.endsWith('\n')) {
    return undefined;
  }
  return { origin, size: Number(size), root: hash };
}

function ed25519Public(jwk: PublicJwk): Bytes {
  const bytes = jwk.crv === 'Ed25519' ? fromBase64Url(jwk.x) : undefined;
  invariant(bytes?.length === 32, 'notes are signed with Ed25519 keys');
  return bytes;
}

async function keyId(name: string, type: number, key: PublicJwk): Promise<Bytes> {
  const hash = await sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), ed25519Public(key)));
  return hash.subarray(0, 4) as Bytes;
}

async function noteLine(signer: NoteSigner, type: number, content: Uint8Array): Promise<string> {
  invariant(
    !/[\s+]/.test(signer.name) && signer.name.length > 0,
    'a note is signed under a name without blank or plus',
  );
  return `— ${signer.name} ${toBase64(concatBytes(await keyId(signer.name, type, signer.key), content))}\n`;
}

/** A verifier key as signed-note writes it, for publication: `name+id+key`. */
export async function verifierKeyText(verifier: NoteVerifier): Promise<string> {
  const id = await keyId(verifier.name, TYPE.signature, verifier.key);
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const key = concatBytes(Uint8Array.of(TYPE.signature), ed25519Public(verifier.key));
  return `${verifier.name}+${hex}+${toBase64(key)}`;
}

/** Signs a checkpoint as the log. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  const text = checkpointText(checkpoint);
  return `${text}\n${await noteLine(signer, TYPE.signature, await signBytes(utf8(text), signer.key))}`;
}

/** The bytes a witness signs: when it saw the checkpoint, and the checkpoint. */
function witnessed(text: string, at: number): Bytes {
  return utf8(`cosignature/v1\ntime ${at}\n${text}`);
}

/**
 * Adds a partner's cosignature: that it saw this checkpoint at `now` and, by its own earlier copy, that the log only
 * grew. Check that first: {@link verifyCheckpoint} and `verifyConsistency`.
 */
export async function cosignCheckpoint(note: string, witness: NoteSigner, now: number): Promise<string> {
  const parts = splitNote(note);
  invariant(parts, 'only a note that was verified is cosigned');
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(now));
  const signature = await signBytes(witnessed(parts.text, now), witness.key);
  return `${note}${await noteLine(witness, TYPE.cosignature, concatBytes(time, signature))}`;
}

interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  readonly content: Uint8Array;
}

function splitNote(note: string): { readonly text: string; readonly signatures: readonly NoteSignature[] } | undefined {
  const at = note.lastIndexOf('\n\n');
  if (at < 0 || !note.endsWith('\n') || note.length > 1_000_000) {
    return undefined;
  }
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(at + 2, -1).split('\n')) {
    const [, name, coded] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = coded === undefined ? undefined : fromBase64(coded);
    if (name === undefined || !bytes || bytes.length < 5) {
      return undefined;
    }
    signatures.push({ name, id: bytes.subarray(0, 4), content: bytes.subarray(4) });
  }
  return { text: note.slice(0, at + 1), signatures };
}

/**
 * The text of a note signed by `verifier`; undefined when it is not a note, is not signed by it, or a signature that
 * claims to be its does not hold.
 */
export async function verifyNote(note: string, verifier: NoteVerifier): Promise<string | undefined> {
  const parts = splitNote(note);
  if (!parts) {
    return undefined;
  }
  const id = await keyId(verifier.name, TYPE.signature, verifier.key);
  const own = parts.signatures.filter(({ name, id: of }) => name === verifier.name && equalBytes(of, id));
  const checks = await Promise.all(own.map(({ content }) => verifyBytes(content, utf8(parts.text), verifier.key)));
  return own.length > 0 && checks.every(Boolean) ? parts.text : undefined;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** Witnesses whose cosignatures hold, and when each saw the checkpoint (epoch seconds). */
  readonly witnesses: readonly { readonly name: string; readonly at: number }[];
}

/**
 * Checks a checkpoint: signed by its log, for that log's origin, and by which of the known witnesses.
 * A log that rotated its key is known by several. Unknown witnesses are passed over; a known witness's signature that does not hold spoils the whole.
 */
export async function verifyCheckpoint(
  note: string,
  log: NoteVerifier | readonly NoteVerifier[],
  witnesses: readonly NoteVerifier[] = [],
): Promise<VerifiedCheckpoint | undefined> {
  const parts = splitNote(note);
  const checkpoint = parts && readCheckpointText(parts.text);
  if (!parts || !checkpoint) {
    return undefined;
  }
  const own = [log].flat().filter(({ name }) => name === checkpoint.origin);
  const signed = await Promise.all(own.map((verifier) => verifyNote(note, verifier)));
  if (!signed.some((text) => text !== undefined)) {
    return undefined;
  }
  const seen: { name: string; at: number }[] = [];
  for (const witness of witnesses) {
    const id = await keyId(witness.name, TYPE.cosignature, witness.key);
    for (const { name, id: of, content } of parts.signatures) {
      if (name !== witness.name || !equalBytes(of, id)) {
        continue;
      }
      if (content.length !== 72) {
        return undefined;
      }
      const at = Number(new DataView(content.buffer, content.byteOffset).getBigUint64(0));
      if (!(await verifyBytes(content.subarray(8), witnessed(parts.text, at), witness.key))) {
        return undefined;
      }
      seen.push({ name, at });
    }
  }
  return { ...checkpoint, witnesses: seen };
}
