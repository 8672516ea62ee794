import type { Consent, Extension, HumanName, Patient } from '@medplum/fhirtypes';
import { InputFault } from '@serai/kernel/base/input.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import type { PersonTraits } from '@serai/kernel/linkage/candidates.ts';
import { consentCountryExtension } from '@serai/policy/facts.ts';
import { z } from 'zod';
import type { Birth, PersonSummary, RegisterPerson } from './api.ts';

/**
 * Registration by the minimum of DOMAIN B.5, pure: what may be said of a person, and how it becomes FHIR.
 * A name is a text in any script; a birth is as exact as people know it; nothing that could be used to find or
 * deport anyone is asked.
 */

/** Fields a form might send and Serai must not have, with the word for each. */
const neverRecorded: Readonly<Record<string, string>> = {
  nationality: 'nationality',
  citizenship: 'nationality',
  immigrationStatus: 'immigration status',
  visa: 'immigration status',
  legalStatus: 'immigration status',
  documentNumber: 'a document number',
  passport: 'a document number',
  passportNumber: 'a document number',
  nationalId: 'a document number',
  idNumber: 'a document number',
  address: 'an address',
  addresses: 'an address',
};

/** Refuses a body that holds what is never recorded, before anything else is looked at. */
export function refuseForbiddenFields(body: unknown): Refusal | undefined {
  if (body === null || typeof body !== 'object') {
    return undefined;
  }
  const field = Object.keys(body).find((key) => key in neverRecorded);
  return field === undefined
    ? undefined
    : refuse('registry.forbidden-field', { field: neverRecorded[field] as string }, field);
}

const text = (most: number) =>
  z
    .string('must be text')
    .transform((value) => value.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((value) => value.length > 0, 'must not be empty')
    .refine((value) => value.length <= most, `must be at most ${most} characters`);

const nameSchema = z.strictObject({
  text: text(300),
  given: z.array(text(100)).max(10).optional(),
  family: text(100).optional(),
});

const birthSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('date'), date: z.iso.date('must be a date like "1988-04-12"') }),
    z.strictObject({
      kind: z.literal('month'),
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "1988-04"'),
    }),
    z.strictObject({ kind: z.literal('year'), year: z.int('must be a year like 1988') }),
    z.strictObject({
      kind: z.literal('estimated-age'),
      years: z.int('must be whole years').min(0, 'must be 0 or more').max(125, 'must be at most 125'),
      on: z.iso.date('must be the day the age was judged, like "2026-03-01"'),
    }),
  ],
  'must say what is known: date, month, year or estimated-age',
);

const traitsShape = {
  name: nameSchema,
  otherNames: z.array(nameSchema).max(10, 'must be at most 10').optional(),
  birth: birthSchema,
  sex: z.enum(['female', 'male', 'other', 'unknown'], 'must be female, male, other or unknown'),
  phone: z
    .string()
    .regex(/^[+0-9 ()-]{5,30}$/, 'must be a telephone number: digits, spaces, + ( ) -')
    .optional(),
};

export const consentSchema = z.strictObject({
  purpose: z.enum(['TREAT', 'COC', 'PUBHLTH', 'HRESCH'], 'must be TREAT, COC, PUBHLTH or HRESCH'),
  decision: z.enum(['permit', 'deny'], 'must be permit or deny'),
});

export const requestIdSchema = z.uuid('must be a UUID made by the caller, new for each act');

export const duplicatesSchema = z.strictObject(traitsShape);

export const registerSchema = z.strictObject({
  ...traitsShape,
  requestId: requestIdSchema,
  language: z.string().regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like "my" or "ksw"'),
  interpreterNeeded: z.boolean().optional(),
  consents: z.array(consentSchema).max(4),
  notDuplicatesOf: z.array(z.string().max(64)).max(50).optional(),
});

/** What a schema cannot say without a clock. @throws InputFault */
export function checkBirth(birth: Birth, today: string): void {
  const earliest = `${Number(today.slice(0, 4)) - 125}`;
  const value =
    birth.kind === 'date'
      ? birth.date
      : birth.kind === 'month'
        ? birth.month
        : birth.kind === 'year'
          ? String(birth.year)
          : birth.on;
  const expression = `birth.${birth.kind === 'estimated-age' ? 'on' : birth.kind}`;
  if (value > today.slice(0, value.length)) {
    throw new InputFault([{ expression, sentence: 'must not be in the future' }]);
  }
  if (birth.kind !== 'estimated-age' && (value.slice(0, 4) < earliest || value.length < 4)) {
    throw new InputFault([{ expression, sentence: `must not be before ${earliest}` }]);
  }
}

export const estimatedAgeExtension = 'https://serai.example/StructureDefinition/estimated-age';
export const interpreterExtension = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

/** The FHIR `Patient` of a registration. Whoever has no exact birth date gets none made up. */
export function toPatient(input: z.output<typeof registerSchema>, id: string, facility: string | undefined): Patient {
  const { birth } = input;
  const extension: Extension[] = [];
  if (input.interpreterNeeded) {
    extension.push({ url: interpreterExtension, valueBoolean: true });
  }
  if (birth.kind === 'estimated-age') {
    extension.push({
      url: estimatedAgeExtension,
      extension: [
        { url: 'years', valueUnsignedInt: birth.years },
        { url: 'on', valueDate: birth.on },
      ],
    });
  }
  return {
    resourceType: 'Patient',
    id,
    active: true,
    ...(extension.length > 0 && { extension }),
    name: [toHumanName(input.name, 'usual'), ...(input.otherNames ?? []).map((name) => toHumanName(name))],
    gender: input.sex,
    birthDate: birthDateOf(birth),
    ...(input.phone && { telecom: [{ system: 'phone', value: input.phone }] }),
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: input.language }] }, preferred: true }],
    ...(facility && { managingOrganization: { reference: facility } }),
  };
}

function toHumanName(name: RegisterPerson['name'], use?: HumanName['use']): HumanName {
  return {
    ...(use && { use }),
    text: name.text,
    ...(name.given && { given: [...name.given] }),
    ...(name.family && { family: name.family }),
  };
}

/** FHIR's `birthDate` holds what is known: a year for an estimated age, with the estimate beside it. */
function birthDateOf(birth: Birth): string {
  switch (birth.kind) {
    case 'date':
      return birth.date;
    case 'month':
      return birth.month;
    case 'year':
      return String(birth.year);
    case 'estimated-age':
      return String(Number(birth.on.slice(0, 4)) - birth.years);
  }
}

/** A person's word about one purpose, as FHIR `Consent`. */
export function toConsent(
  choice: { readonly purpose: string; readonly decision: 'permit' | 'deny'; readonly country?: string | undefined },
  ids: { readonly id: string; readonly personId: string },
  now: Date,
): Consent {
  return {
    resourceType: 'Consent',
    id: ids.id,
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
    patient: { reference: `Patient/${ids.personId}` },
    dateTime: now.toISOString(),
    policyRule: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
          code: choice.decision === 'permit' ? 'OPTIN' : 'OPTOUT',
        },
      ],
    },
    provision: {
      type: choice.decision,
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: choice.purpose }],
      ...(choice.country && { extension: [{ url: consentCountryExtension, valueCode: choice.country }] }),
    },
  };
}

/** What linkage compares. */
export function traitsOf(patient: Patient): PersonTraits {
  const estimate = patient.extension?.find((each) => each.url === estimatedAgeExtension)?.extension;
  const years = estimate?.find((each) => each.url === 'years')?.valueUnsignedInt;
  const on = estimate?.find((each) => each.url === 'on')?.valueDate;
  return {
    names: (patient.name ?? []).map(nameText).filter((name) => name !== ''),
    ...(years !== undefined && on
      ? { estimatedAge: { years, on } }
      : patient.birthDate && { birthDate: patient.birthDate }),
    ...(patient.gender && { sex: patient.gender }),
    phones: (patient.telecom ?? []).filter((each) => each.system === 'phone' && each.value).map((each) => each.value!),
    identifiers: (patient.identifier ?? [])
      .filter((each) => each.value)
      .map((each) => `${each.system ?? ''}:${each.value}`),
  };
}

/** {@link traitsOf} someone who is about to be registered. */
export function traitsOfInput(input: z.output<typeof duplicatesSchema>): PersonTraits {
  return {
    names: [input.name, ...(input.otherNames ?? [])].map((name) => name.text),
    ...(input.birth.kind === 'estimated-age'
      ? { estimatedAge: { years: input.birth.years, on: input.birth.on } }
      : { birthDate: birthDateOf(input.birth) }),
    sex: input.sex,
    ...(input.phone && { phones: [input.phone] }),
  };
}

export function nameText(name: HumanName): string {
  return name.text ?? [...(name.given ?? []), name.family ?? ''].join(' ').trim();
}

/** What lists and headings show of a person. */
export function toSummary(patient: Patient): PersonSummary {
  const [first = '', ...others] = (patient.name ?? []).map(nameText);
  const language = patient.communication?.find((each) => each.preferred) ?? patient.communication?.[0];
  return {
    id: patient.id ?? '',
    name: first,
    otherNames: others,
    ...(patient.birthDate && { birth: patient.birthDate }),
    birthIsEstimated: patient.extension?.some((each) => each.url === estimatedAgeExtension) ?? false,
    sex: patient.gender ?? 'unknown',
    ...(language?.language?.coding?.[0]?.code && { language: language.language.coding[0].code }),
    ...(patient.managingOrganization?.reference && { facility: patient.managingOrganization.reference }),
    updatedAt: patient.meta?.lastUpdated ?? '',
  };
}
