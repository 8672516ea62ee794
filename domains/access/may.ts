import type { Me } from './api.ts';

const mayByClass: Readonly<Record<string, Me['may']>> = {
  care: ['register', 'assess', 'read', 'issue-card', 'scan', 'cover.provider', 'cover.vouchers'],
  operator: ['operate'],
  employer: ['cover.employer'],
  person: ['cover.mine'],
};

const mayByRole: Readonly<Record<string, Me['may']>> = {
  'enrolment-officer': ['cover.enrol', 'cover.enrol.desk', 'cover.vouchers'],
  volunteer: ['cover.enrol', 'cover.vouchers'],
  'voucher-officer': ['cover.vouchers', 'cover.vouchers.settle'],
  'claims-officer': ['cover.claims'],
  'fund-manager': [
    'cover.fund',
    'cover.look',
    'cover.claims',
    'cover.enrol',
    'cover.enrol.desk',
    'cover.vouchers',
    'cover.vouchers.settle',
  ],
  actuary: ['cover.actuary', 'cover.look'],
  insurer: ['cover.look'],
};

/** What is offered to someone, by class and then by role. */
export function mayOf(actor: { readonly class: string; readonly roles: readonly string[] }): Me['may'] {
  const byRole = actor.class === 'payer' || actor.class === 'programme' ? actor.roles : [];
  return [...new Set([...(mayByClass[actor.class] ?? []), ...byRole.flatMap((role) => mayByRole[role] ?? [])])];
}
