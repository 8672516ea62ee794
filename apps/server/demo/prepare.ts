import { readFileSync } from 'node:fs';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { putAccount } from '@serai/domains/access/accounts.store.ts';
import type { Kysely } from 'kysely';
import { loadCountry } from '../country.ts';
import type { RunningNode } from '../node.ts';

/** `.serai/demo.json`: what the demonstration offers to whoever tries it. */
export interface DemoFile {
  readonly nodes: readonly DemoNode[];
}

export interface DemoNode {
  readonly country: string;
  readonly baseUrl: string;
  readonly fhirUrl: string;
  readonly tokenUrl: string;
  readonly clients: readonly { readonly role: string; readonly clientId: string; readonly clientSecret: string }[];
  readonly users: readonly { readonly role: string; readonly username: string; readonly password: string }[];
}

/** `countries/demo/accounts.json`: who there is in every node of the demonstration. */
export interface DemoAccounts {
  readonly staff: readonly DemoAccount[];
  readonly clients: readonly (Omit<DemoAccount, 'username'> & { readonly clientId: string })[];
}

interface DemoAccount {
  readonly role: string;
  readonly username: string;
  readonly class: string;
  readonly roles: readonly string[];
  /** Which of the country's facilities. */
  readonly facility?: number;
  /** For an employer: its own organisation. */
  readonly organization?: string;
  readonly name: string;
}

export function readDemoAccounts(): DemoAccounts {
  return JSON.parse(readFileSync(new URL('../../../countries/demo/accounts.json', import.meta.url), 'utf8'));
}

/** Makes the demonstration's accounts in this node, with the passwords of the demo file. */
export async function prepareDemonstration(node: RunningNode, country: string, demoFile: string): Promise<void> {
  const demo = JSON.parse(readFileSync(demoFile, 'utf8')) as DemoFile;
  const mine = demo.nodes.find((each) => each.country === country.toLowerCase());
  if (!mine) {
    return;
  }
  const { facilities, language } = loadCountry(country);
  const database = node.database as unknown as Kysely<AccessTables>;
  const facilityOf = (index: number | undefined) =>
    index === undefined ? {} : { facility: `Organization/${facilities[index]!.id}` };
  const accounts = readDemoAccounts();
  await Promise.all([
    ...accounts.staff.map(({ role, username, class: of, roles, facility, organization, name }) =>
      putAccount(database, {
        id: `staff-${username}`,
        kind: 'staff',
        username,
        secret: mine.users.find((user) => user.role === role)!.password,
        name,
        class: of,
        roles,
        language,
        ...(organization ? { facility: `Organization/${organization}` } : facilityOf(facility)),
      }),
    ),
    ...accounts.clients.map(({ role, clientId, class: of, roles, facility, name }) =>
      putAccount(database, {
        id: clientId,
        kind: 'client',
        username: `client:${clientId}`,
        secret: mine.clients.find((client) => client.role === role)!.clientSecret,
        name,
        class: of,
        roles,
        language,
        ...facilityOf(facility),
      }),
    ),
  ]);
}
