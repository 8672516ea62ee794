import type {
  Annotation,
  CodeableConcept,
  Encounter,
  Organization,
  Patient,
  Practitioner,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItemAnswer,
  Reference,
} from '@medplum/fhirtypes';
import type { Extract } from './mapping.ts';

/** HL7's code systems outside FHIR itself. */
export const terminology = 'http://terminology.hl7.org/CodeSystem';

/** What every resource of one assessment has in common. */
export interface Writing {
  readonly subject: Reference<Patient>;
  readonly encounter: Reference<Encounter>;
  readonly source: Reference<QuestionnaireResponse>;
  readonly author: Reference<Practitioner> | undefined;
  readonly performer: Reference<Practitioner | Organization>;
  readonly facility: Reference<Organization> | undefined;
  /** FHIR dateTime of the assessment. */
  readonly performed: string;
  /** Instant of recording. */
  readonly instant: string;
  readonly newId: () => string;
  /** Age in months where the form has it. */
  readonly ageMonths: number | undefined;
  /** How consent was given: who, in what form, through which interpreter. The same for every purpose. */
  readonly consentGiven: readonly Filled[];
}

/** What is known of one resource before it is written: the answers by the field they fill. */
export interface Facts {
  readonly extract: Extract;
  readonly code: CodeableConcept;
  readonly labels: readonly string[];
  readonly field: (role: string) => QuestionnaireResponseItemAnswer | undefined;
  readonly fields: (role: string) => readonly Filled[];
}

export interface Filled {
  readonly item: QuestionnaireItem;
  readonly answer: QuestionnaireResponseItemAnswer;
}

/** A code whose system says all there is to say of it. */
export function coded(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] };
}

export function noteOf(answer: QuestionnaireResponseItemAnswer | undefined): { note?: Annotation[] } {
  return answer?.valueString ? { note: [{ text: answer.valueString }] } : {};
}
