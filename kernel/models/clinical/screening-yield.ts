import { type Combination, screeningAccuracy } from './screening.table.ts';

export interface YieldInput {
  /** People to be screened. */
  readonly people: number;
  /** TB among them, per 100,000. */
  readonly prevalencePer100000: number;
  /** A test of {@link screeningAccuracy}. */
  readonly first: string;
  readonly second?: string | undefined;
  readonly combination?: Exclude<Combination, 'single'> | undefined;
}

export interface ScreeningYield {
  readonly sensitivity: number;
  readonly specificity: number;
  readonly withTb: number;
  /** Sent to diagnosis. */
  readonly screenPositive: number;
  readonly truePositive: number;
  /** People with TB the screen does not find. */
  readonly missed: number;
  /** Share of the screen-positive who have TB; null when nobody is positive. */
  readonly positivePredictiveValue: number | null;
  /** People sent to diagnosis for one with TB; null when none is found. */
  readonly diagnosedPerCase: number | null;
  /** People who need the second test. */
  readonly secondTests: number;
}

/**
 * What a screening algorithm can be expected to find, for planning. The two tests are taken as independent given
 * disease, which real tests of the same lungs are not: a combined sensitivity is an upper end.
 *
 * @throws RangeError for a test without published accuracy, or numbers that cannot be.
 */
export function screeningYield(input: YieldInput): ScreeningYield {
  const { people, prevalencePer100000: prevalence } = input;
  if (!(people >= 0) || !Number.isFinite(people) || !(prevalence >= 0 && prevalence <= 100_000)) {
    throw new RangeError('People are a number from 0, and prevalence is 0 to 100,000 per 100,000.');
  }
  const a = accuracyOf(input.first);
  const b = input.second === undefined ? null : accuracyOf(input.second);
  const combination = b ? (input.combination ?? 'parallel') : 'single';
  // Either positive counts, or both have to be.
  const either = combination === 'parallel' || combination === 'sequential-negative';
  const sensitivity = !b
    ? a.sensitivity
    : either
      ? 1 - (1 - a.sensitivity) * (1 - b.sensitivity)
      : a.sensitivity * b.sensitivity;
  const specificity = !b
    ? a.specificity
    : either
      ? a.specificity * b.specificity
      : 1 - (1 - a.specificity) * (1 - b.specificity);

  const withTb = (people * prevalence) / 100_000;
  const without = people - withTb;
  const truePositive = withTb * sensitivity;
  const screenPositive = truePositive + without * (1 - specificity);
  const firstPositive = withTb * a.sensitivity + without * (1 - a.specificity);
  const secondTests = {
    single: 0,
    parallel: people,
    'sequential-positive': firstPositive,
    'sequential-negative': people - firstPositive,
  }[combination];
  return {
    sensitivity,
    specificity,
    withTb,
    screenPositive,
    truePositive,
    missed: withTb - truePositive,
    positivePredictiveValue: screenPositive > 0 ? truePositive / screenPositive : null,
    diagnosedPerCase: truePositive > 0 ? screenPositive / truePositive : null,
    secondTests,
  };
}

function accuracyOf(test: string) {
  const row = screeningAccuracy.find((accuracy) => accuracy.test === test);
  if (!row) {
    throw new RangeError(`There is no published accuracy for "${test}".`);
  }
  return row;
}
