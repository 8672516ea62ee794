import type { Provenance } from '../provenance.ts';

/** Monitoring examinations during and after TB treatment, as data. */
export interface MonitoringRow {
  readonly exam: 'visit' | 'smear' | 'culture' | 'chest-x-ray';
  readonly why: string;
  /** What the trigger counts from: treatment start, or the day a successful outcome was assigned. */
  readonly from: 'start' | 'outcome';
  readonly months: number;
  readonly days: number;
  /** Repeated every so many months or days while treatment lasts. */
  readonly every?: { readonly months?: number; readonly days?: number };
  /** Repetition stops before this many months of treatment. */
  readonly untilMonths?: number;
  /** Days from the trigger to the due date. */
  readonly dueDays: number;
  /** After the due date, in days or months, the examination expires. */
  readonly expiresDays?: number;
  readonly expiresMonths?: number;
}

export interface MonitoringTable extends Provenance {
  readonly id: string;
  readonly regimens: readonly string[];
  readonly rows: readonly MonitoringRow[];
  /** A positive smear or culture from this month of treatment on asks for susceptibility testing. */
  readonly susceptibilityTestFromMonth: number;
}

const week = 7;
const threeWeeks = 21;
const usual = { dueDays: week, expiresDays: week } as const;
const source = {
  source: 'WHO SMART Guidelines, TB Digital Adaptation Kit, TB.D14.S',
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
} as const;

const monthly = (exam: 'smear' | 'culture'): MonitoringRow => ({
  exam,
  why: 'monthly',
  from: 'start',
  months: 0,
  days: threeWeeks,
  every: { months: 1 },
  ...usual,
});
const end = (exam: MonitoringRow['exam']): MonitoringRow => ({
  exam,
  why: 'end-of-treatment',
  from: 'outcome',
  months: 0,
  days: 0,
  ...usual,
});
const after = (exam: MonitoringRow['exam'], months: 6 | 12): MonitoringRow => ({
  exam,
  why: `${months}-months-after-treatment`,
  from: 'outcome',
  months: months - 1,
  days: threeWeeks,
  ...usual,
});
const visits: MonitoringRow[] = [
  // Every week in the first month, once a month after it, where nothing else calls.
  {
    exam: 'visit',
    why: 'weekly',
    from: 'start',
    months: 0,
    days: week,
    every: { days: week },
    untilMonths: 1,
    dueDays: 0,
    expiresDays: week,
  },
  {
    exam: 'visit',
    why: 'monthly',
    from: 'start',
    months: 1,
    days: 0,
    every: { months: 1 },
    dueDays: 0,
    expiresDays: week,
  },
];
const baselineXray: MonitoringRow = {
  exam: 'chest-x-ray',
  why: 'baseline',
  from: 'start',
  months: 0,
  days: 0,
  dueDays: 0,
  expiresDays: week,
};
const secondMonth = (exam: MonitoringRow['exam']): MonitoringRow => ({
  exam,
  why: 'second-month',
  from: 'start',
  months: 2,
  days: 0,
  ...usual,
});

export const monitoringTables: readonly MonitoringTable[] = [
  {
    ...source,
    id: 'drug-susceptible',
    regimens: ['2HRZE/4HR', '2HRZ/4HR', '2HRZE/2HR', '2HRZ/2HR', '2HPMZ/2HPM', '2HRZE/10HR', '6HRZEto'],
    susceptibilityTestFromMonth: 2,
    rows: [
      ...visits,
      baselineXray,
      secondMonth('chest-x-ray'),
      secondMonth('smear'),
      secondMonth('culture'),
      end('chest-x-ray'),
      end('smear'),
      end('culture'),
    ],
  },
  {
    ...source,
    id: 'bpalm',
    regimens: ['BPaLM', 'BPaL'],
    susceptibilityTestFromMonth: 4,
    rows: [
      ...visits,
      baselineXray,
      monthly('smear'),
      monthly('culture'),
      end('smear'),
      end('culture'),
      end('chest-x-ray'),
      after('smear', 6),
      after('culture', 6),
      after('chest-x-ray', 6),
      after('smear', 12),
      after('culture', 12),
      after('chest-x-ray', 12),
    ],
  },
  {
    ...source,
    id: '9-month',
    regimens: ['9-month-Eto', '9-month-Lzd'],
    susceptibilityTestFromMonth: 6,
    rows: [
      ...visits,
      baselineXray,
      monthly('smear'),
      monthly('culture'),
      {
        exam: 'chest-x-ray',
        why: 'follow-up-3-to-6-months',
        from: 'start',
        months: 2,
        days: threeWeeks,
        dueDays: week,
        expiresMonths: 3,
      },
    ],
  },
];

/** An examination counts as done for a due date when it lies within this many days of it. */
export const completionWindowDays = week;
