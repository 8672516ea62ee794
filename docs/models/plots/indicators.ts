import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  followThroughModel,
  mipexModel,
  uhcModel,
  voucherModel,
} from '../../../kernel/models/indicators/services.models.ts';
import {
  contactsModel,
  continuityModel,
  endTbModel,
  tbIndicatorsModel,
} from '../../../kernel/models/indicators/tb.models.ts';
import { runModel } from '../../../kernel/models/model.ts';
import { thresholdsModel } from '../../../kernel/models/surveillance/thresholds.model.ts';
import { type Chart, chart } from './chart.ts';
import { told } from './told.ts';

/** Draws the plots of the indicator pages anew: `node docs/models/plots/indicators.ts`. Every point is a row of the model. */
const write = (name: string, spec: Chart) => writeFileSync(join(import.meta.dirname, `${name}.svg`), chart(spec));
type Point = readonly [number, number];

interface Share {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
/** A bar a share, with the ends of its interval as points. */
function shares(name: string, title: string, rows: readonly Share[], names: readonly string[], x = 'indicator'): void {
  const ends = (end: 'low' | 'high') => rows.flatMap((row, i): Point[] => (row[end] === null ? [] : [[i, row[end]]]));
  write(name, {
    title,
    x,
    y: 'share',
    names,
    marks: [
      {
        kind: 'bars',
        label: 'share',
        points: rows.flatMap((row, i): Point[] => (row.value === null ? [] : [[i, row.value]])),
      },
      { kind: 'points', label: '95 % interval, low', points: ends('low') },
      { kind: 'points', label: '95 % interval, high', points: ends('high') },
    ],
  });
}
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

const registered = {
  diagnosisDate: '2023-06-01',
  history: 'new',
  site: 'pulmonary',
  method: 'bacteriologically-confirmed',
  started: true,
} as const;
const cohort = runModel(tbIndicatorsModel, {
  from: '2024-01-01',
  to: '2024-12-31',
  cases: [
    ...times(52, { ...registered, outcome: 'cured' as const }),
    ...times(21, { ...registered, outcome: 'treatment-completed' as const }),
    ...times(3, { ...registered, outcome: 'treatment-failed' as const }),
    ...times(5, { ...registered, outcome: 'died' as const }),
    ...times(9, { ...registered, outcome: 'lost-to-follow-up' as const }),
    ...times(6, { ...registered, outcome: 'not-evaluated' as const }),
    ...times(4, registered),
  ],
});
const outcomes = [35, 36, 37, 38, 39, 40, 41].map((n) => cohort.find((row) => row.id === `TB.IND.${n}`)!);
shares('tb-indicators', 'Outcomes of a made cohort of 100 (indicators 35 to 41)', outcomes, [
  'cured',
  'completed',
  'success',
  'failed',
  'died',
  'lost',
  'not evaluated',
]);

const contact = {
  screened: true,
  eligibleForPrevention: true,
  startedPrevention: true,
  dueToComplete: false,
  completed: false,
};
const contacts = told(contactsModel, {
  contacts: [
    ...times(40, contact),
    ...times(25, { ...contact, startedPrevention: false }),
    ...times(45, { ...contact, eligibleForPrevention: false, startedPrevention: false }),
    ...times(30, { ...contact, screened: false, eligibleForPrevention: false, startedPrevention: false }),
    ...times(28, { ...contact, dueToComplete: true, completed: true }),
    ...times(7, { ...contact, dueToComplete: true }),
  ],
});
shares('tb-contacts', 'Household contacts: a made list of 175', contacts, [
  'screened of listed',
  'started of eligible',
  'completed of those due',
]);

const transfer = {
  sent: '2024-01-01',
  arrivedOnTreatment: '2024-01-09',
  lastDoseBefore: '2024-01-01',
  firstDoseAfter: '2024-01-10',
};
const continuity = told(continuityModel, {
  transfers: [
    ...times(31, { ...transfer, outcome: 'cured' as const }),
    ...times(6, { ...transfer, outcome: 'lost-to-follow-up' as const }),
    ...times(9, transfer),
    ...times(14, { sent: '2024-01-05' }),
  ],
}).filter((row) => row.low !== null);
shares(
  'tb-continuity',
  'Sixty made transfers across a border',
  continuity,
  continuity.map((row) => row.indicator),
);

const remaining = Array.from({ length: 19 }, (_, i) => 100 - 5 * i);
const falls = (year: number) =>
  told(endTbModel, {
    series: remaining.map((value) => ({ measure: 'incidence' as const, base2015: 100, year, value })),
  }).flatMap((row, i): Point[] => (row.yearlyFallNeeded === null ? [] : [[100 - remaining[i]!, row.yearlyFallNeeded]]));
write('end-tb-progress', {
  title: 'Incidence: the yearly fall that the next milestone asks for',
  x: 'percent fallen since 2015',
  y: 'share a year',
  marks: [2022, 2024, 2026].map((year) => ({ kind: 'line' as const, label: `in ${year}`, points: falls(year) })),
});

const referral = { issued: '2024-01-10', kind: 'community' as const };
const [cascade] = runModel(followThroughModel, {
  from: '2024-01-01',
  to: '2024-01-31',
  referrals: [
    ...times(34, {
      ...referral,
      accepted: '2024-01-11',
      attended: '2024-01-12',
      served: '2024-01-12',
      fedBack: '2024-01-15',
      confirmedBy: 'facility' as const,
    }),
    ...times(18, {
      ...referral,
      accepted: '2024-01-11',
      attended: '2024-01-14',
      served: '2024-01-14',
      confirmedBy: 'phone' as const,
    }),
    ...times(7, { ...referral, accepted: '2024-01-12', attended: '2024-01-20' }),
    ...times(15, { ...referral, accepted: '2024-01-12' }),
    ...times(26, referral),
  ],
});
const steps = ['accepted', 'attended', 'served', 'fedBack'] as const;
write('referral-follow-through', {
  title: `A hundred made referrals: ${Math.round(100 * cascade!.value!)} % followed through`,
  x: 'step reached',
  y: 'referrals',
  names: ['issued', 'accepted', 'attended', 'served', 'fed back'],
  marks: [
    {
      kind: 'bars',
      label: 'referrals',
      points: [[0, cascade!.denominator!], ...steps.map((step, i): Point => [i + 1, cascade![step]!])],
    },
  ],
});

const vouchers = told(voucherModel, voucherModel.example).filter((row) => row.low !== null);
shares(
  'voucher-coverage',
  'The published scheme: 646 of 775 children, 132 of 167 women',
  vouchers,
  vouchers.map((row) => `${row.id}: ${row.indicator}`),
);

const areas = told(uhcModel, uhcModel.example);
const without = told(uhcModel, {
  ...uhcModel.example,
  tracers: uhcModel.example.tracers.map((tracer) =>
    tracer.tracer === 'hypertension' ? { ...tracer, value: 96 } : tracer,
  ),
});
write('uhc-service-coverage', {
  title: 'Areas and index of the worked example, and with hypertension treatment doubled',
  x: 'area',
  y: '0 to 100',
  names: areas.map((row) => row.area.replace('reproductive-maternal-child', 'mother and child')),
  marks: [
    { kind: 'bars', label: 'as it is', points: areas.map((row, i): Point => [i, row.value!]) },
    { kind: 'bars', label: 'doubled', points: without.map((row, i): Point => [i, row.value!]) },
  ],
});

const strand = runModel(mipexModel, mipexModel.example).map((row) => ({
  score: String(row.score),
  value: Number(row.value),
}));
write('mipex-health', {
  title: 'Scores of the worked example',
  x: 'score',
  y: '0 to 100',
  names: strand.map((row) => row.score),
  marks: [
    {
      kind: 'bars',
      label: 'score',
      points: strand.flatMap((row, i): Point[] => (row.value === null ? [] : [[i, row.value]])),
    },
  ],
});

const populations = Array.from({ length: 100 }, (_, i) => 1000 * (i + 1));
const limits = (rule: 'alert' | 'epidemic'): Point[] =>
  populations.map((population): Point => {
    // The fewest cases in a week that the model calls by this level.
    let cases = 1;
    while (
      !runModel(thresholdsModel, { disease: 'meningitis', suspected: [cases], population }).some(
        (row) => row.level === rule && row.met,
      )
    ) {
      cases++;
    }
    return [population, cases];
  });
write('alert-thresholds', {
  title: 'Meningitis: the fewest suspected cases in a week that reach a level',
  x: 'population of the unit',
  y: 'cases in the week',
  marks: [
    { kind: 'steps', label: 'alert', points: limits('alert') },
    { kind: 'steps', label: 'epidemic', points: limits('epidemic') },
  ],
});
