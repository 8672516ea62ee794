import type { Observation, Resource, ResourceType } from '@medplum/fhirtypes';
import { pruneDisabled } from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { extractAssessment } from '../assessment.ts';
import { assessmentForm, countedIds, fill, type Said } from './fill.ts';

/** Who, where and when, the same on every run. */
export const context = () => ({
  patient: { id: 'aaaaaaaa-0000-4000-8000-000000000001' },
  encounterId: 'eeeeeeee-0000-4000-8000-000000000001',
  practitioner: 'Practitioner/nurse',
  facility: 'Organization/clinic',
  now: new Date('2026-11-21T08:30:00Z'),
  newId: countedIds(),
});

/** What a person's answers become. */
export const extract = (said: readonly Said[]) =>
  extractAssessment(assessmentForm, pruneDisabled(assessmentForm, fill(said)), context());

export const ofType = <T extends Resource>(resources: readonly Resource[], type: ResourceType) =>
  resources.filter(({ resourceType }) => resourceType === type) as T[];

/** The Observation with a code. */
export const observation = (resources: readonly Resource[], code: string) =>
  ofType<Observation>(resources, 'Observation').find((each) =>
    each.code.coding?.some((coding) => coding.code === code),
  );
