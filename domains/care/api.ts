import type { QuestionnaireResponse } from '@medplum/fhirtypes';

/** `GET /api/assessment-form` answers the `Questionnaire` (translations as FHIR extensions). */

/** `POST /api/persons/:id/assessments`. */
export interface RecordAssessment {
  readonly requestId: string;
  readonly response: QuestionnaireResponse;
}

export interface RecordedAssessment {
  readonly assessmentId: string;
  readonly encounterId: string;
  /** What was written, in FHIR references by type. */
  readonly created: Readonly<Record<string, number>>;
  readonly screening: ScreeningResult;
}

/** TB screening as shown while the form is filled and stored with the assessment. Same pure function on both sides. */
export interface ScreeningResult {
  readonly result: 'positive' | 'negative' | 'inconclusive' | 'incomplete';
  readonly algorithm: string;
  readonly group: string;
  readonly reasons: readonly string[];
  readonly nextStep: string;
  readonly source: string;
}

/** `GET /fhir/R4/Patient/:id/$summary?language=my` answers an IPS document `Bundle`. */
