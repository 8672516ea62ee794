import type { CodeableConcept, Observation, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { languages } from '@serai/kernel/i18n/i18n.ts';
import type { ScreeningResult } from '../api.ts';
import { labelled } from '../assessment/labels.ts';
import type { Writing } from '../assessment/writing.ts';
import { type ScreeningTexts, screeningTexts } from './screening.ts';

const local = 'https://serai.example/CodeSystem/assessment';

/**
 * A screening as it is kept: an Observation and, where positive, a proposal for diagnostic evaluation. Nothing for a
 * screening that is not complete: it decided nothing.
 */
export function screeningResources(screening: ScreeningResult, writing: Writing): Resource[] {
  if (screening.result === 'incomplete') {
    return [];
  }
  const texts = screeningTexts(screening, 'en');
  const inOthers = languages
    .filter((language) => language !== 'en')
    .map((language) => [language, screeningTexts(screening, language)] as const);
  /** A text with its translations, so that it is read in other languages where our messages are unknown. */
  const worded = (pick: (said: ScreeningTexts) => string): CodeableConcept =>
    ({
      text: pick(texts),
      _text: {
        extension: inOthers.map(([lang, said]) => ({
          url: 'http://hl7.org/fhir/StructureDefinition/translation',
          extension: [
            { url: 'lang', valueCode: lang },
            { url: 'content', valueString: pick(said) },
          ],
        })),
      },
    }) as CodeableConcept;
  // The group and its algorithm tell of HIV where they are for people living with it.
  const labels = screening.group.startsWith('hiv') ? ['x-TB', 'HIV'] : ['x-TB'];
  const observation: Observation = {
    ...labelled(labels),
    resourceType: 'Observation',
    id: writing.newId(),
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }],
    code: {
      coding: [{ system: local, code: 'tb-screening', display: 'Tuberculosis screening result' }],
      text: 'Tuberculosis screening',
    },
    subject: writing.subject,
    encounter: writing.encounter,
    effectiveDateTime: writing.performed,
    issued: writing.instant,
    performer: [writing.performer],
    derivedFrom: [writing.source],
    valueCodeableConcept: {
      coding: [{ system: local, code: `tb-screen-${screening.result}`, display: texts.result }],
      ...worded((said) => said.result),
    },
    method: {
      coding: [{ system: local, code: `tb-algorithm-${screening.algorithm}`, display: texts.algorithm }],
      text: `${texts.algorithm} (${texts.group}). ${screening.source}`,
    },
    component: screening.reasons.map((reason, index) => ({
      code: { coding: [{ system: local, code: 'tb-screening-reason', display: 'Reason' }] },
      // `tb-reason-` keeps a reason such as `hiv-status-unknown` from being read as a fact about HIV.
      valueCodeableConcept: {
        coding: [{ system: local, code: `tb-reason-${reason}` }],
        ...worded((said) => said.reasons[index]!),
      },
    })),
    note: [{ text: texts.nextStep }],
  };
  if (observation.component?.length === 0) {
    delete observation.component;
  }
  if (screening.result !== 'positive') {
    return [observation];
  }
  const proposal: ServiceRequest = {
    ...labelled(['x-TB']),
    resourceType: 'ServiceRequest',
    id: writing.newId(),
    status: 'active',
    intent: 'proposal',
    priority: 'urgent',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '103693007', display: 'Diagnostic procedure' }] }],
    code: {
      coding: [{ system: local, code: 'tb-diagnostic-evaluation', display: 'Diagnostic evaluation for tuberculosis' }],
      ...worded((said) => said.nextStep),
    },
    subject: writing.subject,
    encounter: writing.encounter,
    authoredOn: writing.instant,
    requester: writing.author ?? writing.facility ?? writing.performer,
    reasonReference: [{ reference: `Observation/${observation.id}` }],
    supportingInfo: [writing.source],
  };
  return [observation, proposal];
}
