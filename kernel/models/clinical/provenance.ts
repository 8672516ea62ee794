/**
 * Where a clinical table comes from. Every threshold, dose and schedule carries one, because published tables
 * contradict each other and the jurisdiction decides which of them applies.
 */
export interface Provenance {
  /** The publication, with the table or rule number. */
  readonly source: string;
  /** ISO date from which the table applies. */
  readonly effectiveFrom: string;
  /** `WHO`, or an ISO 3166-1 alpha-2 country code, or `example` where nobody's policy is stated. */
  readonly jurisdiction: string;
  readonly note?: string;
}
