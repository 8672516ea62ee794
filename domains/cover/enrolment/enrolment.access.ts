import { notFound, OperationOutcomeError } from '@medplum/core';
import type { RequestStore } from '@serai/store/types.ts';
import { requireCover } from '../cover.deps.ts';

/** Whose members a caller reaches: everyone's, one group's, or their own. */
export type Reach =
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'person'; readonly personId: string };

/**
 * What is done with members: `find`, to ask whether someone is covered; `read`; `enrol` (volunteers in the field too);
 * `roster`, by employers for their own people; `change`, which moves policies and money and is the enrolment officer's.
 */
export type Act = 'find' | 'read' | 'enrol' | 'roster' | 'change';

const officers = ['enrolment-officer', 'fund-manager'];

/**
 * Decides, logs and says whose members are reached.
 * @throws OperationOutcomeError not found, when refused.
 */
export async function reachFor(store: RequestStore, act: Act): Promise<Reach> {
  const reach = reachOf(store, act);
  await requireCover(store, act === 'read' || act === 'find' ? 'read' : 'create', 'Coverage');
  if (!reach) {
    throw new OperationOutcomeError(notFound);
  }
  return reach;
}

function reachOf(store: RequestStore, act: Act): Reach | undefined {
  const { actor } = store.context;
  const has = (roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));
  switch (actor.class) {
    case 'payer':
      // Who judges claims finds a member by name, and asks whether they are covered: no more of their affairs than that.
      return has(officers) || (act === 'find' && has(['claims-officer'])) ? { kind: 'all' } : undefined;
    case 'programme':
      return has(['volunteer']) && ['find', 'read', 'enrol'].includes(act) ? { kind: 'all' } : undefined;
    case 'employer': {
      const groupId = actor.facility?.replace(/^Organization\//, '');
      return groupId && ['find', 'read', 'roster'].includes(act) ? { kind: 'group', groupId } : undefined;
    }
    case 'person':
      return act === 'read' && actor.personId !== undefined ? { kind: 'person', personId: actor.personId } : undefined;
    default:
      return undefined;
  }
}

/** Whether a group is within reach; for rows that belong to one. */
export function reachesGroup(reach: Reach, groupId: string | null | undefined): boolean {
  return reach.kind === 'all' || (reach.kind === 'group' && reach.groupId === groupId);
}

/** @throws OperationOutcomeError not found: what is out of reach might as well not exist. */
export function absent(): never {
  throw new OperationOutcomeError(notFound);
}
