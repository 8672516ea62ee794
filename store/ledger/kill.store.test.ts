import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { type EmbeddedDatabase, startEmbedded } from '../embedded.ts';
import { wrongsOf } from './testing/books.ts';

/** Power cut: the writer, the server, or both are killed in the middle of posting. */
const folder = mkdtempSync(join(tmpdir(), 'serai-ledger-kill-'));
const running: EmbeddedDatabase[] = [];
afterAll(async () => {
  await Promise.all(running.map((database) => database.stop()));
  rmSync(folder, { recursive: true, force: true });
});

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

/** Starts a poster and kills it once so many batches are acknowledged. @returns what was acknowledged. */
function postUntilKilled(run: string, batches: number, whom: readonly ('writer' | 'server')[]): Promise<string[][]> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'poster.ts'), folder, run], {
    // A writer whose server is killed dies of it, and need not say so here.
    stdio: ['ignore', 'pipe', whom.includes('writer') ? 'inherit' : 'ignore'],
  });
  const kept: string[][] = [];
  let serverId = 0;
  let struck = false;
  return new Promise((done, failed) => {
    let text = '';
    writer.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) {
        const [word, ...rest] = line.split(' ');
        if (word === 'server') {
          serverId = Number(rest[0]);
        } else if (word === 'kept') {
          kept.push(rest);
        } else if (word === 'done') {
          failed(new Error('it had finished before it was killed'));
        }
      }
      if (kept.length >= batches && !struck) {
        struck = true;
        if (whom.includes('writer')) {
          writer.kill('SIGKILL');
        }
        killServer(serverId);
      }
    });
    writer.once('close', () => done(kept));
  });
}

describe('killed in the middle of posting', () => {
  test('again and again, the books are whole, every acknowledged batch is there and none is there in part', async () => {
    const kept: string[][] = [];
    for (const [run, batches, whom] of [
      ['first', 120, ['writer', 'server']],
      ['second', 37, ['server']],
      ['third', 150, ['writer', 'server']],
    ] as const) {
      kept.push(...(await postUntilKilled(run, batches, whom)));
    }
    expect(kept.length).toBeGreaterThanOrEqual(120 + 37 + 150);

    const database = await startEmbedded(folder);
    running.push(database);
    const pool = new Pool({ connectionString: database.url, max: 1 });
    // The server may end before the pool has heard that it is ended.
    pool.on('error', () => {});
    expect(await wrongsOf(pool)).toEqual([]);
    const { rows } = await pool.query<{ transfer_id: string }>('select transfer_id from ledger_transfer');
    const there = new Set(rows.map((row) => row.transfer_id));
    expect(kept.flat().filter((id) => !there.has(id))).toEqual([]);
    const parts = new Map<string, number>();
    for (const id of there) {
      const batch = id.slice(0, id.lastIndexOf('-'));
      parts.set(batch, (parts.get(batch) ?? 0) + 1);
    }
    expect([...parts].filter(([, count]) => count !== 3)).toEqual([]);
    await pool.end();
  });
});
