import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import * as d from '../numeric/distributions.ts';
import { cumulativeHazard, enrolmentToFirstClaim, poissonLimits } from './adverse-selection.ts';
import { financialProtectionModel, tbCostModel } from './financial-protection.model.ts';
import { financialHardship, medianConsumption, populationShare, pushedBelow } from './financial-protection.ts';
import { lifeTable, lifeValues, makeham } from './life.ts';
import { valueMultiState } from './multi-state.ts';
import { summarise } from './samples.ts';
import { projectSolvency, type SolvencyScheme, type SolvencyShocks } from './solvency.ts';

// Simulations on a busy machine may take longer than the default.
vi.setConfig({ testTimeout: 120_000 });

describe('life benefits', () => {
  test('a constant force has closed forms', () => {
    const values = lifeValues(makeham(0.04, 0, 1), 30, 0.05);
    const delta = Math.log(1.05);
    expect(values.annuityContinuous).toBeCloseTo(1 / (0.04 + delta), 8);
    expect(values.insuranceAtDeath).toBeCloseTo(0.04 / (0.04 + delta), 8);
    const vp = Math.exp(-0.04) / 1.05;
    expect(values.annuityDue).toBeCloseTo(1 / (1 - vp), 8);
    expect(values.insuranceYearEnd).toBeCloseTo((1 - Math.exp(-0.04)) / 1.05 / (1 - vp), 8);
    expect(values.lifeExpectancy).toBeCloseTo(25, 5);
  });

  test('A + d·ä = 1; term, deferred and endowment add up to the whole', () => {
    const law = makeham(0.0002, 2.7e-6, 1.124);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90 }),
        fc.double({ min: 0.001, max: 0.15, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (x, i, n) => {
          const whole = lifeValues(law, x, i);
          expect(whole.insuranceYearEnd + (i / (1 + i)) * whole.annuityDue).toBeCloseTo(1, 8);
          const term = lifeValues(law, x, i, n);
          const deferred = lifeValues(law, x, i, Number.POSITIVE_INFINITY, n);
          expect(term.annuityDue + deferred.annuityDue).toBeCloseTo(whole.annuityDue, 8);
          expect(term.insuranceAtDeath + deferred.insuranceAtDeath).toBeCloseTo(whole.insuranceAtDeath, 8);
          expect(term.pureEndowment).toBeCloseTo(law.probability(x, n) * (1 + i) ** -n, 12);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a table of a law’s yearly probabilities gives the law’s yearly values', () => {
    const law = makeham(0.0002, 2.7e-6, 1.124);
    const q = Array.from({ length: 110 }, (_, k) => 1 - law.probability(k + 20, 1));
    const byTable = lifeValues(lifeTable(20, q), 40, 0.05);
    const byLaw = lifeValues(law, 40, 0.05);
    expect(byTable.annuityDue).toBeCloseTo(byLaw.annuityDue, 8);
    expect(byTable.insuranceYearEnd).toBeCloseTo(byLaw.insuranceYearEnd, 8);
    const ends = lifeTable(0, [0.5, 1]);
    expect([ends.probability(0, 1), ends.probability(0, 2), ends.probability(0, 1.5)]).toEqual([
      0.5,
      0,
      expect.any(Number),
    ]);
  });
});

describe('multi-state cash flows', () => {
  const alive = (rate: number) => ({ from: 0, to: 1, intensity: () => rate, lumpSum: 1 });

  test('two states are one life: insurance and annuity of a constant force', () => {
    const value = valueMultiState(
      { states: 2, transitions: [alive(0.03)], payments: [{ state: 0, rate: 1, fromAge: 0, toAge: 1000 }] },
      40,
      0,
      30,
      0.04,
    );
    const force = 0.03 + Math.log(1.04);
    const annuity = -Math.expm1(-30 * force) / force;
    expect(value.presentBenefits).toBeCloseTo(annuity, 9);
    expect(value.presentLumpSums).toBeCloseTo(0.03 * annuity, 9);
    expect(value.years[29]!.occupancy[0]).toBeCloseTo(Math.exp(-0.9), 11);
  });

  test('probabilities are conserved and stay within [0, 1]; cash flows sum to the present value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 }), (rates) => {
        const pairs = [
          [0, 1],
          [1, 0],
          [0, 2],
          [1, 2],
          [2, 0],
          [2, 1],
        ] as const;
        const value = valueMultiState(
          {
            states: 3,
            transitions: pairs.map(([from, to], k) => ({ from, to, intensity: () => rates[k]!, lumpSum: k })),
            payments: [{ state: 1, rate: -5, fromAge: 22, toAge: 27 }],
          },
          20,
          0,
          10,
          0.03,
        );
        let sum = 0;
        for (const year of value.years) {
          expect(year.occupancy.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
          expect(year.timeIn.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
          expect(Math.min(...year.occupancy)).toBeGreaterThanOrEqual(-1e-12);
          sum += year.discounted;
        }
        expect(sum).toBeCloseTo(value.present, 9);
      }),
      { numRuns: 25 },
    );
  });

  test('an accruing benefit: earned for ten years in care, paid for life from 60 (closed form, constant force)', () => {
    const mu = 0.02;
    const value = valueMultiState(
      {
        states: 2,
        transitions: [{ from: 0, to: 1, intensity: () => mu, lumpSum: 0 }],
        payments: [],
        accrual: { earningStates: [0], perYear: 12, payableFromAge: 60, payableStates: [0], earned: 30 },
      },
      50,
      0,
      60,
      0.03,
    );
    const force = mu + Math.log(1.03);
    // Survivors to 60 have earned 30 + 10 × 12; then an annuity for the other 50 years of the horizon.
    const expected = (150 * Math.exp(-10 * force) * -Math.expm1(-50 * force)) / force;
    expect(value.presentAccrued / expected).toBeCloseTo(1, 7);
    // Those who died keep what they had earned in this sum: 30, and 12 for each year lived of the ten.
    expect(value.years[9]!.earned).toBeCloseTo(30 + (12 * -Math.expm1(-0.2)) / mu, 6);
  });

  test('what those who lapse have earned stays theirs where the lapsed are paid', () => {
    const model = (payable: number[]) => ({
      states: 2,
      transitions: [{ from: 0, to: 1, intensity: () => 0.1, lumpSum: 0 }],
      payments: [],
      accrual: { earningStates: [0], perYear: 1, payableFromAge: 30, payableStates: payable, earned: 0 },
    });
    const [both, stayed, lapsed] = [[0, 1], [0], [1]].map(
      (p) => valueMultiState(model(p), 20, 0, 20, 0.02).presentAccrued,
    );
    expect(both).toBeCloseTo(stayed! + lapsed!, 9);
    expect(lapsed).toBeGreaterThan(0);
  });

  test('discrete timing pays the year’s benefit at its start and lump sums at its end', () => {
    const value = valueMultiState(
      { states: 2, transitions: [alive(0.1)], payments: [{ state: 0, rate: 1, fromAge: 0, toAge: 1000 }] },
      40,
      0,
      3,
      0.05,
      true,
    );
    const p = Math.exp(-0.1);
    expect(value.presentBenefits).toBeCloseTo(1 + p / 1.05 + (p * p) / 1.05 ** 2, 9);
    expect(value.presentLumpSums).toBeCloseTo((1 - p) * (1 / 1.05 + p / 1.05 ** 2 + (p * p) / 1.05 ** 3), 9);
  });
});

describe('solvency', () => {
  const scheme: SolvencyScheme = {
    members: 2000,
    growth: 0,
    lapse: 0,
    premiumPerMember: 700,
    claimsPerMember: 2.1,
    severityMean: 310,
    severitySd: 620,
    size: Number.POSITIVE_INFINITY,
    expenseShare: 0.05,
    fixedExpenses: 1000,
    subsidy: 500,
    openingCapital: 100_000,
    premiumIndexation: 0,
    claimsInflation: 0,
    seasonality: Array.from({ length: 12 }, () => 1),
    foreignShare: 0,
    interest: 0,
  };
  const calm: SolvencyShocks = {
    currencyVolatility: 0,
    devaluationProbability: 0,
    devaluationSize: 0,
    catastropheProbability: 0,
    catastropheClaimsPerMember: 0,
    catastropheMonths: 3,
    catastropheCorrelation: 0,
  };
  const project = (
    s: Partial<SolvencyScheme>,
    shocks: Partial<SolvencyShocks>,
    paths = 400,
    schemes = 1,
    years = 3,
  ) => {
    const run = projectSolvency(
      Array.from({ length: schemes }, () => ({ ...scheme, ...s })),
      { ...calm, ...shocks },
      years,
      paths,
      createPrng(77),
    );
    let step = run.next();
    while (!step.done) {
      step = run.next();
    }
    return step.value;
  };

  test('capital changes by exactly premiums, expenses, subsidy and claims', () => {
    const r = project({}, {});
    for (let path = 0; path < 400; path++) {
      let capital = scheme.openingCapital;
      for (let year = 0; year < 3; year++) {
        const at = year * 400 + path;
        capital += r.premium[at]! * 0.95 + 500 - 1000 - r.claims[at]!;
        expect(r.capital[at]).toBeCloseTo(capital, 4);
        expect(r.lowest[at]!).toBeLessThanOrEqual(capital + 1e-6);
      }
    }
  });

  test('yearly claims have the compound’s mean and spread', () => {
    const { claims } = project({}, {}, 4000, 1, 1);
    const { mean, sd } = summarise(claims);
    const expected = 2000 * 2.1 * 310;
    const spread = Math.sqrt(2000 * 2.1 * (310 ** 2 + 620 ** 2));
    expect(Math.abs(mean - expected)).toBeLessThan((4 * spread) / Math.sqrt(4000));
    expect(Math.abs(sd / spread - 1)).toBeLessThan(0.05);
  });

  test('each trouble makes the fund worse off: lapse of premium payers aside, in mean and in ruin', () => {
    const mean = (r: ReturnType<typeof project>) => summarise(r.capital.subarray(2 * 400)).mean;
    const base = mean(project({}, {}));
    expect(mean(project({ claimsInflation: 0.1 }, {}))).toBeLessThan(base - 50_000);
    expect(mean(project({ foreignShare: 0.5 }, { devaluationProbability: 1, devaluationSize: 0.3 }))).toBeLessThan(
      base - 50_000,
    );
    expect(mean(project({}, { catastropheProbability: 0.5, catastropheClaimsPerMember: 1 }))).toBeLessThan(
      base - 50_000,
    );
    expect(mean(project({ subsidy: 100_500 }, {}))).toBeCloseTo(base + 300_000, -4);
    expect(project({ growth: 0.2, lapse: 0.05 }, {}).members[0]).toBeCloseTo(2000 * 1.15, 6);
  });

  test('a seasonal year costs what an even one does', () => {
    const even = summarise(project({}, {}, 3000, 1, 1).claims).mean;
    const seasonal = summarise(
      project({ seasonality: [2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0] }, {}, 3000, 1, 1).claims,
    ).mean;
    expect(Math.abs(seasonal / even - 1)).toBeLessThan(0.01);
  });

  test('correlated catastrophes strike together', () => {
    const shocks = { catastropheProbability: 0.3, catastropheClaimsPerMember: 2 };
    const spread = (rho: number) => {
      const r = project({}, { ...shocks, catastropheCorrelation: rho }, 1500, 3, 1);
      const sum = Float64Array.from(
        { length: 1500 },
        (_, p) => r.claims[p]! + r.claims[1500 + p]! + r.claims[3000 + p]!,
      );
      return summarise(sum).sd;
    };
    expect(spread(1) / spread(0)).toBeGreaterThan(1.5);
  });
});

describe('adverse selection', () => {
  const hazard = { from: [0], rate: [0.6 / 365.25] };
  const edges = [0, 30, 60, 180, 365];
  const cohort = (early: number, late: number, n: number) => {
    const prng = createPrng(1234);
    return Array.from({ length: n }, () => {
      let day = (-Math.log1p(-prng.uniform()) / early) * 365.25;
      if (day > 60) {
        day = 60 + (-Math.log1p(-prng.uniform()) / late) * 365.25;
      }
      return day <= 365 ? { day, claimed: true } : { day: 365, claimed: false };
    });
  };

  test('members as expected show nothing; a planted spike is measured', () => {
    const fair = enrolmentToFirstClaim(cohort(0.6, 0.6, 6000), hazard, edges, 60);
    expect(fair.logRankP).toBeGreaterThan(0.001);
    expect(fair.spikeP).toBeGreaterThan(1e-3);
    for (const w of fair.windows) {
      expect(Math.abs(w.survival - w.expectedSurvival)).toBeLessThan(4 * w.survivalSe);
    }
    const selected = enrolmentToFirstClaim(cohort(1.8, 0.6, 6000), hazard, edges, 60);
    expect(selected.spikeLow).toBeLessThan(3);
    expect(selected.spikeHigh).toBeGreaterThan(3);
    expect(selected.spikeP).toBeLessThan(1e-6);
  });

  test('claims and days at risk are all accounted for', () => {
    const members = cohort(1, 0.4, 500);
    const fit = enrolmentToFirstClaim(members, hazard, edges, 60);
    expect(fit.windows.reduce((s, w) => s + w.observed, 0)).toBe(members.filter((m) => m.claimed).length);
    const days = members.reduce((s, m) => s + m.day, 0);
    expect(fit.windows.reduce((s, w) => s + w.memberDays, 0)).toBeCloseTo(days, 6);
    expect(fit.windows.reduce((s, w) => s + w.expected, 0)).toBeCloseTo((days * 0.6) / 365.25, 8);
  });

  test('Kaplan–Meier of a worked sample, and a stepped hazard', () => {
    const km = enrolmentToFirstClaim(
      [
        { day: 6, claimed: true },
        { day: 6, claimed: true },
        { day: 6, claimed: true },
        { day: 6, claimed: false },
        { day: 7, claimed: true },
        { day: 9, claimed: false },
        { day: 10, claimed: true },
      ],
      hazard,
      [0, 6, 20],
      6,
    );
    expect(km.windows[0]!.survival).toBeCloseTo(4 / 7, 12);
    expect(km.windows[1]!.survival).toBe(0);
    expect(cumulativeHazard({ from: [0, 10], rate: [0.1, 0.02] }, 25)).toBeCloseTo(1.3, 12);
    const [low, high] = poissonLimits(10, 0.95);
    expect(low).toBeCloseTo(4.795389, 5);
    expect(high).toBeCloseTo(18.390356, 5);
    expect(poissonLimits(0, 0.95)[1]).toBeCloseTo(3.688879, 5);
    expect(d.poisson(18.390356).cdf(10)).toBeCloseTo(0.025, 6);
  });
});

describe('financial protection', () => {
  test('paying more never makes hardship less', () => {
    const order = { none: 0, large: 1, impoverishing: 2 };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (consumption, paid, more) => {
          const before = order[financialHardship(consumption, paid, 2.15)];
          expect(order[financialHardship(consumption, paid + more, 2.15)]).toBeGreaterThanOrEqual(before);
          if (pushedBelow(consumption, paid, 2.15)) {
            expect(financialHardship(consumption, paid, 2.15)).toBe('impoverishing');
          }
        },
      ),
    );
  });

  test('shares weigh persons; fifths hold a fifth each', () => {
    const prng = createPrng(10);
    const households = Array.from({ length: 2000 }, () => ({
      consumption: Math.exp(1.5 + 0.6 * prng.normal()),
      outOfPocket: 0.4 * prng.uniform(),
      members: 1 + prng.below(6),
      weight: 50 + 100 * prng.uniform(),
    }));
    const all = populationShare(households, () => true);
    expect(all.share).toBe(1);
    expect(all.standardError).toBe(0);
    const median = medianConsumption(households);
    const half = populationShare(households, (h) => h.consumption <= median);
    expect(half.share).toBeCloseTo(0.5, 2);
    const rows = runModel(financialProtectionModel, { households });
    const hardship = rows.filter((r) => r.indicator === 'hardship' && r.group !== 'all');
    expect(hardship).toHaveLength(5);
    expect(hardship[0]!.share).toBeGreaterThan(hardship[4]!.share);
    const total = rows.find((r) => r.indicator === 'hardship' && r.group === 'all')!;
    expect(hardship.reduce((s, r) => s + r.persons!, 0)).toBeCloseTo(total.persons!, 4);
  });

  test('TB costs: two households in three, with Wilson’s interval', () => {
    const [row] = runModel(tbCostModel, tbCostModel.example);
    expect(row!.value).toBeCloseTo(2 / 3, 12);
    expect(row!.low).toBeCloseTo(0.2077, 3);
    expect(row!.high).toBeCloseTo(0.9385, 3);
  });
});
