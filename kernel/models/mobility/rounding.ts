import { invariant } from '../../base/invariant.ts';

/**
 * Rounds parts so that they still add up to the (rounded) total: every part is rounded down and the units left over go
 * to the largest remainders (Hamilton's method). Equal remainders: the larger part first, then the earlier one.
 *
 * @param given the parts, finite and ≥ 0.
 * @param decimals digits kept after the point.
 * @param total what the parts shall add up to; by default their own sum.
 */
export function roundToTotal(given: ArrayLike<number>, decimals = 0, total?: number): number[] {
  const parts = Float64Array.from(given);
  invariant(
    parts.every((part) => Number.isFinite(part) && part >= 0),
    'parts to round are finite and not negative',
  );
  const unit = 10 ** decimals;
  const sum = parts.reduce((a, b) => a + b, 0);
  if (sum === 0) {
    return Array.from(parts, () => 0);
  }
  // Parts given as shares of a total (59, 20, 21 % of 55,828) are first scaled to it.
  const scale = total === undefined ? unit : (total * unit) / sum;
  // Products like 0.29 × 100 fall a hair short of a whole number; they are that number.
  const exact = parts.map((part) => {
    const value = part * scale;
    const whole = Math.round(value);
    return Math.abs(value - whole) < 1e-9 * Math.max(1, Math.abs(whole)) ? whole : value;
  });
  const rounded = exact.map(Math.floor);
  const wanted = Math.round((total ?? sum) * unit);
  const left = wanted - rounded.reduce((a, b) => a + b, 0);
  const remainder = exact.map((value, i) => value - rounded[i]!);
  // Only those of the remainder that is just reached have to be told apart.
  const edge = left > 0 ? remainder.slice().sort()[Math.max(0, parts.length - left)]! : Number.POSITIVE_INFINITY;
  let up = 0;
  const tied: number[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (remainder[i]! > edge) {
      rounded[i]! += 1;
      up++;
    } else if (remainder[i] === edge) {
      tied.push(i);
    }
  }
  for (const i of tied.sort((a, b) => exact[b]! - exact[a]! || a - b).slice(0, left - up)) {
    rounded[i]! += 1;
  }
  return Array.from(rounded, (value) => value / unit);
}
