/** Benefits on one life: survival by a law or a table, and expected present values in discrete and continuous time. */

export interface Survival {
  /** Probability that a life aged x lives t more years. */
  probability(x: number, t: number): number;
  /** Force of mortality at an age. */
  force(age: number): number;
  /** Nobody lives beyond it. */
  readonly oldest: number;
}

/** Gompertz–Makeham: μ(x) = a + b·cˣ. `b = 0` is a constant force. */
export function makeham(a: number, b: number, c: number): Survival {
  const logC = Math.log(c);
  const total = (x: number, t: number) =>
    a * t + (b === 0 ? 0 : logC === 0 ? b * t : (b / logC) * c ** x * Math.expm1(logC * t));
  // The age at which even a newborn's chance falls below what a double can tell from nothing.
  let oldest = 1;
  while (oldest < 100_000 && total(0, oldest) < 750) {
    oldest *= 1.05;
  }
  return {
    probability: (x, t) => (t <= 0 ? 1 : Math.exp(-total(x, t))),
    force: (age) => a + b * c ** age,
    oldest,
  };
}

/** Yearly death probabilities from `firstAge`; constant force within a year of age; the last one holds for ever after. */
export function lifeTable(firstAge: number, q: readonly number[]): Survival {
  const yearly = (age: number) => {
    const i = Math.min(q.length - 1, Math.max(0, Math.floor(age) - firstAge));
    return q[i]!;
  };
  const certain = q.findIndex((x) => x >= 1);
  const oldest = certain >= 0 ? firstAge + certain + 1 : firstAge + q.length + 5000;
  return {
    oldest,
    force: (age) => (age >= oldest ? Number.POSITIVE_INFINITY : -Math.log1p(-yearly(age))),
    probability: (x, t) => {
      if (t <= 0) {
        return 1;
      }
      if (x + t >= oldest && certain >= 0) {
        return 0;
      }
      let log = 0;
      let age = x;
      const end = x + t;
      while (age < end) {
        const next = Math.min(end, Math.floor(age) + 1);
        log += (next - age) * Math.log1p(-yearly(age));
        if (log < -750) {
          return 0;
        }
        age = next;
      }
      return Math.exp(log);
    },
  };
}

export interface LifeValues {
  /** 1 a year while alive, paid in advance (ä) and continuously (ā). */
  readonly annuityDue: number;
  readonly annuityContinuous: number;
  /** 1 at the end of the year of death (A) and at the moment of death (Ā). */
  readonly insuranceYearEnd: number;
  readonly insuranceAtDeath: number;
  /** 1 at the end of the term if alive (0 for a whole life). */
  readonly pureEndowment: number;
  readonly lifeExpectancy: number;
}

/**
 * Expected present values for a life aged x.
 *
 * @param interest yearly effective. @param term years; infinite for the whole of life. @param deferral years before it
 *   begins (the endowment is at deferral + term).
 */
export function lifeValues(
  survival: Survival,
  x: number,
  interest: number,
  term = Number.POSITIVE_INFINITY,
  deferral = 0,
): LifeValues {
  const delta = Math.log1p(interest);
  const last = Math.min(deferral + term, Math.max(deferral, survival.oldest - x));
  let annuityDue = 0;
  let insuranceYearEnd = 0;
  let annuityContinuous = 0;
  let lifeExpectancy = 0;
  // Payments fall on whole years after the deferral; a table's survival at each is carried on, not computed afresh.
  let alive = survival.probability(x, deferral);
  for (let t = deferral; t < last - 1e-9 && alive > 0; t++) {
    const step = Math.min(1, last - t);
    const next = alive * survival.probability(x + t, step);
    annuityDue += Math.exp(-delta * t) * alive;
    insuranceYearEnd += Math.exp(-delta * (t + 1)) * (alive - next);
    // Simpson within the year, finely enough for a force that doubles every eight years.
    const parts = 16;
    for (let k = 0; k <= parts; k++) {
      const u = (k * step) / parts;
      const weight = ((k === 0 || k === parts ? 1 : k % 2 ? 4 : 2) * step) / (3 * parts);
      const p = k === 0 ? alive : k === parts ? next : alive * survival.probability(x + t, u);
      annuityContinuous += weight * p * Math.exp(-delta * (t + u));
      lifeExpectancy += weight * p;
    }
    alive = next;
  }
  const end = Number.isFinite(term) ? survival.probability(x, deferral + term) : 0;
  const pureEndowment = end === 0 ? 0 : end * Math.exp(-delta * (deferral + term));
  // Ā = p·v^deferral − endowment − δ ā, by parts: no second integral.
  const begins = survival.probability(x, deferral) * Math.exp(-delta * deferral);
  return {
    annuityDue,
    annuityContinuous,
    insuranceYearEnd,
    insuranceAtDeath: begins - pureEndowment - delta * annuityContinuous,
    pureEndowment,
    lifeExpectancy,
  };
}
