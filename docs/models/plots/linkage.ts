import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrng } from '../../../kernel/base/prng.ts';
import { dice, emptyCodes, putCode } from '../../../kernel/linkage/clk/codes.ts';
import { createEncoder } from '../../../kernel/linkage/clk/encode.ts';
import { foldCode } from '../../../kernel/linkage/clk/harden.ts';
import { readSchema } from '../../../kernel/linkage/clk/schema.ts';
import { parseTable } from '../../../kernel/linkage/csv.ts';
import { checkDigit } from '../../../kernel/linkage/mrz.ts';
import { type Chart, chart } from './chart.ts';

/** Draws the plots of the pages on encodings and documents anew: `node docs/models/plots/linkage.ts`. */
const write = (name: string, spec: Chart) => writeFileSync(join(import.meta.dirname, `${name}.svg`), chart(spec));
type Point = readonly [number, number];

const table = parseTable(
  readFileSync(join(import.meta.dirname, '../../../tests/vectors/names/common-surnames-by-country.csv'), 'utf8'),
);
const names = table.rows.map((row) => row[table.columns.indexOf('Romanized Name')]!).filter((name) => name.length >= 6);
const encoder = createEncoder(
  readSchema({
    version: 3,
    clkConfig: { l: 1024, kdf: { type: 'HKDF' } },
    features: [
      {
        identifier: 'surname',
        format: { type: 'string' },
        hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 200 } },
      },
    ],
  }),
  'a secret of the plot',
);
const prng = createPrng(1);
const changed = (name: string, letters: number) => {
  const text = [...name];
  const places = new Set<number>();
  while (places.size < letters) {
    places.add(prng.below(text.length));
  }
  for (const at of places) {
    text[at] = 'abcdefghijklmnopqrstuvwxyz'[prng.below(26)]!;
  }
  return text.join('');
};
const likeness = (a: Uint8Array, b: Uint8Array): number => {
  const codes = emptyCodes(2, a.length * 8);
  putCode(codes, 0, a);
  putCode(codes, 1, b);
  return dice(codes, 0, codes, 1);
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const curve = (harden: (code: Uint8Array) => Uint8Array): Point[] =>
  [0, 1, 2, 3, 4, 5, 6].map((letters): Point => {
    const pairs = names.slice(0, 400).map((name) => {
      const other = letters === 6 ? names[prng.below(names.length)]! : changed(name, letters);
      return likeness(harden(encoder.encode([name])), harden(encoder.encode([other])));
    });
    return [letters, mean(pairs)];
  });
write('linkage-encoded', {
  title: 'Likeness of the codes of 400 surnames, letters changed',
  x: 'letters changed',
  y: "Dice's coefficient, mean",
  names: ['0', '1', '2', '3', '4', '5', 'another name'],
  marks: [
    { kind: 'bars', label: 'as encoded', points: curve((code) => code) },
    { kind: 'bars', label: 'XOR-folded once', points: curve(foldCode) },
  ],
});

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const figures = [...'0123456789'];
const blank = '<'.repeat(9);
const withText = (text: string, position: number) =>
  checkDigit(blank.slice(0, position) + text + blank.slice(position + text.length));
const share = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;
const misread = (from: readonly string[], to: readonly string[]): number =>
  share(from.flatMap((a) => to.filter((b) => b !== a).map((b) => withText(a, 0) === withText(b, 0))));
const swapped = (own: readonly string[], position: number): number =>
  share(
    own.flatMap((a) => own.filter((b) => b !== a).map((b) => withText(a + b, position) === withText(b + a, position))),
  );
const slips: readonly (readonly [string, number])[] = [
  ['figure read as figure', misread(figures, figures)],
  ['letter as letter', misread(letters, letters)],
  ['figure as letter', misread(figures, letters)],
  ['figures swapped, 7 3', swapped(figures, 0)],
  ['3 1', swapped(figures, 1)],
  ['1 7', swapped(figures, 2)],
  ['letters swapped, 7 3', swapped(letters, 0)],
];
write('linkage-documents', {
  title: 'Slips in a document number that its check digit does not see',
  x: 'slip, with the weights of its places',
  y: 'share unseen',
  names: slips.map(([name]) => name),
  marks: [{ kind: 'bars', label: 'share of such slips', points: slips.map(([, value], i): Point => [i, value]) }],
});
