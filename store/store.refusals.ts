import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** What the store refuses as a value or carries in a fault. */
export const storeRefusals = defineRefusals('store', {
  'store.request-id-reused': {
    status: 409,
    sentence: 'This request id was already used for another request: mint a new one.',
  },
  'store.unavailable': {
    status: 503,
    sentence: 'The record cannot be reached just now. Try again later.',
    retry: true,
  },
  'store.evidence-unavailable': {
    status: 503,
    sentence: 'The evidence log cannot be written, so nothing is released. Try again later.',
    retry: true,
  },
});
