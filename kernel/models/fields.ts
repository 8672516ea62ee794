import { z } from 'zod';
import { parseDay } from './calendar.ts';

/** Pieces of models' inputs, each with its sentence. */

/** A field that may be left out, or null as an empty cell of a table is. */
export function optional<Schema extends z.ZodType>(schema: Schema, description: string) {
  return schema
    .nullish()
    .transform((value): z.output<Schema> | undefined => value ?? undefined)
    .describe(description);
}

/** A calendar date, `YYYY-MM-DD`. */
export function isoDate(what: string) {
  return z
    .string(`${what} is a date like 2024-03-31.`)
    .refine((text) => !Number.isNaN(parseDay(text)), `${what} is a date of the calendar like 2024-03-31.`)
    .describe(`${what}, YYYY-MM-DD`);
}

/** A number within limits, with its unit. */
export function number(what: string, unit: string, lowest: number, highest: number) {
  return z
    .number(`${what} is a number (${unit}).`)
    .min(lowest, `${what} is at least ${lowest} ${unit}.`)
    .max(highest, `${what} is at most ${highest} ${unit}; check the unit.`)
    .describe(`${what}, ${unit}`);
}

/** A whole number within limits. */
export function whole(what: string, lowest: number, highest: number) {
  const sentence = `${what} is a whole number from ${lowest} to ${highest}.`;
  return z.number(sentence).int(sentence).min(lowest, sentence).max(highest, sentence).describe(what);
}

export function yesNo(what: string) {
  return z.boolean(`${what}: true or false.`).describe(what);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(what: string, values: Values) {
  return z.enum(values, `${what} is one of: ${values.join(', ')}.`).describe(what);
}

/** What to do with a list that is too long, where every row is judged alone. */
export const inParts = 'each row stands alone, so give them in parts';

/** The same, where what comes out are counts of the whole. */
export const addUp = 'give them in parts, as by district or month, and add up the numerators and denominators';

/** How long a list may be, and what to do with a longer one. */
export const atMost = (most: number, what: string, instead: string) =>
  `${what}: give at most ${most.toLocaleString('en')}; ${instead}.`;

/** A list that holds at least one, and at most what fits in memory with the rows that come of it. */
export function listOf<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  most = 1_000_000,
  instead = inParts,
) {
  return z
    .array(schema, `${description}: give a list.`)
    .min(1, `${description}: give at least one.`)
    .max(most, atMost(most, description, instead))
    .describe(description);
}

/** A short list inside a row. */
export function fewOf<Schema extends z.ZodType>(schema: Schema, description: string, most = 100) {
  return z
    .array(schema, `${description} are a list.`)
    .max(most, `${description}: at most ${most} are known; leave out what is there twice.`);
}

/** A label to find the row again, never a name. */
export const rowId = optional(z.string('A label is text.'), 'A label to find the row again; not a name');

export const ageYears = number('Age', 'years', 0, 130);
export const weightKg = z
  .number('Weight is a number (kg).')
  .positive('Weight is above 0 kg.')
  .max(400, 'Weight is at most 400 kg; check the unit.')
  .describe('Weight, kg');

/** The label of a row, or its number from 1. */
export const labelOf = (row: { readonly id?: string | undefined }, index: number) => row.id ?? `${index + 1}`;

/** Yields progress every so many rows of a list. */
export function* each<Item>(
  list: readonly Item[],
  work: (item: Item, index: number) => void,
): Generator<number, undefined> {
  for (const [i, item] of list.entries()) {
    work(item, i);
    if (i % 1000 === 999) {
      yield (i + 1) / list.length;
    }
  }
}

/** So many wrong labels are told: a column taken for another has millions. */
const labelIssues = 1000;

/**
 * A check for two lists joined by label: each label of the first list is there once, and each row of the second names
 * one of them. A mistyped label would otherwise drop its row in silence.
 */
export function joinedByLabel<First extends string, Second extends string>(first: First, second: Second) {
  type Labelled = readonly { readonly id: string }[];
  return (
    input: Readonly<Record<First | Second, Labelled>>,
    context: { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void },
  ) => {
    const labels = new Set<string>();
    let told = 0;
    for (const [i, { id }] of (input[first] as Labelled).entries()) {
      if (labels.has(id) && told++ < labelIssues) {
        context.addIssue({ code: 'custom', path: [first, i, 'id'], message: 'This label is there twice.' });
      }
      labels.add(id);
    }
    for (const [i, { id }] of (input[second] as Labelled).entries()) {
      if (!labels.has(id) && told++ < labelIssues) {
        context.addIssue({ code: 'custom', path: [second, i, 'id'], message: `None of the ${first} has this label.` });
      }
    }
  };
}
