import type { Coding } from '@medplum/fhirtypes';

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const local = 'https://serai.example/CodeSystem/sensitivity';

const displays: Readonly<Record<string, string>> = {
  HIV: 'HIV/AIDS information sensitivity',
  STD: 'sexually transmitted disease information sensitivity',
  SEX: 'sexuality and reproductive health information sensitivity',
  SDV: 'sexual assault, abuse, or domestic violence information sensitivity',
  VIO: 'violence information sensitivity',
  MH: 'mental health information sensitivity',
  SUD: 'substance use disorder information sensitivity',
  PREGNANT: 'pregnancy information sensitivity',
  'x-TB': 'tuberculosis information sensitivity',
};

/** `meta` with the sensitivity labels of what a resource holds, and restricted confidentiality where there are any. */
export function labelled(codes: Iterable<string>): { meta?: { security: Coding[] } } {
  const distinct = [...new Set(codes)].sort();
  if (distinct.length === 0) {
    return {};
  }
  const security: Coding[] = distinct.map((code) => ({
    system: code.startsWith('x-') ? local : actCode,
    code,
    display: displays[code],
  }));
  security.push({
    system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
    code: 'R',
    display: 'restricted',
  });
  return { meta: { security } };
}

/** The sensitivity codes a resource was labelled with. */
export function sensitivityOf(resource: { readonly meta?: { readonly security?: readonly Coding[] } }): string[] {
  return (resource.meta?.security ?? [])
    .filter(({ system }) => system === actCode || system === local)
    .map(({ code }) => code!);
}
