import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why a policy cannot be made, or changed, as asked. Order is precedence. */
export const policyRefusals = defineRefusals('policy', {
  'policy.starts-before-enrolment': { status: 422, sentence: 'Cover cannot start before the day of enrolment.' },
  'policy.too-far-ahead': { status: 422, sentence: 'Cover cannot start more than a year ahead.' },
  'policy.no-length': {
    status: 422,
    sentence: 'Cover is for at least a day, and at most for the period of the scheme.',
  },
  'policy.too-many-instalments': { status: 422, sentence: 'The scheme does not take so many instalments.' },
  'policy.ended': { status: 409, sentence: 'The policy has ended already.' },
  'policy.ends-outside': { status: 422, sentence: 'A policy ends on a day of its own period.' },
});

export type PolicyRefusalCode = keyof typeof policyRefusals;
