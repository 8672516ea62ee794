import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexResource } from '@serai/kernel/fhir/search-index.ts';
import { Pool } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { typeIndex } from './definitions.ts';
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from './embedded.ts';
import { statusOf } from './faults.ts';
import { createStore } from './store.ts';
import { allowAll, classify, contextWith, personFacts } from './testing/context.ts';

const folder = mkdtempSync(join(tmpdir(), 'serai-kill-'));
const running: EmbeddedDatabase[] = [];
afterAll(async () => {
  await Promise.all(running.map((database) => database.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** Every process of a server, none given time to do anything about it. */
function killServer(processId: number): void {
  const children = existsSync('/proc/self')
    ? readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number)
    : [];
  for (const id of [processId, ...children]) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

test('killed in the middle of a thousand writes, it loses none that was acknowledged and keeps none half', async () => {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kept: { requestId: string; ids: string[] }[] = [];
  let serverId = 0;
  let done = false;
  await new Promise<void>((killed) => {
    let text = '';
    writer.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) {
        const [word, first, ...ids] = line.split(' ');
        if (word === 'server') {
          serverId = Number(first);
        } else if (word === 'kept') {
          kept.push({ requestId: first!, ids });
        } else if (word === 'done') {
          done = true;
        }
      }
      if (kept.length >= 250 && !writer.killed) {
        writer.kill('SIGKILL');
        killServer(serverId);
      }
    });
    writer.once('close', () => killed());
  });
  expect(done, 'it was killed before it had finished').toBe(false);
  expect(kept.length).toBeGreaterThanOrEqual(250);

  const database = await startEmbedded(folder);
  running.push(database);
  const store = await createStore({ url: database.url, classify, personFacts });
  const request = store.forRequest(contextWith(allowAll));
  for (const { ids } of kept) {
    await request.repo.readResource('Patient', ids[0]!);
    await request.repo.readResource('Observation', ids[1]!);
  }

  const pool = new Pool({ connectionString: database.url, max: 1 });
  const rows = async (text: string) => (await pool.query(text)).rows;
  const requests = await rows('select request_id, answer from request');
  const answered = new Map(requests.map((row) => [row.request_id, row.answer?.value?.value]));
  for (const { requestId, ids } of kept) {
    expect(answered.get(requestId), requestId).toEqual(ids);
  }
  // Whole or not at all: every commit holds its request, both resources, history, index, evidence, outbox and facts.
  const resources = await rows('select * from resource');
  expect(resources).toHaveLength(requests.length * 2);
  expect(await rows('select message_id from outbox')).toHaveLength(requests.length);
  expect(await rows('select person_id from person_facts')).toHaveLength(requests.length);
  const evidence = await rows(`select change from evidence_entry where kind = 'privileged'`);
  expect(evidence).toHaveLength(requests.length);
  const history = new Map((await rows('select * from history')).map((row) => [row.version_id, row]));
  expect(history.size).toBe(resources.length);
  const found = new Map<string, number>();
  for (const table of ['search_text', 'search_date', 'search_quantity', 'search_reference']) {
    for (const row of await rows(`select id, count(*)::int as n from ${table} group by id`)) {
      found.set(row.id, (found.get(row.id) ?? 0) + row.n);
    }
  }
  const changesOfEvidence = new Set(evidence.map((row) => row.change));
  for (const row of resources) {
    const content = JSON.parse(row.content);
    const index = indexResource(typeIndex(row.resource_type)!, content);
    expect(new Set(row.tokens)).toEqual(index.tokens);
    expect(found.get(row.id) ?? 0).toBe(
      index.texts.length + index.dates.length + index.quantities.length + index.references.length,
    );
    expect(history.get(row.version_id)).toMatchObject({ content: row.content, change: row.change });
    expect(changesOfEvidence).toContain(row.change);
  }
  expect((await store.evidence.sequence()).size).toBeGreaterThanOrEqual(requests.length * 2);
  await pool.end();
  await store.close();
});

test('a server left behind by a process that was killed is stopped, and its folder taken over', async () => {
  await running.at(-1)!.stop();
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((started) => writer.stdout.once('data', () => started()));
  const gone = new Promise<void>((done) => writer.once('exit', () => done()));
  writer.kill('SIGKILL');
  await gone;
  const again = await startEmbedded(folder);
  running.push(again);
  const pool = new Pool({ connectionString: again.url, max: 1 });
  expect((await pool.query('select count(*)::int as n from request')).rows[0].n).toBeGreaterThan(0);
  await pool.end();
});

test('a port that is taken is passed by, and a second server on the folder is refused in one sentence', async () => {
  const database = running.at(-1);
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const { port } = taken.address() as { port: number };
  const second = await startEmbedded(folder, { port }).catch((error) => error);
  expect(second).toBeInstanceOf(EmbeddedDatabaseError);
  expect(second.code).toBe('already-running');
  expect(second.message).toContain(String(database!.processId));
  await database!.stop();
  const again = await startEmbedded(folder, { port });
  running.push(again);
  expect(again.port).not.toBe(port);
  expect(new Set(again.url.split('@')[0]!.split(':')).size).toBe(3);
  taken.close();
});

test('while the database is away requests are told to try later, and are served again once it is back', async () => {
  const before = running.at(-1)!;
  const store = await createStore({ url: before.url, classify, personFacts });
  const { repo } = store.forRequest(contextWith(allowAll));
  const made = await repo.createResource({ resourceType: 'Patient', active: true });
  await before.stop();
  for (const work of [
    () => repo.readResource('Patient', made.id),
    () => repo.search({ resourceType: 'Patient' }),
    () => repo.createResource({ resourceType: 'Patient', active: true }),
  ]) {
    const error = await work().catch((fault) => fault);
    expect(statusOf(error.outcome), error.message).toBe(503);
    expect(JSON.stringify(error.outcome)).not.toMatch(/127|postgres|ECONN/);
  }
  expect(await store.ping()).toBe(false);
  const after = await startEmbedded(folder, { port: before.port });
  running.push(after);
  expect(after.port).toBe(before.port);
  expect(await repo.readResource('Patient', made.id)).toEqual(made);
  await store.close();
});

test('a lock left by a process whose number another has now is recovered from', async () => {
  await running.at(-1)!.stop();
  writeFileSync(join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n${join(folder, 'cluster')}\n`);
  const again = await startEmbedded(folder);
  running.push(again);
  const pool = new Pool({ connectionString: again.url, max: 1 });
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test('a folder that cannot be a folder is told in one sentence', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, 'x');
  const error = await startEmbedded(join(file, 'below')).catch((fault) => fault);
  expect(error).toBeInstanceOf(EmbeddedDatabaseError);
  expect(error.code).toBe('folder-unusable');
  expect(error.message).toMatch(/^The data folder .*SERAI_HOME\.$/);
});
