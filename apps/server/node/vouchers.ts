import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ABROAD_TOPIC, sendForeign } from '@serai/domains/cover/vouchers/abroad.store.ts';
import { parseProgrammes, type VoucherProgramme } from '@serai/domains/cover/vouchers/programme.ts';
import type { Sms } from '@serai/domains/cover/vouchers/sms.ts';
import type { VoucherParts } from '@serai/domains/cover/vouchers/vouchers.deps.ts';
import type { TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import { type KeySet, signingKey } from '@serai/kernel/trust/keys.ts';
import { resolveKey } from '@serai/kernel/trust/trust-list.ts';
import type { OutboxMessage } from '@serai/store/types.ts';
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

/** Takes out of the outbox what vouchers put there: texts to telephones, and redemptions for the node that issued. */
export function deliverVouchers(
  outbox: {
    register(
      topic: string,
      handler: (message: OutboxMessage) => Promise<void>,
      options?: { readonly forgets?: boolean },
    ): void;
  },
  options: Parameters<typeof sendForeign>[0],
  gateway: SmsGateway,
): void {
  outbox.register(ABROAD_TOPIC, (message) => sendForeign(options, message));
  outbox.register(
    'sms',
    (message) => {
      const { to, text } = message.payload as Sms;
      return gateway.send({ messageId: message.messageId, to, text });
    },
    { forgets: true },
  );
}

/** Whoever carries texts to telephones: an operator's interface, a modem, or a folder. Sent twice, it is one message. */
export interface SmsGateway {
  send(message: Sms & { readonly messageId: string }): Promise<void>;
}

/**
 * Writes each text into a file of its own, for a modem daemon (smstools, gammu-smsd) or a person to pick up. Its first
 * line is the number, as those daemons read it. It does not send anything itself.
 */
export function smsFolder(folder: string): SmsGateway {
  return {
    async send({ messageId, to, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${messageId.replace(/[^A-Za-z0-9-]+/g, '-')}.txt`;
      await writeFile(join(folder, name), `To: ${to}\nAlphabet: UTF-8\n\n${text}\n`, { mode: 0o600 });
    },
  };
}
