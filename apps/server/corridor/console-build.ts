import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleFolder } from '../console.ts';

const root = join(import.meta.dirname, '../../..');
const stamp = join(consoleFolder, '.built-from');

/** Builds the console where its sources are newer than what was built. @throws Error with the builder's last lines. */
export async function ensureConsole(note: (line: string) => void): Promise<void> {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && existsSync(join(consoleFolder, 'index.html'))) {
    return;
  }
  note('Building the console (once for each version)…');
  const build = spawn(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps/console'),
    // What is served is the production build, also where a test runner asks for it.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [build.stdout, build.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((done) => build.on('close', done));
  if (code !== 0) {
    throw new Error(`The console could not be built:\n${output.split('\n').slice(-15).join('\n')}`);
  }
  writeFileSync(stamp, now);
}

/** Everything the console is built from. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync('{apps/console,ui,domains,kernel,policy}/**/*.{ts,tsx,css,html,json}', {
    cwd: root,
    exclude: (name) => ['node_modules', 'dist'].includes(String(name)),
  })
    .map(String)
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
  for (const file of [...files, 'package-lock.json']) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
