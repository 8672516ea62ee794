import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import Fastify from 'fastify';
import { Pool } from 'pg';
import { startEmbedded } from '../store/embedded.ts';
import { createFhirRouter } from '../store/router.ts';
import { createStore } from '../store/store.ts';
import { allowAll, classify, contextWith, personFacts } from '../store/testing/context.ts';
import type { RequestStore } from '../store/types.ts';
import type { Bench, BenchRow } from './bench.ts';

/** The store against PostgreSQL alone, side by side: import, read by id over HTTP, cold start. Real fsync throughout. */

const shared = process.env.SERAI_SHARED_DATA ?? join(import.meta.dirname, '../../shared/data');
const bundlesFile = join(shared, 'synthea/r4-transaction-bundles-40.ndjson.gz');
const ROUNDS = 3;

async function run(note: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'serai-bench-'));
  const database = await startEmbedded(folder);
  const store = await createStore({ url: database.url, classify, personFacts, baseUrl: 'http://localhost/fhir/R4/' });
  const pool = new Pool({ connectionString: database.url, max: 10 });
  // Its last sockets may still be closing when the server stops.
  pool.on('error', () => {});
  try {
    const request = () => store.forRequest(contextWith(allowAll));
    const rows = [...(await importRows(pool, request(), note)), await readRow(pool, request, note)];
    await pool.end();
    await store.close();
    await database.stop();
    rows.push(await coldStartRow(folder, note));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importRows(pool: Pool, request: RequestStore, note: (line: string) => void): Promise<BenchRow[]> {
  if (!existsSync(bundlesFile)) {
    note(`import skipped: ${bundlesFile} is absent`);
    await request.repo.createResource({ resourceType: 'Patient', active: true });
    return [];
  }
  const lines = gunzipSync(readFileSync(bundlesFile)).toString('utf8').trim().split('\n');
  await pool.query('create table bench_raw (id text primary key, content text)');
  const router = createFhirRouter();
  const ratios: number[] = [];
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bundles = lines.map((line) => JSON.parse(line) as Bundle);
    const count = bundles.reduce((sum, bundle) => sum + (bundle.entry?.length ?? 0), 0);
    const rawStarted = performance.now();
    for (const [i, bundle] of bundles.entries()) {
      const entries = bundle.entry ?? [];
      await pool.query('insert into bench_raw select * from unnest($1::text[], $2::text[])', [
        entries.map((_, k) => `${round}-${i}-${k}`),
        entries.map((entry) => JSON.stringify(entry.resource)),
      ]);
    }
    const rawSeconds = (performance.now() - rawStarted) / 1000;
    const started = performance.now();
    for (const bundle of bundles) {
      const [outcome] = await router.handleRequest(
        { method: 'POST', url: '', pathname: '', params: {}, query: {}, body: bundle, config: { transactions: true } },
        request.repo,
      );
      if (outcome.id !== 'ok') {
        throw new Error(`import failed: ${JSON.stringify(outcome).slice(0, 300)}`);
      }
    }
    const seconds = (performance.now() - started) / 1000;
    note(`import ${count} in ${seconds.toFixed(2)} s, raw ${rawSeconds.toFixed(2)} s`);
    best = Math.max(best, count / seconds);
    ratios.push(rawSeconds / seconds);
  }
  const ratio = median(ratios);
  return [
    {
      claim: 'import of transaction bundles, validated and indexed',
      value: best,
      unit: 'resources/s',
      against: 'raw multi-row insert of the same bytes, one connection',
      ratio,
      budget: '≥ 40 %',
      met: ratio >= 0.4,
    },
  ];
}

async function readRow(pool: Pool, request: () => RequestStore, note: (line: string) => void): Promise<BenchRow> {
  const [patient] = await request().repo.searchResources({ resourceType: 'Patient', count: 1 });
  const { id } = patient as Resource & { id: string };
  const app = Fastify();
  app.get<{ Params: { id: string } }>('/bare/:id', async ({ params }, reply) => {
    const { rows } = await pool.query({
      name: 'bare',
      text: 'select content from resource where resource_type = $1 and id = $2',
      values: ['Patient', params.id],
    });
    return reply.type('application/fhir+json').send(rows[0].content);
  });
  const router = createFhirRouter();
  app.get<{ Params: { id: string } }>('/store/:id', async ({ params }, reply) => {
    const url = `Patient/${params.id}`;
    const [, resource] = await router.handleRequest(
      { method: 'GET', url, pathname: '', params: {}, query: {}, body: undefined },
      request().repo,
    );
    return reply.type('application/fhir+json').send(JSON.stringify(resource));
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const ratios: number[] = [];
  let best = 0;
  for (let round = 0; round < ROUNDS + 1; round++) {
    const bare = await load(`${address}/bare/${id}`);
    const ours = await load(`${address}/store/${id}`);
    note(`reads/s: bare ${bare.toFixed(0)}, store ${ours.toFixed(0)}`);
    // The first round warms both.
    if (round > 0) {
      best = Math.max(best, ours);
      ratios.push(ours / bare);
    }
  }
  await app.close();
  const ratio = median(ratios);
  return {
    claim: 'read by id over HTTP, decided and logged',
    value: best,
    unit: 'reads/s',
    against: 'a bare Fastify route doing one primary-key query',
    ratio,
    budget: '≥ 70 %',
    met: ratio >= 0.7,
  };
}

async function load(url: string, count = 3000, connections = 64): Promise<number> {
  const worker = new Worker(join(import.meta.dirname, 'http-load.ts'), { workerData: { url, connections, count } });
  const seconds = await new Promise<number>((done, fail) => worker.once('message', done).once('error', fail));
  await worker.terminate();
  return count / seconds;
}

async function coldStartRow(folder: string, note: (line: string) => void): Promise<BenchRow> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'store-first-answer.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((done) => child.stdout.once('data', () => done()));
    times.push((performance.now() - started) / 1000);
    note(`cold start ${times.at(-1)!.toFixed(2)} s`);
    await new Promise<void>((done) => child.once('exit', () => done()));
  }
  const value = median(times);
  return {
    claim: 'cold start of a process to its first answer, embedded',
    value,
    unit: 's',
    budget: '≤ 3 s',
    met: value <= 3,
  };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export default { name: 'store', run } satisfies Bench;
