import type { z } from 'zod';

/** One thing wrong with what was sent: where, and a sentence that says the fix. */
export interface InputIssue {
  /** FHIRPath-like: `name.text`, `consents[0].purpose`. */
  readonly expression: string;
  readonly sentence: string;
}

/** A fault in what was sent: everything that is wrong with it, in one go. Becomes a 400 `OperationOutcome`. */
export class InputFault extends Error {
  override name = 'InputFault';
  readonly issues: readonly InputIssue[];
  constructor(issues: readonly InputIssue[]) {
    super(issues.map((issue) => `${issue.expression}: ${issue.sentence}`).join('; '));
    this.issues = issues;
  }
}

/**
 * Parses a body by its schema.
 * @throws InputFault naming every field that is wrong. Values are never repeated in the sentences.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  throw new InputFault(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            expression: expressionOf([...issue.path, key]),
            sentence: 'is not a field of this request; leave it out',
          }))
        : [{ expression: expressionOf(issue.path), sentence: issue.message }],
    ),
  );
}

export function expressionOf(path: readonly PropertyKey[]): string {
  const text = path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`))
    .join('');
  return text || '$this';
}
