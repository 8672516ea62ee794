import { checkCount, type Proportion, proportion } from './proportion.ts';

export interface VoucherCounts {
  /** People the scheme is for. The denominator: not those who got a voucher. */
  readonly eligible: number;
  /** People who were issued a voucher. */
  readonly issued?: number | undefined;
  /** People who used it at least once. */
  readonly served?: number | undefined;
  /** Services given: several a person, so never a share of people. */
  readonly services?: number | undefined;
  /** The eligible as a share of the population, where published. */
  readonly eligibleShareOfPopulation?: number | undefined;
}

export interface VoucherIndicators {
  readonly issuedOfEligible: Proportion | null;
  readonly servedOfEligible: Proportion | null;
  readonly servedOfIssued: Proportion | null;
  readonly servicesPerServed: number | null;
  readonly servicesPerEligible: number | null;
  /** The population the published share implies. */
  readonly impliedPopulation: number | null;
}

/**
 * Indicators of a voucher scheme. Shares are of people; services are a ratio.
 *
 * @throws RangeError for counts that are not whole, or more people issued or served than eligible.
 */
export function voucherIndicators(counts: VoucherCounts): VoucherIndicators {
  const { eligible, issued, served, services, eligibleShareOfPopulation: share } = counts;
  if (services !== undefined) {
    checkCount(services, 'The number of services');
  }
  if (share !== undefined && !(share > 0 && share <= 1)) {
    throw new RangeError('The share of the population is above 0 and at most 1.');
  }
  const ratio = (people: number | undefined) => (services === undefined || !people ? null : services / people);
  return {
    issuedOfEligible: issued === undefined ? null : proportion(issued, eligible),
    servedOfEligible: served === undefined ? null : proportion(served, eligible),
    servedOfIssued: served === undefined || issued === undefined ? null : proportion(served, issued),
    servicesPerServed: ratio(served),
    servicesPerEligible: ratio(eligible),
    impliedPopulation: share === undefined ? null : eligible / share,
  };
}
