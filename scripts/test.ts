import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm test`: every check in turn, each in its own process, and one line at the end that counts.
 * `npm test -- unit routes` runs only those steps.
 */
const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const steps: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'lint', command: bin('biome'), args: ['check', '.'] },
  { name: 'types', command: bin('tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'kernel-types', command: bin('tsc'), args: ['-p', 'kernel/tsconfig.json'] },
  ...['unit', 'routes', 'federation', 'e2e'].map((project) => ({
    name: project,
    command: bin('vitest'),
    args: ['run', '--project', project, '--passWithNoTests'],
  })),
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

const count = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) {
    continue;
  }
  const start = performance.now();
  console.log(`\n── ${step.name}`);
  const { code, output } = await run(step.command, step.args);
  const counted = countTests(output);
  if (counted) {
    count.passed += counted.passed;
    count.failed += counted.failed;
    count.skipped += counted.skipped;
  } else {
    count.passed += code === 0 ? 1 : 0;
  }
  if (code !== 0 && !counted?.failed) {
    count.failed++;
  }
  console.log(
    `── ${step.name}: ${code === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    }
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Vitest's closing line: `Tests  1 failed | 12 passed | 2 skipped (15)`. */
function countTests(output: string) {
  const line = /^\s*Tests\s+(.*\d.*)$/m.exec(output)?.[1];
  if (!line) {
    return undefined;
  }
  const of = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') + of('todo') };
}
