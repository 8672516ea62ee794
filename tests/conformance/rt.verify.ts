import {
  reproductionModel,
  serialIntervalModel,
  wallingaTeunisModel,
} from '../../kernel/models/epidemic/reproduction.model.ts';
import {
  estimateReproduction,
  firstDayImported,
  overallInfectivity,
  slidingWindows,
} from '../../kernel/models/epidemic/reproduction.ts';
import { runModel } from '../../kernel/models/model.ts';
import { caseOnOutside, equal, numberIn, same } from './epidemic/data.ts';
import type { Suite } from './suite.ts';

/** Figures of EpiEstim 2.2-4 on Flu2009, a school outbreak of influenza A(H1N1). */
const INCIDENCE = 'r-epiestim/Flu2009_incidence.csv';
const INTERVAL = 'r-epiestim/Flu2009_si_distr.csv';
const TOLERANCE = 1e-8;

const quantiles = ['0.025', '0.05', '0.25', '0.5', '0.75', '0.95', '0.975'] as const;
const theirName = (p: (typeof quantiles)[number]) => (p === '0.5' ? 'Median(R)' : `Quantile.${p}(R)`);

const suite: Suite = {
  name: 'rt',
  cases: () => [
    ...(['measured', 'parametric'] as const).map((kind) =>
      caseOnOutside(
        `weekly R, ${kind} serial interval`,
        [
          INCIDENCE,
          INTERVAL,
          `r-epiestim/Flu2009_R_${kind === 'measured' ? 'weekly_nonparametric' : 'parametric_mean2.6_sd1.5'}.csv`,
        ],
        (incidence, interval, expected) => {
          const rows = runModel(reproductionModel, {
            cases: incidence.map((row) => numberIn(row, 'I')),
            serialInterval:
              kind === 'measured'
                ? { weights: interval.map((row) => numberIn(row, 'w')) }
                : { meanDays: 2.6, sdDays: 1.5 },
          });
          equal(rows.length, expected.length, 'windows');
          for (const [i, theirs] of expected.entries()) {
            const ours = rows[i]!;
            equal([ours.start, ours.end], [numberIn(theirs, 't_start'), numberIn(theirs, 't_end')], 'window');
            same(ours.mean, numberIn(theirs, 'Mean(R)'), TOLERANCE, `mean to day ${theirs.t_end}`);
            same(ours.sd, numberIn(theirs, 'Std(R)'), TOLERANCE, `sd to day ${theirs.t_end}`);
            for (const p of quantiles) {
              same(ours[`q${p}`], numberIn(theirs, theirName(p)), TOLERANCE, `quantile ${p} to day ${theirs.t_end}`);
            }
          }
        },
      ),
    ),
    caseOnOutside(
      'R of the first windows as published: 1.735609, 1.749049, 1.537043, 1.431639',
      [INCIDENCE, INTERVAL],
      (incidence, interval) => {
        const cases = incidence.map((row) => numberIn(row, 'I'));
        const estimates = estimateReproduction(
          firstDayImported(cases),
          interval.map((row) => numberIn(row, 'w')),
          { priorMean: 5, priorSd: 5, windows: slidingWindows(cases.length, 7) },
        );
        for (const [i, value] of [1.735609, 1.749049, 1.537043, 1.431639].entries()) {
          same(estimates[i]!.mean, value, 1e-6, `window ${i + 1}`);
        }
      },
    ),
    caseOnOutside(
      'overall infectivity',
      [INCIDENCE, INTERVAL, 'r-epiestim/Flu2009_overall_infectivity.csv'],
      (incidence, interval, expected) => {
        const infectivity = overallInfectivity(
          firstDayImported(incidence.map((row) => numberIn(row, 'I'))),
          interval.map((row) => numberIn(row, 'w')),
        );
        for (const [i, theirs] of expected.entries()) {
          same(infectivity[i]!, numberIn(theirs, 'lambda'), TOLERANCE, `day ${theirs.t}`);
        }
      },
    ),
    caseOnOutside(
      'case reproduction number (Wallinga and Teunis)',
      [INCIDENCE, INTERVAL, 'r-epiestim/Flu2009_WallingaTeunis_mean.csv'],
      (incidence, interval, expected) => {
        const rows = runModel(wallingaTeunisModel, {
          cases: incidence.map((row) => numberIn(row, 'I')),
          serialInterval: { weights: interval.map((row) => numberIn(row, 'w')) },
          draws: 0,
        });
        equal(rows.length, expected.length, 'windows');
        for (const [i, theirs] of expected.entries()) {
          same(rows[i]!.mean, numberIn(theirs, 'Mean(R)'), TOLERANCE, `to day ${theirs.t_end}`);
        }
      },
    ),
    caseOnOutside(
      'discretised serial intervals 2.6 ± 1.5 and 8.4 ± 3.8',
      ['r-epiestim/discr_si_expected.csv'],
      (expected) => {
        for (const [meanDays, sdDays] of [
          [2.6, 1.5],
          [8.4, 3.8],
        ] as const) {
          const rows = runModel(serialIntervalModel, { serialInterval: { meanDays, sdDays }, days: expected.length });
          for (const theirs of expected) {
            const day = numberIn(theirs, 'k');
            same(
              rows[day]!.probability,
              numberIn(theirs, `w_${meanDays}_${sdDays}`),
              TOLERANCE,
              `${meanDays}, day ${day}`,
            );
          }
        }
      },
    ),
    caseOnOutside(
      'serial interval as the package lays it out for the outbreak',
      ['r-epiestim/Flu2009_discr_si_2.6_1.5.csv'],
      (expected) => {
        const rows = runModel(serialIntervalModel, {
          serialInterval: { meanDays: 2.6, sdDays: 1.5 },
          days: expected.length,
        });
        for (const [i, theirs] of expected.entries()) {
          // The package pads its list with a zero after the last day of the outbreak.
          if (i < expected.length - 1) {
            same(rows[i]!.probability, numberIn(theirs, 'w'), TOLERANCE, `day ${theirs.k}`);
          }
        }
      },
    ),
  ],
};

export default suite;
