import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metapopulationModel, seirModel } from '../../../kernel/models/epidemic/outbreak.model.ts';
import {
  reproductionModel,
  serialIntervalModel,
  wallingaTeunisModel,
} from '../../../kernel/models/epidemic/reproduction.model.ts';
import {
  privateCountsModel,
  roundingModel,
  suppressionModel,
} from '../../../kernel/models/mobility/disclosure.model.ts';
import {
  effectiveDistanceModel,
  gravityModel,
  importationModel,
  radiationModel,
} from '../../../kernel/models/mobility/movement.model.ts';
import { flowEstimateModel, siteRankingModel } from '../../../kernel/models/mobility/sites.model.ts';
import { runModel } from '../../../kernel/models/model.ts';
import { cusumModel } from '../../../kernel/models/surveillance/cusum.model.ts';
import { earsModel } from '../../../kernel/models/surveillance/ears.model.ts';
import { exampleCounts } from '../../../kernel/models/surveillance/example.ts';
import { farringtonFlexibleModel, farringtonModel } from '../../../kernel/models/surveillance/farrington.model.ts';
import { bayesModel, rkiModel } from '../../../kernel/models/surveillance/history.model.ts';
import { nowcastModel } from '../../../kernel/models/surveillance/nowcast.model.ts';
import { type Chart, chart } from './chart.ts';

/** Draws the plots of the surveillance, epidemic and mobility pages anew: `node docs/models/plots/outbreaks.ts`. */
const write = (name: string, spec: Chart) => writeFileSync(join(import.meta.dirname, `${name}.svg`), chart(spec));

type Verdict = {
  index: number;
  observed: number | null;
  expected: number | null;
  threshold: number | null;
  alarm: boolean;
};

function detector(name: string, title: string, rows: readonly Verdict[]): void {
  const known = (value: (row: Verdict) => number | null) =>
    rows.flatMap((row): (readonly [number, number])[] => {
      const y = value(row);
      return y === null ? [] : [[row.index, y]];
    });
  write(name, {
    title,
    x: 'week',
    y: 'cases',
    marks: [
      { kind: 'steps', label: 'observed', points: known((row) => row.observed) },
      { kind: 'line', label: 'threshold', points: known((row) => row.threshold) },
      { kind: 'line', label: 'expected', points: known((row) => row.expected) },
      { kind: 'points', label: 'alarm', points: known((row) => (row.alarm ? row.observed : null)) },
    ],
  });
}

const counts = exampleCounts(300);
detector(
  'ears',
  'EARS C2 on a made series with a planted outbreak',
  runModel(earsModel, { counts, method: 'C2', minimumSigma: 1, from: 250 }),
);
detector('farrington', 'Farrington 1996, four years back', runModel(farringtonModel, { counts, years: 4, from: 250 }));
detector(
  'farrington-flexible',
  'Flexible Farrington, four years back',
  runModel(farringtonFlexibleModel, { counts, years: 4, from: 250 }),
);
detector('rki', 'RKI system 3', runModel(rkiModel, { counts, from: 250 }));
detector('bayes', 'Bayes system 1', runModel(bayesModel, { counts, from: 250 }));

const cusum = runModel(cusumModel, { counts, mean: 'seasonal', from: 200 });
write('cusum', {
  title: 'CUSUM over a seasonal mean, limit 2.26',
  x: 'week',
  y: 'standard deviations',
  marks: [
    { kind: 'line', label: 'sum', points: cusum.map((row) => [row.index, row.cusum]) },
    { kind: 'line', label: 'limit', points: cusum.map((row) => [row.index, 2.26]) },
  ],
});

const late = runModel(nowcastModel, nowcastModel.example);
write('nowcast', {
  title: 'Nowcast: what is still to be reported',
  x: 'day of onset',
  y: 'cases',
  marks: [
    { kind: 'band', label: '95 % interval', points: late.map((row, i) => [i, row.lower, row.upper] as const) },
    {
      kind: 'line',
      label: 'nowcast',
      points: late.flatMap((row, i) => (row.estimate === null ? [] : [[i, row.estimate] as const])),
    },
    { kind: 'steps', label: 'reported', points: late.map((row, i) => [i, row.reported] as const) },
  ],
});

const reproduction = runModel(reproductionModel, reproductionModel.example).filter((row) => row.mean !== null);
write('reproduction-number', {
  title: 'Reproduction number over seven-day windows',
  x: 'last day of the window',
  y: 'R',
  marks: [
    {
      kind: 'band',
      label: '95 % interval',
      points: reproduction.map((row) => [row.end, row['q0.025']!, row['q0.975']!] as const),
    },
    { kind: 'line', label: 'mean', points: reproduction.map((row) => [row.end, row.mean!] as const) },
    { kind: 'line', label: 'one', points: reproduction.map((row) => [row.end, 1] as const) },
  ],
});
const cohort = runModel(wallingaTeunisModel, wallingaTeunisModel.example);
write('wallinga-teunis', {
  title: 'Cases infected by each case: too low at the end',
  x: 'last day of the window',
  y: 'R',
  marks: [
    { kind: 'band', label: '95 % interval', points: cohort.map((row) => [row.end, row.lower!, row.upper!] as const) },
    { kind: 'line', label: 'mean', points: cohort.map((row) => [row.end, row.mean] as const) },
  ],
});
const intervals = (
  [
    [2.6, 1.5],
    [8.4, 3.8],
  ] as const
).map(([meanDays, sdDays]) => ({
  meanDays,
  rows: runModel(serialIntervalModel, { serialInterval: { meanDays, sdDays }, days: 24 }),
}));
write('serial-interval', {
  title: 'Discretised serial intervals',
  x: 'days',
  y: 'probability',
  marks: intervals.map(({ meanDays, rows }) => ({
    kind: 'bars' as const,
    label: `mean ${meanDays} days`,
    points: rows.map((row) => [row.day, row.probability] as const),
  })),
});

const seir = runModel(seirModel, { ...seirModel.example, everyDays: 1, days: 250 });
write('seir', {
  title: 'SEIR, R0 2, 3 latent and 5 infectious days',
  x: 'day',
  y: 'people of a million',
  marks: [
    { kind: 'line', label: 'exposed', points: seir.map((row) => [row.day, row.exposed]) },
    { kind: 'line', label: 'infectious', points: seir.map((row) => [row.day, row.infectious]) },
  ],
});
const course = runModel(metapopulationModel, { ...metapopulationModel.example, runs: 200, report: 'by-day' }).filter(
  (row) => row.measure === 'infectious',
);
write('metapopulation', {
  title: 'Three places, screening at the port, fewer contacts from day 30 to 90',
  x: 'day',
  y: 'infectious people',
  marks: [
    { kind: 'band', label: '95 % of runs', points: course.map((row) => [row.day!, row.lower!, row.upper!] as const) },
    { kind: 'line', label: 'median', points: course.map((row) => [row.day!, row.median!] as const) },
  ],
});

const imported = runModel(importationModel, importationModel.example);
write('importation-risk', {
  title: 'Yellow fever carried from Espírito Santo, 2017',
  x: 'destination',
  y: 'expected cases',
  names: imported.map((row) => row.destination),
  marks: [
    { kind: 'bars', label: 'residents travelling out', points: imported.map((row, i) => [i, row.exported] as const) },
    { kind: 'bars', label: 'visitors returning', points: imported.map((row, i) => [i, row.returning] as const) },
  ],
});

const pairs = readFileSync(join(import.meta.dirname, '../../../tests/vectors/gravity/austria_migration_72.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.replaceAll('"', '').split(','))
  .map(([origin, destination, flow, distance, originMass, destinationMass]) => ({
    origin: origin!,
    destination: destination!,
    flow: Number(flow),
    distance: Number(distance),
    originMass: Number(originMass),
    destinationMass: Number(destinationMass),
  }));
const gravity = (form: 'unconstrained' | 'doubly') =>
  runModel(gravityModel, { pairs, form, deterrence: 'power', report: 'flows' }).map(
    (row) => [Math.log10(row.observed!), Math.log10(row.value!)] as const,
  );
write('gravity', {
  title: 'Migration between Austrian regions: gravity model against what was seen',
  x: 'observed, log 10 of people',
  y: 'modelled, log 10 of people',
  marks: [
    { kind: 'points', label: 'unconstrained', points: gravity('unconstrained') },
    { kind: 'points', label: 'doubly constrained', points: gravity('doubly') },
    {
      kind: 'line',
      label: 'agreement',
      points: [
        [1, 1],
        [4.2, 4.2],
      ],
    },
  ],
});
const regions = [...new Set(pairs.map((pair) => pair.origin))].sort();
const radiation = runModel(radiationModel, {
  places: regions.map((name) => ({
    name,
    population: pairs.find((pair) => pair.origin === name)!.originMass,
    travellers: pairs.reduce((sum, pair) => sum + (pair.origin === name ? pair.flow : 0), 0),
  })),
  distances: pairs.map((pair) => ({ from: pair.origin, to: pair.destination, distance: pair.distance })),
});
const modelled = new Map(radiation.map((row) => [`${row.from} ${row.to}`, row.flow]));
write('radiation', {
  title: 'The same flows by the radiation model, nothing fitted',
  x: 'observed, log 10 of people',
  y: 'modelled, log 10 of people',
  marks: [
    {
      kind: 'points',
      label: 'radiation',
      points: pairs.map(
        (pair) => [Math.log10(pair.flow), Math.log10(modelled.get(`${pair.origin} ${pair.destination}`)!)] as const,
      ),
    },
    {
      kind: 'line',
      label: 'agreement',
      points: [
        [1, 1],
        [4.2, 4.2],
      ],
    },
  ],
});
const effective = runModel(effectiveDistanceModel, {
  flows: pairs.map((pair) => ({ from: pair.origin, to: pair.destination, flow: pair.flow })),
  from: 'AT13',
});
const kilometres = new Map(
  pairs.filter((pair) => pair.origin === 'AT13').map((pair) => [pair.destination, pair.distance]),
);
write('effective-distance', {
  title: 'From Vienna (AT13): distance on the map and effective distance',
  x: 'kilometres',
  y: 'effective distance',
  marks: [
    {
      kind: 'points',
      label: 'region',
      points: effective.flatMap((row) =>
        row.to === 'AT13' ? [] : [[kilometres.get(row.to)!, row.effectiveDistance!] as const],
      ),
    },
  ],
});

const sites = runModel(siteRankingModel, siteRankingModel.example);
write('site-ranking', {
  title: 'Scores, and their range with weights moved by 20 %',
  x: 'site',
  y: 'score',
  names: sites.map((row) => row.site),
  marks: [
    { kind: 'bars', label: 'lowest', points: sites.map((row, i) => [i, row.scoreLow] as const) },
    { kind: 'bars', label: 'score', points: sites.map((row, i) => [i, row.score] as const) },
    { kind: 'bars', label: 'highest', points: sites.map((row, i) => [i, row.scoreHigh] as const) },
  ],
});
const flows = runModel(flowEstimateModel, flowEstimateModel.example);
write('flow-estimate', {
  title: 'Travellers of a month from ten days of counting',
  x: 'flow-monitoring point',
  y: 'travellers',
  names: flows.map((row) => row.point),
  marks: [
    { kind: 'bars', label: 'lower', points: flows.map((row, i) => [i, row.lower] as const) },
    { kind: 'bars', label: 'total', points: flows.map((row, i) => [i, row.total] as const) },
    { kind: 'bars', label: 'upper', points: flows.map((row, i) => [i, row.upper] as const) },
  ],
});
const rounded = runModel(roundingModel, {
  parts: Array.from({ length: 7 }, (_, i) => ({ name: `part ${i + 1}`, value: 10 + 3.37 * i })),
  total: 100,
});
write('rounding', {
  title: 'Rounded less exact part: never a whole unit, and nothing in sum',
  x: 'part',
  y: 'units',
  names: rounded.map((row) => row.name),
  marks: [
    {
      kind: 'bars',
      label: 'rounded less exact',
      points: rounded.map((row, i) => [i, row.rounded - row.exact] as const),
    },
  ],
});
const hidden = runModel(suppressionModel, suppressionModel.example).filter((row) => row.status !== 'published');
write('suppression', {
  title: 'Withheld cells: the least and the most that a reader can work out',
  x: 'cell',
  y: 'people',
  names: hidden.map((row) => `${row.row ?? 'all'} ${row.column ?? 'all'}`),
  marks: [
    { kind: 'bars', label: 'least', points: hidden.map((row, i) => [i, row.least] as const) },
    { kind: 'bars', label: 'most', points: hidden.map((row, i) => [i, row.most ?? 0] as const) },
  ],
});
const noise = (epsilon: number) => {
  const released = runModel(privateCountsModel, {
    counts: Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}`, count: 0 })),
    epsilon,
    nonNegative: false,
    secret: '1f'.repeat(32),
  });
  return Array.from(
    { length: 41 },
    (_, k) => [k - 20, released.filter((row) => row.released === k - 20).length / 20_000] as const,
  );
};
write('private-counts', {
  title: 'Noise added to a count',
  x: 'noise',
  y: 'share of releases',
  marks: [
    { kind: 'line', label: 'ε = 1', points: noise(1) },
    { kind: 'line', label: 'ε = .25', points: noise(0.25) },
  ],
});
