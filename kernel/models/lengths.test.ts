import { expect, test } from 'vitest';
import { z } from 'zod';
import { tooLong } from './lengths.ts';
import { checkInput, type Model, ModelInputError } from './model.ts';
import { models } from './registry.ts';
import { inputSchema, type JsonSchema } from './schema.ts';

/** Every list of a model's input, `path[]` being inside a list, with how long it may be. */
function listsOf(node: JsonSchema, path = ''): { path: string; limit: number | undefined }[] {
  return [
    ...(node.items || node.type === 'array' ? [{ path, limit: node.maxItems }] : []),
    ...(node.items ? listsOf(node.items, `${path}[]`) : []),
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((option) => listsOf(option, path)),
    ...Object.entries(node.properties ?? {}).flatMap(([name, field]) =>
      listsOf(field, path ? `${path}.${name}` : name),
    ),
  ];
}

const lists = models.flatMap((model) => listsOf(inputSchema(model)).map((list) => ({ ...list, model })));

test('every list of every model has a limit, and none above ten million', () => {
  expect(new Set(lists.map(({ model }) => model.name)).size).toBeGreaterThan(55);
  expect(
    lists
      .filter(({ limit = Number.POSITIVE_INFINITY }) => limit > 10_000_000)
      .map(({ model, path }) => `${model.name} ${path}`),
  ).toEqual([]);
});

const kinds: Readonly<Record<string, object>> = { 'life-benefits mortality': { law: 'table' } };

/** The example with a list at `path` that is longer than allowed and holds nothing at all: reading it would fail. */
function overlong(model: Model, path: string, limit: number): unknown {
  const input = structuredClone(model.example) as Record<string, unknown>;
  const parts = path.split('.');
  let node = input;
  for (const part of parts.slice(0, -1)) {
    // One kind of several: what the example says of another kind goes.
    const kind = kinds[`${model.name} ${part}`] ?? (node[part] as object | undefined);
    node[part] = part === 'serialInterval' ? {} : { ...kind };
    node = node[part] as Record<string, unknown>;
  }
  node[parts.at(-1)!] = new Array(limit + 1);
  return input;
}

function refusal(model: Model, input: unknown) {
  try {
    checkInput(model, input);
  } catch (error) {
    return error instanceof ModelInputError ? error.issues : [{ path: '', sentence: String(error) }];
  }
  return [];
}

const outer = lists.filter(({ path }) => !path.includes('[]'));

test.each(outer.map(({ model, path, limit }) => [model.name, path, limit!, model] as const))(
  '%s refuses %s of more than %i unread, with the limit and what to do',
  (_, path, limit, model) => {
    const issues = refusal(model, overlong(model, path, limit));
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    expect(issues[0]!.sentence).toContain(limit === 12 ? 'twelve' : limit.toLocaleString('en'));
    expect(issues[0]!.sentence).toMatch(/\.$/);
    if (limit >= 1000) {
      expect(issues[0]!.sentence, 'what to do instead').toMatch(/[:;.] .+\.$/);
    }
  },
);

test('a list inside a row is refused with its row', () => {
  const model = models.find(({ name }) => name === 'tb-regimen')!;
  const [first] = (model.example as { cases: object[] }).cases;
  const issues = refusal(model, { cases: [{ ...first, extrapulmonaryForms: new Array(300_000).fill('meningitis') }] });
  expect(issues.map(({ path }) => path)).toContain('cases[0].extrapulmonaryForms');
});

test('the kinds of a union are asked each, defaults and wrappers are seen through', () => {
  const few = z.array(z.number()).max(2, 'At most 2.').optional().default([]);
  const schema = z.strictObject({
    either: z.union([z.object({ list: few }), z.object({ list: z.array(z.number()) })]),
    both: z.union([z.object({ list: few }), z.object({ list: z.array(z.number()).max(1, 'At most 1.') })]),
    unsaid: z.array(z.number()).max(1),
  });
  const list = [1, 2, 3];
  expect(tooLong(schema, { either: { list }, both: { list }, unsaid: list })).toEqual([
    { path: ['both', 'list'], sentence: 'At most 2.' },
    { path: ['unsaid'], sentence: 'Give at most 1 entries.' },
  ]);
  expect(tooLong(schema, { either: null, both: 'text', unsaid: { length: 7 } })).toEqual([]);
  expect(tooLong(schema, undefined)).toEqual([]);
});
