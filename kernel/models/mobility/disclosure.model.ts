import { z } from 'zod';
import { defineModel } from '../model.ts';
import { noiseScale, releasePrivately } from './privacy.ts';
import { roundToTotal } from './rounding.ts';
import { createSecretPrng } from './secret-noise.ts';
import { suppressTable } from './suppression.ts';

const count = z
  .int('A count is a whole number.')
  .min(0, 'A count cannot be negative.')
  .max(1e12, 'A count is at most a million million.');
const label = (what: string) => z.string({ error: `Name the ${what}.` }).min(1, `Name the ${what}.`);

export const roundingModel = defineModel({
  name: 'rounding',
  family: 'mobility',
  title: 'Largest-remainder rounding: rounded parts that still add up',
  input: z
    .strictObject({
      parts: z
        .array(
          z.object(
            {
              name: label('part').describe('Name of the part.'),
              value: z
                .number({ error: 'A part is a number.' })
                .min(0, 'A part cannot be negative.')
                .max(1e12, 'A part is too large to be rounded exactly.')
                .describe('Exact part, or its share or percentage.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .min(1, 'Give at least one part.')
        .max(10_000_000, 'At most 10,000,000 parts: round the parts of each group to its own rounded total.')
        .describe('Parts of one whole.'),
      total: z
        .number({ error: 'The total is a number.' })
        .min(0, 'The total cannot be negative.')
        .max(1e12, 'The total is too large to be rounded exactly.')
        .optional()
        .describe('What the parts shall add up to; they are scaled to it. Default: their own sum, rounded.'),
      decimals: z
        .int('Decimals are a whole number.')
        .min(0, 'Decimals cannot be negative.')
        .max(3, 'At most 3 decimals.')
        .default(0)
        .describe('Digits after the point. Default 0.'),
    })
    .refine((input) => input.total === undefined || input.total === 0 || input.parts.some((part) => part.value > 0), {
      error: 'All parts are zero: no total can be shared out over them.',
      path: ['parts'],
    }),
  example: {
    parts: [
      { name: 'men', value: 59 },
      { name: 'women', value: 20 },
      { name: 'children', value: 21 },
    ],
    total: 55_828,
  },
  columns: [
    { name: 'name', description: 'Part' },
    { name: 'exact', description: 'Part before rounding, scaled to the total' },
    { name: 'rounded', description: 'Rounded part' },
  ],
  *run(input) {
    yield 0;
    const values = Float64Array.from(input.parts, (part) => part.value);
    const sum = values.reduce((a, b) => a + b, 0);
    const scale = input.total === undefined || sum === 0 ? 1 : input.total / sum;
    const rounded = roundToTotal(values, input.decimals, input.total);
    return input.parts.map((part, i) => ({ name: part.name, exact: part.value * scale, rounded: rounded[i]! }));
  },
});

export const suppressionModel = defineModel({
  name: 'suppression',
  family: 'mobility',
  title: 'Small-cell suppression with complementary cells, checked against what a reader can work out',
  input: z
    .strictObject({
      cells: z
        .array(
          z.object(
            {
              row: label('row').describe('Row, as a district.'),
              column: label('column').describe('Column, as an age group.'),
              count: count.describe('People in the cell.'),
            },
            { error: 'Give an object with named fields.' },
          ),
          { error: 'Give a list.' },
        )
        .min(1, 'Give at least one cell.')
        .max(2500, 'At most 2,500 cells: 100 rows and columns together; split the table.')
        .describe('Counts of a two-way table published with its totals; cells left out are 0.'),
      threshold: z
        .int('The threshold is a whole number.')
        .min(2, 'A threshold below 2 suppresses nothing.')
        .max(1000, 'The threshold is at most 1000.')
        .default(5)
        .describe('Counts below this are small. Default 5; 10 for flow-monitoring data.'),
      suppressZero: z
        .boolean('Say true or false.')
        .default(false)
        .describe('Whether a count of 0 is small too. Default false.'),
    })
    .refine(
      (input) =>
        new Set(input.cells.map((cell) => cell.row)).size + new Set(input.cells.map((cell) => cell.column)).size <= 100,
      { error: 'At most 100 rows and columns together; split the table.', path: ['cells'] },
    )
    .refine(
      (input) =>
        new Set(input.cells.map((cell) => JSON.stringify([cell.row, cell.column]))).size === input.cells.length,
      {
        error: 'A cell is given twice.',
        path: ['cells'],
      },
    ),
  example: {
    cells: [
      ['North', '0–14', 12],
      ['North', '15–49', 3],
      ['North', '50+', 9],
      ['South', '0–14', 22],
      ['South', '15–49', 41],
      ['South', '50+', 17],
    ].map(([row, column, value]) => ({ row: String(row), column: String(column), count: Number(value) })),
  },
  columns: [
    { name: 'row', description: 'Row; empty for the total of a column' },
    { name: 'column', description: 'Column; empty for the total of a row' },
    { name: 'published', description: 'What may be published; empty where withheld' },
    { name: 'status', description: 'published, small or complementary. For the steward: publish one mark for both' },
    { name: 'least', description: 'Least that a reader can work out for the cell' },
    { name: 'most', description: 'Most that a reader can work out; empty for no limit' },
  ],
  *run(input) {
    yield 0;
    const rows = [...new Set(input.cells.map((cell) => cell.row))];
    const columns = [...new Set(input.cells.map((cell) => cell.column))];
    const counts = new Float64Array(rows.length * columns.length);
    for (const cell of input.cells) {
      counts[rows.indexOf(cell.row) * columns.length + columns.indexOf(cell.column)] = cell.count;
    }
    return suppressTable({ counts, rows: rows.length, columns: columns.length }, input).map((cell) => ({
      row: rows[cell.row] ?? null,
      column: columns[cell.column] ?? null,
      published: cell.status === 'published' ? cell.value : null,
      status: cell.status,
      least: cell.least,
      most: Number.isFinite(cell.most) ? cell.most : null,
    }));
  },
});

const SECRET_SENTENCE =
  'Give a secret of 64 hexadecimal digits from a cryptographic source (openssl rand -hex 32), new for each release.';

export const privateCountsModel = defineModel({
  name: 'private-counts',
  family: 'mobility',
  title: 'Counts with differential privacy, to a stated budget',
  input: z.strictObject({
    counts: z
      .array(
        z.object(
          { name: label('count').describe('Name of the count.'), count: count.describe('True count.') },
          { error: 'Give an object with named fields.' },
        ),
        { error: 'Give a list.' },
      )
      .min(1, 'Give at least one count.')
      .max(10_000_000, 'At most 10,000,000 counts: a release in parts has to share its budget ε among them.')
      .describe('Counts of one release.'),
    secret: z
      .string({ error: SECRET_SENTENCE })
      .regex(/^[0-9a-f]{64}$/i, SECRET_SENTENCE)
      .describe(
        'Key of the noise, 64 hexadecimal digits from a cryptographic source (openssl rand -hex 32). New for each release, kept nowhere: whoever has it takes the noise off. The seed of a run has no part in it.',
      ),
    epsilon: z
      .number({ error: 'The budget ε is a number.' })
      .min(1e-4, 'The budget ε must be at least .0001.')
      .max(50, 'A budget ε above 50 protects nobody.')
      .default(1)
      .describe('ε spent by this release as a whole. Default 1: smaller protects more.'),
    cellsPerPerson: z
      .int('Cells a person are a whole number.')
      .min(1, 'A person is in at least one cell.')
      .max(1e6, 'A person is in at most 1,000,000 cells.')
      .default(1)
      .describe('Most counts of the release that one person is part of. Default 1.'),
    contributionPerCell: z
      .int('A contribution is a whole number.')
      .min(1, 'A contribution is at least 1.')
      .max(1e6, 'A contribution is at most 1,000,000.')
      .default(1)
      .describe('Most that one person adds to a count. Default 1; more where journeys are counted.'),
    nonNegative: z
      .boolean('Say true or false.')
      .default(true)
      .describe('Replace what falls below zero by zero. Default true.'),
  }),
  example: {
    counts: [
      { name: 'North', count: 132 },
      { name: 'South', count: 7 },
    ],
    // Known to all who read this: an example, never a release.
    secret: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    epsilon: 1,
  },
  columns: [
    { name: 'name', description: 'Count' },
    { name: 'released', description: 'Count with noise' },
    {
      name: 'margin',
      description: 'The true count lies within this of it (before replacing negatives) 19 times in 20',
    },
    { name: 'epsilon', description: 'Budget spent by the whole release' },
    { name: 'noiseScale', description: 'Scale of the noise' },
  ],
  *run(input) {
    yield 0;
    const released = releasePrivately(
      input.counts.map((row) => row.count),
      input,
      input.nonNegative,
      createSecretPrng(Uint8Array.from(input.secret.match(/../g)!, (pair) => Number.parseInt(pair, 16))),
    );
    return released.map((one, i) => ({
      name: input.counts[i]!.name,
      released: one.value,
      margin: one.margin,
      epsilon: input.epsilon,
      noiseScale: noiseScale(input),
    }));
  },
});
