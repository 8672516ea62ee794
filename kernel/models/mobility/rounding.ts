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
  let left = wanted - rounded.reduce((a, b) => a + b, 0);
  const remainder = exact.map((value, i) => value - rounded[i]!);
  const order = Uint32Array.from(parts, (_, i) => i).sort(
    (a, b) => remainder[b]! - remainder[a]! || exact[b]! - exact[a]! || a - b,
  );
  for (const i of order) {
    if (left <= 0) {
      break;
    }
    rounded[i]! += 1;
    left--;
  }
  return Array.from(rounded, (value) => value / unit);
}
