import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientToken } from '@serai/cli/http/sign-in.ts';
import type { AccessTables } from '@serai/domains/access/access.tables.ts';
import { putAccount } from '@serai/domains/access/accounts.store.ts';
import { generateSigningKey } from '@serai/kernel/trust/jws.ts';
import { signTrustList } from '@serai/kernel/trust/trust-list.ts';
import { enrolNode } from '@serai/server/enrol.ts';
import { openNode, type RunningNode } from '@serai/server/node.ts';
import { startEmbedded } from '@serai/store/embedded.ts';
import type { Kysely } from 'kysely';
import pg from 'pg';

export interface BenchNode {
  readonly country: string;
  readonly url: string;
  readonly databaseUrl: string;
  readonly node: RunningNode;
  /** Of a clinical system bound to the node's first facility. */
  readonly token: string;
}

/** Two nodes on one embedded PostgreSQL with its durability on, as `npm start` runs them, in this process. */
export async function openBenchCorridor(): Promise<{ th: BenchNode; mm: BenchNode; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'serai-bench-'));
  const server = await startEmbedded(folder);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const authority = await generateSigningKey();
  const trustList = join(folder, 'trust-list.jwt');
  const ports = { TH: await freePort(), MM: await freePort() };
  const urls = { TH: `http://127.0.0.1:${ports.TH}`, MM: `http://127.0.0.1:${ports.MM}` };
  const secrets = { TH: randomBytes(32).toString('hex'), MM: randomBytes(32).toString('hex') };
  const databases = {} as Record<'TH' | 'MM', string>;
  for (const country of ['TH', 'MM'] as const) {
    await admin.query(`create database bench_${country.toLowerCase()}`);
    const url = new URL(server.url);
    url.pathname = `/bench_${country.toLowerCase()}`;
    databases[country] = url.href;
  }
  await admin.end();
  const clock = () => new Date();
  const nodes = [];
  for (const country of ['TH', 'MM'] as const) {
    nodes.push(
      await enrolNode({
        country,
        name: country,
        publicUrl: urls[country],
        databaseUrl: databases[country],
        nodeSecret: secrets[country],
        clock,
      }),
    );
  }
  writeFileSync(
    trustList,
    await signTrustList({ issuer: 'bench', version: 1, nodes }, authority, Math.floor(Date.now() / 1000)),
  );

  const open = async (country: 'TH' | 'MM'): Promise<BenchNode> => {
    const node = await openNode({
      country,
      host: '127.0.0.1',
      port: ports[country],
      publicUrl: urls[country],
      databaseUrl: databases[country],
      home: folder,
      trustList,
      authorityKey: authority.publicJwk as unknown as Record<string, unknown>,
      demonstration: true,
      logLevel: 'warn',
      nodeSecret: secrets[country],
    });
    await node.app.listen({ host: '127.0.0.1', port: ports[country] });
    await putAccount(node.database as unknown as Kysely<AccessTables>, {
      id: 'bench',
      kind: 'client',
      username: 'client:bench',
      secret: 'bench-secret-bench-secret',
      name: 'Bench',
      class: 'care',
      roles: ['clinical-system'],
      facility: `Organization/${country === 'TH' ? 'mae-sot-clinic' : 'myawaddy-clinic'}`,
      language: 'en',
    });
    const token = await clientToken(`${urls[country]}/oidc/token`, 'bench', 'bench-secret-bench-secret');
    return { country, url: urls[country], databaseUrl: databases[country], node, token };
  };
  const mm = await open('MM');
  const th = await open('TH');
  await th.node.trust.refresh();
  await mm.node.trust.refresh();
  return {
    th,
    mm,
    close: async () => {
      await Promise.all([th.node.close(), mm.node.close()]);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** A JSON call that must succeed. */
export async function must<T>(node: BenchNode, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(node.url + path, {
    method,
    headers: {
      authorization: `Bearer ${node.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  }
  return JSON.parse(text) as T;
}
