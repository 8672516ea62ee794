import { describe, expect, test, vi } from 'vitest';
import { ModelInputError, runModel } from '../model.ts';
import { actuarialModels } from './index.ts';

// Simulations on a busy machine may take longer than the default.
vi.setConfig({ testTimeout: 120_000 });

type Path = (string | number)[];

/** Every number in an input, one path for each shape of path (of a list of like entries, the first). */
function numberPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') {
    return [path];
  }
  if (Array.isArray(value)) {
    return value.length ? numberPaths(value[0], [...path, 0]) : [];
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => numberPaths(inner, [...path, key]));
  }
  return [];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const copy = structuredClone(value) as any;
  let at = copy;
  for (const key of path.slice(0, -1)) {
    at = at[key];
  }
  at[path.at(-1)!] = by;
  return copy;
}

/** Smaller runs of the long ones, so that hundreds of hostile inputs stay quick. */
const smaller: Record<string, object> = {
  'claims-simulation': {
    years: 10,
    cells: [
      {
        policies: 20,
        personsPerPolicy: 2,
        frequency: { family: 'poisson', mean: 1 },
        severity: { family: 'mean-sd', mean: 310, sd: 620 },
      },
    ],
  },
  'reserve-bootstrap': { replicates: 100 },
  'solvency-projection': { paths: 100, years: 2 },
  ruin: { paths: 100, horizon: 2 },
  'aggregate-loss': { points: 64 },
};

const hostile: unknown[] = [Number.NaN, -1, 0, 1e-300, 1e12, 1e308, null, 'x'];

function outcome(model: (typeof actuarialModels)[number], input: unknown): 'refused' | 'answered' {
  try {
    for (const row of runModel(model, input)) {
      for (const [name, cell] of Object.entries(row)) {
        if (typeof cell === 'number' && !Number.isFinite(cell)) {
          throw new Error(`${model.name} answered ${name} = ${cell}`);
        }
      }
    }
    return 'answered';
  } catch (error) {
    if (error instanceof ModelInputError) {
      for (const { sentence } of error.issues) {
        expect(sentence).toMatch(/^[A-Z].*[.:]/s);
        expect(sentence).not.toMatch(/Invalid input|Invalid option|Unrecognized key|Too (small|big)|, received/);
      }
      return 'refused';
    }
    throw error;
  }
}

describe.each(actuarialModels.map((model) => [model.name, model] as const))('%s', (name, model) => {
  const example = { ...(model.example as object), ...smaller[name] };

  test('its example answers in its columns, finitely, with rising progress', () => {
    const progress: number[] = [];
    const rows = runModel(model, model.example, { onProgress: (p) => progress.push(p) });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(model.columns.map((c) => c.name));
    }
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(outcome(model, model.example)).toBe('answered');
  });

  test('the same seed gives the same rows', () => {
    expect(runModel(model, example, { seed: 7 })).toEqual(runModel(model, example, { seed: 7 }));
  });

  test('every field says what it means', () => {
    const bare: string[] = [];
    const walk = (schema: any, path: string) => {
      const inner = schema?.def?.innerType ?? schema?.def?.in;
      if (schema?.def?.type === 'object') {
        for (const [key, field] of Object.entries<any>(schema.def.shape)) {
          let at = field;
          let described = Boolean(at.description);
          while (!described && (at.def.innerType ?? at.def.element)) {
            at = at.def.innerType ?? at.def.element;
            described = Boolean(at.description);
          }
          // A literal is the choice itself.
          if (!described && at.def.type !== 'literal') {
            bare.push(`${path}.${key}`);
          }
          walk(field, `${path}.${key}`);
        }
      } else if (schema?.def?.type === 'array') {
        walk(schema.def.element, `${path}[]`);
      } else if (schema?.def?.type === 'union') {
        for (const option of schema.def.options) {
          walk(option, path);
        }
      } else if (inner) {
        walk(inner, path);
      }
    };
    walk(model.input, name);
    expect(bare).toEqual([]);
  });

  test('nonsense is refused by sentences', () => {
    for (const nonsense of [undefined, null, 3, 'x', [], {}]) {
      expect(outcome(model, nonsense)).toBe('refused');
    }
    expect(outcome(model, { ...example, unknownField: 1 })).toBe('refused');
  });

  test('a hostile number is refused by a sentence or answered by finite numbers', () => {
    const paths = numberPaths(example);
    for (const path of paths) {
      for (const by of hostile) {
        const input = replaced(example, path, by);
        try {
          outcome(model, input);
        } catch (error) {
          throw new Error(
            `${path.join('.')} = ${JSON.stringify(by) ?? by}: ${error instanceof Error ? error.message : error}`,
          );
        }
      }
    }
  });
});
