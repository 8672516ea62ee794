import type { Provenance } from '../provenance.ts';

export const contactProvenance: Provenance = {
  source: 'WHO, investigating contacts of persons with infectious TB; rules of CureTB for contacts forwarded abroad',
  effectiveFrom: '2012-01-01',
  jurisdiction: 'WHO',
};

/** Months before treatment in which sharing a home makes a household contact. */
export const householdContactMonths = 3;
/** Days from listing to visit. */
export const visitWithinDays = 7;

export interface Contact {
  readonly ageYears: number;
  readonly symptoms: boolean;
  /** HIV or another weakened immunity. */
  readonly immunocompromised: boolean;
  /** The index case has MDR or RR TB. */
  readonly indexResistant: boolean;
}

/** In order: whoever meets an earlier one is seen first. */
export const contactPriorities = [
  { priority: 1, reason: 'symptoms', holds: (contact: Contact) => contact.symptoms },
  { priority: 2, reason: 'under-5', holds: (contact: Contact) => contact.ageYears < 5 },
  { priority: 3, reason: 'immunocompromised', holds: (contact: Contact) => contact.immunocompromised },
  { priority: 4, reason: 'index-resistant', holds: (contact: Contact) => contact.indexResistant },
] as const;

export interface ContactPriority {
  /** 1 first; 5 for nobody's reason. */
  readonly priority: number;
  readonly reasons: readonly string[];
  /** Forwarded abroad with priority: below five or immunocompromised. */
  readonly forwardFirst: boolean;
}

/** How soon a contact is seen, and why. The index case's name is no part of it, and never of what the contact is told. */
export function contactPriority(contact: Contact): ContactPriority {
  const met = contactPriorities.filter((row) => row.holds(contact));
  return {
    priority: met[0]?.priority ?? contactPriorities.length + 1,
    reasons: met.map((row) => row.reason),
    forwardFirst: contact.ageYears < 5 || contact.immunocompromised,
  };
}

export interface IndexCase {
  readonly confirmedPulmonary: boolean;
  readonly resistant: boolean;
  readonly hiv: boolean;
  readonly ageYears: number;
}

/** Whether contacts of a case are traced first, and why. A child below five is a reason to look for the source. */
export function indexPriority(index: IndexCase): { readonly trace: boolean; readonly reasons: readonly string[] } {
  const reasons = [
    ...(index.confirmedPulmonary ? ['confirmed-pulmonary'] : []),
    ...(index.resistant ? ['resistant'] : []),
    ...(index.hiv ? ['hiv'] : []),
    ...(index.ageYears < 5 ? ['source-search'] : []),
  ];
  return { trace: reasons.length > 0, reasons };
}
