import type { Prng } from '../../base/prng.ts';

/** What is known of a site where people gather or cross; shares lie between 0 and 1. */
export interface Site {
  readonly name: string;
  readonly dailyTravellers: number;
  /** Share of the flow that comes from the affected area, or a relative importation risk. */
  readonly linkToAffected: number;
  readonly mixingWithResidents: number;
  readonly crowding: number;
  readonly seasonalSurge: number;
  readonly hoursToReferral: number;
  /** Gap in screening, water and sanitation, staff. */
  readonly serviceGap: number;
  /** Share of children, undocumented or pregnant travellers. */
  readonly vulnerableShare: number;
  /** Residents around the site: decides between equal scores. */
  readonly population: number;
}

export const CRITERIA = [
  'dailyTravellers',
  'linkToAffected',
  'mixingWithResidents',
  'crowding',
  'seasonalSurge',
  'hoursToReferral',
  'serviceGap',
  'vulnerableShare',
] as const;
export type Criterion = (typeof CRITERIA)[number];
export type Weights = Readonly<Record<Criterion, number>>;

/** Starting weights; they add up to 1, and others are divided by their sum. */
export const DEFAULT_WEIGHTS: Weights = {
  dailyTravellers: 0.2,
  linkToAffected: 0.25,
  mixingWithResidents: 0.1,
  crowding: 0.1,
  seasonalSurge: 0.05,
  hoursToReferral: 0.1,
  serviceGap: 0.1,
  vulnerableShare: 0.1,
};

export type Band = 'top' | 'high' | 'medium' | 'low';

/**
 * How each criterion becomes a number between 0 and 1. `range`: from the least to the most of the area; `largest`: as a
 * share of the most; `given`: shares are taken as they are, travellers and hours as a share of the most.
 */
export type Scaling = 'range' | 'largest' | 'given';

export interface RankedSite {
  readonly name: string;
  /** 0 to 100. */
  readonly score: number;
  /** 1 is the first to act on. */
  readonly rank: number;
  readonly band: Band;
  readonly scoreLow: number;
  readonly scoreHigh: number;
  readonly rankBest: number;
  readonly rankWorst: number;
  /** Share of the weightings tried under which the site keeps its band. */
  readonly bandKept: number;
  /** The criterion that gives most of the score. */
  readonly mainReason: Criterion;
}

/**
 * Ranks sites by a weighted score and says how far the answer depends on the weights: every weight alone 20 % up and
 * down, then `draws` weightings with all of them moved at random within ±20 %, always rescaled to the same sum.
 */
export function* rankSites(
  sites: readonly Site[],
  weights: Weights,
  scaling: Scaling,
  draws: number,
  prng: Prng,
): Generator<number, RankedSite[]> {
  const scaled = CRITERIA.map((criterion) => scale(sites, criterion, scaling));
  const populations = sites.map((site) => site.population);
  const base = CRITERIA.map((criterion) => weights[criterion]);
  const scores = scoreAll(scaled, base);
  const ranks = rankAll(scores, populations);
  const low = scores.slice();
  const high = scores.slice();
  const best = ranks.slice();
  const worst = ranks.slice();
  const kept = new Float64Array(sites.length);
  let tried = 0;
  const attempt = (weighting: readonly number[]) => {
    const variedScores = scoreAll(scaled, weighting);
    const variedRanks = rankAll(variedScores, populations);
    tried++;
    for (let i = 0; i < sites.length; i++) {
      low[i] = Math.min(low[i]!, variedScores[i]!);
      high[i] = Math.max(high[i]!, variedScores[i]!);
      best[i] = Math.min(best[i]!, variedRanks[i]!);
      worst[i] = Math.max(worst[i]!, variedRanks[i]!);
      kept[i]! += bandOf(variedScores[i]!) === bandOf(scores[i]!) ? 1 : 0;
    }
  };
  for (let k = 0; k < base.length; k++) {
    for (const factor of [0.8, 1.2]) {
      attempt(base.map((weight, j) => (j === k ? weight * factor : weight)));
    }
  }
  for (let draw = 0; draw < draws; draw++) {
    attempt(base.map((weight) => weight * (0.8 + 0.4 * prng.uniform())));
    if (draw % 20 === 19) {
      yield draw / draws;
    }
  }
  return sites
    .map((site, i) => ({
      name: site.name,
      score: scores[i]!,
      rank: ranks[i]!,
      band: bandOf(scores[i]!),
      scoreLow: low[i]!,
      scoreHigh: high[i]!,
      rankBest: best[i]!,
      rankWorst: worst[i]!,
      bandKept: kept[i]! / tried,
      mainReason: CRITERIA[indexOfMost(base.map((weight, k) => weight * scaled[k]![i]!))]!,
    }))
    .sort((a, b) => a.rank - b.rank);
}

export function bandOf(score: number): Band {
  // Scores are sums of products; a hair below 70 is 70.
  const rounded = Math.round(score * 1e9) / 1e9;
  return rounded >= 70 ? 'top' : rounded >= 50 ? 'high' : rounded >= 30 ? 'medium' : 'low';
}

function scale(sites: readonly Site[], criterion: Criterion, scaling: Scaling): Float64Array {
  const raw = Float64Array.from(sites, (site) =>
    // People notice tenfold differences in crowds, not differences in heads.
    criterion === 'dailyTravellers' ? Math.log1p(site.dailyTravellers) : site[criterion],
  );
  const most = raw.reduce((a, b) => Math.max(a, b), 0);
  const least = raw.reduce((a, b) => Math.min(a, b), most);
  const isShare = criterion !== 'dailyTravellers' && criterion !== 'hoursToReferral';
  if (most === 0 || (scaling === 'given' && isShare)) {
    return raw;
  }
  // Where all sites are alike a range says nothing; what all share counts in full.
  return scaling === 'range' && most > least ? raw.map((x) => (x - least) / (most - least)) : raw.map((x) => x / most);
}

function scoreAll(scaled: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const total = weights.reduce((a, b) => a + b, 0);
  const scores = new Float64Array(scaled[0]!.length);
  for (const [k, weight] of weights.entries()) {
    for (let i = 0; i < scores.length; i++) {
      scores[i]! += (100 * weight * scaled[k]![i]!) / total;
    }
  }
  return scores;
}

function rankAll(scores: Float64Array, populations: readonly number[]): Int32Array {
  const order = Int32Array.from(scores.keys()).sort((a, b) => {
    const difference = scores[b]! - scores[a]!;
    return Math.abs(difference) > 1e-9 ? difference : populations[b]! - populations[a]! || a - b;
  });
  const ranks = new Int32Array(scores.length);
  for (const [place, i] of order.entries()) {
    ranks[i] = place + 1;
  }
  return ranks;
}

function indexOfMost(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
