// Plain JavaScript for whatever Node.js the machine has (18 or later): makes `npm start` and `npm test` one step each.
// Installs when node_modules is missing or older than the lockfile; otherwise costs a few milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.serai-installed');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(process.platform + process.arch)
  .digest('hex');

const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!installed) {
  console.log('Installing what Serai needs (once, about a minute)…');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'];
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error(
      'The installation did not finish. Check that this machine reaches the npm registry and that the disk has 1 GB free, then try again.',
    );
    process.exit(run.status ?? 1);
  }
  if (!existsSync(join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'))) {
    console.error(
      'Node.js 24 did not arrive with the npm packages: allow install scripts for this folder and try again.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
