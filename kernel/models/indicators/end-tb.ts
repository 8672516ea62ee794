/** Milestones and targets of the WHO End TB Strategy: least reduction since 2015, as a share. */
export const endTbMilestones = [
  { year: 2020, incidence: 0.2, deaths: 0.35 },
  { year: 2025, incidence: 0.5, deaths: 0.75 },
  { year: 2030, incidence: 0.8, deaths: 0.9 },
  { year: 2035, incidence: 0.9, deaths: 0.95 },
] as const;

export const endTbBaseYear = 2015;

export const endTbSource = {
  source: 'WHO End TB Strategy (2014), milestones and targets against 2015',
  effectiveFrom: '2015-01-01',
  jurisdiction: 'WHO',
} as const;

export interface EndTbProgress {
  /** Reduction since 2015 as a share; negative for a rise; null when the base is zero. */
  readonly reduction: number | null;
  /** The next milestone at or after the year; null after 2035. */
  readonly milestone: number | null;
  readonly needed: number | null;
  readonly reached: boolean | null;
  /** Yearly fall still needed to reach it, as a share; null once reached or without a milestone ahead. */
  readonly yearlyFallNeeded: number | null;
}

/**
 * Where a country stands against the End TB milestones.
 *
 * @param measure `incidence` is a rate, `deaths` a number.
 * @throws RangeError for values below zero or a year before 2015.
 */
export function endTbProgress(
  measure: 'incidence' | 'deaths',
  base2015: number,
  year: number,
  value: number,
): EndTbProgress {
  if (!(base2015 >= 0 && value >= 0) || !Number.isFinite(base2015) || !Number.isFinite(value)) {
    throw new RangeError('Values are numbers, not below zero.');
  }
  if (!Number.isInteger(year) || year < endTbBaseYear) {
    throw new RangeError('The year is a whole one from 2015.');
  }
  const reduction = base2015 === 0 ? null : 1 - value / base2015;
  const milestone = endTbMilestones.find((row) => row.year >= year);
  if (!milestone || reduction === null) {
    return { reduction, milestone: milestone?.year ?? null, needed: null, reached: null, yearlyFallNeeded: null };
  }
  const needed = milestone[measure];
  // A reduction of exactly the milestone reaches it, whatever the last bit says.
  const reached = reduction >= needed - 1e-12;
  const left = milestone.year - year;
  return {
    reduction,
    milestone: milestone.year,
    needed,
    reached,
    yearlyFallNeeded: reached || left === 0 ? null : 1 - ((base2015 * (1 - needed)) / value) ** (1 / left),
  };
}
