import { Operator } from '@medplum/core';
import type { FhirRepository } from '@medplum/fhir-router';
import type { Consent, Encounter, Patient } from '@medplum/fhirtypes';
import { parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type PersonTraits, personSimilarity } from '@serai/kernel/linkage/candidates.ts';
import { compareNames } from '@serai/kernel/linkage/names/names.ts';
import { consentCountryExtension } from '@serai/policy/facts.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FoundPersons, LikelyDuplicates, PersonPage } from './api.ts';
import {
  checkBirth,
  consentSchema,
  duplicatesSchema,
  nameText,
  refuseForbiddenFields,
  registerSchema,
  requestIdSchema,
  toConsent,
  toPatient,
  toSummary,
  traitsOf,
  traitsOfInput,
} from './person.ts';
import { candidateIds, indexPerson, type RegistryDatabase, type RegistryTables } from './persons.store.ts';
import './registry.refusals.ts';
import { dayOfInstant } from '@serai/kernel/base/days.ts';

export interface PersonRoutesOptions {
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  readonly database: RegistryDatabase;
  /** Key of the hashes in `person_key`. */
  readonly indexSecret: string;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** Above it, two records are shown as likely one person; far above, saving asks for a look first. */
const showAbove = 0.05;
const mustLookAbove = 0.9;

const findSchema = z.strictObject({
  text: z.string().max(300, 'must be at most 300 characters'),
  birthYear: z.int().optional(),
  cursor: z.string().max(400).optional(),
});

const changeConsentSchema = consentSchema.extend({
  requestId: requestIdSchema,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter country code')
    .optional(),
});

/** Register, find, and what a person has consented to. */
export async function personRoutes(app: FastifyInstance, options: PersonRoutesOptions): Promise<void> {
  const { storeFor, database, indexSecret, clock, newId } = options;

  app.post(
    '/api/persons/find',
    { config: { summary: 'Find persons by name in any script, likeliest first.', body: findSchema } },
    async (request): Promise<FoundPersons> => {
      const input = parseInput(findSchema, request.body);
      return findPersons(storeFor(request).repo, input);
    },
  );

  app.post(
    '/api/persons/duplicates',
    {
      config: { summary: 'Persons already registered who may be this one, with the reasons.', body: duplicatesSchema },
    },
    async (request): Promise<LikelyDuplicates | Refusal> => {
      const refused = refuseForbiddenFields(request.body);
      if (refused) {
        return refused;
      }
      const input = parseInput(duplicatesSchema, request.body);
      checkBirth(input.birth, today(clock));
      return { candidates: await likelyDuplicates(storeFor(request).repo, database, traitsOfInput(input)) };
    },
  );

  app.post(
    '/api/persons',
    { config: { summary: 'Register a person with the minimum.', body: registerSchema } },
    async (request, reply): Promise<Result<{ id: string }>> => {
      const refused = refuseForbiddenFields(request.body);
      if (refused) {
        return refused;
      }
      const input = parseInput(registerSchema, request.body);
      checkBirth(input.birth, today(clock));
      const store = storeFor(request);
      const result = await store.once<Result<{ id: string }>>(input.requestId, async (tx) => {
        const candidates = await likelyDuplicates(tx.repo, registry(tx), traitsOfInput(input));
        const unseen = candidates.filter(
          (candidate) =>
            candidate.probability >= mustLookAbove && !(input.notDuplicatesOf ?? []).includes(candidate.person.id),
        );
        if (unseen.length > 0) {
          return refuse('registry.duplicate-unseen', { candidates: unseen.length });
        }
        const id = newId();
        const patient = await tx.repo.createResource(toPatient(input, id, store.context.actor.facility), {
          assignedId: true,
        });
        for (const consent of input.consents) {
          await tx.repo.createResource(toConsent(consent, { id: newId(), personId: id }, clock()), {
            assignedId: true,
          });
        }
        await indexPerson(registry(tx), indexSecret, patient);
        return ok({ id });
      });
      if (result.ok) {
        reply.code(201);
      }
      return result;
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/persons/:id',
    { config: { summary: 'A person: who, in which language, with what consents, and when assessed.' } },
    async (request): Promise<PersonPage> => {
      const { repo } = storeFor(request);
      const patient = await repo.readResource<Patient>('Patient', request.params.id);
      const mine = { code: 'patient', operator: Operator.EQUALS, value: `Patient/${patient.id}` };
      const consents = await repo.searchResources<Consent>({ resourceType: 'Consent', filters: [mine], count: 200 });
      const encounters = await repo.searchResources<Encounter>({
        resourceType: 'Encounter',
        filters: [mine],
        sortRules: [{ code: 'date', descending: true }],
        count: 20,
      });
      return {
        person: toSummary(patient),
        interpreterNeeded:
          patient.extension?.some((each) => each.valueBoolean && /interpreter/i.test(each.url)) ?? false,
        consents: latestConsents(consents),
        assessments: encounters.map((encounter) => ({
          id: encounter.id!,
          at: encounter.period?.start ?? encounter.meta?.lastUpdated ?? '',
          ...(encounter.serviceProvider?.reference && { facility: encounter.serviceProvider.reference }),
        })),
      };
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/persons/:id/consents',
    {
      config: {
        summary: 'Record what the person says about a purpose; the latest word counts.',
        body: changeConsentSchema,
      },
    },
    async (request, reply): Promise<Result<{ id: string }>> => {
      const input = parseInput(changeConsentSchema, request.body);
      const result = await storeFor(request).once<Result<{ id: string }>>(input.requestId, async (tx) => {
        const patient = await tx.repo.readResource<Patient>('Patient', request.params.id);
        const id = newId();
        await tx.repo.createResource(toConsent(input, { id, personId: patient.id! }, clock()), { assignedId: true });
        return ok({ id });
      });
      reply.code(201);
      return result;
    },
  );

  async function findPersons(repo: FhirRepository, input: z.output<typeof findSchema>): Promise<FoundPersons> {
    const wanted = input.text.normalize('NFC').trim();
    const byYear = (patient: Patient) =>
      input.birthYear === undefined || patient.birthDate?.startsWith(String(input.birthYear)) === true;
    if (wanted === '') {
      const bundle = await repo.search<Patient>({
        resourceType: 'Patient',
        sortRules: [{ code: '_lastUpdated', descending: true }],
        count: 40,
        ...(input.cursor && { cursor: input.cursor }),
      });
      const patients = (bundle.entry ?? []).map((entry) => entry.resource!).filter(byYear);
      const next = cursorOf(bundle.link?.find((link) => link.relation === 'next')?.url);
      return {
        persons: patients.map((patient) => ({ ...toSummary(patient), match: 0, why: [] })),
        ...(next && { next }),
      };
    }

    const found = new Map<string, Patient>();
    const byName = await repo.searchResources<Patient>({
      resourceType: 'Patient',
      filters: [{ code: 'name', operator: Operator.CONTAINS, value: wanted }],
      count: 50,
    });
    for (const patient of byName) {
      found.set(patient.id!, patient);
    }
    const ids = (await candidateIds(database, indexSecret, { names: [wanted] })).filter((id) => !found.has(id));
    for (const patient of await readThose(repo, ids)) {
      found.set(patient.id!, patient);
    }
    const persons = [...found.values()]
      .filter(byYear)
      .map((patient) => {
        const names = (patient.name ?? []).map(nameText);
        const written = names.some((name) => name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()));
        const match = Math.max(written ? 0.9 : 0, ...names.map((name) => compareNames(wanted, name)));
        return { ...toSummary(patient), match, why: written ? ['written'] : ['sounds'] };
      })
      .filter((person) => person.match >= 0.6)
      .sort((a, b) => b.match - a.match || (a.name < b.name ? -1 : 1));
    return { persons: persons.slice(0, 50) };
  }

  async function likelyDuplicates(
    repo: FhirRepository,
    keys: RegistryDatabase,
    traits: PersonTraits,
  ): Promise<LikelyDuplicates['candidates']> {
    const patients = await readThose(repo, await candidateIds(keys, indexSecret, traits));
    return patients
      .map((patient) => {
        const { probability, explanation } = personSimilarity(traits, traitsOf(patient));
        return {
          person: toSummary(patient),
          probability,
          why: explanation.map((each) => ({ what: `${each.trait}: ${each.level}`, weight: each.weight })),
        };
      })
      .filter((candidate) => candidate.probability >= showAbove)
      .sort((a, b) => b.probability - a.probability)
      .slice(0, 10);
  }
}

function registry(tx: Transaction): RegistryDatabase {
  return tx.sql.withTables<RegistryTables>() as unknown as RegistryDatabase;
}

/** The persons among `ids` that this reader may see; the others might as well not exist. */
async function readThose(repo: FhirRepository, ids: readonly string[]): Promise<Patient[]> {
  if (ids.length === 0) {
    return [];
  }
  return repo.searchResources<Patient>({
    resourceType: 'Patient',
    filters: [{ code: '_id', operator: Operator.EQUALS, value: ids.join(',') }],
    count: ids.length,
  });
}

function latestConsents(consents: readonly Consent[]): PersonPage['consents'] {
  const latest = new Map<string, PersonPage['consents'][number]>();
  for (const consent of consents) {
    const country = consent.provision?.extension?.find((each) => each.url === consentCountryExtension)?.valueCode;
    for (const coding of consent.provision?.purpose ?? []) {
      const key = `${coding.code} ${country ?? ''}`;
      const since = consent.dateTime ?? '';
      if (consent.status === 'active' && (latest.get(key)?.since ?? '') <= since) {
        latest.set(key, {
          purpose: coding.code as PersonPage['consents'][number]['purpose'],
          decision: consent.provision?.type === 'deny' ? 'deny' : 'permit',
          since,
          ...(country && { country }),
        });
      }
    }
  }
  return [...latest.values()].sort((a, b) => (a.purpose + (a.country ?? '') < b.purpose + (b.country ?? '') ? -1 : 1));
}

function cursorOf(url: string | undefined): string | undefined {
  return url ? (new URL(url, 'http://here').searchParams.get('_cursor') ?? undefined) : undefined;
}

/** The latest day it already is somewhere (UTC+14): what a clinic there calls today is not in the future. */
function today(clock: () => Date): string {
  return dayOfInstant(new Date(clock().getTime() + 14 * 3_600_000));
}
