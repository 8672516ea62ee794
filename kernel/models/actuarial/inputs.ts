import { z } from 'zod';

/** Ready fields whose bad values are answered by a sentence that names the field and what is allowed. */

/** An object of named fields and no others. */
export function fields<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `There is no field ${(issue.keys as string[]).join(', ')} here.`
        : 'Here must be an object with named fields.',
  });
}

export interface Bounds {
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
  readonly whole?: boolean;
}

/** A finite number within bounds. `what` starts the sentence: "The loading". */
export function quantity(what: string, bounds: Bounds, description: string) {
  const { atLeast, above, atMost, below, whole } = bounds;
  const limits = [
    atLeast !== undefined && `at least ${atLeast}`,
    above !== undefined && `above ${above}`,
    atMost !== undefined && `at most ${atMost}`,
    below !== undefined && `below ${below}`,
  ].filter((x) => x !== false);
  const error = `${what} must be a ${whole ? 'whole ' : ''}number${limits.length ? ` ${limits.join(' and ')}` : ''}.`;
  let field = whole ? z.int({ error }) : z.number({ error });
  if (atLeast !== undefined) {
    field = field.min(atLeast, { error });
  }
  if (above !== undefined) {
    field = field.gt(above, { error });
  }
  if (atMost !== undefined) {
    field = field.max(atMost, { error });
  }
  if (below !== undefined) {
    field = field.lt(below, { error });
  }
  return field.describe(description);
}

export const money = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1e15 }, description);

export const share = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1 }, description);

/** A list of something, between `least` and `most` long; `instead` says what to do with a longer one. */
export function listOf<T extends z.ZodType>(
  item: T,
  what: string,
  description: string,
  least = 1,
  most = 10_000_000,
  instead = most < 10_000_000 ? '' : 'Draw a random sample of them.',
) {
  const bounds = `${least === 0 ? 'at most' : `${least} to`} ${most.toLocaleString('en')}`;
  const error = `${what} must be a list of ${bounds} entries.${instead && ` ${instead}`}`;
  return z.array(item, { error }).min(least, { error }).max(most, { error }).describe(description);
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T, what: string, description: string) {
  return z.enum(values, { error: `${what} must be one of ${values.join(', ')}.` }).describe(description);
}

export const probabilityLevels = (defaults: readonly number[]) =>
  listOf(
    quantity('A level', { above: 0, below: 1 }, 'Probability level, like 0.995'),
    'The levels',
    'Probability levels for VaR and TVaR',
    1,
    50,
  ).default([...defaults]);

export const labelText = (what: string, description: string) =>
  z
    .string({ error: `${what} must be a text.` })
    .min(1, { error: `${what} must not be empty.` })
    .max(200, { error: `${what} must have at most 200 characters.` })
    .describe(description);
