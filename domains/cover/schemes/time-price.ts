import { invariant } from '@serai/kernel/base/invariant.ts';

/** Minor units for a day, for seven days and for thirty; those a scheme does not sell are absent. */
export interface TimePrices {
  readonly day: bigint | undefined;
  readonly week: bigint | undefined;
  readonly month: bigint | undefined;
}

/**
 * The least that covers so many days: months, weeks and days are combined, and a longer unit is taken where it costs less
 * than the shorter ones it replaces. So a day more never costs less.
 */
export function timePrice(days: number, { day, week, month }: TimePrices): bigint {
  invariant(day !== undefined || week !== undefined || month !== undefined, 'a scheme sold by time has a price');
  const units = (
    [
      [30, month],
      [7, week],
      [1, day],
    ] as const
  ).flatMap(([length, price]) => (price === undefined ? [] : [{ length, price }]));
  const least: bigint[] = [0n];
  for (let covered = 1; covered <= days; covered++) {
    const options = units.map(({ length, price }) => least[Math.max(0, covered - length)]! + price);
    least.push(options.reduce((a, b) => (b < a ? b : a)));
  }
  return least[days]!;
}
