import type { Migration } from './migration.ts';

/** Texts that were delivered: the telephone number and what was written are no longer kept (`store/outbox.ts`). */
export const migration: Migration = {
  id: '0125-outbox-forgets',
  sql: `update outbox set payload = 'null'::jsonb where topic = 'sms' and state = 'delivered';`,
};
