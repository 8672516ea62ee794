import type { Migration } from './migration.ts';

/**
 * What the fund forgives is told from what it cannot collect: both leave the books, only what is forgiven counts as paid
 * for cover. A reminder says on which way it reached the holder, or who went to say it. What a worker with two employers
 * paid above the ceiling is given back once.
 */
export const migration: Migration = {
  id: '0118-cover-waivers',
  sql: `
-- Of what is no longer asked for, the part that was forgiven.
alter table cover_instalment add column waived_minor bigint not null default 0,
  add check (waived_minor between 0 and written_off_minor);

-- What was written off before stays what its entries in the books say: uncollectable.
alter table cover_write_off add column kind text not null default 'written-off' check (kind in ('written-off', 'waived')),
  -- Of it, what was not owed any more when the policy ended.
  add column cut_minor bigint not null default 0,
  add check (cut_minor between 0 and amount_minor);
create index cover_write_off_instalment on cover_write_off (instalment_id);

-- 'page': no telephone, but an account, on whose own page it stands; 'none': somebody calls or goes there, and says so.
alter table cover_reminder drop constraint cover_reminder_channel_check,
  add check (channel in ('sms', 'page', 'none')),
  add column reached_how text check (reached_how in ('call', 'visit', 'message', 'not-found')),
  add column reached_by text,
  add column reached timestamptz,
  add column reached_note text,
  add check ((reached_how is null) = (reached is null) and (reached is null) = (reached_by is null));
-- The worker's share above the ceiling of wages, given back to who worked for more than one employer in a month.
create table cover_worker_refund (
  scheme_id text not null,
  month date not null,
  member_id text collate "C" not null references cover_member,
  policy_id text collate "C" not null references cover_policy,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  refunded_by text not null,
  refunded timestamptz not null,
  primary key (scheme_id, month, member_id)
);

create index cover_reminder_unreached on cover_reminder (told desc) where channel = 'none' and reached is null;
`,
};
