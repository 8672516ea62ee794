import type { Coding, Resource } from '@medplum/fhirtypes';

/** The labels of everything in the document: they rise to it, and never fall away. */
export function highWaterMark(resources: readonly Resource[]): Coding[] {
  const labels = new Map<string, Coding>();
  for (const label of resources.flatMap((resource) => resource.meta?.security ?? [])) {
    labels.set(`${label.system}|${label.code}`, label);
  }
  return [...labels.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, label]) => label);
}

const CONFIDENTIALITY = ['U', 'L', 'M', 'N', 'R', 'V'] as const;
const CONFIDENTIALITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/** The highest confidentiality among the labels; normal at the least. */
export function confidentialityOf(labels: readonly Coding[]): (typeof CONFIDENTIALITY)[number] {
  const levels = labels
    .filter((label) => label.system === CONFIDENTIALITY_SYSTEM)
    .map((label) => CONFIDENTIALITY.indexOf(label.code as (typeof CONFIDENTIALITY)[number]));
  return CONFIDENTIALITY[Math.max(CONFIDENTIALITY.indexOf('N'), ...levels)] as (typeof CONFIDENTIALITY)[number];
}
