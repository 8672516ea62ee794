import { defineModel } from '../model.ts';
import {
  claimCost,
  compoundByFourier,
  discretise,
  panjer,
  stopLoss,
  summariseTotal,
  tailMeasures,
} from './aggregate.ts';
import { frequencyInput, frequencyOf, severityInput, severityOf } from './families.ts';
import { fields, money, oneOf, probabilityLevels, quantity, share } from './inputs.ts';

export const aggregateLossModel = defineModel({
  name: 'aggregate-loss',
  family: 'actuarial',
  title: 'The whole distribution of a year’s claims, by Panjer’s recursion or Fourier transform',
  input: fields({
    frequency: frequencyInput,
    severity: severityInput,
    deductible: money('The deductible', 'Paid by the insured from each claim, money').default(0),
    coinsurance: share('The coinsurance', 'Share of the rest paid by the insured').default(0),
    ceiling: quantity(
      'The ceiling',
      { above: 0, atMost: 1e15 },
      'Most the scheme pays for one claim, money',
    ).optional(),
    quotaShare: share('The quota share', 'Share of everything ceded to a reinsurer').default(0),
    stopLossRetention: money('The stop-loss retention', 'The reinsurer pays what the year exceeds, money').optional(),
    stopLossLimit: quantity('The stop-loss limit', { above: 0, atMost: 1e15 }, 'Most the stop loss pays').optional(),
    method: oneOf(['panjer', 'fourier'], 'The method', 'Both give the same; Fourier is faster on long grids').default(
      'fourier',
    ),
    discretisation: oneOf(
      ['unbiased', 'rounding', 'lower-bound', 'upper-bound'],
      'The discretisation',
      'How amounts are put on the grid; the two bounds enclose the truth',
    ).default('unbiased'),
    step: quantity(
      'The step',
      { above: 0, atMost: 1e15 },
      'Grid step, money; default: by the spread of the total',
    ).optional(),
    points: quantity('The points', { atLeast: 16, atMost: 1_048_576, whole: true }, 'Points of the grid').default(8192),
    levels: probabilityLevels([0.5, 0.75, 0.9, 0.95, 0.99, 0.995]),
  }),
  example: {
    frequency: { family: 'poisson', mean: 10 },
    severity: { family: 'gamma', shape: 2, scale: 1 },
    method: 'panjer',
    step: 0.5,
    points: 256,
  },
  columns: [
    {
      name: 'measure',
      description:
        'mean, sd, cv, missing (probability beyond the grid), step, stop-loss, var, tvar (mean of the worst 1 − level), mean-beyond (mean above the VaR)',
    },
    { name: 'level', description: 'Probability level of var, tvar and mean-beyond' },
    { name: 'gross', description: 'What the scheme pays before reinsurance', unit: 'money' },
    { name: 'net', description: 'After quota share, then stop loss', unit: 'money' },
  ],
  *run(input) {
    const counts = frequencyOf(input.frequency);
    const terms = {
      deductible: input.deductible,
      coinsurance: input.coinsurance,
      ...(input.ceiling && { ceiling: input.ceiling }),
    };
    const cost = claimCost(severityOf(input.severity), terms);
    const step = input.step ?? defaultStep(counts.mean, counts.variance, cost, input.points);
    const severity = discretise(cost, step, input.points, input.discretisation);
    yield 0.3;
    const total =
      input.method === 'panjer'
        ? panjer(counts, severity, input.points)
        : compoundByFourier(counts, severity, input.points);
    yield 0.9;
    const grid = { step, probability: total };
    const gross = summariseTotal(grid);
    const kept = 1 - input.quotaShare;
    const net = (x: number) => {
      const retained = x * kept;
      const over = retained - (input.stopLossRetention ?? Number.POSITIVE_INFINITY);
      return retained - Math.min(Math.max(0, over), input.stopLossLimit ?? Number.POSITIVE_INFINITY);
    };
    let netMean = 0;
    let netSecond = 0;
    for (let k = 0; k < total.length; k++) {
      const x = net(k * step);
      netMean += total[k]! * x;
      netSecond += total[k]! * x * x;
    }
    const netSd = Math.sqrt(Math.max(0, netSecond - netMean * netMean));
    const row = (measure: string, level: number | null, grossValue: number | null, netValue: number | null) => ({
      measure,
      level,
      gross: grossValue,
      net: netValue,
    });
    const rows = [
      row('mean', null, gross.mean, netMean),
      row('sd', null, gross.sd, netSd),
      row('cv', null, gross.mean > 0 ? gross.sd / gross.mean : null, netMean > 0 ? netSd / netMean : null),
      row('missing', null, gross.missing, null),
      row('step', null, step, null),
    ];
    if (input.stopLossRetention !== undefined) {
      const scaled = { step: step * kept, probability: total };
      rows.push(row('stop-loss', null, stopLoss(scaled, input.stopLossRetention, input.stopLossLimit), null));
    }
    const finite = (x: number) => (Number.isFinite(x) ? x : null);
    for (const level of input.levels) {
      const tail = tailMeasures(grid, level);
      rows.push(row('var', level, finite(tail.valueAtRisk), finite(net(tail.valueAtRisk))));
      rows.push(row('tvar', level, finite(tail.tailValueAtRisk), finite(netTail(grid, level, net))));
      rows.push(row('mean-beyond', level, finite(tail.meanBeyond), null));
    }
    return rows;
  },
});

/** Mean plus twelve standard deviations fill the grid; a severity without a variance is capped at its 1 − 1e-6 quantile. */
function defaultStep(
  countMean: number,
  countVariance: number,
  cost: { cdf(x: number): number; limitedMean(limit: number): number },
  points: number,
): number {
  let top = 1;
  while (cost.cdf(top) < 1 - 1e-6 && top < 1e15) {
    top *= 2;
  }
  while (top > 1e-9 && cost.cdf(top / 2) >= 1 - 1e-6) {
    top /= 2;
  }
  const mean = cost.limitedMean(top);
  // ∫ 2x P(X > x) dx by the derivative of the limited mean on a thousand intervals.
  let second = 0;
  for (let k = 0; k < 1000; k++) {
    second +=
      (2 * k + 1) * (top / 1000) * (cost.limitedMean(((k + 1) * top) / 1000) - cost.limitedMean((k * top) / 1000));
  }
  const variance = Math.max(0, second - mean * mean);
  const span = countMean * mean + 12 * Math.sqrt(countMean * variance + countVariance * mean * mean) + top;
  return Math.max(span, 1e-9) / (points - 1);
}

/** Mean of the worst 1 − p of a non-decreasing function of the total. */
function netTail(grid: { step: number; probability: Float64Array }, p: number, net: (x: number) => number): number {
  let left = 1 - p;
  let sum = 0;
  for (let k = grid.probability.length - 1; k >= 0 && left > 0; k--) {
    const weight = Math.min(left, grid.probability[k]!);
    sum += weight * net(k * grid.step);
    left -= weight;
  }
  return sum / (1 - p);
}
