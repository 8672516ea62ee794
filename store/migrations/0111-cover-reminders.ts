import type { Migration } from './migration.ts';

/** What members were reminded of, once for each stage; and the language they read. */
export const migration: Migration = {
  id: '0111-cover-reminders',
  sql: `
alter table cover_member add column language text check (language in ('en', 'th', 'my'));

create table cover_reminder (
  policy_id text collate "C" not null references cover_policy,
  -- 'renewal-soon', 'grace:<instalment>', 'lapsed': each is told once.
  stage text not null,
  -- Nobody was told where the holder has no telephone: somebody calls by another way.
  channel text not null check (channel in ('sms', 'none')),
  language text not null,
  told timestamptz not null,
  primary key (policy_id, stage)
);
`,
};
