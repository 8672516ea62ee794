import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** `npm start` itself, as a newcomer types it: it tells where the consoles are and who may sign in, and ends when it is told to. */
const home = mkdtempSync(join(tmpdir(), 'serai-start-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Two ports in a row that nobody has. */
async function freePorts(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([port, port + 1].map(isFree));
    if (free.every(Boolean)) {
      return port;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

test('tells where the consoles are and who may sign in; ends in good order', async () => {
  const port = await freePorts();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../apps/server/start.ts')], {
    env: { ...process.env, SERAI_HOME: home, SERAI_PORT: String(port), SERAI_DEMO_YEAR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const told = new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes('All accounts:')) {
          done();
        }
      });
    }
  });
  const ended = once(child, 'close').then(([code]) => code as number);
  await Promise.race([told, ended]);
  expect(said).toContain('Serai is up in');
  const demo = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'));
  for (const [i, node] of demo.nodes.entries()) {
    expect(said).toContain(`http://127.0.0.1:${port + i}/console/`);
    for (const username of ['nurse', 'doctor', 'operator', 'fund', 'claims', 'enrolment']) {
      const { password } = node.users.find((user: any) => user.username === username);
      expect(said).toContain(`${username} ${password}`);
    }
    expect((await fetch(`${node.baseUrl}/readyz`)).status).toBe(200);
  }
  child.kill('SIGTERM');
  expect(await ended, said).toBe(0);
}, 120_000);
