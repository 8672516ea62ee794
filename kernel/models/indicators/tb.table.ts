import type { TbCaseRecord } from './tb.ts';

/** TB indicators as data: what is counted over what, and who is left out. {@link tbIndicators} reads these rows. */
export type Condition = {
  readonly [Field in keyof TbCaseRecord]?: readonly TbCaseRecord[Field][];
};

export interface TbIndicatorRow {
  /** Number in the WHO kit. */
  readonly id: string;
  readonly title: string;
  readonly source: 'WHO TB Digital Adaptation Kit, indicators (2025-04-23)';
  /** Shares count numerator within denominator; a rate is per 100,000 population. */
  readonly kind: 'count' | 'rate' | 'share';
  /** A case belongs when every field has one of these values. */
  readonly denominator: Condition;
  /** Further conditions on top of the denominator's. */
  readonly numerator?: Condition;
  /** Cases diagnosed so many months before the period: outcomes need a year. */
  readonly cohortMonthsEarlier: 0 | 12;
  /**
   * `as-diagnosed` leaves out those transferred in, who are notified where they came from; `as-treated` adds those
   * transferred in and takes off those transferred out.
   */
  readonly transfers: 'as-diagnosed' | 'as-treated';
}

const source = 'WHO TB Digital Adaptation Kit, indicators (2025-04-23)' as const;
const newEpisode: Condition = { history: ['new', 'recurrent', 'unknown'] };
const anyHistory: Condition = {};
const pulmonary: Condition = { site: ['pulmonary', 'both'] };
const confirmed: Condition = { method: ['bacteriologically-confirmed'] };
const tested = ['susceptible', 'resistant'] as const;

function row(
  id: string,
  title: string,
  kind: TbIndicatorRow['kind'],
  denominator: Condition,
  numerator?: Condition,
): TbIndicatorRow {
  return {
    id: `TB.IND.${id}`,
    title,
    source,
    kind,
    denominator,
    ...(numerator && { numerator }),
    cohortMonthsEarlier: 0,
    transfers: 'as-diagnosed',
  };
}
function outcome(id: string, title: string, denominator: Condition, numerator: Condition): TbIndicatorRow {
  return { ...row(id, title, 'share', denominator, numerator), cohortMonthsEarlier: 12, transfers: 'as-treated' };
}

const confirmedPulmonary: Condition = { ...pulmonary, ...confirmed };
const started: Condition = { started: [true] };
const families = [
  { first: 35, of: 'those who started treatment', denominator: started },
  { first: 42, of: 'all registered cases', denominator: anyHistory },
] as const;
const outcomes: readonly (readonly [title: string, values: readonly TbCaseRecord['outcome'][]])[] = [
  ['cured', ['cured']],
  ['treatment completed', ['treatment-completed']],
  ['treatment success', ['cured', 'treatment-completed']],
  ['treatment failed', ['treatment-failed']],
  ['died', ['died']],
  ['lost to follow-up', ['lost-to-follow-up']],
  // No outcome in time counts as not evaluated, never as success.
  ['not evaluated', ['not-evaluated', 'none-yet']],
];

export const tbIndicatorRows: readonly TbIndicatorRow[] = [
  row('8', 'Notified new episodes of TB', 'count', newEpisode),
  row('9', 'Notification rate of new episodes, per 100,000', 'rate', newEpisode),
  row('10', 'Re-registered for treatment', 'count', { history: ['re-registered'] }),
  row(
    '11',
    'Bacteriologically confirmed among new pulmonary episodes',
    'share',
    { ...newEpisode, ...pulmonary },
    confirmed,
  ),
  row('12', 'First tested with a rapid test among new episodes', 'share', newEpisode, { rapidTestFirst: [true] }),
  row('15', 'HIV status known among new episodes', 'share', newEpisode, { hiv: ['positive', 'negative'] }),
  row(
    '17',
    'On antiretroviral treatment among new episodes with HIV',
    'share',
    { ...newEpisode, hiv: ['positive'] },
    { onAntiretrovirals: [true] },
  ),
  row('18', 'Rifampicin susceptibility tested among confirmed pulmonary TB', 'share', confirmedPulmonary, {
    rifampicin: tested,
  }),
  row(
    '19',
    'Isoniazid also tested among those tested for rifampicin',
    'share',
    { ...confirmedPulmonary, rifampicin: tested },
    { isoniazid: tested },
  ),
  row(
    '21',
    'Fluoroquinolones tested among rifampicin-resistant TB',
    'share',
    { ...confirmedPulmonary, rifampicin: ['resistant'] },
    { fluoroquinolone: tested },
  ),
  row(
    '27',
    'Rifampicin-resistant among those tested',
    'share',
    { ...confirmedPulmonary, rifampicin: tested },
    { rifampicin: ['resistant'] },
  ),
  row(
    '28',
    'Multidrug-resistant among those tested for both',
    'share',
    { ...confirmedPulmonary, rifampicin: tested, isoniazid: tested },
    { rifampicin: ['resistant'], isoniazid: ['resistant'] },
  ),
  ...families.flatMap(({ first, of, denominator }) =>
    outcomes.map(([title, values], i) =>
      outcome(String(first + i), `${title}, of ${of}`, denominator, {
        outcome: values,
        // A cure needs a confirmed case, whoever recorded it.
        ...(title === 'cured' && confirmed),
      }),
    ),
  ),
];

/** Upper ages (inclusive) of the standard age groups. */
export const ageGroups = [
  { group: '0–4', toYears: 4 },
  { group: '5–9', toYears: 9 },
  { group: '10–14', toYears: 14 },
  { group: '15–19', toYears: 19 },
  { group: '20–24', toYears: 24 },
  { group: '25–34', toYears: 34 },
  { group: '35–44', toYears: 44 },
  { group: '45–54', toYears: 54 },
  { group: '55–64', toYears: 64 },
  { group: '65+', toYears: Number.POSITIVE_INFINITY },
] as const;
