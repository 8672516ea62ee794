import type { Provenance } from '../provenance.ts';

/** Pre-migration TB assessments and fitness to travel, as data. */
export type PreMigrationTest =
  | 'symptom-screen'
  | 'contact-history'
  | 'examination'
  | 'chest-x-ray'
  | 'igra'
  | 'sputum-three';

export interface PreMigrationRule {
  /** Youngest and (exclusive) oldest age, years. */
  readonly ageFromYears: number;
  readonly ageBelowYears: number;
  readonly tests: readonly PreMigrationTest[];
  /** Asked when a symptom, an X-ray or HIV makes TB possible. */
  readonly ifPositive: readonly PreMigrationTest[];
  /** Only where TB incidence in the country of departure is at least this, per 100,000. */
  readonly incidenceFrom?: number;
}

export interface PreMigrationProgramme extends Provenance {
  readonly id: string;
  /** Required only for a stay of more than so many months. */
  readonly stayAboveMonths?: number;
  /** Required only from countries with at least this incidence, per 100,000. */
  readonly incidenceFrom?: number;
  readonly rules: readonly PreMigrationRule[];
  /** Instead of an X-ray in pregnancy. */
  readonly pregnancy?: readonly string[];
  readonly certificateMonths: { readonly usual: number; readonly closeContact: number };
}

const oldest = Number.POSITIVE_INFINITY;

export const preMigrationProgrammes: readonly PreMigrationProgramme[] = [
  {
    id: 'gb',
    source: 'UK Health Security Agency, pre-entry tuberculosis screening (leaflet 2025)',
    effectiveFrom: '2025-01-01',
    jurisdiction: 'GB',
    stayAboveMonths: 6,
    incidenceFrom: 40,
    rules: [
      {
        ageFromYears: 11,
        ageBelowYears: oldest,
        tests: ['symptom-screen', 'chest-x-ray'],
        ifPositive: ['examination', 'sputum-three'],
      },
      {
        ageFromYears: 0,
        ageBelowYears: 11,
        tests: ['symptom-screen', 'contact-history', 'examination'],
        ifPositive: ['chest-x-ray', 'sputum-three'],
      },
    ],
    pregnancy: ['postpone', 'three-negative-cultures', 'shielded-x-ray-second-or-third-trimester'],
    certificateMonths: { usual: 6, closeContact: 3 },
  },
  {
    id: 'us',
    source: 'US CDC, technical instructions for panel physicians: tuberculosis',
    effectiveFrom: '2018-10-01',
    jurisdiction: 'US',
    note: 'From memory of the instructions; confirm before use. Clearance is three to six months by class.',
    rules: [
      {
        ageFromYears: 15,
        ageBelowYears: oldest,
        tests: ['symptom-screen', 'examination', 'chest-x-ray'],
        ifPositive: ['sputum-three'],
      },
      {
        ageFromYears: 2,
        ageBelowYears: 15,
        tests: ['symptom-screen', 'examination', 'igra'],
        ifPositive: ['chest-x-ray', 'sputum-three'],
        incidenceFrom: 20,
      },
      {
        ageFromYears: 0,
        ageBelowYears: 15,
        tests: ['symptom-screen', 'examination'],
        ifPositive: ['chest-x-ray', 'sputum-three'],
      },
    ],
    certificateMonths: { usual: 6, closeContact: 3 },
  },
  {
    id: 'au',
    source: 'Australia, immigration medical examination (Emerging Infectious Diseases 2022;28(9), 21-2426, table 1)',
    effectiveFrom: '2022-07-14',
    jurisdiction: 'AU',
    note: 'The table also asks children of 2 to 10 years for the blood test with a humanitarian visa, whatever the incidence. That a certificate holds for twelve months is from memory; confirm before use.',
    rules: [
      {
        ageFromYears: 11,
        ageBelowYears: oldest,
        tests: ['examination', 'chest-x-ray'],
        ifPositive: ['sputum-three'],
      },
      {
        ageFromYears: 2,
        ageBelowYears: 11,
        tests: ['examination', 'igra'],
        ifPositive: ['chest-x-ray', 'sputum-three'],
        incidenceFrom: 40,
      },
      { ageFromYears: 0, ageBelowYears: 11, tests: ['examination'], ifPositive: ['chest-x-ray', 'sputum-three'] },
    ],
    certificateMonths: { usual: 12, closeContact: 12 },
  },
  {
    id: 'au-ca-nz',
    source: 'Australia, Canada, New Zealand: panel physician instructions',
    effectiveFrom: '2020-01-01',
    jurisdiction: 'example',
    note: 'From memory of the instructions; confirm before use. Graded A or B by the panel physician.',
    rules: [
      {
        ageFromYears: 11,
        ageBelowYears: oldest,
        tests: ['examination', 'chest-x-ray'],
        ifPositive: ['sputum-three'],
      },
      { ageFromYears: 0, ageBelowYears: 11, tests: ['examination'], ifPositive: ['chest-x-ray', 'sputum-three'] },
    ],
    certificateMonths: { usual: 12, closeContact: 12 },
  },
];

/** Fitness to travel by air. */
export const fitness: Provenance & {
  readonly preEmbarkationHours: number;
  readonly susceptibleTreatmentDays: number;
} = {
  source: 'WHO, tuberculosis and air travel (2008), and usual migration-health practice',
  effectiveFrom: '2008-06-01',
  jurisdiction: 'WHO',
  /** The pre-embarkation check holds so long. */
  preEmbarkationHours: 72,
  /** Drug-susceptible TB: after this much effective treatment. Resistant TB: after culture conversion. */
  susceptibleTreatmentDays: 14,
};

export const travelConditions = ['escort', 'oxygen', 'wheelchair', 'medication-plan', 'isolation'] as const;
export type TravelCondition = (typeof travelConditions)[number];
