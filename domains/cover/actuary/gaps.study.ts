import { z } from 'zod';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { columns, type FigureTable, significant, tableOf } from './figures.ts';
import { assessGaps, type GapCell, type PairGap, type PurchaseOption, pairGaps, purchaseOptions } from './gaps.ts';
import { seed } from './inputs.ts';
import { defineStudy } from './study.ts';

const input = z.strictObject({
  seed,
  home: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country like "MM"')
    .optional(),
  host: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country like "TH"')
    .optional(),
});

interface Facts {
  readonly day: string;
  readonly cells: readonly GapCell[];
  readonly pairs: readonly PairGap[];
  readonly options: readonly PurchaseOption[];
  readonly schemes: readonly string[];
  readonly agreements: readonly string[];
}

/** Gaps of cover between countries, and what could be bought: the regional needs report (S42, S43). */
export const gapStudy = defineStudy({
  kind: 'gaps',
  input,
  check: () => undefined,
  read: async (options, _db, asked) => {
    const day = localDay(options);
    const schemes = [...new Set(options.allSchemes.map(({ id }) => id))].flatMap((id): Scheme[] => {
      const scheme = schemeAt(options.allSchemes, id, day);
      return scheme ? [scheme] : [];
    });
    const countries = [...new Set(schemes.map(({ country }) => country))].sort();
    const all = assessGaps({ countries, schemes, agreements: options.agreements, publicFree: options.publicFree, day });
    const cells = all.filter(
      (cell) => (!asked.home || cell.home === asked.home) && (!asked.host || cell.host === asked.host),
    );
    const pairs = pairGaps(cells, options.regional);
    return {
      provenance: {
        country: options.country,
        at: options.clock().toISOString(),
        rows: { schemes: schemes.length, agreements: options.agreements.length, cells: cells.length },
      },
      facts: {
        day,
        cells,
        pairs,
        options: purchaseOptions(pairs, schemes, options.regional),
        schemes: schemes.map(({ id, version }) => `${id} v${version}`),
        agreements: options.agreements.map(({ id, version }) => `${id} v${version}`),
      } satisfies Facts,
    };
  },
  parts: () => 1,
  work: () => null,
  report: (_, { cells, pairs, options, schemes, agreements, day }: Facts) => {
    const open = cells.filter(({ by }) => by === 'none');
    const worst = pairs[0];
    return {
      methods: ['portability-regimes', 'gap-cells', 'purchase-prices'],
      limits: ['illustrative', 'stock-not-uncovered', 'prices-not-costs', 'rules-not-practice'],
      assumptions: [
        { id: 'day', value: day, from: 'data' },
        { id: 'schemes', value: schemes.join(', '), from: 'data' },
        { id: 'agreements', value: agreements.join(', '), from: 'data' },
      ],
      findings: [
        {
          id: 'gaps.open',
          tone: open.length > 0 ? 'warn' : 'good',
          values: {
            open: open.length,
            cells: cells.length,
            share: significant((100 * open.length) / Math.max(1, cells.length), 3),
          },
        },
        ...(worst
          ? [
              {
                id: 'gaps.worst',
                tone: 'warn' as const,
                values: {
                  home: worst.home,
                  host: worst.host,
                  people: worst.people ?? 0,
                  open: significant(100 * worst.open, 3),
                },
              },
            ]
          : []),
      ],
      tables: gapTables({ cells, open, pairs, options }),
    };
  },
});

/** Sources by number, in the order they are first named: said once, and not beside each of hundreds of rows. */
function numberedSources(rows: readonly { readonly source?: string }[]) {
  const numbers = new Map<string, number>();
  for (const { source } of rows) {
    if (source !== undefined && !numbers.has(source)) {
      numbers.set(source, numbers.size + 1);
    }
  }
  return {
    list: [...numbers].map(([source, number]) => ({ number, source })),
    of: <Row extends { readonly source?: string }>(row: Row) => ({
      ...row,
      sourceNumber: row.source === undefined ? undefined : numbers.get(row.source),
    }),
  };
}

function gapTables({
  cells,
  open,
  pairs,
  options,
}: Pick<Facts, 'cells' | 'pairs' | 'options'> & { readonly open: readonly GapCell[] }): FigureTable[] {
  const sources = numberedSources([...pairs, ...open, ...cells]);
  return [
    tableOf(
      'gaps.pairs',
      columns({
        home: 'word',
        host: 'word',
        people: 'number',
        I: 'number',
        II: 'number',
        III: 'number',
        IV: 'number',
        open: 'share',
        sourceNumber: 'number',
      }),
      pairs.map(sources.of),
    ),
    tableOf(
      'gaps.list',
      columns({
        home: 'word',
        host: 'word',
        category: 'word',
        service: 'word',
        missingHost: 'word',
        missingAgreement: 'word',
        missingHome: 'word',
        sourceNumber: 'number',
      }),
      open.map(sources.of),
    ),
    tableOf(
      'gaps.matrix',
      columns({
        home: 'word',
        host: 'word',
        category: 'word',
        service: 'word',
        regime: 'text',
        by: 'word',
        through: 'text',
        waitingMonths: 'number',
        waitingDays: 'number',
        ceiling: 'text',
        leftBehind: 'word',
        sourceNumber: 'number',
      }),
      cells.map((cell) => sources.of({ ...cell, leftBehind: cell.leftBehind ? 'yes' : 'no' })),
    ),
    optionTable(options),
    tableOf('gaps.sources', columns({ number: 'number', source: 'text' }), sources.list),
  ];
}

function optionTable(options: Facts['options']): FigureTable {
  return tableOf(
    'gaps.options',
    columns({
      home: 'word',
      host: 'word',
      option: 'word',
      through: 'text',
      costPerPerson: 'money',
      currency: 'text',
      people: 'number',
      total: 'money',
    }),
    options,
  );
}
