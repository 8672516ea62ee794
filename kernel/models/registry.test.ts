import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, type Model, ModelInputError, runModel } from './model.ts';
import { findModel, models } from './registry.ts';
import { inputSchema, type JsonSchema } from './schema.ts';
import { type ModelWorker, runInWorker } from './worker-client.ts';
import { serveModels, type WorkerAnswer } from './worker-protocol.ts';

const pages = join(import.meta.dirname, '../../docs/models');

test('every page of the folder has its plot', () => {
  for (const page of readdirSync(pages).filter((name) => name.endsWith('.md'))) {
    expect(readFileSync(join(pages, page), 'utf8'), page).toMatch(/!\[[^\]]+\]\([a-z0-9/-]+\.svg\)/);
  }
});

test('names are unique, kebab-case, and found', () => {
  const names = models.map((model) => model.name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(findModel(name)?.name).toBe(name);
  }
  expect(findModel('toString')).toBeUndefined();
});

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  test('its example gives rows of its columns, the same for the same seed', () => {
    const rows = runModel(model, model.example);
    expect(rows.length).toBeGreaterThan(0);
    const columns = model.columns.map((column) => column.name).sort();
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(columns);
    }
    expect(runModel(model, model.example)).toEqual(rows);
  });

  test('its page has equations or rules, source, defaults and why, limits, and a plot', () => {
    const page = readFileSync(join(pages, `${model.name}.md`), 'utf8');
    // Families write their parts as headings or as bold words at the start of a paragraph.
    const parts = {
      'equations or rules': /^(?:## |\*\*)(?:Equations?|Method|Rules?|Tables?|Definitions)\b/m,
      source: /^(?:## |\*\*)Sources?\b/m,
      'defaults and why': /^(?:## |\*\*)Defaults,? and why\b/m,
      limits: /^(?:## |\*\*)Limits\b/m,
      plot: /!\[[^\]]+\]\(plots\/[a-z0-9-]+\.svg\)/,
    };
    expect(Object.entries(parts).flatMap(([part, told]) => (told.test(page) ? [] : [part]))).toEqual([]);
    for (const [, plot] of page.matchAll(/!\[[^\]]+\]\(([^)]+\.svg)\)/g)) {
      const drawn = readFileSync(join(pages, plot!), 'utf8');
      expect(drawn).toMatch(/<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/);
      // A coordinate that is not a number leaves a hole in the picture.
      expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('hostile input is refused in sentences or answered by finite numbers: empty, one row, zeros, NaN', () => {
    for (const input of hostile(model.example)) {
      try {
        for (const row of runModel(model, input)) {
          for (const [column, value] of Object.entries(row)) {
            if (typeof value === 'number' && !Number.isFinite(value)) {
              expect.fail(`${column} is ${value} for ${JSON.stringify(input).slice(0, 400)}`);
            }
          }
        }
      } catch (error) {
        if (!(error instanceof ModelInputError)) {
          throw new Error(`${(error as Error).message} for ${JSON.stringify(input).slice(0, 400)}`, { cause: error });
        }
        for (const { sentence } of error.issues) {
          expect(sentence).toMatch(/^\S.*\.$/s);
        }
      }
    }
  });

  test('every field says what it means, and nonsense is refused in sentences', () => {
    const deep = model.family === 'clinical' || model.family === 'indicators';
    const undescribed = (node: JsonSchema, path: string): string[] => [
      ...Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
        ...(describes(field) ? [] : [`${path}${name}`]),
        ...(deep ? undescribed(field, `${path}${name}.`) : []),
      ]),
      ...(node.items ? undescribed(node.items, path) : []),
      ...(node.anyOf ?? []).flatMap((option) => undescribed(option, path)),
    ];
    expect(undescribed(inputSchema(model), '')).toEqual([]);
    expect(() => runModel(model, null)).toThrow(ModelInputError);
    expect(() => runModel(model, 'text')).toThrow(ModelInputError);
  });
});

/**
 * The example with each of its lists emptied, cut to one, or full of zeros, and each of its first numbers made zero or
 * NaN: one thing wrong at a time.
 */
function* hostile(example: unknown): Generator<unknown> {
  const places: (readonly (string | number)[])[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (Array.isArray(value) || typeof value === 'number') {
      places.push(path);
    }
    if (Array.isArray(value)) {
      value.slice(0, 2).forEach((inner, i) => void walk(inner, [...path, i]));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, [...path, key]);
      }
    }
  };
  walk(example, []);
  for (const path of places) {
    const value = path.reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], example);
    const others = Array.isArray(value)
      ? [[], value.slice(0, 1), ...(typeof value[0] === 'number' ? [value.map(() => 0)] : [])]
      : [0, Number.NaN];
    for (const other of others) {
      const copy = structuredClone(example);
      const parent = path
        .slice(0, -1)
        .reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], copy);
      (parent as Record<string | number, unknown>)[path.at(-1)!] = other;
      yield copy;
    }
  }
}

const describes = (node: JsonSchema): boolean => Boolean(node.description) || (node.anyOf ?? []).some(describes);

describe('a long list', () => {
  const model = findModel('risk-measures')!;
  const refused = (losses: unknown[]) => {
    try {
      runModel(model, { losses, bootstrapReplicates: 0 });
    } catch (error) {
      return (error as ModelInputError).issues;
    }
    return [];
  };

  test('that is wrong throughout is refused by a sample of its entries, in order', () => {
    const issues = refused(Array.from({ length: 200_000 }, (_, i) => (i % 2 ? 'x' : i)));
    expect(issues.length).toBeGreaterThan(500);
    expect(issues.length).toBeLessThan(2000);
    const places = issues.map(({ path }) => Number(/^losses\[(\d+)\]$/.exec(path)![1]));
    expect(places.every((place) => place % 2 === 1)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('with a few wrong entries is refused by all of them', () => {
    const losses: unknown[] = Array.from({ length: 200_000 }, (_, i) => i);
    losses[7] = 'x';
    losses[199_999] = Number.NaN;
    expect(refused(losses).map(({ path }) => path)).toEqual(['losses[7]', 'losses[199999]']);
  });

  test('that is right is computed', () => {
    expect(refused(Array.from({ length: 150_000 }, (_, i) => i))).toEqual([]);
  });
});

describe('a worker', () => {
  const slow: Model = defineModel({
    name: 'slow',
    family: 'clinical',
    title: 'Never ends by itself',
    input: z.object({ steps: z.number('Steps is a number.') }),
    example: { steps: 1 },
    columns: [{ name: 'n', description: 'A number' }],
    *run({ steps }) {
      for (let i = 0; i < steps; i++) {
        yield i / steps;
      }
      return [{ n: steps }];
    },
  }) as unknown as Model;

  function serve() {
    const answers: WorkerAnswer[] = [];
    const ended: (() => void)[] = [];
    const handle = serveModels(
      (name) => (name === 'slow' ? slow : undefined),
      (message) => {
        answers.push(message);
        ended.forEach((tell) => void tell());
      },
    );
    return { answers, handle };
  }

  test('shows progress and ends with rows', async () => {
    const { answers, handle } = serve();
    await handle({ kind: 'run', id: 'a', model: 'slow', input: { steps: 3 } });
    expect(answers.map((answer) => answer.kind)).toEqual(['progress', 'progress', 'progress', 'rows']);
  });

  test('hears a cancel while it runs, and only for the run that is meant', async () => {
    const { answers, handle } = serve();
    const long = handle({ kind: 'run', id: 'long', model: 'slow', input: { steps: 1e15 } });
    void handle({ kind: 'cancel', id: 'another' });
    await handle({ kind: 'run', id: 'short', model: 'slow', input: { steps: 2 } });
    void handle({ kind: 'cancel', id: 'long' });
    await long;
    expect(answers.filter((answer) => answer.kind !== 'progress')).toEqual([
      { kind: 'rows', id: 'short', rows: [{ n: 2 }] },
      { kind: 'cancelled', id: 'long' },
    ]);
  });

  test.each([
    ['slow', { steps: 'x' }, { kind: 'issues', id: 'a', issues: [{ path: 'steps', sentence: 'Steps is a number.' }] }],
    ['none', {}, { kind: 'failed', id: 'a', sentence: 'There is no model named "none".' }],
  ])('%s with %j', async (model, input, answer) => {
    const { answers, handle } = serve();
    await handle({ kind: 'run', id: 'a', model, input });
    expect(answers).toEqual([answer]);
  });

  test('runs in a thread of Node.js', async () => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url));
    const listeners = new Map<unknown, (data: WorkerAnswer) => void>();
    const worker: ModelWorker = {
      postMessage: (message) => thread.postMessage(message),
      addEventListener: (_, listen) => {
        const on = (data: WorkerAnswer) => listen({ data });
        listeners.set(listen, on);
        thread.on('message', on);
      },
      removeEventListener: (_, listen) => thread.off('message', listeners.get(listen)!),
    };
    try {
      const growth = findModel('who-growth')!;
      expect(await runInWorker(worker, 'who-growth', growth.example)).toEqual(runModel(growth, growth.example));
      await expect(runInWorker(worker, 'who-growth', {})).rejects.toThrow(ModelInputError);
      await expect(runInWorker(worker, 'absent', {})).rejects.toThrow('no model');
    } finally {
      await thread.terminate();
    }
  });
});
