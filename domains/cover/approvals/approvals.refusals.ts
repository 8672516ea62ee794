import { defineRefusals } from '@serai/kernel/base/refusal.ts';

export const approvalsRefusals = defineRefusals('approvals', {
  'approvals.four-eyes': {
    status: 409,
    sentence: 'This is decided by someone other than who proposed it.',
  },
  'approvals.waiting': {
    status: 409,
    sentence: 'The same is proposed already and waits for a second person.',
  },
  'approvals.decided': {
    status: 409,
    sentence: 'This was decided before, or set aside. Load the list again.',
  },
  'approvals.expired': {
    status: 409,
    sentence: 'This waited for longer than a proposal may. Propose it anew.',
  },
  'approvals.changed': {
    status: 409,
    sentence: 'What it comes to has changed since it was proposed. Set it aside and propose it anew.',
  },
});

export type ApprovalsRefusalCode = keyof typeof approvalsRefusals;
