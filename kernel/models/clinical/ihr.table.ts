import type { Provenance } from './provenance.ts';

/** Annex 2 of the International Health Regulations, as data. */
export const ihrProvenance: Provenance = {
  source: 'International Health Regulations (2005), Annex 2; amendments of 2024 in force 2025-09-19',
  effectiveFrom: '2025-09-19',
  jurisdiction: 'WHO',
};

/** One case of these is notified whatever the answers. */
export const alwaysNotified = [
  'smallpox',
  'poliomyelitis-wild-or-vaccine-derived',
  'influenza-new-subtype',
  'sars',
] as const;

/** One event of these is always put to the four questions. */
export const alwaysAssessed = [
  'cholera',
  'pneumonic-plague',
  'yellow-fever',
  'viral-haemorrhagic-fever',
  'west-nile-fever',
  'dengue-fever',
  'rift-valley-fever',
  'meningococcal-disease',
] as const;

export const ihrQuestions = [
  { id: 'serious', text: 'Is the public-health impact of the event serious?' },
  { id: 'unusual', text: 'Is the event unusual or unexpected?' },
  { id: 'spread', text: 'Is there a significant risk of international spread?' },
  { id: 'restrictions', text: 'Is there a significant risk of international travel or trade restrictions?' },
] as const;
export type IhrQuestion = (typeof ihrQuestions)[number]['id'];

/** So many answers yes and the event is notified. */
export const notifyFromYes = 2;
/** Hours from the report to the assessment, and from the assessment to the notification. */
export const assessWithinHours = 48;
export const notifyWithinHours = 24;
