/** Roots and minima of small problems: what maximum likelihood needs, nothing more. */

/**
 * A root of f between a and b, where f changes sign (Brent 1973). Returns NaN when it does not change sign.
 */
export function findRoot(f: (x: number) => number, a: number, b: number, tolerance = 1e-14): number {
  let low = a;
  let high = b;
  let fLow = f(low);
  let fHigh = f(high);
  if (fLow === 0) {
    return low;
  }
  if (fHigh === 0) {
    return high;
  }
  if (!(fLow * fHigh < 0)) {
    return Number.NaN;
  }
  let previous = low;
  let fPrevious = fLow;
  let step = high - low;
  let before = step;
  for (let i = 0; i < 300; i++) {
    if (fHigh * fPrevious > 0) {
      previous = low;
      fPrevious = fLow;
      step = high - low;
      before = step;
    }
    if (Math.abs(fPrevious) < Math.abs(fHigh)) {
      [low, high, previous] = [high, previous, high];
      [fLow, fHigh, fPrevious] = [fHigh, fPrevious, fHigh];
    }
    const allowed = 2 * Number.EPSILON * Math.abs(high) + 0.5 * tolerance * Math.max(1e-300, Math.abs(high));
    const middle = 0.5 * (previous - high);
    if (Math.abs(middle) <= allowed || fHigh === 0) {
      return high;
    }
    if (Math.abs(before) >= allowed && Math.abs(fLow) > Math.abs(fHigh)) {
      const s = fHigh / fLow;
      let p: number;
      let q: number;
      if (low === previous) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const r = fHigh / fPrevious;
        const t = fLow / fPrevious;
        p = s * (2 * middle * t * (t - r) - (high - low) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) {
        q = -q;
      } else {
        p = -p;
      }
      if (2 * p < Math.min(3 * middle * q - Math.abs(allowed * q), Math.abs(before * q))) {
        before = step;
        step = p / q;
      } else {
        step = middle;
        before = step;
      }
    } else {
      step = middle;
      before = step;
    }
    low = high;
    fLow = fHigh;
    high += Math.abs(step) > allowed ? step : Math.sign(middle) * allowed;
    fHigh = f(high);
  }
  return high;
}

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly converged: boolean;
}

/** Nelder and Mead's simplex (1965), restarted until a restart no longer helps; for up to about four parameters. */
export function minimise(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  stepSize = 0.5,
  restarts = 6,
): Minimum {
  let best: Minimum = { at: start, value: f(start), converged: false };
  for (let i = 0; i < restarts; i++) {
    const next = simplex(f, best.at, stepSize / (1 + 3 * i));
    const gain = best.value - next.value;
    best = next.value <= best.value ? next : best;
    if (i > 0 && gain <= 1e-13 * (Math.abs(best.value) + 1e-300)) {
      return { ...best, converged: true };
    }
  }
  return best;
}

function simplex(f: (x: readonly number[]) => number, start: readonly number[], stepSize: number): Minimum {
  const n = start.length;
  const score = (x: readonly number[]) => {
    const value = f(x);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  let points = [start, ...start.map((_, i) => start.map((x, j) => (i === j ? x + stepSize : x)))].map((at) => ({
    at,
    value: score(at),
  }));
  let converged = false;
  for (let iteration = 0; iteration < 500 * n; iteration++) {
    points = points.sort((a, b) => a.value - b.value);
    const worst = points[n]!;
    const bestValue = points[0]!.value;
    const size = Math.max(...points.map((p) => Math.max(...p.at.map((x, j) => Math.abs(x - points[0]!.at[j]!)))));
    if (size < 1e-10 || (worst.value - bestValue <= 1e-15 * Math.abs(bestValue) && size < 1e-6)) {
      converged = true;
      break;
    }
    const centre = start.map((_, j) => points.slice(0, n).reduce((sum, p) => sum + p.at[j]! / n, 0));
    const along = (t: number) => {
      const at = centre.map((c, j) => c + t * (worst.at[j]! - c));
      return { at, value: score(at) };
    };
    const reflected = along(-1);
    if (reflected.value < bestValue) {
      const expanded = along(-2);
      points[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < points[n - 1]!.value) {
      points[n] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) {
        points[n] = contracted;
      } else {
        const head = points[0]!;
        points = points.map((p) => {
          const at = p.at.map((x, j) => head.at[j]! + 0.5 * (x - head.at[j]!));
          return { at, value: score(at) };
        });
      }
    }
  }
  const best = points.sort((a, b) => a.value - b.value)[0]!;
  return { ...best, converged };
}

/** Matrix of second derivatives by central differences with Richardson's extrapolation, row by row. */
export function hessian(f: (x: readonly number[]) => number, at: readonly number[], relativeStep = 1e-3): number[][] {
  const n = at.length;
  const steps = at.map((x) => relativeStep * Math.max(Math.abs(x), 1e-6));
  const second = (i: number, j: number, scale: number) => {
    const moved = (di: number, dj: number) => {
      const x = [...at];
      x[i] = x[i]! + di * steps[i]! * scale;
      x[j] = x[j]! + dj * steps[j]! * scale;
      return f(x);
    };
    if (i === j) {
      const h = steps[i]! * scale;
      return (moved(0.5, 0.5) - 2 * f(at) + moved(-0.5, -0.5)) / (h * h);
    }
    return (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) / (4 * steps[i]! * steps[j]! * scale * scale);
  };
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (4 * second(i, j, 0.5) - second(i, j, 1)) / 3),
  );
}

/** Inverse of a small symmetric matrix by Gauss–Jordan with pivoting; undefined when singular. */
export function invertSmall(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) {
        pivot = row;
      }
    }
    const lead = work[pivot]![column]!;
    if (!(Math.abs(lead) > 0) || !Number.isFinite(lead)) {
      return undefined;
    }
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const line = work[column]!.map((x) => x / lead);
    work[column] = line;
    for (let row = 0; row < n; row++) {
      if (row !== column) {
        const factor = work[row]![column]!;
        work[row] = work[row]!.map((x, k) => x - factor * line[k]!);
      }
    }
  }
  return work.map((row) => row.slice(n));
}

/** Standard errors from the Hessian of a negative log-likelihood at its minimum; NaN where it is not positive. */
export function standardErrors(information: readonly (readonly number[])[]): number[] {
  const covariance = invertSmall(information);
  return information.map((_, i) => Math.sqrt(covariance?.[i]?.[i] ?? Number.NaN));
}
