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

/** A list that holds at least one. */
export function listOf<Schema extends z.ZodType>(schema: Schema, description: string) {
  return z
    .array(schema, `${description}: give a list.`)
    .min(1, `${description}: give at least one.`)
    .describe(description);
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
    for (const [i, { id }] of (input[first] as Labelled).entries()) {
      if (labels.has(id)) {
        context.addIssue({ code: 'custom', path: [first, i, 'id'], message: 'This label is there twice.' });
      }
      labels.add(id);
    }
    for (const [i, { id }] of (input[second] as Labelled).entries()) {
      if (!labels.has(id)) {
        context.addIssue({ code: 'custom', path: [second, i, 'id'], message: `None of the ${first} has this label.` });
      }
    }
  };
}
