import { type CompoundAssumptions, compoundMoments } from '@serai/kernel/models/actuarial/premium.ts';
import { normalCdf, normalQuantile } from '@serai/kernel/models/numeric/special.ts';

/** How many members a pool needs (DOMAIN F.6; S42): chance averages out by √n, a common shock does not. */

export type PoolRisk = Pick<
  CompoundAssumptions,
  'claimsPerMember' | 'severityMean' | 'severitySd' | 'commonShockSd' | 'size'
>;

export interface PoolRow {
  readonly members: number;
  readonly expected: number;
  readonly sd: number;
  readonly cv: number;
  /** Capital beyond the mean for the one-year 99.5 % quantile (normal), for each member. */
  readonly capitalPerMember: number;
  /** Chance that a year's claims exceed the loaded premium. */
  readonly ruin: number;
  readonly purePremium: number;
  /** With the capital's cost, before expenses. */
  readonly riskPremium: number;
}

export interface PoolTerms {
  /** Loading of the premium over expected claims, as a share. */
  readonly loading: number;
  /** Capital level, like 0.995. */
  readonly level: number;
  /** Yearly cost of capital. */
  readonly costOfCapital: number;
}

export function poolRow(risk: PoolRisk, members: number, { loading, level, costOfCapital }: PoolTerms): PoolRow {
  const { mean, sd, cv } = compoundMoments({ ...risk, members });
  const capitalPerMember = (normalQuantile(level) * sd) / members;
  const purePremium = mean / members;
  return {
    members,
    expected: mean,
    sd,
    cv,
    capitalPerMember,
    ruin: 1 - normalCdf((loading * mean) / sd),
    purePremium,
    riskPremium: purePremium + costOfCapital * capitalPerMember,
  };
}

const most = 1_000_000_000;

/** The smallest pool for which something holds, where it holds for every larger one; undefined where none does. */
export function smallestPool(holds: (members: number) => boolean): number | undefined {
  if (!holds(most)) {
    return undefined;
  }
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high;
}

export interface PoolTargets {
  readonly cv: number;
  readonly ruin: number;
  readonly capitalPerMember: number;
}

/** Members needed for each target; undefined where the common shock keeps it out of reach. */
export function requiredPools(risk: PoolRisk, terms: PoolTerms, targets: PoolTargets) {
  const row = (members: number) => poolRow(risk, members, terms);
  return {
    cv: smallestPool((members) => row(members).cv <= targets.cv),
    ruin: smallestPool((members) => row(members).ruin <= targets.ruin),
    capitalPerMember: smallestPool((members) => row(members).capitalPerMember <= targets.capitalPerMember),
  };
}
