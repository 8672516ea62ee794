import type { Migration } from './migration.ts';

/** Jobs asked for at one instant are done in the order they were asked for: a month is earned before the one after it. */
export const migration: Migration = {
  id: '0117-job-order',
  sql: `
alter table job add column number bigint generated always as identity;
drop index job_waiting;
create index job_waiting on job (created, number) where state in ('waiting', 'running');
`,
};
