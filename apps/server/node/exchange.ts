import { randomBytes, randomUUID } from 'node:crypto';
import type { CrossingOptions, Receipt } from '@serai/domains/exchange/crossing/crossing.routes.ts';
import type { ExchangeDatabase } from '@serai/domains/exchange/exchange.tables.ts';
import { sendReceipt, tellPerson } from '@serai/domains/exchange/notices.ts';
import type { TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import { preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { Decide } from '@serai/policy/types.ts';
import type { Store } from '@serai/store/store.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { type Country, loadCountries } from '../country.ts';
import { personOfDisclosure } from '../evidence.ts';
import { postToPartner } from '../partner-http.ts';
import { summaryOf } from '../summary.ts';
import type { NodeKeys } from './keys.ts';

export type ExchangeParts = Omit<CrossingOptions, 'storeFor'>;

/** What the exchange is given by this node, and what it hands to the outbox. */
export function exchangeOf(node: {
  readonly self: string;
  readonly country: Country;
  readonly database: ExchangeDatabase;
  readonly agreements: readonly Agreement[];
  readonly trust: TrustBook;
  readonly keys: NodeKeys;
  readonly store: Store;
  readonly decide: Decide;
  readonly ownStore: () => RequestStore;
  readonly facilityName: (reference: string) => Promise<string | undefined>;
  readonly clock: () => Date;
}): ExchangeParts {
  const { self, country, database, keys, store, decide, ownStore, clock } = node;
  const exchange: ExchangeParts = {
    country: country.country,
    self,
    database,
    agreements: node.agreements,
    trust: node.trust,
    keySet: keys.keySet,
    locatorSecret: keys.locatorSecret,
    storeForPartner: (actor, purpose, facts, correlationId) =>
      store.forRequest({ actor, purpose, decide, clock, facts, correlationId }),
    facilityName: node.facilityName,
    clock,
    random: (length) => new Uint8Array(randomBytes(length)),
    newId: randomUUID,
    post: postToPartner,
    personRecord: (partnerStore, personId) => partnerStore.personRecord(personId),
    buildSummary: summaryOf({ self, country, clock, newId: randomUUID }),
    applyReceipt: (from, receipt) => applyReceipt(database, ownStore(), from, receipt),
  };
  const countries = loadCountries();
  const countryName = (code: string, language: string) =>
    countries.find((each) => each.country === code)?.name[preferredLanguage([language])] ?? code;
  store.outbox.register('disclosure-notice', (message) => tellPerson(ownStore(), message, countryName));
  store.outbox.register('disclosure-receipt', (message) =>
    sendReceipt({ ...exchange, storeFor: () => ownStore() }, message),
  );
  return exchange;
}

/** A partner says that what was disclosed has arrived: into the log, and onto the person's page; once. */
async function applyReceipt(
  database: ExchangeDatabase,
  store: RequestStore,
  from: string,
  receipt: Receipt,
): Promise<void> {
  const personId = await personOfDisclosure(database, from, receipt.requestId);
  await store.transaction(async (tx) => {
    await tx.inbox.once(`receipt:${from}:${receipt.requestId}`, async () => {
      await tx.evidence.append({
        kind: 'receipt',
        public: { direction: 'abroad', outcome: 'received', country: from, class: 'care' },
        sealed: { ...receipt },
        ...(personId && { personId }),
      });
    });
  });
}
