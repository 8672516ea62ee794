import type { TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import type { OutboxView } from '@serai/domains/governance/api.ts';
import type { OperatorRoutesOptions } from '@serai/domains/governance/operator/operator.routes.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { OutboxEntry } from '@serai/store/outbox.ts';
import type { Store } from '@serai/store/store.ts';
import type { NodeKeys } from './keys.ts';

/** What the operator's pages work with. */
export function operatorOf(node: {
  readonly country: string;
  readonly clock: () => Date;
  readonly agreements: readonly Agreement[];
  readonly store: Store;
  readonly trust: TrustBook;
  readonly keys: NodeKeys;
}): OperatorRoutesOptions {
  const { country, clock, agreements, store, trust, keys } = node;
  return {
    country,
    clock,
    agreements,
    outbox: async () => (await store.outbox.list()).map(shown),
    retry: (id) => store.outbox.retry(id, clock()),
    trustList: trust.trustList,
    keySets: trust.keySets,
    statusList: trust.statusList,
    reachable: trust.reachable,
    refresh: () => trust.refresh(),
    async rotateKeys() {
      const active = await keys.rotate();
      await trust.takeOwn();
      await store.record({ kind: 'privileged', public: { action: 'rotate-keys' }, sealed: {} }, clock());
      return active;
    },
  };
}

function shown(message: OutboxEntry): OutboxView['messages'][number] {
  const waiting = message.attempts > 0 ? 'retrying' : 'waiting';
  return {
    id: message.messageId,
    topic: message.topic,
    destination: message.destination,
    state: { delivered: 'delivered', dead: 'failed', waiting }[message.state] as
      | 'delivered'
      | 'failed'
      | typeof waiting,
    attempts: message.attempts,
    createdAt: message.created.toISOString(),
    ...(message.state === 'waiting' && { nextAttemptAt: message.due.toISOString() }),
    ...(message.lastError && { lastError: message.lastError }),
  };
}
