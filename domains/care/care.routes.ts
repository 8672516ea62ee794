import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badRequest, OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Patient, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { dayOfInstant } from '@serai/kernel/base/days.ts';
import {
  canonicalOf,
  type ResponseIssue,
  type ResponseIssueCode,
  validateResponse,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { type Language, languages, preferredLanguage, translate } from '@serai/kernel/i18n/i18n.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RecordAssessment, RecordedAssessment } from './api.ts';
import { countByType, extractAssessment } from './assessment/assessment.ts';
import { careMessages } from './care.messages.ts';
import { screenAssessment } from './screening/screening.ts';

export interface CareRoutesOptions {
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** The assessment form of this node; left out, the one of `countries/forms`. */
  readonly assessmentForm?: Questionnaire;
}

const recordSchema = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  response: z.looseObject({
    resourceType: z.literal('QuestionnaireResponse', 'must be a QuestionnaireResponse'),
  }),
});

/** The health assessment: its form, and recording one. */
export async function careRoutes(app: FastifyInstance, options: CareRoutesOptions): Promise<void> {
  const { storeFor, clock, newId } = options;
  const form = options.assessmentForm ?? readForm('health-assessment');
  const formText = JSON.stringify(form);
  const formTag = `"${createHash('sha256').update(formText).digest('base64url')}"`;

  app.get(
    '/api/assessment-form',
    { config: { summary: 'The health assessment form, a FHIR Questionnaire in every language of the node.' } },
    async (request, reply) => {
      reply.header('etag', formTag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === formTag) {
        return reply.code(304).send();
      }
      return reply.type('application/fhir+json; charset=utf-8').send(formText);
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/persons/:id/assessments',
    {
      config: {
        summary: 'Record a finished assessment: the response and everything it says, in one transaction.',
        body: recordSchema,
      },
    },
    async (request, reply): Promise<RecordedAssessment> => {
      const { requestId, response } = parse(request.body);
      const language = languageOf(request);
      const store = storeFor(request);
      const fingerprint = createHash('sha256')
        .update(JSON.stringify([request.params.id, response]))
        .digest('base64url');
      const recorded = await store.once<RecordedAssessment>(
        requestId,
        async (tx) => {
          // Read before the answers are judged, so that nobody learns by them whether a person is known here.
          const patient = await tx.repo.readResource<Patient>('Patient', request.params.id);
          const now = clock();
          // The latest day it already is somewhere (UTC+14): what a clinic there calls today is not in the future.
          const latest = dayOfInstant(new Date(now.getTime() + 14 * 3_600_000));
          const issues = validateResponse(form, response, { language, today: latest });
          if (issues.length > 0) {
            throw new OperationOutcomeError({
              resourceType: 'OperationOutcome',
              id: 'bad-request',
              issue: issues.map((issue) => outcomeIssue(issue, language)),
            });
          }
          const { actor } = store.context;
          const encounterId = newId();
          const resources = extractAssessment(form, response, {
            patient,
            encounterId,
            ...(actor.id.startsWith('Practitioner/') && { practitioner: actor.id }),
            ...(actor.facility && { facility: actor.facility }),
            now,
            newId,
          });
          for (const resource of resources) {
            await tx.repo.createResource(resource, { assignedId: true });
          }
          return {
            assessmentId: resources[0]!.id!,
            encounterId,
            created: countByType(resources),
            screening: screenAssessment(form, response),
          };
        },
        { fingerprint },
      );
      reply.code(201);
      return recorded;
    },
  );
}

/** Parses the body; the response must be FHIR before it can be read as answers. @throws OperationOutcomeError */
function parse(body: unknown): RecordAssessment {
  const parsed = recordSchema.safeParse(body ?? {});
  if (!parsed.success) {
    throw new OperationOutcomeError({
      resourceType: 'OperationOutcome',
      id: 'bad-request',
      issue: parsed.error.issues.flatMap((issue): OperationOutcomeIssue[] => {
        const unknown = issue.code === 'unrecognized_keys';
        const paths = unknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
        return paths.map((path) => ({
          severity: 'error',
          code: 'invalid',
          details: { text: unknown ? 'is not a field of this request; leave it out' : issue.message },
          expression: [path.join('.') || '$this'],
        }));
      }),
    });
  }
  const { requestId, response } = parsed.data as unknown as RecordAssessment;
  if (depthOf(response, 0) > 32) {
    throw new OperationOutcomeError(badRequest('The response is nested too deeply', 'QuestionnaireResponse'));
  }
  // Status and questionnaire are ours to say; a draft is complete when it is sent.
  validateResource({ ...response, status: 'completed' } as QuestionnaireResponse);
  return { requestId, response };
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > 40) {
    return depth;
  }
  let deepest = depth;
  for (const each of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(each, depth + 1));
  }
  return deepest;
}

/** FHIR's issue type for each of ours; the rest are invariants the form states. */
const issueTypes: Partial<Record<ResponseIssueCode, OperationOutcomeIssue['code']>> = {
  required: 'required',
  'too-few': 'required',
  type: 'value',
  'unknown-item': 'structure',
  misplaced: 'structure',
  'not-an-option': 'code-invalid',
  'too-long': 'too-long',
};

function outcomeIssue(issue: ResponseIssue, language: Language): OperationOutcomeIssue {
  return {
    severity: 'error',
    code: issueTypes[issue.code] ?? 'business-rule',
    details: {
      coding: [{ system: 'https://serai.example/CodeSystem/response-issue', code: issue.code }],
      text: translate(careMessages, language, `issue.${issue.code}`, { label: issue.label ?? '', ...issue.values }),
    },
    expression: [issue.expression],
  };
}

function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'];
  return wanted ? preferredLanguage(wanted.split(',')) : languages[0];
}

/** A form of `countries/forms`, read as data. */
function readForm(name: string): Questionnaire {
  const file = join(import.meta.dirname, '..', '..', 'countries', 'forms', `${name}.questionnaire.json`);
  const form = JSON.parse(readFileSync(file, 'utf8')) as Questionnaire;
  if (!form.url || !canonicalOf(form).includes('|')) {
    throw new Error(`${file}: a form needs a url and a version`);
  }
  return form;
}
