import type { Consent, Encounter, EpisodeOfCare, Patient, Resource } from '@medplum/fhirtypes';
import type { ConsentFact, PersonFacts, PurposeOfUse } from './types.ts';

/** Extension on a `Consent` provision that limits it to a partner country (two letters). */
export const consentCountryExtension = 'https://serai.example/StructureDefinition/consent-country';

/**
 * What a person has said about a purpose: a refusal for the country asking, or for everyone, outweighs a permit.
 * For someone abroad, sharing (`COC`) is what has to be permitted, whatever the purpose; a refusal of either closes.
 */
export function consentFor(
  person: PersonFacts | undefined,
  purpose: PurposeOfUse,
  country: string | undefined,
): 'permit' | 'deny' | 'silent' {
  if (!person) {
    return 'silent';
  }
  const said = (about: PurposeOfUse, decision: ConsentFact['decision']) =>
    person.consents.some(
      (consent) =>
        consent.purpose === about && consent.decision === decision && (!consent.country || consent.country === country),
    );
  // An emergency does not undo a refusal of treatment by itself: only break-glass does (`consent.denied`).
  const closing: PurposeOfUse[] = [purpose];
  if (purpose === 'ETREAT') {
    closing.push('TREAT');
  }
  if (country) {
    closing.push('COC');
  }
  if (closing.some((about) => said(about, 'deny'))) {
    return 'deny';
  }
  return said(country ? 'COC' : purpose, 'permit') ? 'permit' : 'silent';
}

/** The facts of one person from the resources that carry them; others are passed over. */
export function personFacts(resources: readonly Resource[]): PersonFacts {
  const facilities = new Set<string>();
  const latest = new Map<string, ConsentFact & { readonly at: string }>();
  for (const resource of resources) {
    if (resource.resourceType === 'Consent') {
      for (const fact of consentFacts(resource)) {
        const key = `${fact.purpose} ${fact.country ?? ''}`;
        const before = latest.get(key);
        if (!before || before.at <= fact.at) {
          latest.set(key, fact);
        }
      }
    }
    const facility = facilityOf(resource);
    if (facility) {
      facilities.add(facility);
    }
  }
  return {
    consents: [...latest.values()].map(({ at: _, ...fact }) => fact),
    facilities: [...facilities].sort(),
  };
}

function consentFacts(consent: Consent): (ConsentFact & { at: string })[] {
  if (consent.status !== 'active' || !consent.id) {
    return [];
  }
  const country = consent.provision?.extension?.find((each) => each.url === consentCountryExtension)?.valueCode;
  return (consent.provision?.purpose ?? []).map((coding) => ({
    id: consent.id as string,
    purpose: coding.code as PurposeOfUse,
    decision: consent.provision?.type === 'deny' ? 'deny' : 'permit',
    at: consent.dateTime ?? consent.meta?.lastUpdated ?? '',
    ...(country && { country }),
  }));
}

function facilityOf(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
      return (resource as Encounter).serviceProvider?.reference;
    case 'EpisodeOfCare':
      return (resource as EpisodeOfCare).managingOrganization?.reference;
    case 'Patient':
      return (resource as Patient).managingOrganization?.reference;
    default:
      return undefined;
  }
}
