import type { Prng } from '../../base/prng.ts';
import { type Chance, chanceOf, drawWithChance, drawWithHazard } from './chance.ts';
import { changeDays, type Intervention, type Regime, regimeOn } from './interventions.ts';
import type { MobilityNetwork } from './network.ts';

export interface OutbreakScenario {
  readonly network: MobilityNetwork;
  readonly reproductionNumber: number;
  /** Mean days from infection to becoming infectious; 0 for none. */
  readonly latentDays: number;
  /** Mean days of being infectious; below 1 it counts as 1, the step of the model. */
  readonly infectiousDays: number;
  /** Infectious residents of each place on day 0. */
  readonly infectious: Float64Array;
  /** Immune residents of each place on day 0. */
  readonly immune: Float64Array;
  readonly interventions: readonly Intervention[];
  readonly days: number;
  readonly runs: number;
}

export interface OutbreakRuns {
  /** New infections, `runs × days`. */
  readonly newInfections: Float64Array;
  /** People infectious at the end of the day, `runs × days`. */
  readonly infectious: Float64Array;
  /** People infected by the end, those of day 0 included, `runs × places`. */
  readonly infected: Float64Array;
  /** Day of the first infection, `runs × places`; −1 where there was none. */
  readonly arrivalDay: Int32Array;
  /** Doses given by the end, `runs × places`. */
  readonly doses: Float64Array;
}

/**
 * Stochastic SEIR over places whose residents spend part of their days elsewhere: a daily chain binomial.
 *
 * Residents of i meet, in proportion to where they are, the infectious people present there:
 * λ_i = β Σ_j m_ij c_j P_j, P_j = Σ_k m_kj u_kj I_k / Σ_k m_kj N_k, where m is presence, c contacts and u the
 * unscreened share (Keeling and Rohani 2008, section 7.2; Sattenspiel and Dietz 1995, Math Biosci 128:71).
 * Stays in E and I are geometric with the given means, β = R0 / infectious days.
 */
export function* simulateOutbreak(scenario: OutbreakScenario, prng: Prng): Generator<number, OutbreakRuns> {
  const { network, days, runs } = scenario;
  const changes = changeDays(scenario.interventions);
  const regimes = changes.map((day) => regimeOn(network, scenario.interventions, day));
  const results: OutbreakRuns = {
    newInfections: new Float64Array(runs * days),
    infectious: new Float64Array(runs * days),
    infected: new Float64Array(runs * network.places),
    arrivalDay: new Int32Array(runs * network.places).fill(-1),
    doses: new Float64Array(runs * network.places),
  };
  const daysATurn = Math.max(1, Math.floor(500_000 / (network.places + network.target.length)));
  for (let run = 0; run < runs; run++) {
    const one = startRun(scenario);
    const chance = prng.fork();
    let regime = 0;
    for (let day = 0; day < days; day++) {
      while (regime + 1 < changes.length && changes[regime + 1]! <= day) {
        regime++;
      }
      stepDay(one, scenario, regimes[regime]!, chance);
      results.newInfections[run * days + day] = one.newInfections;
      results.infectious[run * days + day] = one.totalInfectious;
      if (one.newInfections > 0) {
        noteArrivals(one, results.arrivalDay, run * network.places, day);
      }
      if (day % daysATurn === daysATurn - 1) {
        yield (run + day / days) / runs;
      }
    }
    for (let i = 0; i < network.places; i++) {
      results.infected[run * network.places + i] = one.everInfected[i]!;
      results.doses[run * network.places + i] = one.doses[i]!;
      if (scenario.infectious[i]! > 0) {
        results.arrivalDay[run * network.places + i] = 0;
      }
    }
    yield (run + 1) / runs;
  }
  return results;
}

interface Run {
  readonly susceptible: Float64Array;
  readonly exposed: Float64Array;
  readonly infectious: Float64Array;
  readonly everInfected: Float64Array;
  readonly doses: Float64Array;
  readonly pressure: Float64Array;
  readonly newHere: Float64Array;
  /** Chance of an exposed person to become infectious in a day, and of an infectious one to recover. */
  readonly becoming: Chance;
  readonly recovering: Chance;
  newInfections: number;
  totalInfectious: number;
  totalExposed: number;
}

function startRun(scenario: OutbreakScenario): Run {
  const { populations, places } = scenario.network;
  const infectious = scenario.infectious.slice();
  let totalInfectious = 0;
  for (const count of infectious) {
    totalInfectious += count;
  }
  return {
    susceptible: populations.map((people, i) => Math.max(0, people - infectious[i]! - scenario.immune[i]!)),
    exposed: new Float64Array(places),
    infectious,
    everInfected: infectious.slice(),
    doses: new Float64Array(places),
    pressure: new Float64Array(places),
    newHere: new Float64Array(places),
    becoming: chanceOf(scenario.latentDays > 1 ? 1 / scenario.latentDays : 1),
    recovering: chanceOf(scenario.infectiousDays > 1 ? 1 / scenario.infectiousDays : 1),
    newInfections: 0,
    totalInfectious,
    totalExposed: 0,
  };
}

/** One day of one run, in place. */
function stepDay(run: Run, scenario: OutbreakScenario, regime: Regime, prng: Prng): void {
  const { places, start, target, populations } = scenario.network;
  const { susceptible, exposed, infectious, everInfected, doses, pressure, newHere } = run;
  const { presence, home, mixing, contacts, present, dosesPerDay, efficacy } = regime;
  // A stay shorter than the daily step lasts one step, and infects no more for it.
  const beta = scenario.reproductionNumber / Math.max(1, scenario.infectiousDays);
  const noLatency = scenario.latentDays === 0;

  run.newInfections = 0;
  newHere.fill(0);
  if (run.totalInfectious > 0) {
    pressure.fill(0);
    for (let k = 0; k < places; k++) {
      const sick = infectious[k]!;
      if (sick > 0) {
        pressure[k]! += home[k]! * sick;
        const end = start[k + 1]!;
        for (let at = start[k]!; at < end; at++) {
          pressure[target[at]!]! += mixing[at]! * sick;
        }
      }
    }
    for (let j = 0; j < places; j++) {
      pressure[j] = present[j]! > 0 ? (beta * contacts[j]! * pressure[j]!) / present[j]! : 0;
    }
    for (let i = 0; i < places; i++) {
      const people = susceptible[i]!;
      if (people === 0) {
        continue;
      }
      let force = home[i]! * pressure[i]!;
      const end = start[i + 1]!;
      for (let at = start[i]!; at < end; at++) {
        force += presence[at]! * pressure[target[at]!]!;
      }
      if (force > 0) {
        newHere[i] = drawWithHazard(prng, people, force);
      }
    }
  }
  run.totalInfectious = 0;
  run.totalExposed = 0;
  for (let i = 0; i < places; i++) {
    const fresh = newHere[i]!;
    // Those infected today leave E from tomorrow, those infectious today may recover at its end.
    const onset = exposed[i]! > 0 ? drawWithChance(prng, exposed[i]!, run.becoming) : 0;
    const recovered = infectious[i]! > 0 ? drawWithChance(prng, infectious[i]!, run.recovering) : 0;
    susceptible[i]! -= fresh;
    exposed[i]! += (noLatency ? 0 : fresh) - onset;
    infectious[i]! += (noLatency ? fresh : 0) + onset - recovered;
    everInfected[i]! += fresh;
    run.newInfections += fresh;
    run.totalInfectious += infectious[i]!;
    run.totalExposed += exposed[i]!;
    const wanted = Math.min(dosesPerDay[i]!, populations[i]! - doses[i]!);
    if (wanted > 0) {
      const share = wanted / (populations[i]! - doses[i]!);
      doses[i]! += wanted;
      susceptible[i]! -= drawWithChance(prng, susceptible[i]!, chanceOf(share * efficacy[i]!));
    }
  }
}

function noteArrivals(run: Run, arrivalDay: Int32Array, offset: number, day: number): void {
  for (let i = 0; i < run.newHere.length; i++) {
    if (run.newHere[i]! > 0 && arrivalDay[offset + i] === -1) {
      arrivalDay[offset + i] = day;
    }
  }
}
