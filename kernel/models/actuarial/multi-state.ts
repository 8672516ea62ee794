/**
 * Multi-state models in continuous time: persons move between states (in care, out, lapsed, dead) with intensities that
 * depend on age; payments fall due in states and on transitions (Hoem 1969; Dickson, Hardy and Waters, Actuarial
 * Mathematics for Life Contingent Risks, chapter 8).
 */
export interface Transition {
  readonly from: number;
  readonly to: number;
  /** Intensity at an age, a year. */
  readonly intensity: (age: number) => number;
  /** Paid on the transition. */
  readonly lumpSum: number;
}

export interface StatePayment {
  readonly state: number;
  /** Money a year; negative for what the member pays. */
  readonly rate: number;
  readonly fromAge: number;
  readonly toAge: number;
}

/** Each year in an earning state adds to a yearly benefit that is paid later, in the paying states. */
export interface Accrual {
  readonly earningStates: readonly number[];
  /** Yearly benefit earned by a year. */
  readonly perYear: number;
  readonly payableFromAge: number;
  readonly payableStates: readonly number[];
  /** Yearly benefit earned before the start. */
  readonly earned: number;
}

export interface MultiStateModel {
  readonly states: number;
  readonly transitions: readonly Transition[];
  readonly payments: readonly StatePayment[];
  readonly accrual?: Accrual;
}

export interface MultiStateYear {
  /** Years since the start, at the year's end. */
  readonly year: number;
  /** Probability of each state at the year's end. */
  readonly occupancy: Float64Array;
  /** Expected yearly years in each state. */
  readonly timeIn: Float64Array;
  readonly stateBenefits: number;
  readonly contributions: number;
  readonly lumpSums: number;
  readonly accruedBenefits: number;
  /** Mean yearly benefit earned by the year's end. */
  readonly earned: number;
  /** All payments less contributions, discounted to the start. */
  readonly discounted: number;
}

export interface MultiStateValue {
  readonly years: readonly MultiStateYear[];
  readonly presentBenefits: number;
  readonly presentContributions: number;
  readonly presentLumpSums: number;
  readonly presentAccrued: number;
  /** Benefits less contributions. */
  readonly present: number;
}

const STEPS_PER_YEAR = 64;

/**
 * Kolmogorov's forward equations by Runge–Kutta (64 steps a year), with the earned benefit carried along: for each state
 * the expected benefit earned by persons now in it, so that accrual and being paid need no independence.
 *
 * @param startAge @param startState @param years horizon. @param interest yearly effective.
 * @param discrete payments at the start of each year by occupancy then (benefits, contributions), lump sums at its end;
 *   otherwise continuously.
 */
export function valueMultiState(
  model: MultiStateModel,
  startAge: number,
  startState: number,
  years: number,
  interest: number,
  discrete = false,
): MultiStateValue {
  const n = model.states;
  const { accrual, transitions, payments } = model;
  const delta = Math.log1p(interest);
  const h = 1 / STEPS_PER_YEAR;
  const earns = new Uint8Array(n);
  const pays = new Uint8Array(n);
  for (const s of accrual?.earningStates ?? []) {
    earns[s] = 1;
  }
  for (const s of accrual?.payableStates ?? []) {
    pays[s] = 1;
  }
  // p: occupancy (n), e: benefit earned by those in each state (n), then integrals: time in state (n), flows.
  const FLOWS = 8;
  const size = 3 * n + FLOWS;
  const y = new Float64Array(size);
  y[startState] = 1;
  y[n + startState] = accrual?.earned ?? 0;
  const slope = (t: number, from: Float64Array, into: Float64Array) => {
    into.fill(0);
    const age = startAge + t;
    const discount = Math.exp(-delta * t);
    let lump = 0;
    for (const move of transitions) {
      const rate = move.intensity(age);
      const flow = rate * from[move.from]!;
      const earnedFlow = rate * from[n + move.from]!;
      into[move.from] = into[move.from]! - flow;
      into[move.to] = into[move.to]! + flow;
      into[n + move.from] = into[n + move.from]! - earnedFlow;
      into[n + move.to] = into[n + move.to]! + earnedFlow;
      lump += flow * move.lumpSum;
    }
    let benefits = 0;
    let contributions = 0;
    for (const payment of payments) {
      if (age >= payment.fromAge && age < payment.toAge) {
        const amount = payment.rate * from[payment.state]!;
        benefits += Math.max(0, amount);
        contributions += Math.max(0, -amount);
      }
    }
    let accrued = 0;
    for (let s = 0; s < n; s++) {
      into[2 * n + s] = from[s]!;
      if (accrual) {
        if (earns[s] && age < accrual.payableFromAge) {
          into[n + s] = into[n + s]! + accrual.perYear * from[s]!;
        }
        if (pays[s] && age >= accrual.payableFromAge) {
          accrued += from[n + s]!;
        }
      }
    }
    const flows = [benefits, contributions, lump, accrued];
    for (let k = 0; k < 4; k++) {
      into[3 * n + k] = flows[k]!;
      into[3 * n + 4 + k] = flows[k]! * discount;
    }
  };
  const k1 = new Float64Array(size);
  const k2 = new Float64Array(size);
  const k3 = new Float64Array(size);
  const k4 = new Float64Array(size);
  const probe = new Float64Array(size);
  const along = (k: Float64Array, by: number) => {
    for (let i = 0; i < size; i++) {
      probe[i] = y[i]! + by * k[i]!;
    }
    return probe;
  };
  const present = new Float64Array(4);
  const rows: MultiStateYear[] = [];
  for (let year = 1; year <= years; year++) {
    const before = y.slice();
    if (discrete) {
      // What the start of the year pays, by who is where then; a hair inside the year, so that ages bound from below.
      slope(year - 1 + 1e-9, y, k1);
    }
    const atStart = k1.slice(3 * n, 3 * n + 4);
    for (let step = 0; step < STEPS_PER_YEAR; step++) {
      // Ages at which payments begin or end are kept off the step's edges by a hair, so that no step straddles one.
      const t = year - 1 + step * h;
      const inside = 1e-9;
      slope(t + inside, y, k1);
      slope(t + h / 2, along(k1, h / 2), k2);
      slope(t + h / 2, along(k2, h / 2), k3);
      slope(t + h - inside, along(k3, h), k4);
      for (let i = 0; i < size; i++) {
        y[i] = y[i]! + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!);
      }
    }
    const flow = (k: number) => (discrete && k !== 2 ? atStart[k]! : y[3 * n + k]! - before[3 * n + k]!);
    const discountedFlow = (k: number) => {
      if (!discrete) {
        return y[3 * n + 4 + k]! - before[3 * n + 4 + k]!;
      }
      return flow(k) * Math.exp(-delta * (k === 2 ? year : year - 1));
    };
    const parts = [0, 1, 2, 3].map(discountedFlow);
    for (const [k, x] of parts.entries()) {
      present[k] = present[k]! + x;
    }
    rows.push({
      year,
      occupancy: y.slice(0, n),
      timeIn: Float64Array.from({ length: n }, (_, s) => y[2 * n + s]! - before[2 * n + s]!),
      stateBenefits: flow(0),
      contributions: flow(1),
      lumpSums: flow(2),
      accruedBenefits: flow(3),
      earned: y.subarray(n, 2 * n).reduce((a, b) => a + b, 0),
      discounted: parts[0]! - parts[1]! + parts[2]! + parts[3]!,
    });
  }
  return {
    years: rows,
    presentBenefits: present[0]!,
    presentContributions: present[1]!,
    presentLumpSums: present[2]!,
    presentAccrued: present[3]!,
    present: present[0]! - present[1]! + present[2]! + present[3]!,
  };
}
