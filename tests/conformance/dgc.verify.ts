import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase45 } from '../../kernel/trust/base45.ts';
import {
  COSE_ALGORITHM,
  COSE_HEADER,
  type CoseSign1,
  coseKid,
  decodeCbor,
  readCoseSign1,
  toBeSigned,
} from '../../kernel/trust/cose.ts';
import { asBytes, equalBytes, sha256 } from '../../kernel/trust/encoding.ts';
import { type PublicJwk, verifyBytes } from '../../kernel/trust/jws.ts';
import { inflate } from '../../kernel/trust/zlib.ts';
import type { Suite } from './suite.ts';

/**
 * The common test data of the EU Digital COVID Certificate: 38 codes, good and bad, with the step at which each fails.
 * One flag is about what is not here and is left out: whether a picture could be read. The EU's schema is checked in
 * outline: the required members, and exactly one entry of exactly one kind.
 */

interface Vector {
  readonly file: string;
  readonly PREFIX?: string;
  readonly JSON?: unknown;
  readonly TESTCTX: { readonly CERTIFICATE: string; readonly VALIDATIONCLOCK: string };
  readonly EXPECTEDRESULTS: Readonly<Record<string, boolean>>;
}

const NOT_OURS = new Set(['EXPECTEDPICTUREDECODE']);
const LIMIT_BYTES = 100_000;
/** Extended key usages that bind a certificate to one kind of entry (EU DCC, technical specification 1.2). */
const KIND_OF_USAGE: Readonly<Record<string, string>> = {
  '1.3.6.1.4.1.1847.2021.1.1': 't',
  '1.3.6.1.4.1.1847.2021.1.2': 'v',
  '1.3.6.1.4.1.1847.2021.1.3': 'r',
  '1.3.6.1.4.1.0.1847.2021.1.1': 't',
  '1.3.6.1.4.1.0.1847.2021.1.2': 'v',
  '1.3.6.1.4.1.0.1847.2021.1.3': 'r',
};

async function signatureHolds(cose: CoseSign1, certificate: X509Certificate): Promise<boolean> {
  const wanted = (await sha256(certificate.raw)).subarray(0, 8);
  const kid = coseKid(cose);
  if (!kid || !equalBytes(kid, wanted)) {
    return false;
  }
  const algorithm =
    cose.protectedHeader.get(COSE_HEADER.algorithm) ?? cose.unprotectedHeader.get(COSE_HEADER.algorithm);
  const jwk = certificate.publicKey.export({ format: 'jwk' });
  const signed = toBeSigned(cose.protectedBytes, cose.payload);
  if (algorithm === COSE_ALGORITHM.ES256) {
    return verifyBytes(cose.signature, signed, jwk as unknown as PublicJwk);
  }
  if (algorithm !== COSE_ALGORITHM.PS256) {
    return false;
  }
  const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, { name: 'RSA-PSS', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  return crypto.subtle.verify({ name: 'RSA-PSS', saltLength: 32 }, key, asBytes(cose.signature), signed);
}

function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return Object.fromEntries(Array.from(value, ([key, member]) => [String(key), plain(member)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** What the EU's schema (1.x) asks of every certificate. */
function hasSchemaOutline(entry: Map<string, unknown> | undefined): boolean {
  const name = entry?.get('nam');
  const kinds = ['v', 't', 'r'].filter((kind) => entry?.has(kind));
  const entries = kinds.length === 1 ? entry?.get(kinds[0] as string) : undefined;
  return (
    typeof entry?.get('ver') === 'string' &&
    typeof entry.get('dob') === 'string' &&
    name instanceof Map &&
    typeof name.get('fnt') === 'string' &&
    Array.isArray(entries) &&
    entries.length === 1
  );
}

/** Each step of reading, by the name of the flag that expects it. */
async function results(vector: Vector): Promise<Record<string, boolean>> {
  const text = vector.PREFIX ?? '';
  const unprefixed = text.startsWith('HC1:') ? text.slice(4) : undefined;
  const coded = unprefixed === undefined ? undefined : fromBase45(unprefixed);
  // The common data starts with a zlib header (0x78) where it is compressed.
  const inflated = coded && (await inflate(coded, LIMIT_BYTES));
  // CBOR tag 61 (two bytes) may stand before the COSE tag.
  const bytes = inflated?.[0] === 0xd8 && inflated[1] === 61 ? inflated.subarray(2) : inflated;
  const cose = bytes && readCoseSign1(bytes, false);
  const payload = cose && decodeCbor(cose.payload, false);
  const claims = payload instanceof Map ? payload : undefined;
  const hcert = claims?.get(-260);
  const content: unknown = hcert instanceof Map ? hcert.get(1) : undefined;
  const entry = content instanceof Map ? (content as Map<string, unknown>) : undefined;
  const certificate = new X509Certificate(Buffer.from(vector.TESTCTX.CERTIFICATE, 'base64'));
  const clock = Date.parse(vector.TESTCTX.VALIDATIONCLOCK) / 1000;
  const kinds = (certificate.keyUsage ?? []).flatMap((usage) => KIND_OF_USAGE[usage] ?? []);
  return {
    EXPECTEDUNPREFIX: unprefixed !== undefined,
    EXPECTEDB45DECODE: coded !== undefined,
    EXPECTEDCOMPRESSION: inflated !== undefined,
    EXPECTEDDECODE: entry !== undefined,
    EXPECTEDVERIFY: cose !== undefined && entry !== undefined && (await signatureHolds(cose, certificate)),
    EXPECTEDVALIDJSON: sorted(plain(entry)) === sorted(vector.JSON),
    EXPECTEDEXPIRATIONCHECK: claims !== undefined && Number(claims.get(6)) <= clock && clock < Number(claims.get(4)),
    EXPECTEDSCHEMAVALIDATION: hasSchemaOutline(entry),
    EXPECTEDKEYUSAGE: kinds.length === 0 || kinds.some((kind) => entry?.has(kind)),
  };
}

export default {
  name: 'dgc',
  *cases() {
    const path = join(import.meta.dirname, '../vectors/dgc/dgc-testdata-common.json');
    for (const vector of JSON.parse(readFileSync(path, 'utf8')) as Vector[]) {
      const expected = Object.entries(vector.EXPECTEDRESULTS).filter(([flag]) => !NOT_OURS.has(flag));
      yield {
        name: vector.file.split('/').at(-1) as string,
        check: async (): Promise<undefined | { readonly skip: string }> => {
          if (expected.length === 0) {
            return { skip: 'only about a picture' };
          }
          const actual = await results(vector);
          for (const [flag, value] of expected) {
            if (actual[flag] !== value) {
              throw new Error(`${flag}: got ${actual[flag]}, expected ${value}`);
            }
          }
          return undefined;
        },
      };
    }
  },
} satisfies Suite;
