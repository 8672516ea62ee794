import { absent } from '@serai/store/faults.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { CoverOptions } from '../cover.deps.ts';

/**
 * Whose claims an actor reaches, once `requireCover` has let them in: a facility its own, a payer all of this node.
 *
 * @returns the provider code alone whose rows may be seen; undefined for all.
 * @throws OperationOutcomeError not found, for anyone else.
 */
export function ownProviderOf(store: RequestStore, options: Pick<CoverOptions, 'country'>): string | undefined {
  const { actor } = store.context;
  if (actor.class === 'payer') {
    return undefined;
  }
  const id = /^Organization\/(.+)$/.exec(actor.facility ?? '')?.[1];
  if ((actor.class === 'care' || actor.class === 'system') && id) {
    return `${options.country}:${id}`;
  }
  throw absent();
}

/**
 * An act within a class is some roles' alone: who may not do it learns nothing of it.
 * @throws OperationOutcomeError not found.
 */
export function requireRole(store: RequestStore, roles: readonly string[]): void {
  const { actor } = store.context;
  if (actor.class !== 'payer' || !actor.roles.some((role) => roles.includes(role))) {
    throw absent();
  }
}

/**
 * The facility a claim is entered for: the actor's own. Who judges claims enters none of a facility that can enter its own;
 * the bill of one abroad, which reaches nobody else here, is theirs to enter.
 *
 * @returns undefined for a facility abroad. @throws OperationOutcomeError not found, for anyone else.
 */
export function enteringFor(
  store: RequestStore,
  options: Pick<CoverOptions, 'country'>,
  provider?: string,
): string | undefined {
  const own = ownProviderOf(store, options);
  if (own === undefined) {
    requireRole(store, judges);
    if (provider === undefined || provider.startsWith(`${options.country}:`)) {
      throw absent();
    }
  }
  return own;
}

/**
 * For whom an actor may appeal: a facility for itself; of the payers those who judge claims, for whoever told them.
 *
 * @returns as `ownProviderOf`. @throws OperationOutcomeError not found, for anyone else.
 */
export function appealingFor(store: RequestStore, options: Pick<CoverOptions, 'country'>): string | undefined {
  const own = ownProviderOf(store, options);
  if (own === undefined) {
    requireRole(store, judges);
  }
  return own;
}

export const judges = ['claims-officer', 'fund-manager'] as const;
export const payers = ['fund-manager'] as const;
