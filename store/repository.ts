import { randomUUID } from 'node:crypto';
import { type Operation, OperationOutcomeError, type SearchRequest, type WithId } from '@medplum/core';
import {
  type CreateResourceOptions,
  type DeleteResourceOptions,
  FhirRepository,
  type ReadHistoryOptions,
  type SearchOptions,
  type TransactionOptions,
  type UpdateResourceOptions,
} from '@medplum/fhir-router';
import type { Bundle, OperationOutcome, Parameters, Reference, Resource } from '@medplum/fhirtypes';
import { claimedBy } from '@serai/kernel/fhir/claimed-by.ts';
import { localReference } from '@serai/kernel/fhir/search-read.ts';
import type { Action } from '@serai/policy/types.ts';
import { sql } from 'kysely';
import { changes, type HistoryOptions, typeHistory } from './changes.ts';
import { Decisions } from './decisions.ts';
import { typeIndex } from './definitions.ts';
import { absent, internal, invalid, RefusedError } from './faults.ts';
import { applyAnyPatch, historyBundle, requireVersion, whole } from './interactions.ts';
import { contentOf, fetchCurrent, fetchMany, rowColumnsOf, type StoredRow, withFactsOf } from './rows.ts';
import { runSearch } from './search/search.ts';
import { type Reader, subjectIn } from './search/visible.ts';
import { runTransaction, type Scope, type TransactionRunner } from './session.ts';
import { isDatabaseError, isUnavailable } from './sql.ts';
import type { ChangePage, RequestContext } from './types.ts';
import { deletionOf, type Prepared, prepare, versionOf } from './versions.ts';

const HISTORY_COUNT = 100;
const HISTORY_COUNT_MAXIMUM = 1000;

/** One open transaction of a request. */
export interface Session {
  readonly scope: Scope;
  readonly decisions: Decisions;
}

/**
 * FHIR R4 on PostgreSQL for one request. Every operation narrows by what the actor may do with the type, verifies each
 * row it touches, and logs what was decided. What is refused answers exactly like what does not exist.
 */
export class RecordRepository extends FhirRepository {
  readonly #runner: TransactionRunner;
  readonly #context: RequestContext;
  readonly #session: Session | undefined;

  constructor(runner: TransactionRunner, context: RequestContext, session?: Session) {
    super();
    this.#runner = runner;
    this.#context = context;
    this.#session = session;
  }

  /** This node's FHIR address. */
  get baseUrl(): string {
    return this.#runner.rules.baseUrl;
  }

  /** One database: reading and writing go the same way. */
  setMode(): void {}

  generateId(): string {
    return randomUUID();
  }

  createResource<T extends Resource>(resource: T, options?: CreateResourceOptions): Promise<WithId<T>> {
    return this.#write(async (scope, decisions) => {
      this.#requireType(decisions, 'create', resource?.resourceType);
      const assigned = options?.assignedId && resource.id ? resource.id : undefined;
      const prepared = prepare(
        resource,
        assigned ?? randomUUID(),
        this.#context.clock(),
        undefined,
        this.#runner.rules,
      );
      await this.#keep(scope, decisions, 'create', prepared, undefined);
      return prepared.resource;
    });
  }

  readResource<T extends Resource>(resourceType: string, id: string): Promise<WithId<T>> {
    return this.#read(async (reader) => {
      this.#requireType(reader.decisions, 'read', resourceType);
      const row = await fetchCurrent(reader.db, resourceType, id);
      return contentOf<T>(await this.#permitted(reader, 'read', row)) as WithId<T>;
    });
  }

  readReference<T extends Resource>(reference: Reference<T>): Promise<WithId<T>> {
    const local = localReference(reference.reference, this.#runner.rules.baseUrl);
    return local ? this.readResource<T>(local.targetType, local.targetId) : Promise.reject(absent());
  }

  readReferences<T extends Resource>(references: readonly Reference<T>[]): Promise<(T | Error)[]> {
    return this.#read(async (reader) => {
      const { baseUrl } = this.#runner.rules;
      const keys = references.map((reference) => localReference(reference.reference, baseUrl));
      const wanted = keys.flatMap((key) =>
        key && typeIndex(key.targetType) && reader.decisions.type('read', key.targetType)
          ? [{ resourceType: key.targetType, id: key.targetId }]
          : [],
      );
      const found = new Map<string, StoredRow>();
      for (const row of await fetchMany(reader.db, wanted)) {
        const name = `${row.resource_type}/${row.id}`;
        if (!found.has(name) && reader.decisions.row('read', await subjectIn(reader, row))) {
          found.set(name, row);
        }
      }
      return keys.map((key) => {
        const row = key && found.get(`${key.targetType}/${key.targetId}`);
        return row ? contentOf<T>(row) : absent();
      });
    });
  }

  readVersion<T extends Resource>(resourceType: string, id: string, versionId: string): Promise<WithId<T>> {
    return this.#read(async (reader) => {
      this.#requireType(reader.decisions, 'read', resourceType);
      const { rows } = UUID.test(versionId)
        ? await sql<StoredRow>`
            select ${rowColumnsOf('h')} from history h ${withFactsOf('h')} where h.resource_type = ${resourceType}
            and h.id = ${id} and h.version_id = ${versionId}::uuid`.execute(reader.db)
        : { rows: [] };
      return contentOf<T>(await this.#permitted(reader, 'read', rows[0])) as WithId<T>;
    });
  }

  readHistory<T extends Resource>(
    resourceType: string,
    id: string,
    options?: ReadHistoryOptions,
  ): Promise<Bundle<WithId<T>>> {
    return this.#read(async (reader) => {
      this.#requireType(reader.decisions, 'history', resourceType);
      const limit = Math.min(whole(options?.limit, '_count') ?? HISTORY_COUNT, HISTORY_COUNT_MAXIMUM);
      const offset = whole(options?.offset, '_offset') ?? 0;
      const { rows } = await sql<StoredRow>`
        select ${rowColumnsOf('h')} from history h ${withFactsOf('h')} where h.resource_type = ${resourceType}
        and h.id = ${id} order by h.version desc`.execute(reader.db);
      const visible: StoredRow[] = [];
      for (const row of rows) {
        if (reader.decisions.row('history', await subjectIn(reader, row))) {
          visible.push(row);
        }
      }
      if (visible.length === 0) {
        throw absent();
      }
      return historyBundle<T>(`${this.baseUrl}${resourceType}/${id}`, visible, offset, limit);
    });
  }

  /** See `RequestStore.typeHistory`. */
  typeHistory(resourceType: string, options?: HistoryOptions): Promise<ChangePage> {
    return guarded(() => typeHistory(this.#runner, this.#context, resourceType, options));
  }

  /** See `RequestStore.changes`. */
  changes(after: string | undefined, limit: number): Promise<ChangePage> {
    return guarded(() => changes(this.#runner, this.#context, after, limit));
  }

  updateResource<T extends Resource>(resource: T, options?: UpdateResourceOptions): Promise<WithId<T>> {
    return this.#write(async (scope, decisions) => {
      this.#requireType(decisions, 'update', resource?.resourceType);
      const { id } = resource;
      if (!id) {
        throw invalid('Missing id', `${resource.resourceType}.id`);
      }
      const previous = await this.#currentForWrite(scope, resource.resourceType, id);
      if (!previous) {
        if (options?.ifMatch) {
          throw absent();
        }
        this.#requireType(decisions, 'create', resource.resourceType);
        const made = prepare(resource, id, this.#context.clock(), undefined, this.#runner.rules);
        await this.#keep(scope, decisions, 'create', made, undefined);
        return made.resource;
      }
      await this.#permitted({ db: scope.sql, scope, decisions }, 'update', previous);
      requireVersion(previous, options?.ifMatch);
      const prepared = prepare(resource, id, this.#context.clock(), previous, this.#runner.rules);
      await this.#keep(scope, decisions, 'update', prepared, previous);
      return prepared.resource;
    });
  }

  patchResource<T extends Resource>(
    resourceType: T['resourceType'],
    id: string,
    patch: Operation[] | Parameters,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    return this.#write(async (scope, decisions) => {
      this.#requireType(decisions, 'update', resourceType);
      const previous = await this.#currentForWrite(scope, resourceType, id);
      const reader = { db: scope.sql, scope, decisions };
      // A patch answers with the whole resource, so it takes the right to read it too.
      const row = await this.#permitted(reader, 'update', await this.#permitted(reader, 'read', previous));
      const current = contentOf<T>(row);
      requireVersion(row, options?.ifMatch);
      const patched = applyAnyPatch(current, patch);
      if (patched.resourceType !== resourceType || patched.id !== id) {
        throw invalid('A patch may change neither the type nor the id of a resource', `${resourceType}.id`);
      }
      const prepared = prepare(patched, id, this.#context.clock(), row, this.#runner.rules);
      await this.#keep(scope, decisions, 'update', prepared, row);
      return prepared.resource;
    });
  }

  deleteResource(resourceType: string, id: string, options?: DeleteResourceOptions): Promise<void> {
    return this.#write(async (scope, decisions) => {
      this.#requireType(decisions, 'delete', resourceType);
      const previous = await this.#currentForWrite(scope, resourceType, id);
      const row = await this.#permitted({ db: scope.sql, scope, decisions }, 'delete', previous);
      requireVersion(row, options?.ifMatch);
      if (row.deleted) {
        return;
      }
      const { clock, actor } = this.#context;
      scope.buffer.add(deletionOf(row, clock(), actor.id));
      if (row.person_id !== null) {
        await scope.noteFacts(row.person_id, { resourceType, id } as Resource, true, false);
      }
    });
  }

  search<T extends Resource>(searchRequest: SearchRequest<T>, _options?: SearchOptions): Promise<Bundle<WithId<T>>> {
    return this.#read(async (reader) => {
      const bundle = await runSearch(reader, searchRequest, this.#context, this.#runner.rules.baseUrl);
      return bundle as Bundle<WithId<T>>;
    });
  }

  async searchByReference<T extends Resource>(
    searchRequest: SearchRequest<T>,
    referenceField: string,
    references: string[],
  ): Promise<Record<string, WithId<T>[]>> {
    const found: Record<string, WithId<T>[]> = {};
    for (const reference of references) {
      found[reference] = await this.searchResources<T>({
        ...searchRequest,
        filters: [...(searchRequest.filters ?? []), { code: referenceField, operator: 'eq', value: reference }],
      });
    }
    return found;
  }

  override conditionalCreate<T extends Resource>(
    resource: T,
    search: SearchRequest<T>,
    options?: CreateResourceOptions,
  ): Promise<{ resource: WithId<T>; outcome: OperationOutcome }> {
    return this.#hasTurn(search)
      ? super.conditionalCreate(resource, search, options)
      : this.#inTurn(search, (repo) => repo.conditionalCreate(resource, search, options));
  }

  override conditionalUpdate<T extends Resource>(
    resource: T,
    search: SearchRequest,
    options?: CreateResourceOptions & UpdateResourceOptions,
  ): Promise<{ resource: WithId<T>; outcome: OperationOutcome }> {
    return this.#hasTurn(search)
      ? super.conditionalUpdate(resource, search, options)
      : this.#inTurn(search, (repo) => repo.conditionalUpdate(resource, search, options));
  }

  override conditionalDelete(search: SearchRequest): Promise<void> {
    return this.#hasTurn(search)
      ? super.conditionalDelete(search)
      : this.#inTurn(search, (repo) => repo.conditionalDelete(search));
  }

  override conditionalPatch(
    search: SearchRequest,
    patch: Operation[],
    options?: UpdateResourceOptions,
  ): Promise<WithId<Resource>> {
    return this.#hasTurn(search)
      ? super.conditionalPatch(search, patch, options)
      : this.#inTurn(search, (repo) => repo.conditionalPatch(search, patch, options));
  }

  withTransaction<TResult>(
    callback: (txRepo: this) => Promise<TResult>,
    _options?: TransactionOptions,
  ): Promise<TResult> {
    if (this.#session) {
      return this.#session.scope.nested(() => callback(this));
    }
    return this.inTransaction((repo) => callback(repo as this));
  }

  /** Runs `work` with a repository whose every act is part of one transaction. */
  inTransaction<TResult>(work: (repo: RecordRepository, session: Session) => Promise<TResult>): Promise<TResult> {
    return guarded(() =>
      runTransaction(this.#runner, this.#context, (scope, decisions) => {
        const session = { scope, decisions };
        return work(new RecordRepository(this.#runner, this.#context, session), session);
      }),
    );
  }

  #hasTurn(search: SearchRequest): boolean {
    return this.#session?.scope.turns.has(search.resourceType) === true;
  }

  /** Conditional writes to one type take turns: whoever comes second sees what the first has made. */
  #inTurn<R>(search: SearchRequest, work: (repo: RecordRepository) => Promise<R>): Promise<R> {
    return this.withTransaction(async (repo) => {
      const { scope } = repo.#session!;
      await sql`select pg_advisory_xact_lock(hashtextextended(${`conditional/${search.resourceType}`}, 0))`.execute(
        scope.sql,
      );
      scope.turns.add(search.resourceType);
      return work(repo);
    });
  }

  async #read<R>(work: (reader: Reader) => Promise<R>): Promise<R> {
    const session = this.#session;
    if (session) {
      await session.scope.flush();
      return work({ db: session.scope.sql, ...session }).catch(ownFault);
    }
    const decisions = new Decisions(this.#context);
    return guarded(async () => {
      try {
        return await work({ db: this.#runner.db, scope: undefined, decisions }).catch(ownFault);
      } finally {
        // Nothing is answered, found or refused, before the log holds it.
        await this.#runner.writer.write(decisions.takeEntries());
      }
    });
  }

  #write<R>(work: (scope: Scope, decisions: Decisions) => Promise<R>): Promise<R> {
    const session = this.#session;
    return session
      ? work(session.scope, session.decisions).catch(ownFault)
      : this.inTransaction((_repo, { scope, decisions }) => work(scope, decisions).catch(ownFault));
  }

  #requireType(decisions: Decisions, action: Action, resourceType: string): void {
    if (typeof resourceType !== 'string' || !typeIndex(resourceType) || !decisions.type(action, resourceType)) {
      throw absent();
    }
  }

  /** @throws the one "not found" when there is no row or it is refused. */
  async #permitted(reader: Reader, action: Action, row: StoredRow | undefined): Promise<StoredRow> {
    if (!row || !reader.decisions.row(action, await subjectIn(reader, row))) {
      throw absent();
    }
    return row;
  }

  /** The current row, held until the transaction ends, or the certainty that there is none until then. */
  async #currentForWrite(scope: Scope, resourceType: string, id: string): Promise<StoredRow | undefined> {
    await scope.flush();
    const row = await fetchCurrent(scope.sql, resourceType, id, true);
    if (row) {
      return row;
    }
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${resourceType}/${id}`}, 0))`.execute(scope.sql);
    return fetchCurrent(scope.sql, resourceType, id, true);
  }

  async #keep<T extends Resource>(
    scope: Scope,
    decisions: Decisions,
    action: 'create' | 'update',
    prepared: Prepared<T>,
    previous: StoredRow | undefined,
  ): Promise<void> {
    const { resource, personId, classification } = prepared;
    const isNewPerson = !previous && resource.resourceType === 'Patient';
    const person = personId === undefined || isNewPerson ? undefined : await scope.facts(personId);
    const subject = {
      resourceType: resource.resourceType,
      id: resource.id,
      personId,
      person,
      claimedBy: claimedBy(resource),
      ...classification,
    };
    if (!decisions.row(action, subject)) {
      throw absent();
    }
    if (scope.buffer.get(resource.resourceType, resource.id) || scope.buffer.isFull) {
      await scope.flush();
    }
    scope.buffer.add(versionOf(prepared, previous, this.#context.actor.id, this.#runner.rules));
    if (personId !== undefined) {
      await scope.noteFacts(personId, resource, false, isNewPerson);
    }
    if (previous?.person_id && previous.person_id !== personId) {
      await scope.noteFacts(previous.person_id, resource, true, false);
    }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An error nobody meant is not for the caller's eyes; what PostgreSQL says goes on, as it may mean "again". */
function ownFault(error: unknown): never {
  throw error instanceof OperationOutcomeError || isDatabaseError(error) || isUnavailable(error)
    ? error
    : internal(error);
}

/** Faults of our own are told as "could not be completed"; what a caller did wrong goes through as it is. */
async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (isUnavailable(error)) {
      throw new RefusedError('store.unavailable', { cause: error });
    }
    throw isDatabaseError(error) ? internal(error) : error;
  }
}
