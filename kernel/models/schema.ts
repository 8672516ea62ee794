import { z } from 'zod';
import type { Model } from './model.ts';

/** The part of JSON Schema that the models' schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
}

/** What a model takes, as JSON Schema: for `--schema`, for forms, for reading tables. */
export function inputSchema(model: Model): JsonSchema {
  return z.toJSONSchema(model.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
