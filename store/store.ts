import { invariant } from '@serai/kernel/base/invariant.ts';
import type { Decision, DecisionRequest, Facts } from '@serai/policy/types.ts';
import type { Pool } from 'pg';
import { Decisions } from './decisions.ts';
import { loadDefinitions } from './definitions.ts';
import { EvidenceLog, GroupWriter, pendingEvidence } from './evidence/evidence.ts';
import { migrate } from './migrate.ts';
import { once } from './once.ts';
import type { StoreRules } from './options.ts';
import { enqueue, inboxOnce, Outbox } from './outbox.ts';
import { personRecord, readPersonFacts } from './person-record.ts';
import { RecordRepository, type Session } from './repository.ts';
import type { TransactionRunner } from './session.ts';
import { connect, fromPool } from './sql.ts';
import type { EvidenceEntry, RequestContext, RequestStore, Transaction } from './types.ts';

export interface StoreOptions extends Partial<Omit<StoreRules, 'classify'>>, Pick<StoreRules, 'classify'> {
  /** `postgres://…`, or a pool of the caller's own. */
  readonly url?: string;
  readonly pool?: Pool;
  /** Connections held at most, with `url`. */
  readonly connections?: number;
  /** Whether to bring the tables up to date first; default true. */
  readonly migrate?: boolean;
}

/** The record of one node. What is inside is reached through {@link Store.forRequest} only. */
export interface Store {
  /**
   * A request's view of the record.
   *
   * @throws InvariantError when the context lacks an actor, a purpose, a clock or `decide`.
   */
  forRequest(context: RequestContext): RequestStore;
  /** Sequencing, proof and erasure of the evidence log; holds no record. */
  readonly evidence: EvidenceLog;
  /** Writes entries that testify to no write of the record: refusals at the gate, sign-ins. Grouped, and awaited. */
  record(entry: EvidenceEntry, at: Date): Promise<void>;
  /** Delivery of what transactions enqueued. */
  readonly outbox: Outbox;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  /** Waits for what is under way and lets go of the database. */
  close(): Promise<void>;
}

/** Opens the store: connects, migrates, loads FHIR's definitions. */
export async function createStore(options: StoreOptions): Promise<Store> {
  invariant(options.pool || options.url, 'createStore takes a url or a pool');
  invariant(typeof options.classify === 'function', 'createStore takes classify: without it no row could be labelled');
  const connection = options.pool ? fromPool(options.pool) : connect(options.url!, options.connections);
  if (options.migrate !== false) {
    await migrate(connection.pool);
  }
  loadDefinitions();
  const writer = new GroupWriter(connection.db);
  const runner: TransactionRunner = {
    db: connection.db,
    writer,
    rules: {
      classify: options.classify,
      personFacts: options.personFacts ?? (() => ({ consents: [], facilities: [] })),
      baseUrl: options.baseUrl ?? '',
      ...(options.mask && { mask: options.mask }),
    },
  };
  const outbox = new Outbox(connection.db);
  return {
    forRequest: (context) => forRequest(runner, outbox, context),
    evidence: new EvidenceLog(connection.db),
    outbox,
    record: (entry, at) => writer.write([pendingEvidence(entry, at)]),
    ping: () =>
      connection.pool.query('select 1').then(
        () => true,
        () => false,
      ),
    close: async () => {
      await outbox.stop();
      await (options.pool ? Promise.resolve() : connection.pool.end());
    },
  };
}

function forRequest(runner: TransactionRunner, outbox: Outbox, context: RequestContext): RequestStore {
  invariant(typeof context?.decide === 'function', 'a request store takes decide: without it nothing would be refused');
  invariant(context.actor?.id && context.actor.class, 'a request store takes an actor');
  invariant(context.purpose, 'a request store takes a purpose');
  invariant(typeof context.clock === 'function', 'a request store takes a clock');
  const repo = new RecordRepository(runner, context);
  const transactionOf = (txRepo: RecordRepository, { scope }: Session): Transaction => ({
    repo: txRepo,
    sql: scope.sql,
    evidence: {
      append: async (entry) => {
        const pending = pendingEvidence(entry, context.clock());
        scope.evidence.push(pending);
        return { entryId: pending.entryId };
      },
    },
    outbox: {
      enqueue: async (message) => {
        await enqueue(scope.sql, message, context.clock());
        scope.afterCommit.push(() => outbox.wake());
      },
    },
    inbox: { once: (messageId, work) => inboxOnce(scope.sql, messageId, context.clock(), work) },
  });
  return {
    context,
    repo,
    once: (requestId, work, options) =>
      repo.inTransaction((txRepo, session) =>
        once(session.scope, requestId, context, options?.fingerprint ?? '', () => work(transactionOf(txRepo, session))),
      ),
    transaction: (work) => repo.inTransaction((txRepo, session) => work(transactionOf(txRepo, session))),
    judge: (request, facts) => judge(runner, context, request, facts),
    decide: (request, facts) => decideAndLog(runner, context, request, facts),
    changes: (after, limit) => repo.changes(after, limit),
    personRecord: (personId) => personRecord(runner, context, personId),
    typeHistory: (resourceType, options) => repo.typeHistory(resourceType, options),
  };
}

async function judge(
  runner: TransactionRunner,
  context: RequestContext,
  request: Pick<DecisionRequest, 'action' | 'target'>,
  facts: Facts | undefined,
): Promise<Decision> {
  const { actor, purpose, decide } = context;
  const personId = request.target.kind === 'resource' ? request.target.personId : undefined;
  const person = personId === undefined ? undefined : await readPersonFacts(runner.db, personId);
  return decide({ actor, purpose, ...request, facts: { ...context.facts, ...(person && { person }), ...facts } });
}

async function decideAndLog(
  runner: TransactionRunner,
  context: RequestContext,
  request: Pick<DecisionRequest, 'action' | 'target'>,
  facts: Facts | undefined,
): Promise<Decision> {
  const decision = await judge(runner, context, request, facts);
  await runner.writer.write([new Decisions(context).entryOf(request.action, request.target, decision)]);
  return decision;
}

export type { Classification, StoreRules } from './options.ts';
