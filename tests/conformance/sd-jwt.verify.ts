import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicJwk } from '../../kernel/trust/jws.ts';
import { isBoundBy, isIssuedBy, readSdJwt } from '../../kernel/trust/sd-jwt.ts';
import type { Case, Suite } from './suite.ts';

/** The examples of RFC 9901 (SD-JWT) and of the SD-JWT VC draft: 14 issuer signatures, 5 key bindings. */

const folder = join(import.meta.dirname, '../../../shared/data/sd-jwt');

interface Vectors {
  readonly issuer_jwk: PublicJwk;
  readonly vectors: readonly {
    readonly section: string;
    readonly disclosures: number;
    readonly value: string;
    readonly key_binding: { readonly aud: string; readonly nonce: string } | null;
  }[];
}

function demand(condition: unknown, what: string): asserts condition {
  if (!condition) {
    throw new Error(what);
  }
}

function* casesOf(file: string): Iterable<Case> {
  const path = join(folder, file);
  if (!existsSync(path)) {
    yield { name: file, check: () => ({ skip: 'the shared data folder is absent' }) };
    return;
  }
  const { issuer_jwk, vectors } = JSON.parse(readFileSync(path, 'utf8')) as Vectors;
  for (const [index, vector] of vectors.entries()) {
    const name = `${file} ${index} ${vector.section}`;
    const text = vector.value.includes('~') ? vector.value : `${vector.value}~`;
    yield {
      name: `${name}: issuer`,
      check: async () => {
        const sdJwt = await readSdJwt(text);
        demand(sdJwt, 'is read');
        demand(await isIssuedBy(sdJwt, issuer_jwk), 'the issuer signature and every disclosure hold');
        demand(!JSON.stringify(sdJwt.claims).includes('"_sd"'), 'no digests are left in the claims');
        const spoiled = await readSdJwt(text.replace(/.(?=~)/, (last) => (last === 'A' ? 'Q' : 'A')));
        demand(!spoiled || !(await isIssuedBy(spoiled, issuer_jwk)), 'a changed signature does not hold');
      },
    };
    const binding = vector.key_binding;
    if (binding) {
      yield {
        name: `${name}: key binding`,
        check: async () => {
          const sdJwt = await readSdJwt(text);
          const holder = (sdJwt?.payload.cnf as { readonly jwk: PublicJwk } | undefined)?.jwk;
          demand(sdJwt?.keyBinding && holder, 'has a key binding and a holder key');
          demand(await isBoundBy(sdJwt.keyBinding, holder), 'the key binding and its sd_hash hold');
          demand(sdJwt.keyBinding.payload.aud === binding.aud, 'the audience is as published');
          demand(sdJwt.keyBinding.payload.nonce === binding.nonce, 'the nonce is as published');
          demand(!(await isBoundBy(sdJwt.keyBinding, issuer_jwk)), 'another key does not hold');
        },
      };
    }
  }
}

export default {
  name: 'sd-jwt',
  *cases() {
    yield* casesOf('sd-jwt-vectors.json');
    yield* casesOf('sd-jwt-vc-vectors.json');
  },
} satisfies Suite;
