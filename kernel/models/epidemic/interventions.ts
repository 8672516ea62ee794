import type { MobilityNetwork } from './network.ts';

/**
 * Parts of a scenario that any network model accepts, made by the functions below and combined freely in a list.
 * Days are counted from 0; `untilDay` is the first day on which it no longer holds. Places are indices; undefined
 * means everywhere. Several of a kind multiply.
 */
export type Intervention = Screening | Closure | ContactReduction | Vaccination;

interface Period {
  readonly fromDay: number;
  readonly untilDay: number;
}

export interface Screening extends Period {
  readonly kind: 'screening';
  /** Arrivals at these places are screened. */
  readonly places: readonly number[] | undefined;
  /** Share of infectious arrivals found and kept from mixing. */
  readonly detectedShare: number;
}

export interface Closure extends Period {
  readonly kind: 'closure';
  /** Links into or out of these places are closed. */
  readonly places: readonly number[] | undefined;
  /** Share of the journeys that no longer take place. */
  readonly reduction: number;
}

export interface ContactReduction extends Period {
  readonly kind: 'contact-reduction';
  readonly places: readonly number[] | undefined;
  /** Share by which contacts at the places fall. */
  readonly reduction: number;
}

export interface Vaccination extends Period {
  readonly kind: 'vaccination';
  readonly places: readonly number[] | undefined;
  /** Doses a day at each place, given to residents not yet vaccinated whether susceptible or not. */
  readonly dosesPerDay: number;
  /** Share of the vaccinated who are wholly protected from then on; the others not at all. */
  readonly efficacy: number;
}

type Parts<T extends Intervention> = Omit<T, 'kind' | 'places'> & { readonly places?: readonly number[] };

export function borderScreening(parts: Parts<Screening>): Screening {
  return { ...parts, kind: 'screening', places: parts.places };
}
export function closure(parts: Parts<Closure>): Closure {
  return { ...parts, kind: 'closure', places: parts.places };
}
export function contactReduction(parts: Parts<ContactReduction>): ContactReduction {
  return { ...parts, kind: 'contact-reduction', places: parts.places };
}
export function vaccination(parts: Parts<Vaccination>): Vaccination {
  return { ...parts, kind: 'vaccination', places: parts.places };
}

/** What holds on a stretch of days without a change. */
export interface Regime {
  /** Share of each place's residents at each link's target. */
  readonly presence: Float64Array;
  /** Share of each place's residents at home. */
  readonly home: Float64Array;
  /** Share of each place's infectious residents who mix at each link's target: those present less those found. */
  readonly mixing: Float64Array;
  /** Factor on contacts at each place. */
  readonly contacts: Float64Array;
  /** People present at each place. */
  readonly present: Float64Array;
  readonly dosesPerDay: Float64Array;
  /** Protection given by a dose at each place. */
  readonly efficacy: Float64Array;
}

/** Days on which something begins or ends, 0 included, in order. */
export function changeDays(interventions: readonly Intervention[]): number[] {
  const days = new Set([0]);
  for (const { fromDay, untilDay } of interventions) {
    days.add(Math.max(0, fromDay));
    days.add(Math.max(0, untilDay));
  }
  return [...days].sort((a, b) => a - b);
}

/** Everything that holds on `day`, laid over the network. */
export function regimeOn(network: MobilityNetwork, interventions: readonly Intervention[], day: number): Regime {
  const { places, populations, start, target } = network;
  const regime: Regime = {
    presence: network.presence.slice(),
    home: new Float64Array(places).fill(1),
    mixing: network.presence.slice(),
    contacts: new Float64Array(places).fill(1),
    present: new Float64Array(places),
    dosesPerDay: new Float64Array(places),
    efficacy: new Float64Array(places),
  };
  for (const one of interventions) {
    if (day < one.fromDay || day >= one.untilDay) {
      continue;
    }
    const chosen = one.places && new Set(one.places);
    const holds = (place: number) => !chosen || chosen.has(place);
    for (let i = 0; i < places; i++) {
      if (one.kind === 'contact-reduction' && holds(i)) {
        regime.contacts[i]! *= 1 - one.reduction;
      }
      if (one.kind === 'vaccination' && holds(i)) {
        // Campaigns at once share the people: their doses add up and their efficacy is averaged over the doses.
        const doses = regime.dosesPerDay[i]! + one.dosesPerDay;
        regime.efficacy[i] =
          doses > 0 ? (regime.efficacy[i]! * regime.dosesPerDay[i]! + one.efficacy * one.dosesPerDay) / doses : 0;
        regime.dosesPerDay[i] = doses;
      }
      for (let at = start[i]!; at < start[i + 1]!; at++) {
        if (one.kind === 'closure' && (holds(i) || holds(target[at]!))) {
          regime.presence[at]! *= 1 - one.reduction;
          regime.mixing[at]! *= 1 - one.reduction;
        }
        if (one.kind === 'screening' && holds(target[at]!)) {
          regime.mixing[at]! *= 1 - one.detectedShare;
        }
      }
    }
  }
  for (let i = 0; i < places; i++) {
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      regime.home[i]! -= regime.presence[at]!;
      regime.present[target[at]!]! += regime.presence[at]! * populations[i]!;
    }
    regime.present[i]! += regime.home[i]! * populations[i]!;
  }
  return regime;
}
