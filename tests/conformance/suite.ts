/** An external suite: cases whose expected answers someone else published or computed. */
export interface Suite {
  /** What `npm run verify -- <name>` takes. */
  readonly name: string;
  readonly cases: () => Iterable<Case> | AsyncIterable<Case>;
}

export interface Case {
  readonly name: string;
  /** Throws when the answer is not the expected one. Gives `{ skip: why }` where the data is absent. */
  readonly check: () => unknown;
}

/** Throws unless `actual` is within `tolerance` of `expected`, relative to the larger of |expected| and `floor`. */
export function close(actual: number, expected: number, tolerance: number, what = 'value', floor = 0): void {
  const scale = Math.max(Math.abs(expected), floor);
  const allowed = scale === 0 ? tolerance : tolerance * scale;
  if (!(Math.abs(actual - expected) <= allowed)) {
    throw new Error(`${what}: got ${actual}, expected ${expected} (relative tolerance ${tolerance})`);
  }
}
