import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Suite } from './suite.ts';

/** `npm run verify -- <suite> [name filter]`: runs an external suite and ends with `N passed, N failed, N skipped`. */
const folder = import.meta.dirname;
const names = globSync('*.verify.ts', { cwd: folder })
  .map((file) => basename(file, '.verify.ts'))
  .sort();
const [wanted, filter] = process.argv.slice(2);

if (!wanted || (wanted !== 'all' && !names.includes(wanted))) {
  console.error(`Name a suite: npm run verify -- ${['all', ...names].join(' | ')}`);
  process.exit(2);
}

const count = { passed: 0, failed: 0, skipped: 0 };
for (const name of wanted === 'all' ? names : [wanted]) {
  const { default: suite } = (await import(join(folder, `${name}.verify.ts`))) as { default: Suite };
  for await (const { name: caseName, check } of suite.cases()) {
    if (filter && !caseName.includes(filter)) {
      continue;
    }
    try {
      const result = (await check()) as { readonly skip?: string } | undefined;
      if (result?.skip) {
        count.skipped++;
        console.log(`- ${suite.name}: ${caseName}: skipped, ${result.skip}`);
      } else {
        count.passed++;
      }
    } catch (error) {
      count.failed++;
      console.log(`✗ ${suite.name}: ${caseName}\n  ${error instanceof Error ? error.message : error}`);
    }
  }
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed > 0 || count.passed + count.skipped === 0 ? 1 : 0);
