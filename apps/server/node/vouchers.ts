import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProgrammes, type VoucherProgramme } from '@serai/domains/cover/vouchers/programme.ts';
import type { VoucherParts } from '@serai/domains/cover/vouchers/vouchers.deps.ts';
import type { TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import { type KeySet, signingKey } from '@serai/kernel/trust/keys.ts';
import { resolveKey } from '@serai/kernel/trust/trust-list.ts';
import { countriesFolder } from '../country.ts';

/** What the voucher desk is given by this node: programmes, the key it signs with, whose vouchers it believes. */
export function voucherPartsOf(node: {
  readonly keySet: () => KeySet;
  readonly trust: TrustBook;
  readonly clock: () => Date;
}): VoucherParts {
  const { keySet, trust, clock } = node;
  const now = () => Math.floor(clock().getTime() / 1000);
  return {
    programmes: loadProgrammes(),
    key: () => signingKey(keySet(), 'card', now()),
    async keyOf({ country, kidStart }) {
      const resolved = await resolveKey(trust.trustList(), trust.keySets(), {
        kid: kidStart,
        country,
        now: now(),
        use: 'card',
      });
      return resolved.ok ? resolved.value.key : undefined;
    },
    issuerKeys: () =>
      trust
        .keySets()
        .flatMap(({ country, keys }) =>
          keys
            .filter((key) => key.serai_use === 'card' && (key.exp === undefined || key.exp > now()))
            .map(({ kid, kty, crv, x, y }) => ({ country, kid, jwk: { kty, crv, x, ...(y !== undefined && { y }) } })),
        ),
  };
}

/**
 * Every country's voucher programmes: `countries/<cc>/vouchers/*.json`.
 * @throws ProgrammeError listing everything that is wrong with them.
 */
export function loadProgrammes(folder = countriesFolder): VoucherProgramme[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[a-z]{2}[\\/]vouchers[\\/][^\\/]+\.json$/.test(name))
    .sort();
  return parseProgrammes(
    files.map((name) => ({ name, json: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown })),
  );
}
