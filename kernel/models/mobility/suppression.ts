import { invariant } from '../../base/invariant.ts';

/** A two-way table of counts, margins apart. */
export interface CountTable {
  /** `rows × columns`, row-major whole numbers ≥ 0. */
  readonly counts: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export type CellStatus = 'published' | 'small' | 'complementary';

export interface SuppressedCell {
  /** Row index; `rows` for the total of a column. */
  readonly row: number;
  /** Column index; `columns` for the total of a row. */
  readonly column: number;
  readonly value: number;
  readonly status: CellStatus;
  /** Least and most that a reader can work out for the cell from all that is published; `most` may be infinite. */
  readonly least: number;
  readonly most: number;
}

export interface SuppressionOptions {
  /** Counts below this are small; 5 by default at the door. */
  readonly threshold: number;
  /** Whether zero is small too. */
  readonly suppressZero: boolean;
}

/**
 * Small-cell suppression with complementary cells, in a two-way table published with its margins.
 *
 * Small cells (margins included) are withheld, and then as many others, smallest first, as it takes until no small cell
 * can be worked out to within less than `threshold`. What a reader can work out is found exactly: cells and margins form
 * a network, each withheld one an arc whose flow may vary, and the largest and smallest feasible value of an arc are
 * maximum flows through the rest (Cox 1995, J Am Stat Assoc 90:1453).
 */
export function suppressTable(table: CountTable, options: SuppressionOptions): SuppressedCell[] {
  const { rows, columns, counts } = table;
  const width = columns + 1;
  const values = new Float64Array((rows + 1) * width);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const count = counts[r * columns + c]!;
      invariant(Number.isInteger(count) && count >= 0, 'a count is a whole number, zero or more');
      values[r * width + c] = count;
      values[r * width + columns]! += count;
      values[rows * width + c]! += count;
      values[rows * width + columns]! += count;
    }
  }
  const status: CellStatus[] = Array.from(values, (value) =>
    value < options.threshold && (value > 0 || options.suppressZero) ? 'small' : 'published',
  );
  const withheld = status.map((one) => one !== 'published');
  const small = status.flatMap((one, cell) => (one === 'small' ? [cell] : []));
  /** The first small cell from place `start` of the list on that is not protected, or −1. */
  const exposedFrom = (start: number): number => {
    const arcs = withheldArcs(values, withheld, rows, columns);
    for (let k = start; k < small.length; k++) {
      if (!hasRoom(arcs, small[k]!, options.threshold)) {
        return k;
      }
    }
    return -1;
  };
  // Withholding more never narrows a cell, so what is protected stays so.
  let exposed = exposedFrom(0);
  while (exposed >= 0) {
    const partner = complement(values, withheld, rows, columns);
    if (partner < 0) {
      break;
    }
    withheld[partner] = true;
    status[partner] = 'complementary';
    exposed = exposedFrom(exposed);
  }
  // Some of them turn out not to be needed: give back the largest first.
  const complementary = status.flatMap((one, cell) => (one === 'complementary' ? [cell] : []));
  for (const cell of exposed >= 0 ? [] : complementary.sort((a, b) => values[b]! - values[a]!)) {
    withheld[cell] = false;
    if (exposedFrom(0) >= 0) {
      withheld[cell] = true;
    } else {
      status[cell] = 'published';
    }
  }
  const arcs = withheldArcs(values, withheld, rows, columns);
  return Array.from(values, (value, cell) => {
    const range = withheld[cell]
      ? {
          least: value - roomBelow(arcs, cell, Number.POSITIVE_INFINITY),
          most: value + roomAbove(arcs, cell, Number.POSITIVE_INFINITY),
        }
      : { least: value, most: value };
    return { row: Math.floor(cell / width), column: cell % width, value, status: status[cell]!, ...range };
  });
}

/**
 * The cell to withhold next: one that gives a partner to a row and a column where a single cell is withheld, otherwise
 * to a row or a column, otherwise any; of those a cell rather than a margin, and the smallest count. Zeros come last:
 * they leave little room.
 */
function complement(values: Float64Array, withheld: readonly boolean[], rows: number, columns: number): number {
  const width = columns + 1;
  const inRow = new Int32Array(rows + 1);
  const inColumn = new Int32Array(width);
  for (const [cell, hidden] of withheld.entries()) {
    inRow[Math.floor(cell / width)]! += hidden ? 1 : 0;
    inColumn[cell % width]! += hidden ? 1 : 0;
  }
  let best = -1;
  let bestOrder = [0, 0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    if (withheld[cell]) {
      continue;
    }
    const row = Math.floor(cell / width);
    const column = cell % width;
    const partners = (inRow[row] === 1 ? 1 : 0) + (inColumn[column] === 1 ? 1 : 0);
    const kind = values[cell] === 0 ? 2 : row === rows || column === columns ? 1 : 0;
    const order = [-partners, kind, values[cell]!];
    const difference = order.map((value, i) => value - bestOrder[i]!).find((value) => value !== 0) ?? 0;
    if (best < 0 || difference < 0) {
      best = cell;
      bestOrder = order;
    }
  }
  return best;
}

/**
 * Withheld cells as arcs of a circulation. Nodes are rows (the last one the margin), then columns. Cells run from row to
 * column, totals of rows from the column margin to the row, totals of columns from the column to the row margin, the
 * grand total from row margin to column margin: then every line adds up exactly when every node is balanced.
 */
interface Arcs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly value: Float64Array;
  /** Place of a cell among the arcs. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** Arcs that touch each node. */
  readonly touching: readonly (readonly number[])[];
}

function withheldArcs(values: Float64Array, withheld: readonly boolean[], rows: number, columns: number): Arcs {
  const width = columns + 1;
  const cells = withheld.flatMap((hidden, cell) => (hidden ? [cell] : []));
  const arcs = {
    from: new Int32Array(cells.length),
    to: new Int32Array(cells.length),
    value: Float64Array.from(cells, (cell) => values[cell]!),
    placeOf: new Map(cells.map((cell, k) => [cell, k])),
    touching: Array.from({ length: rows + 1 + width }, (): number[] => []),
  };
  for (const [k, cell] of cells.entries()) {
    const row = Math.floor(cell / width);
    const column = rows + 1 + (cell % width);
    const isTotalOfLine = (row === rows) !== (cell % width === columns);
    arcs.from[k] = isTotalOfLine ? column : row;
    arcs.to[k] = isTotalOfLine ? row : column;
    arcs.touching[row]!.push(k);
    arcs.touching[column]!.push(k);
  }
  return arcs;
}

/** Whether a reader is left with a range of at least `wanted` for the cell. */
function hasRoom(arcs: Arcs, cell: number, wanted: number): boolean {
  const above = roomAbove(arcs, cell, wanted);
  return above >= wanted || above + roomBelow(arcs, cell, wanted) >= wanted;
}

function roomAbove(arcs: Arcs, cell: number, enough: number): number {
  const own = arcs.placeOf.get(cell)!;
  return maximumFlow(arcs, own, arcs.to[own]!, arcs.from[own]!, enough);
}

function roomBelow(arcs: Arcs, cell: number, enough: number): number {
  const own = arcs.placeOf.get(cell)!;
  return Math.min(arcs.value[own]!, maximumFlow(arcs, own, arcs.from[own]!, arcs.to[own]!, enough));
}

/**
 * Edmonds–Karp over all arcs but `without`: an arc may grow without limit and shrink to zero.
 * Stops once `enough` flows.
 */
function maximumFlow(arcs: Arcs, without: number, source: number, sink: number, enough: number): number {
  const value = arcs.value.slice();
  let total = 0;
  const arrivedBy = new Int32Array(arcs.touching.length);
  while (total < enough) {
    arrivedBy.fill(-1);
    const queue = [source];
    arrivedBy[source] = -2;
    for (let head = 0; head < queue.length && arrivedBy[sink] === -1; head++) {
      const node = queue[head]!;
      for (const k of arcs.touching[node]!) {
        const growing = arcs.from[k] === node;
        const next = growing ? arcs.to[k]! : arcs.from[k]!;
        if (k !== without && arrivedBy[next] === -1 && (growing || value[k]! > 0)) {
          arrivedBy[next] = k;
          queue.push(next);
        }
      }
    }
    if (arrivedBy[sink] === -1) {
      return total;
    }
    let step = Number.POSITIVE_INFINITY;
    for (let node = sink; node !== source; ) {
      const k = arrivedBy[node]!;
      const growing = arcs.to[k] === node;
      step = growing ? step : Math.min(step, value[k]!);
      node = growing ? arcs.from[k]! : arcs.to[k]!;
    }
    if (step === Number.POSITIVE_INFINITY) {
      return step;
    }
    for (let node = sink; node !== source; ) {
      const k = arrivedBy[node]!;
      const growing = arcs.to[k] === node;
      value[k]! += growing ? step : -step;
      node = growing ? arcs.from[k]! : arcs.to[k]!;
    }
    total += step;
  }
  return total;
}
