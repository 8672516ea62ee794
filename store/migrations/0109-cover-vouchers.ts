import type { Migration } from './migration.ts';

/** Care vouchers: who holds them, the booklets, every step of a voucher's life, devices, redemptions, disputes, payments. */
export const migration: Migration = {
  id: '0109-cover-vouchers',
  sql: `
create table voucher_holder (
  holder_id text collate "C" primary key,
  programme_id text not null,
  group_id text not null,
  name text not null,
  name_key text not null,
  -- Children: by it they are below five. Never a document, never a status.
  birth_date date,
  village text not null,
  phone text,
  language text not null,
  person_id text collate "C",
  registered_on date not null,
  registered_by text not null,
  created timestamptz not null
);
create index voucher_holder_name on voucher_holder (programme_id, name_key text_pattern_ops);

create table voucher_booklet (
  booklet_id text collate "C" primary key,
  booklet_number text collate "C" not null unique,
  programme_id text not null,
  holder_id text collate "C" not null references voucher_holder,
  -- What stands on the cover: shown with a voucher, it says that the booklet is there too.
  code text not null,
  channel text not null check (channel in ('print', 'sms')),
  made_on date not null,
  issued_on date,
  expires_on date not null,
  replaces text collate "C" references voucher_booklet,
  -- No longer in use: void, or lost and replaced.
  closed_on date,
  made_by text not null
);
create index voucher_booklet_holder on voucher_booklet (holder_id);
-- A booklet is replaced once.
create unique index voucher_booklet_replaces on voucher_booklet (replaces) where replaces is not null;

create table voucher (
  voucher_id text collate "C" primary key,
  booklet_id text collate "C" not null references voucher_booklet,
  holder_id text collate "C" not null references voucher_holder,
  programme_id text not null,
  service text not null,
  number integer not null check (number > 0),
  short_code text collate "C" not null unique,
  -- The signed voucher, as the square on paper holds it.
  signed text not null,
  state text not null check (state in ('generated', 'printed', 'issued', 'activated', 'redeemed', 'validated', 'paid',
    'void', 'lost-replaced', 'expired', 'disputed', 'fraud-hold')),
  held_from text check ((held_from is not null) = (state in ('disputed', 'fraud-hold'))),
  hold_reasons text[] not null default '{}',
  value_minor bigint not null check (value_minor >= 0),
  currency text not null,
  made_on date not null,
  issued_on date,
  expires_on date not null,
  validated_on date,
  paid_on date,
  batch_id text collate "C",
  unique (booklet_id, service, number)
);
create index voucher_state on voucher (programme_id, state, expires_on, voucher_id);
create index voucher_holder_vouchers on voucher (holder_id);

create table voucher_event (
  voucher_id text collate "C" not null references voucher,
  number integer not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  state_from text not null,
  state_to text not null,
  reasons text[] not null default '{}',
  primary key (voucher_id, number)
);

create table voucher_device (
  device_id text collate "C" primary key,
  facility text not null,
  label text not null,
  kid text collate "C" not null unique,
  public_jwk jsonb not null,
  registered timestamptz not null,
  registered_by text not null,
  counter integer not null default 0,
  -- Digest of its last statement: the next one stands on it.
  previous text not null default '-',
  -- Epoch seconds of its last statement and of its last kit: a device cannot go back before them.
  last_at bigint not null default 0,
  kit_issued_at bigint not null default 0,
  -- Its number when it fetched that kit: how many it has taken since is bounded.
  kit_counter integer not null default 0,
  last_sync timestamptz,
  held_because text,
  revoked timestamptz
);
create index voucher_device_facility on voucher_device (facility);

create table voucher_redemption (
  redemption_id text collate "C" primary key,
  -- No reference: a device may name a voucher that is none of ours, and what it said is kept.
  voucher_id text collate "C" not null,
  programme_id text not null,
  -- \`MM:myawaddy-clinic\`
  provider text not null,
  provider_level text not null,
  device_id text collate "C" references voucher_device,
  counter integer not null default 0,
  -- Epoch seconds when it was taken: by the node's clock online, by the device's offline.
  taken_at bigint not null,
  received timestamptz not null,
  service_on date not null,
  delivered_on date,
  place text check (place in ('facility', 'home', 'outreach')),
  -- Signed by the device; absent online.
  statement text,
  outcome text not null check (outcome in ('accepted', 'disputed', 'rejected', 'refused')),
  refusal text,
  actor text not null,
  sampled boolean not null default false,
  called_on date,
  confirmed boolean,
  satisfaction integer check (satisfaction between 1 and 5),
  encounter_id text
);
-- One voucher is good for one service: whatever else goes wrong, the database keeps to it.
create unique index voucher_redemption_once on voucher_redemption (voucher_id) where outcome = 'accepted';
create unique index voucher_redemption_counter on voucher_redemption (device_id, counter) where device_id is not null;
create index voucher_redemption_provider on voucher_redemption (provider, taken_at);
create index voucher_redemption_sampled on voucher_redemption (programme_id) where sampled and called_on is null;

create table voucher_dispute (
  dispute_id text collate "C" primary key,
  programme_id text not null,
  voucher_id text collate "C" not null references voucher,
  -- \`double\`: taken twice. \`contested\`: the holder, or whoever checks, says it was not given.
  kind text not null check (kind in ('double', 'contested')),
  accepted_id text collate "C" references voucher_redemption,
  other_id text collate "C" references voucher_redemption,
  opened timestamptz not null,
  because text not null,
  state text not null check (state in ('open', 'closed')),
  decision text check (decision in ('stands', 'other-stands', 'neither')),
  decided_by text,
  decided timestamptz,
  note text
);
create index voucher_dispute_open on voucher_dispute (programme_id, opened) where state = 'open';

create table voucher_batch (
  batch_id text collate "C" primary key,
  programme_id text not null,
  up_to date not null,
  currency text not null,
  state text not null check (state in ('proposed', 'paid', 'cancelled')),
  vouchers integer not null,
  amount_minor bigint not null,
  made_by text not null,
  approved_by text,
  created timestamptz not null,
  paid_on date
);

-- Vouchers of another country taken here: sent to the issuer, who decides and pays.
create table voucher_abroad (
  redemption_id text collate "C" primary key,
  issuer text not null,
  programme_id text not null,
  voucher_id text collate "C" not null,
  service text not null,
  provider text not null,
  device_id text collate "C",
  counter integer not null default 0,
  taken_at bigint not null,
  service_on date not null,
  body jsonb not null,
  state text not null check (state in ('waiting', 'accepted', 'disputed', 'refused')),
  refusal text,
  actor text not null,
  created timestamptz not null,
  answered timestamptz
);
create unique index voucher_abroad_once on voucher_abroad (issuer, voucher_id) where state in ('waiting', 'accepted');
create index voucher_abroad_provider on voucher_abroad (provider, taken_at);
`,
};
