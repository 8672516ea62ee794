import { defineRefusals } from '@serai/kernel/base/refusal.ts';

export const paymentsRefusals = defineRefusals('payments', {
  'payments.nothing-owed': {
    status: 422,
    sentence: 'Nothing is owed to any of these facilities up to that day. Choose a later day or other facilities.',
  },
  'payments.not-by-head': {
    status: 422,
    sentence: 'No price list of this scheme pays facilities by head.',
  },
  'payments.unknown-facility': {
    status: 422,
    sentence: 'There is no such facility in this country.',
  },
  'payments.month-ahead': {
    status: 422,
    sentence: 'The month has not begun: who is registered on its first day is not known yet.',
  },
  'payments.month-has-run': {
    status: 409,
    sentence: 'There is a run for {month} already. Take it back first, or choose another month.',
  },
  'payments.four-eyes': {
    status: 409,
    sentence: 'A payment run is approved by someone other than who proposed it.',
  },
  'payments.wrong-state': {
    status: 409,
    sentence: 'A payment run that is {state} does not allow this. Load it again.',
  },
  'payments.changed': {
    status: 409,
    sentence: 'A claim of this run was judged again since it was proposed. Discard the run and propose it anew.',
  },
});
