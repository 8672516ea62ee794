import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Bench, report } from './bench.ts';

/** `npm run bench -- <name>`: measures, prints a table and writes `bench/results/<name>.json`. */
const names = globSync('*.bench.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.bench.ts'))
  .sort();
const wanted = process.argv[2];

if (!wanted || !names.includes(wanted)) {
  console.error(`Name a benchmark: npm run bench -- ${names.join(' | ')}`);
  process.exit(2);
}
const { default: bench } = (await import(join(import.meta.dirname, `${wanted}.bench.ts`))) as { default: Bench };
report(bench.name, await bench.run((line) => console.error(line)));
process.exit(0);
