import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Bundle } from '@medplum/fhirtypes';
import { createFhirRouter } from '@serai/store/router.ts';
import fastify from 'fastify';
import pg from 'pg';
import type { Bench, BenchRow } from './bench.ts';
import { type BenchNode, freePort, openBenchCorridor } from './corridor.ts';

const run = promisify(execFile);
const records = join(import.meta.dirname, '../countries/demo/records/synthea-transactions.ndjson.gz');

/** DESIGN 12: read by id, bulk import, cold start; each as a ratio within this run. */
const bench: Bench = {
  name: 'store',
  async run(note) {
    const corridor = await openBenchCorridor();
    try {
      note('importing 40 Synthea bundles, and the same bytes raw…');
      const rows = [await bulkImport(corridor.mm)];
      note('reading by id over HTTP, against a bare route…');
      rows.push(...(await readById(corridor.mm)));
      await corridor.close();
      note('starting cold…');
      rows.push(await coldStart());
      return rows;
    } catch (error) {
      await corridor.close().catch(() => {});
      throw error;
    }
  },
};
export default bench;

async function bulkImport(node: BenchNode): Promise<BenchRow> {
  const bundles = gunzipSync(readFileSync(records))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Bundle);
  const router = createFhirRouter();
  const started = performance.now();
  let resources = 0;
  for (const bundle of bundles) {
    const [outcome, answer] = await router.handleRequest(
      { method: 'POST', url: '/', pathname: '', params: {}, query: {}, body: bundle, config: { transactions: true } },
      node.node.ownStore().repo,
    );
    if (answer?.resourceType !== 'Bundle') {
      throw new Error(`a bundle was not taken: ${JSON.stringify(outcome)}`);
    }
    resources += bundle.entry?.length ?? 0;
  }
  const ours = (performance.now() - started) / 1000;

  // The same bytes into a bare table of the same server: one transaction a bundle, one multi-row insert each.
  const client = new pg.Client({ connectionString: node.databaseUrl });
  await client.connect();
  await client.query('create table raw_copy (type text, id text, content text, primary key (type, id))');
  const begun = performance.now();
  for (const [i, bundle] of bundles.entries()) {
    const all = bundle.entry!.map((entry) => entry.resource!);
    await client.query('begin');
    await client.query('insert into raw_copy select * from unnest($1::text[], $2::text[], $3::text[])', [
      all.map((each) => each.resourceType),
      all.map((each, j) => `${i}-${j}-${each.id}`),
      all.map((each) => JSON.stringify(each)),
    ]);
    await client.query('commit');
  }
  const raw = (performance.now() - begun) / 1000;
  await client.end();
  return {
    claim: 'bulk import, validated, indexed, with history and evidence',
    value: resources / ours,
    unit: 'resources/s',
    against: `raw multi-row insert of the same bytes (${Math.round(resources / raw)}/s)`,
    ratio: raw / ours,
    budget: '≥ 0.40 ×',
    met: raw / ours >= 0.4,
  };
}

async function readById(node: BenchNode): Promise<BenchRow[]> {
  const pool = new pg.Pool({ connectionString: node.databaseUrl, max: 20 });
  // Its last sockets may still be closing when the server stops.
  pool.on('error', () => {});
  const { rows } = await pool.query<{ resource_type: string; id: string }>(
    `select resource_type, id from resource where resource_type = 'Observation' and not deleted order by id limit 500`,
  );
  const bare = fastify();
  bare.get<{ Params: { id: string } }>('/bare/:id', async (request, reply) => {
    const found = await pool.query<{ content: string }>({
      name: 'bare',
      text: `select content from resource where resource_type = 'Observation' and id = $1`,
      values: [request.params.id],
    });
    return reply.type('application/fhir+json').send(found.rows[0]!.content);
  });
  const port = await freePort();
  await bare.listen({ host: '127.0.0.1', port });

  const headers = { authorization: `Bearer ${node.token}` };
  const ours = rows.map((row) => `${node.url}/fhir/R4/Observation/${row.id}`);
  const theirs = rows.map((row) => `http://127.0.0.1:${port}/bare/${row.id}`);
  // Turn about, so that whatever else the machine does falls on both.
  const measured = { ours: [] as Load[], theirs: [] as Load[] };
  for (let round = 0; round < 3; round++) {
    measured.theirs.push(await load(theirs, {}));
    measured.ours.push(await load(ours, headers));
  }
  await bare.close();
  await pool.end();
  const best = (loads: Load[]) => loads.reduce((a, b) => (a.perSecond > b.perSecond ? a : b));
  const [us, them] = [best(measured.ours), best(measured.theirs)];
  return [
    {
      claim: 'read by id over HTTP, decided and logged',
      value: us.perSecond,
      unit: 'requests/s',
      against: `a bare Fastify route with one primary-key query (${Math.round(them.perSecond)}/s)`,
      ratio: us.perSecond / them.perSecond,
      budget: '≥ 0.70 ×',
      met: us.perSecond / them.perSecond >= 0.7,
    },
    { claim: 'read by id, p95 with 16 at once', value: us.p95, unit: 'ms', against: `bare ${them.p95.toFixed(1)} ms` },
  ];
}

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly failed: number;
}

async function load(urls: string[], headers: Record<string, string>): Promise<Load> {
  const { stdout } = await run(process.execPath, [
    join(import.meta.dirname, 'load.ts'),
    JSON.stringify({ urls, headers, concurrency: 16, seconds: 4 }),
  ]);
  const result = JSON.parse(stdout) as Load;
  if (result.failed > 0) {
    throw new Error(`${result.failed} requests did not answer 200`);
  }
  return result;
}

/** `npm start` on a home that exists: from the command to the first answer of both nodes. */
async function coldStart(): Promise<BenchRow> {
  const home = mkdtempSync(join(tmpdir(), 'serai-cold-'));
  const port = await freePort();
  const env = { ...process.env, SERAI_HOME: home, SERAI_PORT: String(port) };
  const times: number[] = [];
  for (let i = 0; i < 4; i++) {
    const begun = performance.now();
    const child = spawn(process.execPath, [join(import.meta.dirname, '../apps/server/start.ts')], {
      env,
      stdio: 'ignore',
    });
    await Promise.all([answers(port, child), answers(port + 1, child)]);
    times.push((performance.now() - begun) / 1000);
    child.kill('SIGINT');
    await new Promise((ended) => child.once('exit', ended));
  }
  rmSync(home, { recursive: true, force: true });
  // The first start makes the database and the keys; what is claimed is every start after it.
  const value = Math.min(...times.slice(1));
  return {
    claim: 'cold start to first answer, embedded database, two nodes',
    value,
    unit: 's',
    against: `the very first start: ${times[0]!.toFixed(1)} s`,
    budget: '≤ 3 s',
    met: value <= 3,
  };
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) {
      throw new Error('the start ended before it answered');
    }
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (ready?.ok) {
      return;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
