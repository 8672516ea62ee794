import { defineRefusals } from '@serai/kernel/base/refusal.ts';

export const registryRefusals = defineRefusals('registry', {
  'registry.forbidden-field': {
    status: 400,
    sentence: 'Serai never records {field}. Leave it out.',
  },
  'registry.duplicate-unseen': {
    status: 409,
    sentence: 'Someone very like this person is already registered. Look at the likely duplicates, then save.',
  },
});
