import type { Resource } from '@medplum/fhirtypes';
import type { PersonFacts } from '@serai/policy/types.ts';
import { type ControlledTransaction, type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { Decisions } from './decisions.ts';
import { type GroupWriter, insertEvidence, type PendingEvidence } from './evidence/evidence.ts';
import { FACT_TYPES, type StoreRules } from './options.ts';
import { mayRunAgain } from './sql.ts';
import type { RequestContext } from './types.ts';
import { WriteBuffer } from './write-buffer.ts';

const ATTEMPTS = 6;

/** One open transaction: rows not yet sent, the facts they change, and the evidence to be written with it. */
export class Scope {
  readonly sql: ControlledTransaction<Database>;
  readonly buffer = new WriteBuffer();
  readonly evidence: PendingEvidence[] = [];
  readonly afterCommit: (() => void)[] = [];
  /** Types whose turn for conditional writes this transaction holds. */
  readonly turns = new Set<string>();
  readonly #rules: StoreRules;
  readonly #persons = new Map<string, PersonInTransaction>();
  readonly #committed = new Map<string, PersonFacts | undefined>();
  #savepoints = 0;

  constructor(transaction: ControlledTransaction<Database>, rules: StoreRules) {
    this.sql = transaction;
    this.#rules = rules;
  }

  flush(): Promise<void> {
    return this.buffer.flush(this.sql);
  }

  /** Takes note of a written resource that bears facts of its person. */
  async noteFacts(personId: string, resource: Resource, deleted: boolean, isNewPerson: boolean): Promise<void> {
    if (!FACT_TYPES.has(resource.resourceType)) {
      return;
    }
    const person = this.#persons.get(personId) ?? {};
    this.#persons.set(personId, person);
    if (isNewPerson && !person.resources) {
      person.resources = new Map();
    }
    const resources = await this.#factResources(person, personId);
    const key = `${resource.resourceType}/${resource.id}`;
    if (deleted) {
      resources.delete(key);
    } else {
      resources.set(key, resource);
    }
    person.facts = undefined;
  }

  /** The person's facts as this transaction sees them. */
  async facts(personId: string): Promise<PersonFacts | undefined> {
    return (await this.changedFacts(personId)) ?? (await this.#committedFacts(personId));
  }

  /** Facts this transaction has changed, whatever the row beside a resource still says; undefined where it has not. */
  async changedFacts(personId: string): Promise<PersonFacts | undefined> {
    const person = this.#persons.get(personId);
    if (person && !person.facts) {
      person.facts = this.#rules.personFacts([...(await this.#factResources(person, personId)).values()]);
    }
    return person?.facts;
  }

  async #committedFacts(personId: string): Promise<PersonFacts | undefined> {
    if (!this.#committed.has(personId)) {
      this.#committed.set(personId, await loadFacts(this.sql, personId));
    }
    return this.#committed.get(personId);
  }

  async #factResources(person: PersonInTransaction, personId: string): Promise<Map<string, Resource>> {
    if (!person.resources) {
      await this.flush();
      const loaded = await loadFactResources(this.sql, personId);
      person.resources = new Map(loaded.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
    }
    return person.resources;
  }

  /** Runs part of the transaction so that it can fail alone. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    await this.flush();
    const name = sql.raw(`part_${++this.#savepoints}`);
    await sql`savepoint ${name}`.execute(this.sql);
    try {
      const result = await work();
      await this.flush();
      await sql`release savepoint ${name}`.execute(this.sql);
      return result;
    } catch (error) {
      this.buffer.clear();
      await sql`rollback to savepoint ${name}`.execute(this.sql);
      // Locks taken inside are released with it.
      this.turns.clear();
      // Facts noted inside may be undone: they are read again when needed.
      for (const person of this.#persons.values()) {
        person.resources = undefined;
        person.facts = undefined;
      }
      throw error;
    }
  }

  /** Everything that must be in the commit. */
  async finish(decisions: Decisions): Promise<void> {
    await this.flush();
    await this.#writeFacts([...this.#persons.keys()].sort());
    await insertEvidence(this.sql, [...this.evidence, ...decisions.takeEntries()]);
  }

  async #writeFacts(personIds: readonly string[]): Promise<void> {
    for (const personId of personIds) {
      // Two transactions that touch one person's facts: the later one sees what the earlier one kept.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`facts/${personId}`}, 0))`.execute(this.sql);
      const facts = this.#rules.personFacts(await loadFactResources(this.sql, personId));
      await sql`
        insert into person_facts (person_id, consents, facilities, change)
        values (${personId}, ${JSON.stringify(facts.consents)}::jsonb, ${[...facts.facilities]}::text[], current_change())
        on conflict (person_id) do update set consents = excluded.consents, facilities = excluded.facilities,
          change = excluded.change`.execute(this.sql);
    }
  }
}

/** A person whose facts this transaction changes: both are read when needed. */
interface PersonInTransaction {
  facts?: PersonFacts | undefined;
  resources?: Map<string, Resource> | undefined;
}

async function loadFacts(db: Kysely<Database>, personId: string): Promise<PersonFacts | undefined> {
  const row = await db
    .selectFrom('person_facts')
    .select(['consents', 'facilities'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { consents: row.consents as PersonFacts['consents'], facilities: row.facilities };
}

async function loadFactResources(db: Kysely<Database>, personId: string): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resource')
    .select('content')
    .where('shard', '=', personId)
    .where('resource_type', 'in', [...FACT_TYPES])
    .where('deleted', '=', false)
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => (row.content === null ? [] : [JSON.parse(row.content) as Resource]));
}

export interface TransactionRunner {
  readonly db: Kysely<Database>;
  readonly rules: StoreRules;
  readonly writer: GroupWriter;
}

/**
 * Runs `work` in a transaction, again where PostgreSQL says that it may (deadlock, serialization). What was decided is
 * logged either way: with the commit, or beside it when there is none.
 */
export async function runTransaction<T>(
  runner: TransactionRunner,
  context: RequestContext,
  work: (scope: Scope, decisions: Decisions) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const decisions = new Decisions(context);
    const transaction = await runner.db.startTransaction().execute();
    const scope = new Scope(transaction, runner.rules);
    try {
      const result = await work(scope, decisions);
      await scope.finish(decisions);
      await transaction.commit().execute();
      for (const act of scope.afterCommit) {
        act();
      }
      return result;
    } catch (error) {
      await transaction
        .rollback()
        .execute()
        .catch(() => {});
      if (attempt < ATTEMPTS && mayRunAgain(error)) {
        await pause(attempt);
        continue;
      }
      await runner.writer.write(decisions.takeEntries({ kept: false }));
      throw error;
    }
  }
}

/** Longer with each attempt, and never the same for two that met. */
function pause(attempt: number): Promise<void> {
  const bytes = crypto.getRandomValues(new Uint8Array(1));
  return new Promise((done) => setTimeout(done, attempt * attempt * 4 + bytes[0]! / 16));
}
