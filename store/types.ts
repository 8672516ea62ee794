import type { FhirRepository } from '@medplum/fhir-router';
import type { Resource } from '@medplum/fhirtypes';
import type { Actor, Decide, Decision, DecisionRequest, Facts, PurposeOfUse } from '@serai/policy/types.ts';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Who asks, why, and by which rules: without all of it there is no way into the record. */
export interface RequestContext {
  readonly actor: Actor;
  readonly purpose: PurposeOfUse;
  readonly decide: Decide;
  /** The instant the request is handled; rules and `meta.lastUpdated` use it. */
  readonly clock: () => Date;
  /** Facts beyond the person's own, such as the agreement clause called upon. */
  readonly facts?: Omit<Facts, 'person'>;
  /** Correlates log lines, evidence and answers. */
  readonly correlationId: string;
  /** Where the actor's language preference is known, for narratives. */
  readonly language?: string;
}

/** A request's own view of the record: narrowed, verified, masked and audited. */
export interface RequestStore {
  readonly context: RequestContext;
  readonly repo: FhirRepository;
  /**
   * Runs `work` in one transaction, once for each `requestId`: a repeat, concurrent or later, replays the recorded
   * answer, kept or refused. A fault (thrown) records nothing, so the same id may be tried again.
   * The answer must survive JSON. What `work` wrote before it returned a refusal is kept with it.
   *
   * @throws RefusedError `store.request-id-reused` when the id was used by another actor or for another `fingerprint`
   *   (a digest of the request's content, where the caller has one).
   */
  once<T>(requestId: string, work: (tx: Transaction) => Promise<T>, options?: { fingerprint?: string }): Promise<T>;
  /** A transaction without an idempotency key. May be run again when PostgreSQL asks for it (deadlock, serialization). */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Decides without logging, for whoever writes the decision into an entry of its own in the same breath: a disclosure
   * is logged as one entry that says what was decided, not as two.
   */
  judge(request: Pick<DecisionRequest, 'action' | 'target'>, facts?: Facts): Promise<Decision>;
  /** Decides and logs; for what is not a FHIR interaction. */
  decide(request: Pick<DecisionRequest, 'action' | 'target'>, facts?: Facts): Promise<Decision>;
  /**
   * What was written after a token, oldest first, as far as every commit before it is known to be complete: nothing is
   * ever skipped, however transactions overlap. Start with no token; `next` is the token for the following page.
   */
  changes(after: string | undefined, limit: number): Promise<ChangePage>;
  /** Everything of one person that this reader may have, with what it refers to that belongs to nobody. */
  personRecord(personId: string): Promise<readonly Resource[]>;
  /** Every version of a type, newest first, deletions too. `before` is `next` of the page before. */
  typeHistory(
    resourceType: string,
    options?: { before?: string | undefined; since?: Date | undefined; limit?: number | undefined },
  ): Promise<ChangePage>;
}

export interface ChangePage {
  readonly changes: readonly Change[];
  readonly next: string | undefined;
}

export interface Change {
  /** Number of the commit; every change of one commit shares it. */
  readonly change: string;
  readonly resourceType: string;
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
  /** undefined when the resource was deleted. */
  readonly resource: Resource | undefined;
}

/** Everything one commit holds: resources with history and search index, evidence, outbox. */
export interface Transaction {
  readonly repo: FhirRepository;
  readonly sql: Kysely<Database>;
  readonly evidence: EvidenceWriter;
  readonly outbox: OutboxWriter;
  readonly inbox: InboxReader;
}

/** A leaf of the evidence log before it is committed: `public` is in the clear, `sealed` only as a salted commitment. */
export interface EvidenceEntry {
  readonly kind: 'decision' | 'disclosure' | 'receipt' | 'privileged' | 'sign-in';
  /** What anyone may see: class, purpose, action, outcome, clause. No personal data. */
  readonly public: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Kept beside the log under a salt, erasable; the leaf holds its commitment. */
  readonly sealed: Readonly<Record<string, unknown>>;
  /** Whose record it concerns, to list on the person's page; not part of the public leaf. */
  readonly personId?: string;
}

export interface EvidenceWriter {
  append(entry: EvidenceEntry): Promise<{ readonly entryId: string }>;
}

export interface OutboxMessage {
  /** Names the handler, like `disclosure-notice` or `partner-feedback`. */
  readonly topic: string;
  /** Partner country or `local`. */
  readonly destination: string;
  /** Caller-minted: applied once at the destination however often it is delivered. */
  readonly messageId: string;
  readonly payload: unknown;
}

export interface OutboxWriter {
  enqueue(message: OutboxMessage): Promise<void>;
}

export interface InboxReader {
  /** Runs `work` in this transaction unless a message of this id was applied before. @returns whether it ran. */
  once(messageId: string, work: () => Promise<void>): Promise<boolean>;
}
