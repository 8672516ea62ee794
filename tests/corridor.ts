import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '@serai/cli/http/sign-in.ts';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { type NewAccount, putAccount } from '@serai/domains/access/accounts.store.ts';
import { hashPassword } from '@serai/domains/access/passwords.store.ts';
import { generateSigningKey } from '@serai/kernel/trust/jws.ts';
import { signTrustList, type TrustedNode } from '@serai/kernel/trust/trust-list.ts';
import { enrolNode } from '@serai/server/enrol.ts';
import { openNode, type RunningNode } from '@serai/server/node.ts';
import type { Kysely } from 'kysely';
import { freshDatabase } from './database.ts';

/** What goes wrong on the line to a node, set by a test and lasting until it sets another. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'down' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string | Buffer; readonly only?: string }
  | { readonly kind: 'rewrite'; readonly rewrite: (body: string) => string | Promise<string>; readonly only: string };

/** One node of a test corridor behind a line that a test can cut, slow or spoil. */
export interface TestNode {
  readonly country: string;
  readonly url: string;
  readonly node: RunningNode;
  readonly log: string[];
  /** Folder of the node's own files. */
  readonly home: string;
  /** A token of `nurse`, `doctor`, `operator` or another of the staff; who signed in a moment ago has it still. */
  readonly token: (username: string) => Promise<string>;
  readonly call: (
    token: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Called>;
  fault: Fault;
  clockOffsetSeconds: number;
}

export interface Called {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as they come
  readonly json: any;
  /** The refusal code of an `OperationOutcome`, where there is one. */
  readonly code: string | undefined;
}

export interface Corridor {
  readonly th: TestNode;
  readonly mm: TestNode;
  /** A fresh trust list, fetched by both: for tests that move the clock by months. */
  readonly renewTrust: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const password = 'correct horse battery staple';
let hash: string | undefined;

const staff = (country: string): NewAccount[] =>
  (
    [
      ['nurse', 'care', ['nurse']],
      ['doctor', 'care', ['doctor']],
      ['operator', 'operator', ['operator']],
      ['enforcement', 'enforcement', ['immigration-officer']],
      ['voucher-officer', 'programme', ['voucher-officer']],
      ['hospital-nurse', 'care', ['nurse'], 'mae-sot-hospital'],
      ['claims-officer', 'payer', ['claims-officer']],
      ['second-claims-officer', 'payer', ['claims-officer']],
      ['fund-manager', 'payer', ['fund-manager']],
      ['second-fund-manager', 'payer', ['fund-manager']],
      ['enrolment-officer', 'payer', ['enrolment-officer']],
      ['actuary', 'payer', ['actuary']],
      ['insurer', 'payer', ['insurer']],
      ['volunteer', 'programme', ['volunteer']],
      ['employer', 'employer', ['employer'], 'employer-demo'],
    ] as const
  ).map(([username, of, roles, facility]) => ({
    id: `staff-${username}`,
    kind: 'staff',
    username,
    name: `${username} (test)`,
    class: of,
    roles,
    language: 'en',
    ...(of !== 'operator' && {
      facility: `Organization/${facility ?? (country === 'TH' ? 'mae-sot-clinic' : 'myawaddy-clinic')}`,
    }),
  }));

/** Two real country nodes on real PostgreSQL, listening on loopback, with a signed trust list between them. */
export async function openCorridor(options: { readonly agreements?: Record<string, string> } = {}): Promise<Corridor> {
  const folder = mkdtempSync(join(tmpdir(), 'serai-corridor-'));
  const authority = await generateSigningKey();
  const trustList = join(folder, 'trust-list.jwt');
  const lines = { TH: await openLine(), MM: await openLine() };
  const databases = { TH: await freshDatabase(), MM: await freshDatabase() };
  const secrets = { TH: randomBytes(32).toString('base64url'), MM: randomBytes(32).toString('base64url') };
  const enrolled: TrustedNode[] = [];
  for (const country of ['TH', 'MM'] as const) {
    enrolled.push(
      await enrolNode({
        country,
        name: country,
        publicUrl: lines[country].url,
        databaseUrl: databases[country],
        nodeSecret: secrets[country],
        // Keys that have been in use for a while, so that a test may turn a clock back.
        clock: () => new Date(Date.now() - 30 * 86_400_000),
      }),
    );
  }
  const list = { issuer: 'test', version: 1, nodes: enrolled };
  const publish = async (daysAgo: number) =>
    writeFileSync(trustList, await signTrustList(list, authority, Math.floor(Date.now() / 1000) - daysAgo * 86_400));
  await publish(20);

  const open = async (country: 'TH' | 'MM'): Promise<TestNode> => {
    const line = lines[country];
    const log: string[] = [];
    const test: TestNode = {
      country,
      url: line.url,
      log,
      home: folder,
      fault: { kind: 'none' },
      clockOffsetSeconds: 0,
      node: undefined as unknown as RunningNode,
      token: tokensOf(line.url, () => test.clockOffsetSeconds),
      call: (token, method, path, body, headers) => call(line.url, token, method, path, body, headers),
    };
    const node = await openNode({
      country,
      host: '127.0.0.1',
      port: 0,
      publicUrl: line.url,
      databaseUrl: databases[country],
      home: folder,
      trustList,
      authorityKey: authority.publicJwk as unknown as Record<string, unknown>,
      demonstration: true,
      logLevel: 'info',
      nodeSecret: secrets[country],
      clock: () => new Date(Date.now() + test.clockOffsetSeconds * 1000),
      logTo: { write: (entry) => log.push(entry) },
      ...(options.agreements?.[country] && { agreementsFolder: options.agreements[country] }),
    });
    await node.app.listen({ host: '127.0.0.1', port: 0 });
    const accounts = node.database as unknown as Kysely<AccessTables>;
    for (const account of staff(country)) {
      await putAccount(accounts, account);
    }
    // They share one password, and its hash: making one takes as long as it should.
    hash ??= await hashPassword(password);
    await accounts.updateTable('account').set({ secret_hash: hash }).where('kind', '=', 'staff').execute();
    line.connect((node.app.server.address() as AddressInfo).port, () => test.fault);
    return Object.assign(test, { node });
  };
  const th = await open('TH');
  const mm = await open('MM');
  await th.node.trust.refresh();
  await mm.node.trust.refresh();
  return {
    th,
    mm,
    renewTrust: async () => {
      await publish(0);
      await Promise.all([th.node.trust.refresh(), mm.node.trust.refresh()]);
      await Promise.all([th.node.trust.takeOwn(), mm.node.trust.takeOwn()]);
    },
    close: async () => {
      await Promise.all([lines.TH.close(), lines.MM.close()]);
      await Promise.all([th.node.close(), mm.node.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in once for some minutes, as someone at a desk does; anew whenever a test has moved a clock. */
function tokensOf(url: string, offset: () => number): (username: string) => Promise<string> {
  const known = new Map<string, { readonly token: Promise<string>; readonly at: number; readonly offset: number }>();
  return (username) => {
    const before = known.get(username);
    const age = Date.now() - (before?.at ?? 0);
    if (before && before.offset === offset() && age >= 0 && age < 300_000) {
      return before.token;
    }
    const token = signIn(url, username, password);
    known.set(username, { token, at: Date.now(), offset: offset() });
    token.catch(() => known.delete(username));
    return token;
  };
}

export async function call(
  base: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Called> {
  const response = await fetch(base + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: { issue?: { details?: { coding?: { code?: string }[] } }[] } | undefined;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json, code: json?.issue?.[0]?.details?.coding?.[0]?.code };
}

interface Line {
  readonly url: string;
  connect(port: number, fault: () => Fault): void;
  close(): Promise<void>;
}

/** The line to a node: passes everything on, unless its fault says otherwise. */
async function openLine(): Promise<Line> {
  let target = 0;
  let fault: () => Fault = () => ({ kind: 'none' });
  const server: Server = createServer((incoming, outgoing) => {
    const now = fault();
    if (now.kind === 'down') {
      incoming.socket.destroy();
    } else if (now.kind === 'answer' && (!now.only || incoming.url?.startsWith(now.only))) {
      outgoing.writeHead(now.status, { 'content-type': 'application/jose' }).end(now.body);
    } else if (now.kind !== 'slow') {
      pass(incoming, outgoing, target, now);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect: (port, given) => {
      target = port;
      fault = given;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, fault: Fault): void {
  const onward = httpRequest(
    { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      if (fault.kind === 'rewrite' && incoming.url?.startsWith(fault.only)) {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', async () => {
          const body = await fault.rewrite(Buffer.concat(chunks).toString('utf8'));
          outgoing
            .writeHead(answer.statusCode ?? 200, { 'content-type': answer.headers['content-type'] ?? '' })
            .end(body);
        });
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
