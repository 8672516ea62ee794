import { type Money, money, parseMoney } from '@serai/kernel/base/money.ts';
import type { Scheme } from '../schemes/scheme.ts';

/** Standard deviations above the mean from which a claim is worth a second look: about one in a thousand, were they normal. */
const deviations = 3n;

/**
 * From what a claim is decided by two people: the mean claim plus three standard deviations, as the scheme's pricing
 * assumed; without assumptions, 10,000 units of the currency.
 */
export function fourEyesFrom(schemes: readonly Scheme[], schemeId: string, currency: string): Money {
  const scheme = schemes.findLast((each) => each.id === schemeId && each.currency === currency);
  const mean = scheme?.assumptions && parseMoney(scheme.assumptions.meanClaim, currency);
  const deviation = scheme?.assumptions && parseMoney(scheme.assumptions.claimStandardDeviation, currency);
  return mean && deviation
    ? money(mean.minor + deviations * deviation.minor, currency)
    : (parseMoney('10000', currency) ?? money(0n, currency));
}
