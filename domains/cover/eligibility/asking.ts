import { addMonths, type Day } from '@serai/kernel/base/days.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Member } from '../cover.ts';
import type { EligibilityRefusalCode } from './eligibility.refusals.ts';
import './eligibility.refusals.ts';

/** Who may ask about whom, from where, and about which days. */

/** A day nobody would ask about is a slip of the pen. */
export function mayAskAbout(on: Day, today: Day): Refusal<EligibilityRefusalCode> | undefined {
  return on < addMonths(today, -120) || on > addMonths(today, 12)
    ? refuse('eligibility.day', undefined, 'on')
    : undefined;
}

/** The facility asked about, or the asker's own; undefined where neither is one of this country. */
export function facilityFor(
  options: Pick<CoverOptions, 'country' | 'facilities'>,
  store: RequestStore,
  asked: string | undefined,
): { readonly id: string; readonly country: string; readonly level: string } | undefined {
  const id = asked?.replace(/^Organization\//, '') ?? store.context.actor.facility?.replace(/^Organization\//, '');
  const known = options.facilities.find((facility) => facility.id === id || `${options.country}:${facility.id}` === id);
  return known && { id: known.id, country: options.country, level: known.level };
}

const rolesThatAsk: Readonly<Record<string, readonly string[]>> = {
  payer: ['enrolment-officer', 'claims-officer', 'fund-manager'],
  programme: ['volunteer'],
};

/**
 * Of the payers those who enrol and judge ask whether someone is covered, in the field volunteers; who reckons or only looks
 * has no use for it. Of other classes the policies say who asks.
 * @throws OperationOutcomeError not found.
 */
export async function requireAsker(store: RequestStore): Promise<void> {
  const { actor } = store.context;
  const roles = rolesThatAsk[actor.class];
  if (roles && !actor.roles.some((role) => roles.includes(role))) {
    await requireCover(store, 'read', 'CoverageEligibilityResponse');
    throw absent();
  }
}

/**
 * An employer asks about its own people, a person about herself; anyone else is not known to them.
 * @throws OperationOutcomeError not found, for a class that has no business with cover.
 */
export async function mayAskOf(store: RequestStore, db: CoverDatabase, member: Member): Promise<boolean> {
  const { actor } = store.context;
  switch (actor.class) {
    case 'payer':
    case 'care':
    case 'system':
    case 'programme':
      return true;
    case 'employer': {
      const row = await db
        .selectFrom('cover_member')
        .select('group_id')
        .where('member_id', '=', member.memberId)
        .executeTakeFirst();
      return row?.group_id !== null && `Organization/${row?.group_id}` === actor.facility;
    }
    case 'person':
      return member.personId !== undefined && actor.personId === member.personId;
    default:
      throw absent();
  }
}

/**
 * Reads what a decision permits while that decision is written to the log: the tables are reached after the decision, and
 * nothing is answered before its entry is on disk.
 * @throws OperationOutcomeError not found, when refused; then nothing was read.
 */
export async function whilePermitted<T>(
  store: RequestStore,
  personId: string | undefined,
  read: () => Promise<T>,
): Promise<T> {
  const { permit } = await store.judge({
    action: 'read',
    target: {
      kind: 'resource',
      resourceType: 'CoverageEligibilityResponse',
      ...(personId !== undefined && { personId }),
      categories: ['cover'],
      labels: [],
    },
  });
  const logged = requireCover(store, 'read', 'CoverageEligibilityResponse', { personId });
  if (!permit) {
    await logged;
    throw absent();
  }
  const [found] = await Promise.all([read(), logged]);
  return found;
}
