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
  const exposedCell = () =>
    status.findIndex(
      (one, cell) => one === 'small' && spread(bounds(values, withheld, rows, columns, cell)) < options.threshold,
    );
  while (exposedCell() >= 0) {
    const partner = complement(values, withheld, rows, columns);
    if (partner < 0) {
      break;
    }
    withheld[partner] = true;
    status[partner] = 'complementary';
  }
  // Some of them turn out not to be needed: give back the largest first.
  const complementary = status.flatMap((one, cell) => (one === 'complementary' ? [cell] : []));
  const wasExposed = exposedCell() >= 0;
  for (const cell of wasExposed ? [] : complementary.sort((a, b) => values[b]! - values[a]!)) {
    withheld[cell] = false;
    if (exposedCell() >= 0) {
      withheld[cell] = true;
    } else {
      status[cell] = 'published';
    }
  }
  return Array.from(values, (value, cell) => {
    const range = withheld[cell] ? bounds(values, withheld, rows, columns, cell) : { least: value, most: value };
    return { row: Math.floor(cell / width), column: cell % width, value, status: status[cell]!, ...range };
  });
}

function spread(range: { least: number; most: number }): number {
  return range.most - range.least;
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

/** Smallest and largest value of a withheld cell that agree with everything published. */
function bounds(
  values: Float64Array,
  withheld: readonly boolean[],
  rows: number,
  columns: number,
  cell: number,
): { readonly least: number; readonly most: number } {
  const width = columns + 1;
  // Nodes: rows 0..rows (the last one the margin), then columns. Arcs make every line add up: cells run row → column,
  // row totals column-margin → row, column totals column → row-margin, the grand total row-margin → column-margin.
  const nodes = rows + 1 + width;
  const arcs: { from: number; to: number; value: number }[] = [];
  let own = { from: 0, to: 0 };
  for (let other = 0; other < values.length; other++) {
    if (!withheld[other]) {
      continue;
    }
    const rowNode = Math.floor(other / width);
    const columnNode = rows + 1 + (other % width);
    const margins = (rowNode === rows ? 1 : 0) + (other % width === columns ? 1 : 0);
    const forward = margins !== 1;
    const arc = forward ? { from: rowNode, to: columnNode } : { from: columnNode, to: rowNode };
    if (other === cell) {
      own = arc;
    } else {
      arcs.push({ ...arc, value: values[other]! });
    }
  }
  const value = values[cell]!;
  const more = maximumFlow(nodes, arcs, own.to, own.from);
  const less = maximumFlow(nodes, arcs, own.from, own.to);
  return { least: Math.max(0, value - less), most: value + more };
}

/** Edmonds–Karp: withheld arcs may grow without limit and shrink to zero. */
function maximumFlow(
  nodes: number,
  arcs: readonly { readonly from: number; readonly to: number; readonly value: number }[],
  source: number,
  sink: number,
): number {
  const room = new Float64Array(nodes * nodes);
  for (const arc of arcs) {
    room[arc.from * nodes + arc.to]! += Number.POSITIVE_INFINITY;
    room[arc.to * nodes + arc.from]! += arc.value;
  }
  let total = 0;
  const parent = new Int32Array(nodes);
  for (;;) {
    parent.fill(-1);
    parent[source] = source;
    const queue = [source];
    for (let head = 0; head < queue.length && parent[sink] === -1; head++) {
      const node = queue[head]!;
      for (let next = 0; next < nodes; next++) {
        if (parent[next] === -1 && room[node * nodes + next]! > 0) {
          parent[next] = node;
          queue.push(next);
        }
      }
    }
    if (parent[sink] === -1) {
      return total;
    }
    let step = Number.POSITIVE_INFINITY;
    for (let node = sink; node !== source; node = parent[node]!) {
      step = Math.min(step, room[parent[node]! * nodes + node]!);
    }
    if (step === Number.POSITIVE_INFINITY) {
      return step;
    }
    for (let node = sink; node !== source; node = parent[node]!) {
      room[parent[node]! * nodes + node]! -= step;
      room[node * nodes + parent[node]!]! += step;
    }
    total += step;
  }
}
