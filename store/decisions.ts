import type { Action, DataCategory, Decision, Facts, PersonFacts, Target } from '@serai/policy/types.ts';
import { type PendingEvidence, pendingEvidence } from './evidence/evidence.ts';
import type { EvidenceEntry, RequestContext } from './types.ts';

/** What a decision about a row rests on. */
export interface Subject {
  readonly resourceType: string;
  readonly id: string;
  readonly personId: string | undefined;
  readonly categories: readonly string[];
  readonly labels: readonly string[];
  /** Of a claim: the `Organization/…` that made it. */
  readonly claimedBy?: string | undefined;
  readonly person: PersonFacts | undefined;
}

interface Logged {
  readonly action: Action;
  readonly permit: boolean;
  readonly reason: string;
  readonly personId: string | undefined;
  readonly policies: Set<string>;
  readonly clauses: Set<string>;
  readonly categories: Set<string>;
  readonly types: Set<string>;
  readonly resources: Set<string>;
  count: number;
}

const RESOURCES_LISTED_MAXIMUM = 1000;

/** Everything of a row that a decision may rest on. */
function memoKey(
  action: Action,
  { resourceType, personId, person, categories, labels, claimedBy }: Omit<Subject, 'id'>,
): string {
  const facts = person ? JSON.stringify([person.consents, person.facilities]) : '';
  return [action, resourceType, personId ?? '', facts, categories.join(), labels.join(), claimedBy ?? ''].join('|');
}

/**
 * Decides for one request and remembers: what was decided about the same person's same kind of data is not asked again
 * (so a decision may not depend on a resource's id), and everything decided is kept to be logged.
 */
export class Decisions {
  readonly #context: RequestContext;
  readonly #memo = new Map<string, Decision>();
  #log = new Map<string, Logged>();

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /** The facility that asks, where one does. */
  get facility(): string | undefined {
    return this.#context.actor.facility;
  }

  /** Whether anything of a type may be touched at all; asked before any row is looked at. */
  type(action: Action, resourceType: string): boolean {
    const key = `type|${action}|${resourceType}`;
    const decision = this.#decide(key, action, { kind: 'type', resourceType }, undefined);
    if (!decision.permit) {
      this.#remember(action, decision, { resourceType, id: '', personId: undefined, categories: [] });
    }
    return decision.permit;
  }

  /** Whether this row may. */
  row(action: Action, subject: Subject): boolean {
    const { resourceType, id, personId, person, categories, labels, claimedBy } = subject;
    const key = memoKey(action, subject);
    const target: Target = {
      kind: 'resource',
      resourceType,
      id,
      ...(personId !== undefined && { personId }),
      categories: categories as readonly DataCategory[],
      labels,
      ...(claimedBy !== undefined && { claimedBy }),
    };
    const decision = this.#decide(key, action, target, person);
    this.#remember(action, decision, subject);
    return decision.permit;
  }

  /** For a count: the same decision, without saying that a row was seen. */
  silently(action: Action, subject: Omit<Subject, 'id'>): boolean {
    const { resourceType, personId, person, categories, labels, claimedBy } = subject;
    const key = memoKey(action, subject);
    return this.#decide(
      key,
      action,
      {
        kind: 'resource',
        resourceType,
        ...(personId !== undefined && { personId }),
        categories: categories as readonly DataCategory[],
        labels,
        ...(claimedBy !== undefined && { claimedBy }),
      },
      person,
    ).permit;
  }

  /** Takes what is to be logged; the next call starts afresh. */
  takeEntries(extra: EvidenceEntry['public'] = {}): PendingEvidence[] {
    if (this.#log.size === 0) {
      return [];
    }
    const at = this.#context.clock();
    const entries = [...this.#log.values()].map((logged) => pendingEvidence(this.#entry(logged, extra), at));
    this.#log = new Map();
    return entries;
  }

  /** An entry for a decision that is about no FHIR resource. */
  entryOf(action: Action, target: Target, decision: Decision): PendingEvidence {
    const { actor, purpose, correlationId } = this.#context;
    return pendingEvidence(
      {
        kind: 'decision',
        public: {
          class: actor.class,
          country: actor.country,
          purpose,
          action,
          outcome: decision.permit ? 'permit' : 'refuse',
          reason: decision.reason,
          policies: decision.policies,
          clauses: decision.clauses,
          ...(target.kind === 'route' && { route: `${target.method} ${target.route}` }),
          ...(target.kind !== 'route' && { types: [target.resourceType] }),
        },
        sealed: { actor: actor.id, facility: actor.facility, correlationId, target },
        ...(target.kind === 'resource' && target.personId !== undefined && { personId: target.personId }),
      },
      this.#context.clock(),
    );
  }

  #decide(key: string, action: Action, target: Target, person: PersonFacts | undefined): Decision {
    let decision = this.#memo.get(key);
    if (!decision) {
      const { actor, purpose, decide, facts } = this.#context;
      const known: Facts = { ...facts, ...(person && { person }) };
      decision = decide({ actor, purpose, action, target, facts: known });
      this.#memo.set(key, decision);
    }
    return decision;
  }

  #remember(
    action: Action,
    decision: Decision,
    subject: Pick<Subject, 'resourceType' | 'id' | 'personId' | 'categories'>,
  ): void {
    const key = `${action}|${subject.personId ?? ''}|${decision.permit}|${decision.reason}`;
    let logged = this.#log.get(key);
    if (!logged) {
      logged = {
        action,
        permit: decision.permit,
        reason: decision.reason,
        personId: subject.personId,
        policies: new Set(),
        clauses: new Set(),
        categories: new Set(),
        types: new Set(),
        resources: new Set(),
        count: 0,
      };
      this.#log.set(key, logged);
    }
    for (const policy of decision.policies) {
      logged.policies.add(policy);
    }
    for (const clause of decision.clauses) {
      logged.clauses.add(clause);
    }
    for (const category of subject.categories) {
      logged.categories.add(category);
    }
    logged.types.add(subject.resourceType);
    logged.count++;
    if (subject.id !== '' && logged.resources.size < RESOURCES_LISTED_MAXIMUM) {
      logged.resources.add(`${subject.resourceType}/${subject.id}`);
    }
  }

  #entry(logged: Logged, extra: EvidenceEntry['public']): EvidenceEntry {
    const { actor, purpose, correlationId } = this.#context;
    return {
      kind: 'decision',
      public: {
        class: actor.class,
        country: actor.country,
        purpose,
        action: logged.action,
        outcome: logged.permit ? 'permit' : 'refuse',
        reason: logged.reason,
        policies: [...logged.policies].sort(),
        clauses: [...logged.clauses].sort(),
        types: [...logged.types].sort(),
        categories: [...logged.categories].sort(),
        ...extra,
      },
      sealed: {
        actor: actor.id,
        facility: actor.facility,
        correlationId,
        resources: [...logged.resources],
        count: logged.count,
      },
      ...(logged.personId !== undefined && { personId: logged.personId }),
    };
  }
}
