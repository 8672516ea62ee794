import { invariant } from '../../base/invariant.ts';

/**
 * Rounds parts so that they still add up to the (rounded) total: every part is rounded down and the units left over go
 * to the largest remainders (Hamilton's method). Equal remainders: the larger part first, then the earlier one.
 *
 * @param parts finite and ≥ 0.
 * @param decimals digits kept after the point.
 * @param total what the parts shall add up to; by default their own sum.
 */
export function roundToTotal(parts: readonly number[], decimals = 0, total?: number): number[] {
  invariant(
    parts.every((part) => Number.isFinite(part) && part >= 0),
    'parts to round are finite and not negative',
  );
  const unit = 10 ** decimals;
  const sum = parts.reduce((a, b) => a + b, 0);
  if (sum === 0) {
    return parts.map(() => 0);
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
  const order = exact
    .map((value, i) => ({ i, remainder: value - rounded[i]!, value }))
    .sort((a, b) => b.remainder - a.remainder || b.value - a.value || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) {
      break;
    }
    rounded[i]! += 1;
    left--;
  }
  return rounded.map((value) => value / unit);
}
