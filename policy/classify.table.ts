import type { DataCategory } from './types.ts';

/**
 * Which part of a record a resource is, and how sensitive: data, not code.
 * Sources: HL7 v3-ActCode sensitivity labels (DOMAIN L.3), FHIR mapping (DOMAIN N), IPS sections (DOMAIN B.4).
 */

/** The category a resource has by its type alone. Types not named are `administrative`. */
export const categoryByType: Readonly<Record<string, readonly DataCategory[]>> = {
  Patient: ['identity'],
  Person: ['identity'],
  RelatedPerson: ['contact'],
  Condition: ['problems'],
  FamilyMemberHistory: ['problems'],
  Flag: ['problems'],
  ClinicalImpression: ['problems'],
  AllergyIntolerance: ['allergies'],
  MedicationStatement: ['medications'],
  MedicationRequest: ['medications'],
  MedicationAdministration: ['medications'],
  MedicationDispense: ['medications'],
  Immunization: ['immunizations'],
  ImmunizationRecommendation: ['immunizations'],
  ImmunizationEvaluation: ['immunizations'],
  DiagnosticReport: ['results'],
  ImagingStudy: ['results'],
  Specimen: ['results'],
  Observation: ['results'],
  Procedure: ['procedures'],
  Device: ['devices'],
  DeviceUseStatement: ['devices'],
  CarePlan: ['plan-of-care'],
  CareTeam: ['plan-of-care'],
  Goal: ['plan-of-care'],
  ServiceRequest: ['plan-of-care'],
  Task: ['plan-of-care'],
  Appointment: ['plan-of-care'],
  NutritionOrder: ['plan-of-care'],
  Encounter: ['encounters'],
  EpisodeOfCare: ['encounters'],
  QuestionnaireResponse: ['assessment'],
  Consent: ['consent'],
  Provenance: ['provenance'],
  AuditEvent: ['provenance'],
  InsurancePlan: ['administrative'],
  Coverage: ['cover'],
  CoverageEligibilityRequest: ['cover'],
  CoverageEligibilityResponse: ['cover'],
  Claim: ['claims'],
  ClaimResponse: ['claims'],
  ExplanationOfBenefit: ['claims'],
  PaymentNotice: ['fund'],
  PaymentReconciliation: ['fund'],
  Account: ['fund'],
  DocumentReference: ['assessment'],
  Composition: ['assessment'],
  Bundle: ['assessment'],
  Media: ['results'],
  Communication: ['contact'],
  CommunicationRequest: ['contact'],
};

/** An Observation's own category decides before its type does. */
export const categoryByObservationCategory: Readonly<Record<string, DataCategory>> = {
  'vital-signs': 'vital-signs',
  'social-history': 'social-history',
  laboratory: 'results',
  imaging: 'results',
  exam: 'results',
  survey: 'assessment',
  procedure: 'procedures',
};

export interface SensitiveCode {
  /** System prefix, or `*` for any. */
  readonly system: string;
  /** Exact code, or a prefix ending in `*`. */
  readonly code: string;
}

export interface SensitivityRule {
  /** Added to, or with `only`, put in place of the type's own category. */
  readonly category: DataCategory;
  readonly only?: boolean;
  /** Labels of `meta.security`; empty where the category alone matters. */
  readonly labels: readonly string[];
  readonly codes: readonly SensitiveCode[];
}

const snomed = (...codes: string[]) => codes.map((code) => ({ system: 'http://snomed.info/sct', code }));
const loinc = (...codes: string[]) => codes.map((code) => ({ system: 'http://loinc.org', code }));
const icd10 = (...codes: string[]) => codes.map((code) => ({ system: 'http://hl7.org/fhir/sid/icd-10', code }));
const local = (...codes: string[]) => codes.map((code) => ({ system: 'https://serai.example/', code }));

export const sensitivityRules: readonly SensitivityRule[] = [
  {
    category: 'tb',
    labels: ['x-TB'],
    codes: [
      ...snomed('56717001', '154283005', '11999007', '423092005', '427099000', '171126009', '182834008'),
      ...loinc('38379-4', '88142-3', '85362-0', '89371-7', '71774-4', '74281-7', '46217-6', '11545-1', '543-9'),
      ...icd10('A15*', 'A16*', 'A17*', 'A18*', 'A19*'),
      ...local('tb*'),
    ],
  },
  {
    category: 'hiv',
    labels: ['HIV'],
    codes: [
      ...snomed('86406008', '62479008', '165816005', '165815009', '31676001', '171121004', '19030005', '402915006'),
      ...loinc(
        '75622-1',
        '7918-6',
        '56888-1',
        '68961-2',
        '80387-4',
        '25836-8',
        '24467-3',
        '7917-8',
        '89365-9',
        '55277-8',
      ),
      ...icd10('B20*', 'B21*', 'B22*', 'B23*', 'B24*', 'Z21*'),
      ...local('hiv*', 'art-*'),
    ],
  },
  {
    category: 'mental-health',
    labels: ['MH', 'PSY'],
    codes: [
      ...snomed('35489007', '370143000', '36923009', '197480006', '47505003', '48694002', '74732009', '58214004'),
      ...snomed('13746004', '192080009', '225444004', '401199007', '6525002', '25702006', '80711002'),
      ...loinc('44261-6', '44249-1', '55757-9', '55758-7', '70274-6', '69737-5', '44260-8', '89204-2', '44250-9'),
      ...loinc('44255-8', '44259-0', '44254-1', '44251-7', '44258-2', '44252-5', '44253-3', '70323-1', '71802-3'),
      ...icd10('F2*', 'F3*', 'F4*', 'F6*', 'F9*', 'X6*', 'X7*', 'X8*'),
      ...local('mental*', 'phq*', 'gad*', 'mh-*', 'self-harm*', 'suicid*'),
    ],
  },
  {
    category: 'violence',
    labels: ['VIO', 'SDV'],
    codes: [
      ...snomed('706893006', '225824000', '248062006', '371774003', '424203006', '95922009', '397940009'),
      ...loinc('76501-6', '95618-5'),
      ...icd10('T74*', 'Y04*', 'Y05*', 'Y07*', 'Z65.4*', 'Z65.5*'),
      ...local('violence*', 'torture*', 'trafficking*', 'abuse*'),
    ],
  },
  {
    category: 'substance-use',
    labels: ['SUD'],
    codes: [
      ...snomed('66590003', '5602001', '191816009', '7200002', '55680006', '361055000', '266707007'),
      ...loinc('82667-7', '82666-9', '68517-2', '75626-2'),
      ...icd10('F10*', 'F11*', 'F12*', 'F13*', 'F14*', 'F15*', 'F16*', 'F18*', 'F19*'),
      ...local('substance*', 'drug-use*', 'alcohol-use-disorder*'),
    ],
  },
  {
    category: 'pregnancy',
    only: true,
    labels: ['PREGNANT'],
    codes: [
      ...loinc('82810-3', '11778-8', '11779-6', '11780-4', '11636-8', '11640-0', '11637-6', '11639-2', '11638-4'),
      ...loinc('11612-9', '11614-5', '11613-7', '33065-4', '8665-2', '2106-3', '2118-8', '11996-6', '11977-6'),
    ],
  },
  {
    category: 'pregnancy',
    labels: ['PREGNANT'],
    codes: [
      ...snomed(
        '77386006',
        '72892002',
        '152231000119106',
        '146799005',
        '47200007',
        '19169002',
        '79586000',
        '198992004',
      ),
      ...icd10('O*', 'Z33*', 'Z34*', 'Z35*'),
      ...local('pregnan*', 'lmp*'),
    ],
  },
  {
    category: 'social-history',
    only: true,
    labels: [],
    codes: [...loinc('72166-2', '74013-4', '11367-0', '63512-8', '67875-5', '76437-3', '93038-8')],
  },
  {
    category: 'social-history',
    labels: ['STD'],
    codes: [...snomed('76272004', '8098009'), ...loinc('20507-0', '22461-8'), ...icd10('A50*', 'A51*', 'A52*', 'A53*')],
  },
];
