import type { Provenance } from '../provenance.ts';

/** Vaccination schedules as data: one row a series, one entry a dose. */
export interface SeriesDose {
  /** Youngest age at which the dose counts, days. */
  readonly minimumAgeDays: number;
  /** Age the programme aims for, days. */
  readonly recommendedAgeDays: number;
  /** Least days since the dose before it. */
  readonly minimumIntervalDays: number;
}

export interface VaccineSeries {
  readonly antigen: string;
  /** Injected live vaccines (and BCG) keep their distance from each other; oral ones do not. */
  readonly live: boolean;
  readonly doses: readonly SeriesDose[];
  /** A series is begun only below this age. */
  readonly beginBelowDays?: number;
  /** No dose of it is given from this age on. */
  readonly endDays?: number;
  /** Offered from this age on only. */
  readonly fromDays?: number;
  /** Doses to be given when the series begins at this age or later. */
  readonly fewerDoses?: readonly { readonly beginFromDays: number; readonly doses: number }[];
  /** Doses of these antigens count for this one too. */
  readonly countsAlso?: readonly string[];
}

export interface VaccinationSchedule extends Provenance {
  readonly id: string;
  /** Injected live vaccines: the same day, or at least so many days apart. */
  readonly liveIntervalDays: number;
  /** Doses given up to so many days before a minimum still count. */
  readonly graceDays: number;
  readonly series: readonly VaccineSeries[];
}

const week = 7;
const year = 365;
const month = 30.4375;
const months = (n: number) => Math.round(n * month);
const fourWeeks = 28;

const dose = (minimumAgeDays: number, recommendedAgeDays: number, minimumIntervalDays = fourWeeks): SeriesDose => ({
  minimumAgeDays,
  recommendedAgeDays,
  minimumIntervalDays,
});
const primary = [dose(6 * week, 6 * week, 0), dose(10 * week, 10 * week), dose(14 * week, 14 * week)];

export const schedules: readonly VaccinationSchedule[] = [
  {
    id: 'who-epi',
    source: 'WHO position papers, summary tables of routine and interrupted vaccination',
    effectiveFrom: '2024-12-01',
    jurisdiction: 'WHO',
    note: 'A common denominator of programmes in the corridors; the country of stay decides.',
    liveIntervalDays: fourWeeks,
    graceDays: 0,
    series: [
      { antigen: 'bcg', live: true, doses: [dose(0, 0, 0)], beginBelowDays: 5 * year },
      { antigen: 'hepb-birth', live: false, doses: [dose(0, 0, 0)], beginBelowDays: week },
      {
        antigen: 'dtp-hepb-hib',
        live: false,
        doses: primary,
        beginBelowDays: 7 * year,
        endDays: 7 * year,
      },
      { antigen: 'opv', live: false, doses: primary },
      {
        antigen: 'ipv',
        live: false,
        doses: [dose(14 * week, 14 * week, 0), dose(months(9), months(9), 4 * months(1))],
      },
      {
        antigen: 'pcv',
        live: false,
        doses: primary,
        beginBelowDays: 5 * year,
        endDays: 5 * year,
        fewerDoses: [
          { beginFromDays: year, doses: 2 },
          { beginFromDays: 2 * year, doses: 1 },
        ],
      },
      { antigen: 'rotavirus', live: false, doses: primary.slice(0, 2), beginBelowDays: 2 * year, endDays: 2 * year },
      { antigen: 'measles-rubella', live: true, doses: [dose(months(9), months(9), 0), dose(months(10), months(15))] },
      { antigen: 'yellow-fever', live: true, doses: [dose(months(9), months(9), 0)] },
      {
        antigen: 'td',
        live: false,
        fromDays: 7 * year,
        doses: [dose(7 * year, 7 * year, 0), dose(7 * year, 7 * year), dose(7 * year, 7 * year, months(6))],
        countsAlso: ['dtp-hepb-hib'],
      },
    ],
  },
];
