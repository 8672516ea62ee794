import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createPrng, type Prng } from '../../base/prng.ts';
import { epidemicModels } from '../epidemic/index.ts';
import { checkInput, type Model, ModelInputError, runModel, type TidyRow } from '../model.ts';
import { surveillanceModels } from '../surveillance/index.ts';
import { mobilityModels } from './index.ts';

const models: readonly Model[] = [...surveillanceModels, ...epidemicModels, ...mobilityModels];

test.each(models.map((model) => [model.name, model] as const))(
  '%s: the example runs, twice alike, into its columns',
  (_, model) => {
    const rows = runModel(model, model.example, { seed: 3 });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(new Set(Object.keys(row))).toEqual(new Set(model.columns.map((column) => column.name)));
      for (const value of Object.values(row)) {
        expect(value === null || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
        expect(Number.isNaN(value)).toBe(false);
      }
    }
    expect(runModel(model, model.example, { seed: 3 })).toEqual(rows);
  },
);

const pages = join(import.meta.dirname, '..', '..', '..', 'docs', 'models');

test.each(models.map((model) => model.name))(
  '%s: has its page, with the parts a reader looks for and links that lead somewhere',
  (name) => {
    const page = readFileSync(join(pages, `${name}.md`), 'utf8');
    for (const part of name === 'alert-thresholds' ? ['Rules', 'Limits', 'Checked'] : ['Limits', 'Defaults and why']) {
      expect(page).toContain(`**${part}`);
    }
    for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g)) {
      expect(existsSync(join(pages, target!)), target).toBe(true);
    }
  },
);

test('names are unique and kebab-case', () => {
  const names = models.map((model) => model.name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  description?: string;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
};

function undescribed(schema: JsonSchema, path: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    // The tag of a union names its alternative; everything else says what it is.
    ...(field.description || 'const' in field ? [] : [`${path}.${name}`]),
    ...undescribed(field, `${path}.${name}`),
  ]);
  const nested = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((part) =>
    part ? undescribed(part, path) : [],
  );
  return [...own, ...nested];
}

test.each(models.map((model) => [model.name, model] as const))('%s: every field says what it is', (_, model) => {
  expect(undescribed(z.toJSONSchema(model.input, { io: 'input' }) as JsonSchema, model.name)).toEqual([]);
});

test.each(models.map((model) => [model.name, model] as const))(
  '%s: what is no input is refused with sentences',
  (_, model) => {
    for (const bad of [null, 7, 'text', []]) {
      expect(() => checkInput(model, bad)).toThrow(ModelInputError);
    }
    for (const [name, value] of Object.entries(model.example as Record<string, unknown>)) {
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, {}, typeof value === 'string' ? 1 : 'no']) {
        const input = { ...(model.example as Record<string, unknown>), [name]: wrong };
        expect(sentencesFor(model, input), `${name} = ${String(wrong)}`).not.toMatch(/^$|Invalid input/);
      }
    }
  },
);

test.each(models.map((model) => [model.name, model] as const))(
  '%s: a mistyped field is named, not ignored',
  (_, model) => {
    expect(sentencesFor(model, { ...(model.example as object), mistyped: 1 })).toContain('mistyped');
  },
);

/** What is said of a bad input; empty where nothing is. */
function sentencesFor(model: Model, input: unknown): string {
  try {
    checkInput(model, input);
    return '';
  } catch (error) {
    return error instanceof ModelInputError ? error.issues.map((issue) => issue.sentence).join(' ') : String(error);
  }
}

const STRANGE = [0, 1, -1, 1e-9, 0.5, 2, 3, 52, 100, 365, 1e6, 1e12, 1e300, Number.MAX_SAFE_INTEGER];

/** The same input with some of its parts strange, repeated or gone. */
function disturbed(value: unknown, chance: number, prng: Prng): unknown {
  const happens = (share: number) => prng.uniform() < share * chance;
  if (Array.isArray(value)) {
    const items = value.map((item) => disturbed(item, chance / Math.max(1, value.length / 3), prng));
    const kept = happens(0.3) ? items.slice(0, prng.below(items.length + 1)) : items;
    return happens(0.2) ? [...kept, ...kept] : kept;
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).filter(() => !happens(0.1));
    return Object.fromEntries(fields.map(([name, field]) => [name, disturbed(field, chance, prng)]));
  }
  return typeof value === 'number' && happens(1) ? STRANGE[prng.below(STRANGE.length)] : value;
}

test.each(models.map((model) => [model.name, model] as const))(
  '%s: a disturbed input is refused or answered, in finite numbers',
  (_, model) => {
    const prng = createPrng(77);
    for (let k = 0; k < 12; k++) {
      const input = disturbed(model.example, [0.05, 0.15, 0.4][k % 3]!, prng);
      let rows: TidyRow[] = [];
      try {
        rows = runModel(model, input as never);
      } catch (error) {
        expect(error, JSON.stringify(input).slice(0, 2000)).toBeInstanceOf(ModelInputError);
      }
      const infinite = rows.flatMap((row) =>
        Object.entries(row).filter(([, value]) => typeof value === 'number' && !Number.isFinite(value)),
      );
      expect(infinite, JSON.stringify(input).slice(0, 2000)).toEqual([]);
    }
  },
);
