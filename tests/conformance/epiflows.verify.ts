import { expectedImportation } from '../../kernel/models/mobility/importation.ts';
import { importationModel } from '../../kernel/models/mobility/movement.model.ts';
import { runModel } from '../../kernel/models/model.ts';
import { dayNumber } from '../../kernel/models/surveillance/calendar.ts';
import { numberIn, same, vectorRows } from './epidemic/data.ts';
import { close, type Suite } from './suite.ts';

/** Yellow fever out of southeast Brazil (Dorigatti 2017), against the R package epiflows with 400,000 draws. */
const yellowFever = {
  incubation: { distribution: 'lognormal', meanLog: 1.46, sdLog: 0.35 },
  infectious: { distribution: 'normal', meanDays: 4.5, sdDays: 1.5 / 1.96 },
} as const;

function estimate(state: string) {
  const origin = vectorRows('epiflows/states.csv').find((row) => row.location_code === state)!;
  const out = vectorRows('epiflows/T_D_outbound.csv').find((row) => row.state === state)!;
  const back = vectorRows('epiflows/T_O_inbound.csv').find((row) => row.state === state)!;
  return runModel(importationModel, {
    origin: {
      cases: numberIn(origin, 'num_cases_time_window'),
      population: numberIn(origin, 'location_population'),
      windowDays: dayNumber(origin.last_date_cases!) - dayNumber(origin.first_date_cases!),
    },
    destinations: vectorRows('epiflows/length_of_stay.csv').map((row) => ({
      name: row.country!,
      travellersOut: numberIn(out, row.country!),
      travellersIn: numberIn(back, row.country!),
      stayDays: numberIn(row, 'days'),
    })),
    ...yellowFever,
  });
}

const suite: Suite = {
  name: 'epiflows',
  cases: () => [
    ...vectorRows('epiflows/states.csv').map(({ location_code: state }) => ({
      name: `${state}: mean and interval for ten destinations, within 1 %`,
      check: () => {
        const rows = new Map(estimate(state!).map((row) => [row.destination, row]));
        const expected = vectorRows('epiflows/expected_risk_spread_all_states_nsim4e5_seed9000.csv').filter(
          (row) => row.origin === state,
        );
        for (const theirs of expected) {
          const ours = rows.get(theirs.destination!)!;
          close(ours.mean, numberIn(theirs, 'mean_cases'), 0.01, `${theirs.destination} mean`);
          close(ours.lower, numberIn(theirs, 'lower_limit_95CI'), 0.01, `${theirs.destination} lower`);
          close(ours.upper, numberIn(theirs, 'upper_limit_95CI'), 0.01, `${theirs.destination} upper`);
        }
      },
    })),
    {
      name: 'fixed periods by hand: Italy .14514 + .08039, Argentina .30278 + .82769, Paraguay .15612',
      check: () => {
        const origin = { cases: 2600, population: 3_973_697, windowDays: 116 };
        const at = (travellersOut: number, travellersIn: number, stayDays: number) =>
          expectedImportation(origin, { travellersOut, travellersIn, stayDays }, 4.6, 4.5);
        const italy = at(2827.572, 1566.257, 30.1);
        same(italy.exported, 0.14514, 1e-5, 'Italy, exported');
        same(italy.returning, 0.08039, 1e-5, 'Italy, returning');
        const argentina = at(5898.905, 16_125.23, 10.9);
        same(argentina.exported, 0.30278, 1e-5, 'Argentina, exported');
        same(argentina.returning, 0.82769, 1e-5, 'Argentina, returning');
        const paraguay = at(1164.344, 2340.148, 7.3);
        same(paraguay.exported + paraguay.returning, 0.15612, 1e-5, 'Paraguay');
      },
    },
  ],
};

export default suite;
