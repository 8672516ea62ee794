import type { Migration } from './migration.ts';

/** A voucher device that is lost is revoked: by whom, why, and the last day it was surely in its facility's hands. */
export const migration: Migration = {
  id: '0121-voucher-devices',
  sql: `
alter table voucher_device
  add column revoked_by text,
  add column revoked_because text,
  -- What it took after this day is refused; what it took until then is put before a person.
  add column in_hand_until date,
  add constraint voucher_device_revoked
    check ((revoked is null) = (revoked_by is null) and (revoked is null) = (in_hand_until is null));
`,
};
