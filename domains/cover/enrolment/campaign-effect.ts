/**
 * What a campaign did, pure: the share of workers enrolled in targeted employers, before and after, against the same in
 * employers it was not for (difference in differences). The unit is the employer: workers of one employer enrol together,
 * so that intervals count employers, not workers.
 *
 * Method: for each employer the change of its share; the effect is the difference of the two arms' mean changes; the interval is
 * Welch's, with Student's t at the Welch–Satterthwaite degrees of freedom (Welch 1947). It assumes that both arms would have
 * gone the same way without the campaign.
 */

export interface EmployerCount {
  readonly groupId: string;
  readonly name: string;
  readonly arm: 'targeted' | 'control';
  readonly workers: number;
  readonly coveredBefore: number;
  readonly coveredAfter: number;
}

export interface ArmEffect {
  readonly employers: number;
  readonly workers: number;
  /** Of all workers of the arm, 0 to 1. */
  readonly before: number;
  readonly after: number;
  /** Mean of the employers' changes. */
  readonly meanChange: number;
}

export interface CampaignEffect {
  readonly targeted: ArmEffect;
  readonly control: ArmEffect;
  /** Difference of the mean changes, in shares: 0.12 is twelve points. */
  readonly effect: number;
  /** 95 %; absent where an arm has fewer than two employers. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** What the figures cannot carry. */
  readonly caution: 'none' | 'few-employers' | 'no-interval' | 'no-control';
}

/** Fewer employers in an arm are said to be few. */
const fewEmployers = 8;

export function campaignEffect(counts: readonly EmployerCount[]): CampaignEffect {
  const arm = (name: EmployerCount['arm']) => counts.filter((each) => each.arm === name && each.workers > 0);
  const targeted = arm('targeted');
  const control = arm('control');
  const a = changes(targeted);
  const b = changes(control);
  const effect = mean(a) - (control.length > 0 ? mean(b) : 0);
  const error = a.length > 1 && b.length > 1 ? Math.sqrt(variance(a) / a.length + variance(b) / b.length) : undefined;
  const half = error === undefined ? undefined : error === 0 ? 0 : studentT95(welchFreedom(a, b)) * error;
  return {
    targeted: armOf(targeted, a),
    control: armOf(control, b),
    effect,
    ...(half !== undefined && { interval: { low: effect - half, high: effect + half } }),
    caution:
      control.length === 0
        ? 'no-control'
        : half === undefined
          ? 'no-interval'
          : Math.min(a.length, b.length) < fewEmployers
            ? 'few-employers'
            : 'none',
  };
}

function changes(employers: readonly EmployerCount[]): number[] {
  return employers.map((each) => (each.coveredAfter - each.coveredBefore) / each.workers);
}

function armOf(employers: readonly EmployerCount[], change: readonly number[]): ArmEffect {
  const sum = (of: (each: EmployerCount) => number) => employers.reduce((total, each) => total + of(each), 0);
  const workers = sum((each) => each.workers);
  return {
    employers: employers.length,
    workers,
    before: workers === 0 ? 0 : sum((each) => each.coveredBefore) / workers,
    after: workers === 0 ? 0 : sum((each) => each.coveredAfter) / workers,
    meanChange: mean(change),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1);
}

function welchFreedom(a: readonly number[], b: readonly number[]): number {
  const u = variance(a) / a.length;
  const v = variance(b) / b.length;
  return (u + v) ** 2 / (u ** 2 / (a.length - 1) + v ** 2 / (b.length - 1));
}

/**
 * 97.5 % point of Student’s t, by the expansion of Abramowitz and Stegun 26.7.5: within half a hundredth from three degrees
 * of freedom on, and better with more.
 */
export function studentT95(freedom: number): number {
  if (freedom <= 1.0001) {
    return 12.7062;
  }
  const n = freedom;
  const z = 1.959963984540054;
  if (n < 3) {
    // Between one and three degrees the expansion is poor; the table's own points, joined.
    const table = [12.7062, 4.3027, 3.1824];
    const at = n - 1;
    const low = Math.floor(at);
    return Math.exp(Math.log(table[low]!) + (Math.log(table[low + 1]!) - Math.log(table[low]!)) * (at - low));
  }
  // Cornish–Fisher expansion in 1/n (Abramowitz and Stegun 26.7.5).
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + g1 / n + g2 / n ** 2 + g3 / n ** 3 + g4 / n ** 4;
}
