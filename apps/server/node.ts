import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getReferenceString } from '@medplum/core';
import type { Organization, Resource } from '@medplum/fhirtypes';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { accountById } from '@serai/domains/access/accounts.store.ts';
import { dropExpired } from '@serai/domains/access/oidc.store.ts';
import { apiResource, createOidc } from '@serai/domains/access/oidc.ts';
import { createPrincipalResolver } from '@serai/domains/access/principal.ts';
import { ownStatusLists } from '@serai/domains/exchange/cards/cards.routes.ts';
import { forgetSeen } from '@serai/domains/exchange/cards/cards.store.ts';
import type { ExchangeTables } from '@serai/domains/exchange/exchange.tables.ts';
import { sendReceipt, tellPerson } from '@serai/domains/exchange/notices.ts';
import { openTrustBook, type TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import { evidenceTree } from '@serai/domains/governance/evidence/log.ts';
import type { GovernanceTables } from '@serai/domains/governance/governance.tables.ts';
import { followPersons } from '@serai/domains/registry/follow.ts';
import type { RegistryTables } from '@serai/domains/registry/persons.store.ts';
import { preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import { createKeySet, type KeySet, keyState, rotate } from '@serai/kernel/trust/keys.ts';
import { classify } from '@serai/policy/classify.ts';
import { createDecide } from '@serai/policy/decide.ts';
import { personFacts } from '@serai/policy/facts.ts';
import { loadAgreements, loadPolicyFiles } from '@serai/policy/load.ts';
import { mask } from '@serai/policy/mask.ts';
import type { Actor } from '@serai/policy/types.ts';
import { createStore } from '@serai/store/store.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { build } from './app.ts';
import type { ServerConfig } from './config.ts';
import { countriesFolder, loadCountries, loadCountry } from './country.ts';
import { disclosureCounters, personOfDisclosure } from './evidence.ts';
import { fetchFromPartner, postJsonToPartner, postToPartner } from './partner-http.ts';
import { nodeClasses, openSecrets } from './secrets.ts';
import { summaryOf, summaryOperation } from './summary.ts';

export interface RunningNode {
  readonly app: FastifyInstance;
  /** The node's own hand: jobs and first data go through the same door as everyone. */
  readonly ownStore: (purpose?: 'HOPERAT' | 'PATADMIN') => RequestStore;
  readonly keySet: () => KeySet;
  readonly trust: TrustBook;
  /** Runs the node's regular work once, now: index, outbox, checkpoint. */
  readonly work: () => Promise<void>;
  readonly database: Kysely<AllTables>;
  close(): Promise<void>;
}

type AllTables = AccessTables & ExchangeTables & RegistryTables & GovernanceTables;

export interface NodeOptions extends ServerConfig {
  /** Opens the secrets kept in the database. */
  readonly nodeSecret: string;
  readonly clock?: () => Date;
  readonly agreementsFolder?: string;
  readonly logTo?: { write(line: string): void };
  /** How often the node does its regular work, in milliseconds; 0 leaves it to {@link RunningNode.work}. */
  readonly workEveryMs?: number;
}

/** Opens a country node: database, keys, policies, trust, routes. Does not listen. */
export async function openNode(options: NodeOptions): Promise<RunningNode> {
  const clock = options.clock ?? (() => new Date());
  const self = options.publicUrl;
  const country = loadCountry(options.country);
  const agreements = loadAgreements(options.agreementsFolder ?? join(countriesFolder, 'agreements'));
  const decide = createDecide({ country: country.country, ...loadPolicyFiles(), agreements });

  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 20 });
  // A connection the server closed while idle is replaced at the next query; nobody needs to fall over for it.
  pool.on('error', () => {});
  const database = new Kysely<AllTables>({ dialect: new PostgresDialect({ pool }) });
  const store = await createStore({ pool, classify, personFacts, mask, baseUrl: `${self}/fhir/R4/` });

  const secrets = openSecrets(database as unknown as Kysely<AccessTables>, options.nodeSecret, clock);
  const epoch = () => Math.floor(clock().getTime() / 1000);
  let keySet = await secrets.get<KeySet>('node-keys', () =>
    createKeySet({
      country: country.country,
      node: self,
      classes: nodeClasses,
      now: epoch(),
    }),
  );
  if (keySet.node !== self) {
    // The node moved to another address: its keys are its own wherever it is.
    keySet = { ...keySet, node: self };
    await secrets.put('node-keys', keySet);
  }
  const randomText = () => randomBytes(32).toString('base64url');
  const locatorSecret = Buffer.from(await secrets.get('locator-secret', randomText), 'base64url');
  const indexSecret = await secrets.get('index-secret', randomText);
  const nameKey = await secrets.get('name-key', randomText);
  const cookieKeys = [await secrets.get('cookie-key', randomText)];
  const signingKeys = await secrets.get<JWK[]>('oidc-keys', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    return [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomUUID() }];
  });

  const own: Actor = { id: 'node', class: 'system', roles: ['node'], country: country.country };
  const ownStore = (purpose: 'HOPERAT' | 'PATADMIN' = 'HOPERAT') =>
    store.forRequest({ actor: own, purpose, decide, clock, correlationId: randomUUID() });

  const exchangeDatabase = database as unknown as Kysely<ExchangeTables>;
  const trust = await openTrustBook({
    database: exchangeDatabase,
    country: country.country,
    authorityKey: options.authorityKey as unknown as PublicJwk,
    readTrustList: () =>
      /^https?:/.test(options.trustList) ? fetchFromPartner(options.trustList) : readFile(options.trustList, 'utf8'),
    fetchText: fetchFromPartner,
    keySet: () => keySet,
    ownStatusLists: () => ownStatusLists({ database: exchangeDatabase, self, keySet: () => keySet, clock }),
    clock,
  });

  const countries = loadCountries();
  const countryName = (code: string, language: string) =>
    countries.find((each) => each.country === code)?.name[preferredLanguage([language])] ?? code;
  const facilityNames = new Map(country.facilities.map((each) => [`Organization/${each.id}`, each.name]));
  const facilityName = async (reference: string) => facilityNames.get(reference);

  const tree = evidenceTree({
    database: database as unknown as Kysely<GovernanceTables>,
    sequence: () => store.evidence.sequence(),
    leaves: (from, to) => store.evidence.leaves(from, to),
    self,
    keySet: () => keySet,
    clock,
    witnesses: () =>
      trust
        .trustList()
        .nodes.filter((node) => node.country !== country.country && node.status === 'active')
        .map((node) => ({ cosign: (note, proof) => cosignAt(node.baseUrl, self, note, proof) })),
  });

  const exchange = {
    country: country.country,
    self,
    database: exchangeDatabase,
    agreements,
    trust,
    keySet: () => keySet,
    locatorSecret,
    storeForPartner: (
      actor: Actor,
      purpose: Parameters<typeof store.forRequest>[0]['purpose'],
      facts: object,
      id: string,
    ) => store.forRequest({ actor, purpose, decide, clock, facts, correlationId: id }),
    facilityName,
    clock,
    random: (length: number) => new Uint8Array(randomBytes(length)),
    newId: randomUUID,
    post: postToPartner,
    personRecord: (partnerStore: RequestStore, personId: string): Promise<readonly Resource[]> =>
      partnerStore.personRecord(personId),
    buildSummary: summaryOf({ self, country, clock, newId: randomUUID }),
    applyReceipt: async (from: string, receipt: { requestId: string; documentDigest: string; at: string }) => {
      const personId = await personOfDisclosure(database, from, receipt.requestId);
      await ownStore('PATADMIN').transaction(async (tx) => {
        await tx.inbox.once(`receipt:${from}:${receipt.requestId}`, async () => {
          await tx.evidence.append({
            kind: 'receipt',
            public: { direction: 'abroad', outcome: 'received', country: from, class: 'care' },
            sealed: { ...receipt },
            ...(personId && { personId }),
          });
        });
      });
    },
  };

  const exchangeWithRequests = { ...exchange, storeFor: () => ownStore() };
  store.outbox.register('disclosure-notice', (message) => tellPerson(ownStore('PATADMIN'), message, countryName));
  store.outbox.register('disclosure-receipt', (message) => sendReceipt(exchangeWithRequests, message));

  const issuer = `${self}/oidc`;
  const oidc = createOidc({
    database: database as unknown as Kysely<AccessTables>,
    publicUrl: self,
    country: country.country.toLowerCase(),
    signingKeys: signingKeys as never,
    cookieKeys,
    clock,
    consoleRedirects: [`${self}/console/`],
  });
  oidc.proxy = self.startsWith('https:');

  const app = await build({
    country: country.country,
    publicUrl: self,
    store,
    database: database as unknown as Kysely<AccessTables>,
    registryDatabase: database as unknown as Kysely<RegistryTables>,
    decide,
    oidc,
    resolve: createPrincipalResolver({
      database: database as unknown as Kysely<AccessTables>,
      issuer,
      audience: apiResource(self),
      jwks: { keys: signingKeys.map(({ d: _, ...publicKey }) => publicKey) },
      country: country.country,
      clock,
    }),
    config: {
      country: country.country,
      nodeName: country.nodeName,
      languages: ['en', 'th', 'my'],
      illustrative: options.demonstration,
      oidc: { issuer, clientId: 'console' },
      partners: countries
        .filter((each) => each.country !== country.country)
        .map((each) => ({ country: each.country, name: each.name })),
    },
    nameKey,
    indexSecret,
    exchange,
    evidence: {
      country: country.country,
      tree,
      listFor: (personId) => store.evidence.list({ personId, limit: 500 }),
      leaves: (from, to) => store.evidence.leaves(from, to),
      counters: () => disclosureCounters(database),
      keySets: trust.keySets,
      facilityName,
      nameOf: async (actorId) => {
        if (actorId === own.id) {
          return undefined;
        }
        return (await accountById(database as unknown as Kysely<AccessTables>, actorId.replace(/^[A-Za-z]+\//, '')))
          ?.name;
      },
    },
    operator: {
      country: country.country,
      clock,
      agreements,
      outbox: async () =>
        (await store.outbox.list()).map((message) => ({
          id: message.messageId,
          topic: message.topic,
          destination: message.destination,
          state:
            message.state === 'delivered'
              ? 'delivered'
              : message.state === 'dead'
                ? 'failed'
                : message.attempts > 0
                  ? 'retrying'
                  : 'waiting',
          attempts: message.attempts,
          createdAt: message.created.toISOString(),
          ...(message.state === 'waiting' && { nextAttemptAt: message.due.toISOString() }),
          ...(message.lastError && { lastError: message.lastError }),
        })),
      retry: (id) => store.outbox.retry(id, clock()),
      trustList: trust.trustList,
      keySets: trust.keySets,
      statusList: trust.statusList,
      reachable: trust.reachable,
      refresh: () => trust.refresh(),
      rotateKeys: async () => {
        keySet = await rotate(keySet, epoch());
        await secrets.put('node-keys', keySet);
        await trust.takeOwn();
        await store.record({ kind: 'privileged', public: { action: 'rotate-keys' }, sealed: {} }, clock());
        return keySet.keys.filter((key) => keyState(key, epoch()) === 'active').map((key) => key.kid);
      },
    },
    operations: [summaryOperation(exchange.buildSummary)],
    gauges: async () => {
      const { rows } = await sql<{ waiting: number; dead: number; unsequenced: number }>`
        select (select count(*)::int from outbox where state = 'waiting') as waiting,
               (select count(*)::int from outbox where state = 'dead') as dead,
               (select count(*)::int from evidence_entry where leaf_index is null) as unsequenced`.execute(database);
      const counts = rows[0]!;
      return { outboxWaiting: counts.waiting, outboxDead: counts.dead, unsequenced: counts.unsequenced };
    },
    facilityName,
    clock,
    newId: randomUUID,
    logLevel: options.logLevel,
    ...(options.logTo && { logTo: options.logTo }),
  });

  await ensureFacilities(ownStore('PATADMIN'), country);

  const work = async () => {
    await followPersons(ownStore(), database as unknown as Kysely<RegistryTables>, indexSecret);
    await tree.advance();
    await dropExpired(database as unknown as Kysely<AccessTables>, clock());
    await forgetSeen(exchangeDatabase, clock());
    await exchangeDatabase.deleteFrom('received_record').where('retain_until', '<', clock()).execute();
  };
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let rounds = 0;
  const tick = () => {
    working = (async () => {
      if (rounds++ % 30 === 0) {
        await trust.refresh();
        await trust.takeOwn();
      }
      await work();
    })()
      .catch((error: Error) => app.log.warn({ name: error.name }, 'regular work failed; it is tried again'))
      .finally(() => {
        if (!stopped && options.workEveryMs) {
          timer = setTimeout(tick, options.workEveryMs);
        }
      });
  };
  if (options.workEveryMs) {
    store.outbox.start(clock);
    timer = setTimeout(tick, 50);
  }

  return {
    app,
    ownStore,
    keySet: () => keySet,
    trust,
    async work() {
      await work();
      while (await store.outbox.deliverOne(clock())) {}
    },
    database,
    async close() {
      stopped = true;
      clearTimeout(timer);
      await app.close();
      await working;
      await store.close();
      await pool.end();
    },
  };
}

/** The facilities of the country file as `Organization`s, so that references to them lead somewhere. */
async function ensureFacilities(store: RequestStore, country: ReturnType<typeof loadCountry>): Promise<void> {
  for (const facility of country.facilities) {
    const organization: Organization = {
      resourceType: 'Organization',
      id: facility.id,
      active: true,
      identifier: [{ system: 'https://serai.example/facility', value: `${country.country}:${facility.id}` }],
      name: facility.name,
      alias: Object.values(facility.local),
      address: [{ country: country.country }],
    };
    const [known] = await store.repo.readReferences([{ reference: getReferenceString(organization) }]);
    if (!known || known instanceof Error) {
      await store.repo.updateResource(organization);
    }
  }
}

/** Asks a partner to put its name under a checkpoint; where it has seen less, with the proof that nothing was rewritten. */
async function cosignAt(
  partner: string,
  self: string,
  note: string,
  proofFrom: (size: number) => Promise<Uint8Array[] | undefined>,
): Promise<string | undefined> {
  let proof: Uint8Array[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await postJsonToPartner(`${partner}/exchange/witness`, {
      node: self,
      note,
      proof: proof.map((each) => Buffer.from(each).toString('base64')),
    });
    const body = JSON.parse(answer.body) as { line?: string; knownSize?: number };
    if (answer.status === 200 && typeof body.line === 'string') {
      return body.line;
    }
    if (answer.status !== 409 || typeof body.knownSize !== 'number') {
      return undefined;
    }
    proof = (await proofFrom(body.knownSize)) ?? [];
  }
  return undefined;
}
