import { invariant } from '../../base/invariant.ts';

/** A directed link of a mobility network: people of `from` who are at `to` on an ordinary day. */
export interface MobilityLink {
  /** Index of the place they live in. */
  readonly from: number;
  /** Index of the place they visit. */
  readonly to: number;
  /** Travellers setting out each day. */
  readonly travellersPerDay: number;
  /** Mean days away. */
  readonly stayDays: number;
}

/** Places and, for each, the share of its residents who are elsewhere: rows of links, compressed. */
export interface MobilityNetwork {
  readonly places: number;
  readonly populations: Float64Array;
  /** Links of place i stand at `start[i] .. start[i + 1]`. */
  readonly start: Int32Array;
  readonly target: Int32Array;
  /** Share of the residents of the link's origin who are at its target. */
  readonly presence: Float64Array;
}

/**
 * Builds a network. By Little's law travellers per day × days away people are at the target on any day.
 * Where more would be away than 95 % of the residents, all links of the place are scaled down to that.
 */
export function mobilityNetwork(populations: readonly number[], links: readonly MobilityLink[]): MobilityNetwork {
  const places = populations.length;
  const count = new Int32Array(places + 1);
  const used = links.filter((link) => link.from !== link.to && link.travellersPerDay * link.stayDays > 0);
  for (const link of used) {
    invariant(link.from < places && link.to < places, 'links join places of the network');
    count[link.from + 1]!++;
  }
  for (let i = 0; i < places; i++) {
    count[i + 1]! += count[i]!;
  }
  const start = count.slice();
  const next = count.slice();
  const target = new Int32Array(used.length);
  const presence = new Float64Array(used.length);
  for (const link of used) {
    const at = next[link.from]!++;
    target[at] = link.to;
    presence[at] = (link.travellersPerDay * link.stayDays) / Math.max(1, populations[link.from]!);
  }
  for (let i = 0; i < places; i++) {
    let away = 0;
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      away += presence[at]!;
    }
    for (let at = start[i]!; away > MOST_AWAY && at < start[i + 1]!; at++) {
      presence[at]! *= MOST_AWAY / away;
    }
  }
  return { places, populations: Float64Array.from(populations), start, target, presence };
}

const MOST_AWAY = 0.95;
