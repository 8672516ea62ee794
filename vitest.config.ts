import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

const shared = {
  exclude: ['**/node_modules/**', '**/dist/**', '.serai/**'],
  // Each file waits for a database or a browser of its own half of the time: two at once even where there are two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};

/**
 * Files that open nodes share a process, one after the other: loading and warming up the whole server takes longer than most
 * of them. What they share is what the nodes of one process share; each has databases, ports and folders of its own.
 */
const onNodes = { isolate: false, setupFiles: ['tests/each-file.ts'] };

/** Four kinds of test, slowest last; `scripts/test.ts` runs them in this order. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          // Long enough for a busy machine: what is slow is a matter for bench/, not for a test.
          testTimeout: 120_000,
          include: ['{kernel,policy,store,ui,domains,apps,tests}/**/*.test.{ts,tsx}'],
          exclude: [
            ...shared.exclude,
            '**/*.store.test.ts',
            '**/*.routes.test.ts',
            'tests/federation/**',
            'tests/e2e/**',
          ],
        },
      },
      {
        test: {
          ...shared,
          name: 'routes',
          include: ['**/*.store.test.ts', '**/*.routes.test.ts'],
          globalSetup: ['tests/postgres.ts'],
          ...onNodes,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'federation',
          include: ['tests/federation/**/*.test.ts'],
          globalSetup: ['tests/postgres.ts'],
          ...onNodes,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/postgres.ts', 'tests/e2e/console.ts'],
          ...onNodes,
          // A browser has two processes at work: more than two at once and each misses its moments.
          maxWorkers: 2,
          // A browser on a machine that is shared may miss its moment once; what is broken fails twice.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
