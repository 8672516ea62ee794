import { invariant } from '../../base/invariant.ts';

/**
 * Small dense linear algebra on `Float64Array`: enough for regressions of tens of columns, nothing more.
 * Matrices are column-major, as regressions read them by column.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows × columns` numbers; element (i, j) is at `j * rows + i`. */
  readonly values: Float64Array;
}

export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** A matrix from its columns, which must be equally long. */
export function matrixFromColumns(columns: readonly ArrayLike<number>[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const matrix = zeroMatrix(rows, columns.length);
  for (const [j, column] of columns.entries()) {
    invariant(column.length === rows, 'columns of a matrix are equally long');
    matrix.values.set(column as ArrayLike<number>, j * rows);
  }
  return matrix;
}

/** A matrix from its rows, which must be equally long. */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const matrix = zeroMatrix(rows.length, columns);
  for (const [i, row] of rows.entries()) {
    invariant(row.length === columns, 'rows of a matrix are equally long');
    for (let j = 0; j < columns; j++) {
      matrix.values[j * rows.length + i] = row[j]!;
    }
  }
  return matrix;
}

/** `A x`. */
export function multiplyVector(matrix: Matrix, x: ArrayLike<number>): Float64Array {
  invariant(x.length === matrix.columns, 'the vector is as long as the matrix is wide');
  const { rows, columns, values } = matrix;
  const result = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    const factor = x[j]!;
    if (factor !== 0) {
      const start = j * rows;
      for (let i = 0; i < rows; i++) {
        result[i]! += values[start + i]! * factor;
      }
    }
  }
  return result;
}

/**
 * A Householder QR factorisation `A P = Q R` in compact form.
 * Columns that are numerically combinations of earlier ones go to the end (`pivot[rank..]`), the others keep their
 * order: LINPACK `dqrdc2`, the factorisation behind R's `lm` and `glm`, so that the same columns are dropped.
 */
export interface QrFactors {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  /** Column of the original matrix that stands at each place. */
  readonly pivot: Int32Array;
  /** R on and above the diagonal, Householder vectors below it; column-major, pivoted. */
  readonly packed: Float64Array;
  /** Leading elements of the Householder vectors. */
  readonly leading: Float64Array;
}

/**
 * Factorises `matrix`, overwriting its values.
 *
 * @param tolerance a column whose remaining norm falls below this share of its original norm is dropped.
 */
export function factoriseQrInPlace(matrix: Matrix, tolerance = 1e-7): QrFactors {
  const { rows: n, columns: p, values: a } = matrix;
  const pivot = Int32Array.from({ length: p }, (_, j) => j);
  const leading = new Float64Array(p);
  const norm = new Float64Array(p);
  const estimate = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    norm[j] = columnNorm(a, j * n, 0, n);
    estimate[j] = norm[j]!;
    if (norm[j] === 0) {
      norm[j] = 1;
    }
  }
  let rank = p;
  const steps = Math.min(n, p);
  for (let k = 0; k < steps; k++) {
    while (k < rank && estimate[k]! < norm[k]! * tolerance) {
      rotateColumnToEnd(a, n, p, k, pivot, norm, estimate);
      rank--;
    }
    if (k >= rank || k === n - 1) {
      break;
    }
    const column = k * n;
    let size = columnNorm(a, column, k, n);
    if (size === 0) {
      continue;
    }
    const head = a[column + k]!;
    if (head < 0) {
      size = -size;
    }
    for (let i = k; i < n; i++) {
      a[column + i]! /= size;
    }
    a[column + k]! += 1;
    const beta = a[column + k]!;
    for (let j = k + 1; j < p; j++) {
      const other = j * n;
      let dot = 0;
      for (let i = k; i < n; i++) {
        dot += a[column + i]! * a[other + i]!;
      }
      const t = -dot / beta;
      if (t !== 0) {
        for (let i = k; i < n; i++) {
          a[other + i]! += t * a[column + i]!;
        }
      }
      if (estimate[j] !== 0) {
        const share = Math.abs(a[other + k]!) / estimate[j]!;
        const left = Math.max(1 - share * share, 0);
        // Downdating loses digits once most of the column is gone; then its norm is computed afresh.
        estimate[j] = left < 1e-6 ? columnNorm(a, other, k + 1, n) : estimate[j]! * Math.sqrt(left);
      }
    }
    leading[k] = a[column + k]!;
    a[column + k] = -size;
  }
  return { rows: n, columns: p, rank: Math.min(rank, n), pivot, packed: a, leading };
}

/** As {@link factoriseQrInPlace}, on a copy. */
export function factoriseQr(matrix: Matrix, tolerance = 1e-7): QrFactors {
  return factoriseQrInPlace({ ...matrix, values: matrix.values.slice() }, tolerance);
}

/** `Qᵀ y`, overwriting `y`. */
export function applyQTransposeInPlace(qr: QrFactors, y: Float64Array): Float64Array {
  const { rows: n, packed, leading } = qr;
  for (let k = 0; k < Math.min(qr.rank, n - 1); k++) {
    const beta = leading[k]!;
    if (beta === 0) {
      continue;
    }
    const column = k * n;
    let dot = beta * y[k]!;
    for (let i = k + 1; i < n; i++) {
      dot += packed[column + i]! * y[i]!;
    }
    const t = -dot / beta;
    y[k]! += t * beta;
    for (let i = k + 1; i < n; i++) {
      y[i]! += t * packed[column + i]!;
    }
  }
  return y;
}

/** Least squares `min |A x − y|`, overwriting `y`; coefficients of dropped columns are NaN. */
export function solveLeastSquaresInPlace(qr: QrFactors, y: Float64Array): Float64Array {
  applyQTransposeInPlace(qr, y);
  const { rows: n, rank, packed, pivot } = qr;
  const x = new Float64Array(qr.columns).fill(Number.NaN);
  for (let k = rank - 1; k >= 0; k--) {
    let value = y[k]!;
    for (let j = k + 1; j < rank; j++) {
      value -= packed[j * n + k]! * x[pivot[j]!]!;
    }
    x[pivot[k]!] = value / packed[k * n + k]!;
  }
  return x;
}

/** `(AᵀA)⁻¹` in the order of the original columns; rows and columns of dropped columns are NaN. */
export function inverseGram(qr: QrFactors): Matrix {
  const { rows: n, columns: p, rank, packed, pivot } = qr;
  const inverse = invertUpperTriangle(packed, n, rank);
  const result = zeroMatrix(p, p);
  result.values.fill(Number.NaN);
  for (let i = 0; i < rank; i++) {
    for (let j = i; j < rank; j++) {
      let sum = 0;
      for (let k = j; k < rank; k++) {
        sum += inverse[k * rank + i]! * inverse[k * rank + j]!;
      }
      result.values[pivot[j]! * p + pivot[i]!] = sum;
      result.values[pivot[i]! * p + pivot[j]!] = sum;
    }
  }
  return result;
}

/** Diagonal of `A (AᵀA)⁻¹ Aᵀ` (leverages), from the factors of `A`. */
export function leverages(qr: QrFactors): Float64Array {
  const { rows: n, rank, packed, leading } = qr;
  const result = new Float64Array(n);
  const basis = new Float64Array(n);
  for (let c = 0; c < rank; c++) {
    // Column c of Q is Q applied to the unit vector e_c: the reflections in reverse order.
    basis.fill(0);
    basis[c] = 1;
    for (let k = Math.min(rank, n - 1) - 1; k >= 0; k--) {
      const beta = leading[k]!;
      if (beta === 0) {
        continue;
      }
      const column = k * n;
      let dot = beta * basis[k]!;
      for (let i = k + 1; i < n; i++) {
        dot += packed[column + i]! * basis[i]!;
      }
      if (dot === 0) {
        continue;
      }
      const t = -dot / beta;
      basis[k]! += t * beta;
      for (let i = k + 1; i < n; i++) {
        basis[i]! += t * packed[column + i]!;
      }
    }
    for (let i = 0; i < n; i++) {
      result[i]! += basis[i]! * basis[i]!;
    }
  }
  return result;
}

/**
 * Cholesky factor L (lower) of a symmetric positive definite matrix, `A = L Lᵀ`; only the lower triangle is read.
 *
 * @returns undefined when the matrix is not positive definite to working precision.
 */
export function factoriseCholesky(matrix: Matrix): Matrix | undefined {
  invariant(matrix.rows === matrix.columns, 'a Cholesky factor needs a square matrix');
  const n = matrix.rows;
  const l = zeroMatrix(n, n);
  for (let j = 0; j < n; j++) {
    let diagonal = matrix.values[j * n + j]!;
    for (let k = 0; k < j; k++) {
      diagonal -= l.values[k * n + j]! ** 2;
    }
    if (!(diagonal > 0)) {
      return undefined;
    }
    const root = Math.sqrt(diagonal);
    l.values[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = matrix.values[j * n + i]!;
      for (let k = 0; k < j; k++) {
        sum -= l.values[k * n + i]! * l.values[k * n + j]!;
      }
      l.values[j * n + i] = sum / root;
    }
  }
  return l;
}

/** Solves `L Lᵀ x = b` for a Cholesky factor. */
export function solveCholesky(factor: Matrix, b: ArrayLike<number>): Float64Array {
  const n = factor.rows;
  const x = Float64Array.from(b as ArrayLike<number>);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      x[i]! -= factor.values[k * n + i]! * x[k]!;
    }
    x[i]! /= factor.values[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      x[i]! -= factor.values[i * n + k]! * x[k]!;
    }
    x[i]! /= factor.values[i * n + i]!;
  }
  return x;
}

/** `A⁻¹` from the Cholesky factor of A. */
export function invertCholesky(factor: Matrix): Matrix {
  const n = factor.rows;
  const inverse = zeroMatrix(n, n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = 1;
    inverse.values.set(solveCholesky(factor, unit), j * n);
  }
  return inverse;
}

function columnNorm(a: Float64Array, start: number, from: number, to: number): number {
  let sum = 0;
  for (let i = start + from; i < start + to; i++) {
    sum += a[i]! * a[i]!;
  }
  return Math.sqrt(sum);
}

function rotateColumnToEnd(
  a: Float64Array,
  n: number,
  p: number,
  k: number,
  pivot: Int32Array,
  norm: Float64Array,
  estimate: Float64Array,
): void {
  const column = a.slice(k * n, (k + 1) * n);
  a.copyWithin(k * n, (k + 1) * n, p * n);
  a.set(column, (p - 1) * n);
  for (const list of [pivot, norm, estimate]) {
    const first = list[k]!;
    list.copyWithin(k, k + 1, p);
    list[p - 1] = first;
  }
}

/** Inverse of the leading `rank × rank` upper triangle of `packed` (leading dimension n), column-major. */
function invertUpperTriangle(packed: Float64Array, n: number, rank: number): Float64Array {
  const inverse = new Float64Array(rank * rank);
  for (let j = 0; j < rank; j++) {
    inverse[j * rank + j] = 1 / packed[j * n + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) {
        sum += packed[k * n + i]! * inverse[j * rank + k]!;
      }
      inverse[j * rank + i] = -sum / packed[i * n + i]!;
    }
  }
  return inverse;
}
