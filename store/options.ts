import type { Resource } from '@medplum/fhirtypes';
import type { DataCategory, PersonFacts } from '@serai/policy/types.ts';

/** What of a resource decisions rest on; kept in its row when it is written. */
export interface Classification {
  readonly categories: readonly DataCategory[];
  readonly labels: readonly string[];
}

/** What the store needs to know of the product's rules; the policy room writes these. */
export interface StoreRules {
  /** The parts of a record a resource falls into (at least one) and its sensitivity labels. */
  readonly classify: (resource: Resource) => Classification;
  /** Facts of one person, from that person's Patient, Consent, Encounter and EpisodeOfCare resources. */
  readonly personFacts: (resources: readonly Resource[]) => PersonFacts;
  /** Takes out the fields of a resource whose category the reader may not have. */
  readonly mask?: <T extends Resource>(resource: T, may: (category: DataCategory) => boolean) => T;
  /** This node's FHIR address ending in `/`, for page links and to recognise its own absolute references. */
  readonly baseUrl: string;
}

/** Types whose resources bear a person's facts. */
export const FACT_TYPES: ReadonlySet<string> = new Set(['Patient', 'Consent', 'Encounter', 'EpisodeOfCare']);
