import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { accountById } from '@serai/domains/access/accounts.store.ts';
import type { NodeConfig } from '@serai/domains/access/api.ts';
import { apiResource, createOidc } from '@serai/domains/access/oidc.ts';
import { createPrincipalResolver } from '@serai/domains/access/principal.ts';
import type { CoverTables } from '@serai/domains/cover/cover.tables.ts';
import { enrolmentRound } from '@serai/domains/cover/enrolment/daily.store.ts';
import { ensurePlans } from '@serai/domains/cover/schemes/plans.store.ts';
import { settlementRound } from '@serai/domains/cover/settlement/round.store.ts';
import { voucherRound } from '@serai/domains/cover/vouchers/expiry.store.ts';
import { ownStatusLists } from '@serai/domains/exchange/cards/cards.routes.ts';
import type { ExchangeTables } from '@serai/domains/exchange/exchange.tables.ts';
import { openTrustBook, type TrustBook } from '@serai/domains/exchange/trust/trust-book.ts';
import { evidenceTree } from '@serai/domains/governance/evidence/log.ts';
import type { GovernanceTables } from '@serai/domains/governance/governance.tables.ts';
import type { RegistryTables } from '@serai/domains/registry/persons.store.ts';
import { localDayOf } from '@serai/kernel/base/local-day.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import type { KeySet } from '@serai/kernel/trust/keys.ts';
import { classify } from '@serai/policy/classify.ts';
import { createDecide } from '@serai/policy/decide.ts';
import { personFacts } from '@serai/policy/facts.ts';
import { loadAgreements, loadPolicyFiles } from '@serai/policy/load.ts';
import { mask } from '@serai/policy/mask.ts';
import type { Actor, PurposeOfUse } from '@serai/policy/types.ts';
import { createStore } from '@serai/store/store.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { build, type NodeParts } from './app.ts';
import type { ServerConfig } from './config.ts';
import { type Country, countriesFolder, loadCountries, loadCountry } from './country.ts';
import { disclosureCounters } from './evidence.ts';
import { type CoverParts, coverPartsOf } from './node/cover.ts';
import { exchangeOf } from './node/exchange.ts';
import { ensureFacilities, facilityNames } from './node/facilities.ts';
import { openNodeKeys } from './node/keys.ts';
import { operatorOf } from './node/operator.ts';
import { partnerLineOf, registerSettlement } from './node/partners.ts';
import { deliverVouchers, smsFolder, voucherPartsOf } from './node/vouchers.ts';
import { witnessesOf } from './node/witness.ts';
import { keepWorking, regularWork } from './node/work.ts';
import { fetchFromPartner } from './partner-http.ts';
import { openSecrets } from './secrets.ts';
import { summaryOperation } from './summary.ts';

export interface RunningNode {
  readonly app: FastifyInstance;
  /** The node's own hand: jobs and first data go through the same door as everyone. */
  readonly ownStore: () => RequestStore;
  /** The hand of a member of staff, where nobody has asked over HTTP: the demonstration's. */
  readonly storeAs: (actor: Actor, purpose: PurposeOfUse) => RequestStore;
  readonly keySet: () => KeySet;
  readonly trust: TrustBook;
  /** What cover was given, and its long work. */
  readonly cover: CoverParts;
  /** Does the node's regular work once, now, and delivers what waits in the outbox. */
  readonly work: () => Promise<void>;
  readonly database: Kysely<AllTables>;
  close(): Promise<void>;
}

/** The tables features keep beside the record; the record's own are the store's. */
type AllTables = AccessTables & CoverTables & ExchangeTables & RegistryTables & GovernanceTables;

export interface NodeOptions extends ServerConfig {
  readonly clock?: () => Date;
  readonly agreementsFolder?: string;
  readonly logTo?: { write(line: string): void };
  /** How often the node does its regular work, in milliseconds; left out, only when {@link RunningNode.work} is called. */
  readonly workEveryMs?: number;
}

/** Opens a country node: database, keys, policies, trust, routes. Does not listen. */
export async function openNode(options: NodeOptions): Promise<RunningNode> {
  const clock = options.clock ?? (() => new Date());
  const { publicUrl: self } = options;
  const country = loadCountry(options.country);
  const agreements = loadAgreements(options.agreementsFolder ?? join(countriesFolder, 'agreements'));
  const decide = createDecide({ country: country.country, ...loadPolicyFiles(), agreements });

  const {
    pool,
    database,
    access,
    cover: coverTables,
    exchange: exchangeTables,
    registry,
    governance,
  } = connect(options.databaseUrl);
  const store = await createStore({ pool, classify, personFacts, mask, baseUrl: `${self}/fhir/R4/` });
  const own: Actor = { id: 'node', class: 'system', roles: ['node'], country: country.country };
  const storeAs = (actor: Actor, purpose: PurposeOfUse) =>
    store.forRequest({ actor, purpose, decide, clock, correlationId: randomUUID() });
  const ownStore = () => storeAs(own, 'PATADMIN');

  const secrets = openSecrets(access, options.nodeSecret, clock);
  const keys = await openNodeKeys(secrets, { country: country.country, self, clock });
  const { keySet } = keys;
  const trust = await openTrustBook({
    database: exchangeTables,
    country: country.country,
    authorityKey: options.authorityKey as unknown as PublicJwk,
    readTrustList: () =>
      /^https?:/.test(options.trustList) ? fetchFromPartner(options.trustList) : readFile(options.trustList, 'utf8'),
    fetchText: fetchFromPartner,
    keySet,
    ownStatusLists: () => ownStatusLists({ database: exchangeTables, self, keySet, clock }),
    clock,
  });
  const facilityName = facilityNames(country);
  const exchange = exchangeOf({
    ...{ self, country, agreements, trust, keys, store, decide, ownStore, facilityName, clock },
    database: exchangeTables,
  });
  const cover = coverPartsOf({
    ...{ self, country, agreements, database: coverTables, ownStore, clock },
    partners: partnerLineOf(exchange),
    vouchers: voucherPartsOf({ keySet, trust, clock }),
  });
  deliverVouchers(store.outbox, cover.options, smsFolder(join(options.home, 'sms', country.country)));
  const tree = evidenceTree({
    database: governance,
    sequence: () => store.evidence.sequence(),
    leaves: (from, to) => store.evidence.leaves(from, to),
    self,
    keySet,
    clock,
    witnesses: witnessesOf(trust.trustList, { country: country.country, self }),
  });

  const app = await build({
    country: country.country,
    publicUrl: self,
    store,
    database: access,
    registryDatabase: registry,
    decide,
    ...signInOf(options, { access, country, clock, keys, trust }),
    nameKey: keys.nameKey,
    indexSecret: keys.indexSecret,
    exchange,
    cover: cover.options,
    evidence: {
      country: country.country,
      tree,
      listFor: (personId) => store.evidence.list({ personId, limit: 500 }),
      leaves: (from, to) => store.evidence.leaves(from, to),
      counters: () => disclosureCounters(database),
      keySets: trust.keySets,
      facilityName,
      nameOf: async (actorId) => (await accountById(access, actorId.replace(/^[A-Za-z]+\//, '')))?.name,
    },
    operator: operatorOf({ country: country.country, clock, agreements, store, trust, keys }),
    operations: [summaryOperation(exchange.buildSummary)],
    typeOperations: cover.typeOperations,
    gauges: () => gaugesOf(database),
    facilityName,
    clock,
    newId: randomUUID,
    logLevel: options.logLevel,
    ...(options.logTo && { logTo: options.logTo }),
  });
  await ensureFacilities(ownStore(), country);
  await ensurePlans(ownStore(), cover.options.schemes, { self, today: localDayOf(clock(), country.country) });

  const work = {
    access,
    exchange: exchangeTables,
    registry,
    ownStore,
    indexSecret: keys.indexSecret,
    tree,
    trust,
    clock,
    coverRound: async () => {
      await settlementRound(cover.options);
      await enrolmentRound(cover.options);
      await voucherRound(cover.options);
    },
  };
  registerSettlement(store.outbox, cover.options);
  let stopWorking = async () => {};
  let stopJobs = async () => {};
  if (options.workEveryMs) {
    store.outbox.start(clock);
    stopWorking = keepWorking(work, options.workEveryMs, (error) =>
      app.log.warn({ name: error.name }, 'regular work failed; it is tried again'),
    );
    stopJobs = cover.jobs.start(options.workEveryMs, (error) =>
      app.log.warn({ name: error.name }, 'a job failed; it is tried again'),
    );
  }
  return {
    app,
    ownStore,
    storeAs,
    keySet,
    trust,
    cover,
    database,
    async work() {
      await regularWork(work);
      while (await store.outbox.deliverOne(clock())) {}
      while (await cover.jobs.step()) {}
    },
    async close() {
      const stopped = Promise.all([stopWorking(), stopJobs()]);
      await app.close();
      await stopped;
      await store.close();
      await pool.end();
    },
  };
}

/** One pool, seen by each feature as its own tables. */
function connect(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  // A connection the server closed while idle is replaced at the next query; nobody needs to fall over for it.
  pool.on('error', () => {});
  // One it closes while in use fails its query, and that is told there; unheard, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  const database = new Kysely<AllTables>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    database,
    access: database as unknown as Kysely<AccessTables>,
    cover: database as unknown as Kysely<CoverTables>,
    exchange: database as unknown as Kysely<ExchangeTables>,
    registry: database as unknown as Kysely<RegistryTables>,
    governance: database as unknown as Kysely<GovernanceTables>,
  };
}

/** The node's OpenID provider, who a token stands for, and what a page needs before anyone has signed in. */
function signInOf(
  options: NodeOptions,
  node: {
    readonly access: Kysely<AccessTables>;
    readonly country: Country;
    readonly clock: () => Date;
    readonly keys: Awaited<ReturnType<typeof openNodeKeys>>;
    readonly trust: Pick<TrustBook, 'nodeOf'>;
  },
): Pick<NodeParts, 'oidc' | 'resolve' | 'config'> {
  const { publicUrl: self } = options;
  const { access, country, clock, keys, trust } = node;
  const issuer = `${self}/oidc`;
  const oidc = createOidc({
    database: access,
    publicUrl: self,
    country: country.country.toLowerCase(),
    signingKeys: keys.signingKeys as never,
    cookieKeys: keys.cookieKeys,
    clock,
    consoleRedirects: [`${self}/console/`],
  });
  oidc.proxy = self.startsWith('https:');
  const others = loadCountries().filter((each) => each.country !== country.country);
  const config: NodeConfig = {
    country: country.country,
    nodeName: country.nodeName,
    languages: ['en', 'th', 'my'],
    illustrative: options.demonstration,
    oidc: { issuer, clientId: 'console' },
    // Asked anew each time: a country's node may join or be suspended while this one runs.
    get partners() {
      return others.map(({ country: code, name }) => {
        return { country: code, name, hasNode: trust.nodeOf(code)?.status === 'active' };
      });
    },
  };
  return {
    oidc,
    config,
    resolve: createPrincipalResolver({
      database: access,
      issuer,
      audience: apiResource(self),
      jwks: { keys: keys.signingKeys.map(({ d: _, ...publicKey }) => publicKey) },
      country: country.country,
      clock,
    }),
  };
}

async function gaugesOf(database: Kysely<AllTables>): ReturnType<NodeParts['gauges']> {
  const { rows } = await sql<{ waiting: number; dead: number; unsequenced: number }>`
    select (select count(*)::int from outbox where state = 'waiting') as waiting,
           (select count(*)::int from outbox where state = 'dead') as dead,
           (select count(*)::int from evidence_entry where leaf_index is null) as unsequenced`.execute(database);
  const counts = rows[0]!;
  return { outboxWaiting: counts.waiting, outboxDead: counts.dead, unsequenced: counts.unsequenced };
}
