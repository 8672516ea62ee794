import { migration as record } from './0001-record.ts';
import { migration as access } from './0100-access.ts';
import { migration as registry } from './0101-registry.ts';
import { migration as exchange } from './0102-exchange.ts';
import type { Migration } from './migration.ts';

/** In the order they run. */
export const migrations: readonly Migration[] = [record, access, registry, exchange];
