/** A share with what it is a share of: never one without the other. */
export interface Proportion {
  readonly numerator: number;
  readonly denominator: number;
  /** Numerator ÷ denominator; null where the denominator is zero. */
  readonly value: number | null;
  /** 95 % score interval (Wilson 1927), which stays inside 0 and 1 and holds for small counts. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The 97.5th percentile of the standard normal. */
const z = 1.959963984540054;

/** @throws RangeError unless the counts are whole, not negative, and the numerator within the denominator. */
export function proportion(numerator: number, denominator: number): Proportion {
  checkCount(numerator, 'The numerator');
  checkCount(denominator, 'The denominator');
  if (numerator > denominator) {
    throw new RangeError(`The numerator (${numerator}) is above the denominator (${denominator}): not a share.`);
  }
  if (denominator === 0) {
    return { numerator, denominator, value: null, low: null, high: null };
  }
  const value = numerator / denominator;
  const centre = value + (z * z) / (2 * denominator);
  const spread = z * Math.sqrt((value * (1 - value)) / denominator + (z * z) / (4 * denominator * denominator));
  const scale = 1 + (z * z) / denominator;
  return {
    numerator,
    denominator,
    value,
    low: numerator === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: numerator === denominator ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Events per so many of a population; null for an empty population. */
export function ratePer(events: number, population: number, per = 100_000): number | null {
  checkCount(events, 'The number of events');
  if (!(population >= 0)) {
    throw new RangeError('The population is a number, not below zero.');
  }
  return population === 0 ? null : (events / population) * per;
}

export function checkCount(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what} is a whole number, not below zero.`);
  }
}
