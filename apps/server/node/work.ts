import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { dropExpired } from '@serai/domains/access/oidc.store.ts';
import { forgetSeen } from '@serai/domains/exchange/cards/cards.store.ts';
import type { ExchangeTables } from '@serai/domains/exchange/exchange.tables.ts';
import type { TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import type { EvidenceTree } from '@serai/domains/governance/evidence/log.ts';
import { followPersons } from '@serai/domains/registry/follow.ts';
import type { RegistryTables } from '@serai/domains/registry/persons.store.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { Kysely } from 'kysely';

export interface WorkParts {
  readonly access: Kysely<AccessTables>;
  readonly exchange: Kysely<ExchangeTables>;
  readonly registry: Kysely<RegistryTables>;
  readonly ownStore: () => RequestStore;
  readonly indexSecret: string;
  readonly tree: EvidenceTree;
  readonly trust: TrustBook;
  readonly clock: () => Date;
  /** What cover does by itself once a day. */
  readonly coverRound: () => Promise<void>;
}

/** What a node does by itself: indexes persons, grows and signs its log, forgets what is past its time. */
export async function regularWork(parts: WorkParts): Promise<void> {
  const now = parts.clock();
  await followPersons(parts.ownStore(), parts.registry, parts.indexSecret);
  await parts.tree.advance();
  await dropExpired(parts.access, now);
  await forgetSeen(parts.exchange, now);
  await parts.coverRound();
  await parts.exchange.deleteFrom('received_record').where('retain_until', '<', now).execute();
}

/** Partners are asked for fresh keys and lists every so many rounds. */
const roundsBetweenRefreshes = 30;

/** Does it again and again; a round that fails is tried again at the next. @returns how to stop, once it is done. */
export function keepWorking(parts: WorkParts, everyMs: number, failed: (error: Error) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = 0;
  let working: Promise<void> = Promise.resolve();
  const again = () => {
    working = (async () => {
      if (round++ % roundsBetweenRefreshes === 0) {
        await parts.trust.refresh();
        await parts.trust.takeOwn();
      }
      await regularWork(parts);
    })()
      .catch(failed)
      .finally(() => {
        if (!stopped) {
          timer = setTimeout(again, everyMs);
        }
      });
  };
  timer = setTimeout(again, 50);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
