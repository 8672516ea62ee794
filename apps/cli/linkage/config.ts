import type { ComparisonKind, ComparisonSpec } from '@serai/kernel/linkage/comparisons.ts';
import type { LinkageModel } from '@serai/kernel/linkage/fellegi-sunter.ts';
import { FileError } from './files.ts';

/** What `--config` may hold; everything is optional. */
export interface LinkFileConfig {
  readonly id?: string;
  readonly threshold?: number;
  readonly oneEach?: boolean;
  readonly comparisons?: readonly ComparisonSpec[];
  readonly blocking?: readonly (readonly string[])[];
  readonly model?: LinkageModel;
}

const KINDS: readonly ComparisonKind[] = ['name', 'text', 'exact', 'code', 'date', 'age', 'phone', 'identifier'];
const FIELDS = ['id', 'threshold', 'oneEach', 'comparisons', 'blocking', 'model'];

/** Checks a configuration read from a file and says everything that is wrong with it at once. */
export function checkConfig(json: unknown, file: string): LinkFileConfig {
  const issues: string[] = [];
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new FileError(`${file}: it must be a JSON object with some of ${FIELDS.join(', ')}.`);
  }
  const config = json as Record<string, unknown>;
  for (const field of Object.keys(config)) {
    if (!FIELDS.includes(field)) {
      issues.push(`${field}: there is no such setting. The settings are ${FIELDS.join(', ')}.`);
    }
  }
  if (config.id !== undefined && typeof config.id !== 'string') {
    issues.push('id: it must be the name of a column.');
  }
  if (config.threshold !== undefined && !(Number(config.threshold) > 0 && Number(config.threshold) <= 1)) {
    issues.push('threshold: it must be a probability above 0, at most 1.');
  }
  if (config.comparisons !== undefined) {
    if (!Array.isArray(config.comparisons)) {
      issues.push('comparisons: it must be a list.');
    } else {
      config.comparisons.forEach((entry: unknown, i) => {
        const own = entry as Partial<ComparisonSpec> | null;
        if (typeof own?.column !== 'string') {
          issues.push(`comparisons[${i}].column: it must be the name of a column.`);
        }
        if (!KINDS.includes(own?.kind as ComparisonKind)) {
          issues.push(`comparisons[${i}].kind: it must be one of ${KINDS.join(', ')}.`);
        }
        if (own?.kind === 'age' && typeof own.judgedIn !== 'number') {
          issues.push(`comparisons[${i}].judgedIn: an age needs the year it was judged in.`);
        }
      });
    }
  }
  if (
    config.blocking !== undefined &&
    !(
      Array.isArray(config.blocking) &&
      config.blocking.every(
        (pass) => Array.isArray(pass) && pass.length > 0 && pass.every((r) => typeof r === 'string'),
      )
    )
  ) {
    issues.push('blocking: it must be a list of passes, each a list like ["surname:sound", "date_of_birth:year"].');
  }
  if (config.model !== undefined && !isModel(config.model)) {
    issues.push('model: it must be what --model-out wrote: matchProbability and comparisons with levels, m and u.');
  }
  if (issues.length > 0) {
    throw new FileError(issues.map((issue) => `${file}: ${issue}`).join('\n'));
  }
  return config as LinkFileConfig;
}

function isModel(value: unknown): value is LinkageModel {
  const model = value as Partial<LinkageModel> | null;
  const probabilities = (list: unknown, length: number) =>
    Array.isArray(list) && list.length === length && list.every((p) => typeof p === 'number' && p >= 0 && p <= 1);
  return (
    typeof model?.matchProbability === 'number' &&
    model.matchProbability > 0 &&
    model.matchProbability < 1 &&
    Array.isArray(model.comparisons) &&
    model.comparisons.every(
      (c) =>
        typeof c.name === 'string' &&
        Array.isArray(c.levels) &&
        probabilities(c.m, c.levels.length) &&
        probabilities(c.u, c.levels.length),
    )
  );
}
