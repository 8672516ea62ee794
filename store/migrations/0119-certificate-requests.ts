import type { Migration } from './migration.ts';

/** Certificates of insured periods asked for across a border. */
export const migration: Migration = {
  id: '0119-certificate-requests',
  sql: `
-- Both sides keep what was asked: 'asker' the country that wants to know, 'issuer' the one that may certify.
create table settlement_certificate_request (
  request_id text collate "C" primary key,
  side text not null check (side in ('asker', 'issuer')),
  partner text not null,
  agreement text not null,
  clause text not null,
  -- Of the asker: whom it is asked for. Of the issuer: who was found under the card; null where nobody was.
  member_id text collate "C" references cover_member,
  locator text not null,
  asked_on date not null,
  answer_by date not null,
  -- 'lapsed': the asker no longer waits; an answer that comes all the same is taken.
  state text not null check (state in ('asked', 'given', 'refused', 'lapsed')),
  reason text,
  answered_on date,
  certificate_id text collate "C" references settlement_certificate,
  asked_by text not null,
  check (side = 'issuer' or member_id is not null),
  check ((state = 'refused') = (reason is not null)),
  check ((state = 'given') = (certificate_id is not null)),
  check ((state in ('given', 'refused')) = (answered_on is not null))
);
create index settlement_certificate_request_open on settlement_certificate_request (side, answer_by) where state = 'asked';
create index settlement_certificate_request_member on settlement_certificate_request (member_id);
`,
};
