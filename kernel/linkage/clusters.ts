/** Records taken for one person, and the merges that other evidence stopped. */
export interface Clustering {
  /** Cluster of each record: the number of its first record. */
  readonly clusterOf: Int32Array;
  readonly conflicts: readonly ClusterConflict[];
}

/** Two clusters that a pair would join, kept apart. */
export interface ClusterConflict {
  /** The pair that would have joined them. */
  readonly left: number;
  readonly right: number;
  /** Two records of the two clusters that contradict each other. */
  readonly contradictionLeft: number;
  readonly contradictionRight: number;
  readonly weight: number;
}

export interface ClusterOptions {
  /** Weight of any pair of records, log2 odds; asked only for pairs of clusters about to be joined. */
  readonly weightOf: (left: number, right: number) => number;
  /** Joining is refused when some pair across has a weight below this. Default −8 (odds of 1 to 256 against). */
  readonly contradictionWeight?: number;
  /** Clusters are not grown beyond this. Default 200. */
  readonly sizeMax?: number;
  /** File of each record, where no person is twice in one file. */
  readonly oneEach?: (record: number) => number;
}

/**
 * Joins records by the pairs given, the strongest first; a join that would put two contradicting records into one
 * cluster is refused and reported, so that one wrong link does not chain two families together.
 */
export function clusterRecords(
  records: number,
  pairs: { readonly left: ArrayLike<number>; readonly right: ArrayLike<number>; readonly weights: ArrayLike<number> },
  options: ClusterOptions,
): Clustering {
  const { weightOf, contradictionWeight = -8, sizeMax = 200, oneEach } = options;
  const root = Int32Array.from({ length: records }, (_, i) => i);
  const find = (record: number): number => {
    let at = record;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  };
  const members = new Map<number, number[]>();
  const of = (cluster: number) => members.get(cluster) ?? [cluster];
  const order = Array.from({ length: pairs.left.length }, (_, i) => i).sort(
    (a, b) => pairs.weights[b]! - pairs.weights[a]! || a - b,
  );
  const conflicts: ClusterConflict[] = [];
  for (const i of order) {
    const left = pairs.left[i]!;
    const right = pairs.right[i]!;
    const a = find(left);
    const b = find(right);
    if (a === b) {
      continue;
    }
    const inA = of(a);
    const inB = of(b);
    const contradiction = findContradiction(inA, inB);
    if (contradiction) {
      conflicts.push({ left, right, ...contradiction });
      continue;
    }
    const [into, from] = a < b ? [a, b] : [b, a];
    root[from] = into;
    members.set(into, [...inA, ...inB]);
    members.delete(from);
  }
  return { clusterOf: root.map((_, record) => find(record)), conflicts };

  function findContradiction(
    inA: readonly number[],
    inB: readonly number[],
  ): Omit<ClusterConflict, 'left' | 'right'> | undefined {
    if (inA.length + inB.length > sizeMax) {
      return { contradictionLeft: inA[0]!, contradictionRight: inB[0]!, weight: Number.NEGATIVE_INFINITY };
    }
    for (const x of inA) {
      for (const y of inB) {
        const weight = oneEach && oneEach(x) === oneEach(y) ? Number.NEGATIVE_INFINITY : weightOf(x, y);
        if (weight < contradictionWeight) {
          return { contradictionLeft: x, contradictionRight: y, weight };
        }
      }
    }
    return undefined;
  }
}
