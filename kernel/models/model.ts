import type { z } from 'zod';
import { createPrng, type Prng } from '../base/prng.ts';
import { tooLong } from './lengths.ts';

/**
 * A model is a validating door over a fast core: a scenario in, tidy rows out.
 *
 * The door ({@link runModel}) checks the input once and speaks in sentences; the core trusts what it is given.
 * Cores take no clock, no I/O and no randomness but the `prng` they are handed, so a run is repeated by its seed.
 */
export interface Model<Schema extends z.ZodType = z.ZodType, Row extends TidyRow = TidyRow> {
  /** Kebab-case, unique over all models: what `serai model <name>` takes, and the name of `docs/models/<name>.md`. */
  readonly name: string;
  readonly family: 'actuarial' | 'epidemic' | 'surveillance' | 'mobility' | 'clinical' | 'indicators';
  /** One line for a list. */
  readonly title: string;
  /** What the input means and which values are allowed; every field has a `.describe()` with its unit. */
  readonly input: Schema;
  /** A complete input that runs in well under a second, shown by `--example`. */
  readonly example: z.input<Schema>;
  /** The columns of the rows, in order, with their units. */
  readonly columns: readonly Column[];
  /**
   * The core. Yields its progress (a fraction in [0, 1]) at least every few hundred milliseconds of work, so that
   * whoever drives it can show progress, stay responsive, or stop; returns the rows.
   */
  run(input: z.output<Schema>, context: ModelContext): Generator<number, Row[]>;
}

export type TidyValue = string | number | boolean | null;
export type TidyRow = Record<string, TidyValue>;

export interface Column {
  readonly name: string;
  readonly description: string;
  readonly unit?: string;
}

export interface ModelContext {
  readonly prng: Prng;
}

export interface RunOptions {
  /** Repeats a run exactly. Default 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** What is wrong with an input, one sentence for each field, and where. */
export interface InputIssue {
  /** Path into the input, like `triangle[2][3]`. */
  readonly path: string;
  readonly sentence: string;
}

/** The input was refused; nothing was computed. */
export class ModelInputError extends Error {
  override name = 'ModelInputError';
  readonly issues: readonly InputIssue[];
  constructor(issues: readonly InputIssue[]) {
    super(issues.map((issue) => `${issue.path || 'input'}: ${issue.sentence}`).join('\n'));
    this.issues = issues;
  }
}

/** Types a model without losing its input and row types. */
export function defineModel<Schema extends z.ZodType, Row extends TidyRow>(
  model: Model<Schema, Row>,
): Model<Schema, Row> {
  return model;
}

/** @throws ModelInputError naming every field that is wrong; of a long list that is wrong throughout, a sample of them, and of
 * one that is too long, nothing else. */
export function checkInput<Schema extends z.ZodType>(model: Model<Schema>, input: unknown): z.output<Schema> {
  const long = tooLong(model.input, input);
  if (long.length > 0) {
    throw new ModelInputError(long.map(({ path, sentence }) => ({ path: pathText(path), sentence })));
  }
  const found = sampleIssues(model, input);
  if (found.length > 0) {
    throw new ModelInputError(found);
  }
  const parsed = model.input.safeParse(input);
  if (!parsed.success) {
    throw new ModelInputError(issuesOf(parsed.error));
  }
  return parsed.data;
}

const issuesOf = (error: z.ZodError): InputIssue[] =>
  error.issues.map((issue) => ({ path: pathText(issue.path), sentence: issue.message }));

/** Lists longer than this are sampled before they are read, and so many entries of them. */
const longList = 100_000;
const sampled = 2000;

/**
 * What is wrong with a long list whose entries are wrong by the hundred: a column taken for another. To hold a sentence
 * for each of ten million entries would take more memory than the list itself.
 */
function sampleIssues(model: Model, input: unknown): InputIssue[] {
  const lists = new Map<string, readonly number[]>();
  const short = sampleLists(input, '', lists);
  const parsed = lists.size === 0 ? undefined : model.input.safeParse(short);
  if (!parsed || parsed.success) {
    return [];
  }
  const wrong = new Set<string>();
  // What is said of the list as a whole (its length, what joins it to another) is not true of the sample.
  const issues = parsed.error.issues.flatMap(({ path, message, code }) => {
    const at = path.findIndex((part) => typeof part === 'number');
    const places = at < 0 || code === 'custom' ? undefined : lists.get(pathText(path.slice(0, at)));
    const place = places?.[path[at] as number];
    if (place === undefined) {
      return [];
    }
    wrong.add(`${at}.${place}`);
    return [{ place, path: pathText([...path.slice(0, at), place, ...path.slice(at + 1)]), sentence: message }];
  });
  const many = wrong.size > sampled / 50;
  return many ? issues.sort((a, b) => a.place - b.place).map(({ path, sentence }) => ({ path, sentence })) : [];
}

/** A copy in which long lists have a sample of their entries; `lists` hears where these stood. */
function sampleLists(value: unknown, path: string, lists: Map<string, readonly number[]>): unknown {
  if (Array.isArray(value)) {
    if (value.length <= longList) {
      return value;
    }
    const prng = createPrng(1);
    const drawn = new Set(Array.from({ length: sampled }, () => prng.below(value.length)));
    const places = [...drawn].sort((a, b) => a - b);
    lists.set(path, places);
    return places.map((place) => value[place] as unknown);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, sampleLists(inner, path ? `${path}.${key}` : key, lists)]),
  );
}

/** Runs a model to its end without pause: for tests, workers and the command line. */
export function runModel<Schema extends z.ZodType, Row extends TidyRow>(
  model: Model<Schema, Row>,
  input: z.input<Schema>,
  options: RunOptions = {},
): Row[] {
  const run = model.run(checkInput(model, input), { prng: createPrng(options.seed ?? 1) });
  for (;;) {
    options.signal?.throwIfAborted();
    const step = run.next();
    if (step.done) {
      return step.value;
    }
    options.onProgress?.(step.value);
  }
}

/** Runs a model in turns, letting the event loop breathe between them: for a server or a page without a worker. */
export async function runModelInTurns<Schema extends z.ZodType, Row extends TidyRow>(
  model: Model<Schema, Row>,
  input: z.input<Schema>,
  options: RunOptions & { readonly breathe: () => Promise<void> },
): Promise<Row[]> {
  const run = model.run(checkInput(model, input), { prng: createPrng(options.seed ?? 1) });
  for (;;) {
    options.signal?.throwIfAborted();
    const step = run.next();
    if (step.done) {
      return step.value;
    }
    options.onProgress?.(step.value);
    await options.breathe();
  }
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`)).join('');
}
