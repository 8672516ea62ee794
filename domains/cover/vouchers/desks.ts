import type { Actor } from '@serai/policy/types.ts';

/** The desks of a voucher programme: who may sit at which. The policies decide first; this tells one clerk from another. */
export type Desk = 'hand-out' | 'redeem' | 'validate' | 'pay' | 'look';

const rolesOf: Readonly<Record<Exclude<Desk, 'redeem' | 'look'>, readonly string[]>> = {
  'hand-out': ['volunteer', 'voucher-officer', 'enrolment-officer', 'fund-manager'],
  validate: ['voucher-officer', 'fund-manager'],
  pay: ['fund-manager'],
};

export function sitsAt(actor: Actor, desk: Desk): boolean {
  if (desk === 'redeem') {
    return (actor.class === 'care' || actor.class === 'system') && actor.facility !== undefined;
  }
  if (desk === 'look') {
    return (['hand-out', 'validate', 'pay', 'redeem'] as const).some((each) => sitsAt(actor, each));
  }
  const clerk = actor.class === 'programme' || actor.class === 'payer';
  return clerk && actor.roles.some((role) => rolesOf[desk].includes(role));
}
