import { randomBytes } from 'node:crypto';
import { type DemoFile, type DemoNode, readDemoAccounts } from '../demo/prepare.ts';

/** A demonstration's accounts, with passwords made now. `ports` by country. */
export function newDemoFile(ports: Readonly<Record<string, number>>): DemoFile {
  const accounts = readDemoAccounts();
  return {
    nodes: Object.entries(ports).map(
      ([country, port]): DemoNode => ({
        country,
        baseUrl: addressOf(port),
        fhirUrl: `${addressOf(port)}/fhir/R4`,
        tokenUrl: `${addressOf(port)}/oidc/token`,
        clients: accounts.clients.map(({ role, clientId }) => ({ role, clientId, clientSecret: password() })),
        users: accounts.staff.map(({ role, username }) => ({ role, username, password: password() })),
      }),
    ),
  };
}

/** The same accounts and passwords at today's addresses; accounts that are new since get passwords. */
export function withAddresses(demo: DemoFile, ports: Readonly<Record<string, number>>): DemoFile {
  return {
    nodes: newDemoFile(ports).nodes.map((node) => {
      const before = demo.nodes.find((each) => each.country === node.country);
      return {
        ...node,
        clients: node.clients.map((client) => before?.clients.find((each) => each.role === client.role) ?? client),
        users: node.users.map((user) => before?.users.find((each) => each.role === user.role) ?? user),
      };
    }),
  };
}

export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Sixteen letters and digits that are easy to tell apart and to type: 79 bits. */
function password(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  // Bytes past the last whole multiple of the alphabet are drawn again, so that every letter is equally likely.
  const drawn: string[] = [];
  while (drawn.length < 16) {
    for (const byte of randomBytes(32)) {
      if (byte < 256 - (256 % letters.length) && drawn.length < 16) {
        drawn.push(letters[byte % letters.length]!);
      }
    }
  }
  return drawn.join('').replace(/(.{4})(?=.)/g, '$1-');
}
