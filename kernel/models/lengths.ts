import type { z } from 'zod';
import type { $ZodCheck, $ZodType } from 'zod/v4/core';

/** What is wrong with the length of a list, and where. */
export interface LengthIssue {
  readonly path: readonly PropertyKey[];
  readonly sentence: string;
}

/**
 * Lists of an input that are longer than their schema allows, found without reading their entries: a schema would read
 * ten million of them before it counts them. Lists inside the entries of a list are left to the schema.
 */
export function tooLong(schema: z.ZodType, input: unknown): LengthIssue[] {
  return longLists(schema, input, []);
}

function longLists(schema: $ZodType, value: unknown, path: readonly PropertyKey[]): LengthIssue[] {
  const node = schema._zod.def as unknown as Definition;
  const inner = node.innerType ?? node.in;
  if (inner) {
    return longLists(inner, value, path);
  }
  if (node.options) {
    // What one kind of object allows is no reason to refuse another: all that it could be must find it too long.
    const found = node.options.flatMap((option) => (knows(option, value) ? [longLists(option, value, path)] : []));
    return found.length > 0 && found.every((issues) => issues.length > 0) ? found[0]! : [];
  }
  if (node.shape && typeof value === 'object' && value !== null) {
    return Object.entries(node.shape).flatMap(([name, field]) =>
      longLists(field, (value as Record<string, unknown>)[name], [...path, name]),
    );
  }
  return Array.isArray(value) && node.type === 'array' ? overLimit(node.checks ?? [], value, path) : [];
}

/** Whether a kind of object has all the fields of a value. */
function knows(option: $ZodType, value: unknown): boolean {
  const { shape } = option._zod.def as unknown as Definition;
  return !shape || (typeof value === 'object' && value !== null && Object.keys(value).every((key) => key in shape));
}

function overLimit(
  checks: readonly $ZodCheck[],
  list: readonly unknown[],
  path: readonly PropertyKey[],
): LengthIssue[] {
  for (const check of checks) {
    const limit = check._zod.def as unknown as LengthCheck;
    if (limit.check === 'max_length' && list.length > limit.maximum) {
      const said = limit.error?.({ code: 'too_big', origin: 'array', maximum: limit.maximum, input: list, path: [] });
      const sentence = typeof said === 'string' ? said : said?.message;
      return [{ path, sentence: sentence ?? `Give at most ${limit.maximum.toLocaleString('en')} entries.` }];
    }
  }
  return [];
}

/** The parts of a schema's definition that lead to its lists. */
interface Definition {
  readonly type: string;
  readonly innerType?: $ZodType;
  readonly in?: $ZodType;
  readonly options?: readonly $ZodType[];
  readonly shape?: Readonly<Record<string, $ZodType>>;
  readonly checks?: readonly $ZodCheck[];
}

interface LengthCheck {
  readonly check: string;
  readonly maximum: number;
  readonly error?: (issue: object) => string | { readonly message: string } | undefined | null;
}
