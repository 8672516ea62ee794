import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { runModel } from '../model.ts';
import { drawPoisson } from '../numeric/distributions.ts';
import { dayNumber, fromDayNumber, referencePositions } from './calendar.ts';
import { cusumModel } from './cusum.model.ts';
import { earsModel } from './ears.model.ts';
import { detectEars } from './ears.ts';
import { farringtonFlexibleModel, farringtonModel } from './farrington.model.ts';
import { weightsAgainstOutbreaks } from './farrington-model.ts';
import { bayesModel, rkiModel } from './history.model.ts';
import { nowcastModel } from './nowcast.model.ts';
import { nowcast, type Report, reportingTriangle } from './nowcast.ts';
import { CROW_GARDNER_UPPER_LIMITS } from './rki.ts';
import { thresholdsModel } from './thresholds.model.ts';
import { judgeThresholds, THRESHOLDS } from './thresholds.ts';

const ears = { baseline: 7, minimumSigma: 0, alpha: 0.001, present: 'counted' } as const;

/** Weekly Poisson counts with a yearly wave, no outbreak. */
function quietYears(weeks: number, seed: number, mean = 12): number[] {
  const prng = createPrng(seed);
  return Array.from({ length: weeks }, (_, t) =>
    drawPoisson(prng, mean * (1 + 0.4 * Math.sin((2 * Math.PI * t) / 52))),
  );
}

test('EARS: raising the present count never lowers the statistic, and lifts it over the threshold exactly at the alarm', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 12, maxLength: 20 }),
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom('C1' as const, 'C2' as const, 'C3' as const),
      (past, present, method) => {
        const at = (count: number) =>
          detectEars(Float64Array.from([...past, count]), { ...ears, minimumSigma: 0.5, method }).at(-1)!;
        expect(at(present + 1).statistic).toBeGreaterThanOrEqual(at(present).statistic);
        const verdict = at(present);
        expect(verdict.alarm).toBe(verdict.observed > verdict.threshold + 1e-9 || verdict.observed > verdict.threshold);
      },
    ),
  );
});

test('EARS: a missing count silences the periods that rest on it, a constant baseline alarms at the first rise', () => {
  const missing = runModel(earsModel, { counts: [1, 2, null, 2, 1, 3, 2, 9, 9] });
  expect(missing.map((row) => row.threshold)).toEqual([null, null]);
  expect(missing.some((row) => row.alarm)).toBe(false);
  const constant = runModel(earsModel, { counts: [2, 2, 2, 2, 2, 2, 2, 3] });
  expect(constant[0]).toMatchObject({ threshold: 2, alarm: true, statistic: null });
  const floored = runModel(earsModel, { counts: [2, 2, 2, 2, 2, 2, 2, 3], minimumSigma: 0.5 });
  expect(floored[0]!.alarm).toBe(false);
});

test('EARS scales: with the mean and the floor ten times larger, the statistic is the same', () => {
  const series = [3, 5, 4, 6, 2, 4, 5, 9];
  const small = runModel(earsModel, { counts: series })[0]!;
  const large = runModel(earsModel, { counts: series.map((count) => 10 * count) })[0]!;
  expect(large.statistic).toBeCloseTo(small.statistic as number, 10);
  expect(large.threshold).toBeCloseTo(10 * (small.threshold as number), 8);
});

test('Crow and Gardner’s limits follow from their definition', () => {
  // The acceptance interval of a mean is the shortest with 95 %, the rightmost of those; the limit of a count is the
  // mean at which the interval first leaves it behind. The published figures are cut, not rounded.
  const probabilities = (mean: number) => {
    const list = [Math.exp(-mean)];
    for (let k = 1; k < 80; k++) {
      list.push((list[k - 1]! * mean) / k);
    }
    return list;
  };
  const firstAccepted = (mean: number) => {
    const cumulative = [0];
    for (const p of probabilities(mean)) {
      cumulative.push(cumulative.at(-1)! + p);
    }
    for (let length = 1; ; length++) {
      for (let start = 79 - length; start >= 0; start--) {
        if (cumulative[start + length]! - cumulative[start]! >= 0.95) {
          return start;
        }
      }
    }
  };
  for (const [count, limit] of CROW_GARDNER_UPPER_LIMITS.entries()) {
    expect(firstAccepted(limit - 0.001), `just below the limit of ${count}`).toBeLessThanOrEqual(count);
    expect(firstAccepted(limit + 0.0011), `just above the limit of ${count}`).toBeGreaterThan(count);
  }
});

test('outbreak weights sum to their number and fall with the residual', () => {
  const weights = weightsAgainstOutbreaks(Float64Array.from([0.2, -1, 3, 5, 1]), 2.58);
  expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(5, 12);
  expect(weights[3]).toBeLessThan(weights[2]!);
  expect(weights[0]).toBe(weights[1]);
});

test('flexible Farrington: few false alarms in quiet years, and a planted outbreak is found', () => {
  let alarms = 0;
  let judged = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const rows = runModel(farringtonFlexibleModel, { counts: quietYears(340, seed), alpha: 0.01 });
    alarms += rows.filter((row) => row.alarm).length;
    judged += rows.length;
  }
  // One per cent nominal; five per cent would be a broken threshold.
  expect(alarms / judged).toBeLessThan(0.05);
  const counts = quietYears(320, 9);
  for (let t = 316; t < 320; t++) {
    counts[t]! += 25;
  }
  const rows = runModel(farringtonFlexibleModel, { counts, alpha: 0.01, from: 317 });
  expect(rows.every((row) => row.alarm)).toBe(true);
  expect(rows.every((row) => (row.probability as number) < 0.01)).toBe(true);
});

test('Farrington: zeros, missing weeks and short pasts answer without failing', () => {
  const zeros = runModel(farringtonFlexibleModel, { counts: Array(270).fill(0), from: 265 });
  expect(zeros.every((row) => !row.alarm && row.threshold === null)).toBe(true);
  const holes = quietYears(270, 5).map((count, t) => (t % 3 === 0 ? null : count));
  expect(runModel(farringtonFlexibleModel, { counts: holes, from: 265 }).length).toBe(6);
  expect(runModel(farringtonModel, { counts: holes, from: 265 }).length).toBe(6);
  expect(() => runModel(farringtonFlexibleModel, { counts: quietYears(200, 5) })).toThrow('shorter than the past');
  expect(() => runModel(farringtonModel, { counts: [] })).toThrow('at least one period');
  expect(() => runModel(farringtonModel, { counts: [Number.NaN, 1] })).toThrow('counts[0]');
  expect(() => runModel(farringtonModel, { counts: [-1, 1] })).toThrow('negative');
});

test('flexible Farrington: a population that doubles with the counts changes no verdict', () => {
  const counts = quietYears(275, 3);
  const plain = runModel(farringtonFlexibleModel, { counts, from: 266 });
  const rated = runModel(farringtonFlexibleModel, { counts, population: counts.map(() => 5000), from: 266 });
  for (const [i, row] of plain.entries()) {
    expect(rated[i]!.threshold).toBeCloseTo(row.threshold as number, 6);
  }
});

test('weekly dates: the window follows the calendar over a year of 53 weeks', () => {
  // 2020 had 53 ISO weeks: a year before Monday 4 January 2021 the nearest Monday is 6 January 2020, 52 weeks back;
  // a year before Monday 3 January 2022 it is 4 January 2021, and two years before 6 January 2020: 104 weeks.
  const first = dayNumber('2018-01-01');
  const days = Int32Array.from({ length: 300 }, (_, i) => first + 7 * i);
  const at = (date: string) => days.indexOf(dayNumber(date));
  const dates = (date: string, years: number) =>
    referencePositions(at(date), years, { periodsPerYear: 52, days }).map((i) => fromDayNumber(days[i]!));
  expect(dates('2022-01-03', 3)).toEqual(['2021-01-04', '2020-01-06', '2018-12-31']);
  expect(dates('2020-12-28', 2)).toEqual(['2019-12-30', '2018-12-31']);
  expect(referencePositions(60, 2, { periodsPerYear: 52 })).toEqual([8, -44]);
});

test('days and dates are inverse, and days that do not exist are none', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
      expect(dayNumber(fromDayNumber(day))).toBe(day);
    }),
  );
  for (const wrong of ['2023-02-29', '2023-13-01', '2023-1-1', 'yesterday']) {
    expect(dayNumber(wrong)).toBeNaN();
  }
});

test('CUSUM: the threshold is the count that brings the sum to the limit, on every scale', () => {
  const counts = [4, 6, 5, 3, 8, 7, 5, 9, 6, 7];
  for (const scale of ['rossi', 'anscombe', 'anscombe-second-order', 'pearson-negative-binomial', 'z-score'] as const) {
    const settings = { scale, mean: 5, sigma: 2, limit: 3, reference: 0.5 };
    const rows = runModel(cusumModel, { counts, ...settings });
    for (const [i, row] of rows.entries()) {
      if ((row.threshold as number) <= 0) {
        continue;
      }
      const there = runModel(cusumModel, { counts: [...counts.slice(0, i), row.threshold as number], ...settings });
      expect(there.at(-1)!.cusum, `${scale}, period ${i + 1}`).toBeCloseTo(3, 8);
    }
  }
});

test('CUSUM: a seasonal mean follows the wave, a missing count leaves the sum', () => {
  const counts = quietYears(160, 2, 20);
  const seasonal = runModel(cusumModel, { counts, mean: 'seasonal', from: 105 });
  const expected = seasonal.map((row) => row.expected as number);
  expect(Math.max(...expected) / Math.min(...expected)).toBeGreaterThan(1.5);
  const rows = runModel(cusumModel, { counts: [9, null, 9], mean: 5 });
  expect(rows[1]!.cusum).toBe(rows[0]!.cusum);
  expect(rows[1]!.alarm).toBe(false);
});

test('RKI and Bayes: thresholds rise with the past', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), (low, more) => {
      const at = (level: number) => {
        const counts = [...Array(12).fill(level), level];
        return [
          runModel(rkiModel, { counts, system: 'rki1' }).at(-1)!.threshold as number,
          runModel(bayesModel, { counts, system: 'bayes1' }).at(-1)!.threshold as number,
        ];
      };
      const [rkiLow, bayesLow] = at(low);
      const [rkiHigh, bayesHigh] = at(low + more);
      expect(bayesHigh).toBeGreaterThan(bayesLow!);
      // A constant past above 20 has no spread, so only then may the RKI limit fall below the Poisson one.
      if (low + more <= 20 || low > 20) {
        expect(rkiHigh).toBeGreaterThan(rkiLow!);
      }
    }),
    { numRuns: 40 },
  );
});

test('a very long series is judged in steps that can be stopped', () => {
  const counts = Array.from({ length: 20_000 }, (_, t) => (t * 7919) % 13);
  let steps = 0;
  const rows = runModel(farringtonModel, { counts, from: 19_000 }, { onProgress: () => steps++ });
  expect(rows.length).toBe(1001);
  expect(steps).toBeGreaterThan(3);
  expect(() => runModel(farringtonModel, { counts }, { signal: AbortSignal.abort() })).toThrow();
});

test('thresholds: every row has a source, a date and a jurisdiction; levels are reached at their limit', () => {
  for (const row of THRESHOLDS) {
    expect(row.source.length > 5 && /^\d{4}$/.test(row.date) && row.jurisdiction.length > 2, row.id).toBe(true);
  }
  expect(new Set(THRESHOLDS.map((row) => row.id)).size).toBe(THRESHOLDS.length);
  const met = (disease: string, suspected: number[], population: number, more: object = {}) =>
    runModel(thresholdsModel, { disease, suspected, population, ...more })
      .filter((row) => row.met)
      .map((row) => row.rule);
  expect(met('meningitis', [3], 100_000)).toEqual(['meningitis-alert-rate']);
  expect(met('meningitis', [2], 100_000)).toEqual([]);
  expect(met('meningitis', [10], 100_000)).toEqual(['meningitis-alert-rate', 'meningitis-epidemic-rate']);
  expect(met('meningitis', [2], 20_000)).toEqual(['meningitis-alert-count']);
  expect(met('meningitis', [1, 2, 4], 20_000)).toEqual(['meningitis-alert-count', 'meningitis-epidemic-doubling']);
  expect(met('meningitis', [5], 29_999)).toEqual(['meningitis-alert-count', 'meningitis-epidemic-count']);
  expect(met('measles', [1], 5000, { setting: 'closed' })).toEqual(['measles-alert', 'measles-closed']);
  expect(met('measles', [1, 1, 1, 2], 5000)).toEqual(['measles-alert', 'measles-suspected']);
  expect(met('measles', [0], 5000, { confirmed: [1, 0, 1] })).toEqual([]);
  expect(met('measles', [0], 5000, { confirmed: [1, 1, 1] })).toEqual(['measles-confirmed']);
  expect(met('influenza', [10, 10, 10, 16], 5000)).toEqual(['other-alert-ratio']);
  expect(met('influenza', [10, 10, 10, 21], 5000)).toEqual(['other-alert-ratio', 'other-epidemic-ratio']);
});

test('thresholds: too little history is unknown, not reached', () => {
  const verdicts = judgeThresholds('influenza', {
    suspected: [50],
    confirmed: [],
    deaths: [],
    population: 1000,
    setting: 'general',
  });
  expect(verdicts.length).toBe(3);
  expect(verdicts.every((one) => Number.isNaN(one.value) && !one.met)).toBe(true);
});

/** Reports of an epidemic with a known delay, as far as known by `present`. */
function planted(present: number, seed: number, delay: readonly number[]): { reports: Report[]; truth: number[] } {
  const prng = createPrng(seed);
  const reports: Report[] = [];
  const truth: number[] = [];
  for (let onset = 0; onset <= present; onset++) {
    let total = 0;
    for (const [d, share] of delay.entries()) {
      const cases = drawPoisson(prng, 40 * (1 + 0.5 * Math.sin(onset / 6)) * share);
      reports.push({ onset, report: onset + d, cases });
      total += cases;
    }
    truth.push(total);
  }
  return { reports, truth };
}

function drained<T>(run: Generator<number, T>): T {
  for (;;) {
    const step = run.next();
    if (step.done) {
      return step.value;
    }
  }
}

test('nowcast: a planted delay is recovered and the interval holds the truth about as often as it says', () => {
  const delay = [0.3, 0.25, 0.2, 0.15, 0.1];
  const options = { delayWindow: 40, draws: 400, quantiles: [0.025, 0.975] };
  let held = 0;
  let asked = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { reports, truth } = planted(60, seed, delay);
    const result = drained(nowcast(reportingTriangle(reports, 60, 4), options, createPrng(seed)));
    if (seed === 1) {
      for (const [d, share] of delay.entries()) {
        expect(result.delay[d]).toBeCloseTo(share, 1);
      }
      expect(result.delay.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
    for (let t = 57; t <= 60; t++) {
      const [low, high] = result.periods[t]!.quantiles;
      asked++;
      held += truth[t]! >= low! && truth[t]! <= high! ? 1 : 0;
    }
  }
  expect(held / asked).toBeGreaterThan(0.88);
});

test('nowcast: old periods are what was reported; nothing reported today still has an upper end', () => {
  const rows = runModel(nowcastModel, {
    reports: Array.from({ length: 20 }, (_, t) => [
      { onset: fromDayNumber(20_000 + t), report: fromDayNumber(20_000 + t + 1), cases: 10 },
      { onset: fromDayNumber(20_000 + t), report: fromDayNumber(20_000 + t + 2), cases: 10 },
    ]).flat(),
    present: fromDayNumber(20_019),
    maximumDelay: 5,
    draws: 500,
  });
  expect(rows[0]).toMatchObject({ reported: 20, estimate: 20, lower: 20, upper: 20, reportedShare: 1 });
  expect(rows[18]).toMatchObject({ reported: 10, reportedShare: 0.5, estimate: 20 });
  expect(rows[19]).toMatchObject({ onset: fromDayNumber(20_019), reported: 0, estimate: null });
  expect(rows[19]!.upper).toBeGreaterThan(0);
});

test('nowcast: a report before its onset is refused', () => {
  expect(() =>
    runModel(nowcastModel, { reports: [{ onset: '2026-03-02', report: '2026-03-01' }], present: '2026-03-05' }),
  ).toThrow('before its onset');
});
