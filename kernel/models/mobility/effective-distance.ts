/**
 * Effective distances of Brockmann and Helbing (2013, Science 342:1337): along a link d = 1 − ln P, where P is the
 * share of all travellers leaving the origin that goes to the destination; between places the shortest path.
 *
 * @param flows `n × n`, row-major: travellers from row to column. The diagonal is ignored.
 * @param from places whose distances are wanted; all by default.
 * @returns a row of n distances for each place of `from`; infinite where no path leads there.
 */
export function* effectiveDistances(
  flows: Float64Array,
  n: number,
  from: readonly number[] = Array.from({ length: n }, (_, i) => i),
): Generator<number, Float64Array[]> {
  const lengths = linkLengths(flows, n);
  const rows: Float64Array[] = [];
  for (const [k, source] of from.entries()) {
    rows.push(shortestPaths(lengths, n, source));
    yield (k + 1) / from.length;
  }
  return rows;
}

/** 1 − ln P for every link; infinite where nobody travels. */
export function linkLengths(flows: Float64Array, n: number): Float64Array {
  const lengths = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    let leaving = 0;
    for (let j = 0; j < n; j++) {
      leaving += j === i ? 0 : flows[i * n + j]!;
    }
    for (let j = 0; j < n; j++) {
      const flow = flows[i * n + j]!;
      if (j === i) {
        lengths[i * n + j] = 0;
      } else if (flow > 0) {
        lengths[i * n + j] = 1 - Math.log(flow / leaving);
      }
    }
  }
  return lengths;
}

/** Dijkstra on a dense matrix: for networks where most places exchange someone a heap gains nothing. */
function shortestPaths(lengths: Float64Array, n: number, source: number): Float64Array {
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const done = new Uint8Array(n);
  distance[source] = 0;
  for (let step = 0; step < n; step++) {
    let nearest = -1;
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      if (done[i] === 0 && distance[i]! < best) {
        best = distance[i]!;
        nearest = i;
      }
    }
    if (nearest < 0) {
      break;
    }
    done[nearest] = 1;
    const row = nearest * n;
    for (let j = 0; j < n; j++) {
      const through = best + lengths[row + j]!;
      if (through < distance[j]!) {
        distance[j] = through;
      }
    }
  }
  return distance;
}
