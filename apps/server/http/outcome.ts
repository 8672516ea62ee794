import { OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { InputFault } from '@serai/kernel/base/input.ts';
import { type Refusal, refusalSpecs } from '@serai/kernel/base/refusal.ts';
import type { FastifyError } from 'fastify';

/** Coding system of our refusal codes, in `OperationOutcome.issue.details.coding`. */
export const refusalSystem = 'https://serai.example/CodeSystem/refusal';

export interface Answer {
  readonly status: number;
  readonly outcome: OperationOutcome;
}

/** What a missing thing and a forbidden thing both look like. Byte for byte. */
export const notFoundAnswer: Answer = {
  status: 404,
  outcome: {
    resourceType: 'OperationOutcome',
    id: 'not-found',
    issue: [{ severity: 'error', code: 'not-found', details: { text: 'Not found' } }],
  },
};

export const signInNeeded: Answer = {
  status: 401,
  outcome: {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: 'login',
        details: { coding: [{ system: refusalSystem, code: 'signed-out' }], text: 'Sign in, then try again.' },
      },
    ],
  },
};

/** A refusal in the API's form; the sentence comes from where the code is declared. */
export function refusalAnswer(refusal: Refusal): Answer {
  const spec = refusalSpecs().get(refusal.code);
  const text = Object.entries(refusal.details ?? {}).reduce(
    (sentence, [name, value]) => sentence.replaceAll(`{${name}}`, String(value)),
    spec?.sentence ?? 'Refused.',
  );
  const issue: OperationOutcomeIssue = {
    severity: 'error',
    code: spec?.retry ? 'transient' : 'business-rule',
    details: { coding: [{ system: refusalSystem, code: refusal.code }], text },
    ...(refusal.expression && { expression: [refusal.expression] }),
  };
  return { status: spec?.status ?? 422, outcome: { resourceType: 'OperationOutcome', issue: [issue] } };
}

/** Anything thrown, as an answer. What nobody foresaw says only where to look in the log. */
export function thrownAnswer(error: unknown, correlationId: string): Answer & { readonly unforeseen: boolean } {
  if (error instanceof InputFault) {
    return {
      unforeseen: false,
      status: 400,
      outcome: {
        resourceType: 'OperationOutcome',
        issue: error.issues.map((issue) => ({
          severity: 'error',
          code: 'invalid',
          details: { text: issue.sentence },
          expression: [issue.expression],
        })),
      },
    };
  }
  if (error instanceof OperationOutcomeError) {
    return { unforeseen: false, status: statusOf(error.outcome), outcome: error.outcome };
  }
  const { statusCode, code } = error as FastifyError;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return {
      unforeseen: false,
      status: statusCode,
      outcome: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: issueCodeOf(statusCode), details: { text: sentenceOf(code, statusCode) } }],
      },
    };
  }
  const status = statusCode === 503 ? 503 : 500;
  return {
    unforeseen: true,
    status,
    outcome: {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'fatal',
          code: status === 503 ? 'transient' : 'exception',
          details: {
            text:
              status === 503
                ? 'The node cannot answer just now; nothing was saved. Try again in a moment.'
                : 'Something went wrong here; nothing was saved. The operator finds it under this number.',
          },
          diagnostics: correlationId,
        },
      ],
    },
  };
}

/** HTTP status of an outcome that Medplum's router or the store gave. */
export function statusOf(outcome: OperationOutcome): number {
  const byId: Record<string, number> = {
    ok: 200,
    created: 201,
    accepted: 202,
    'not-modified': 304,
    unauthorized: 401,
    forbidden: 404,
    'not-found': 404,
    conflict: 409,
    gone: 410,
    'precondition-failed': 412,
    'multiple-matches': 412,
    'too-many-requests': 429,
  };
  const known = byId[outcome.id ?? ''];
  if (known) {
    return known;
  }
  const issue = outcome.issue?.[0];
  const byCode: Record<string, number> = {
    'not-found': 404,
    deleted: 410,
    conflict: 409,
    'multiple-matches': 412,
    'not-supported': 405,
    'too-long': 413,
    throttled: 429,
    transient: 503,
    timeout: 503,
    exception: 500,
  };
  return byCode[issue?.code ?? ''] ?? 400;
}

function issueCodeOf(status: number): OperationOutcomeIssue['code'] {
  return status === 413 ? 'too-long' : status === 404 ? 'not-found' : status === 429 ? 'throttled' : 'structure';
}

function sentenceOf(code: string | undefined, status: number): string {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'The body is too large; send it in smaller parts.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'Send JSON: Content-Type application/fhir+json or application/json.';
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty; send JSON.';
    case 'SERAI_BODY_ENCODING':
      return 'The body is not valid UTF-8; send UTF-8.';
    case 'SERAI_BODY_COMPRESSION':
      return 'The compressed body cannot be read; send gzip, deflate, br or plain.';
    case 'SERAI_BODY_JSON':
      return 'The body is not valid JSON.';
    default:
      return status === 413 ? 'The body is too large; send it in smaller parts.' : 'The request cannot be understood.';
  }
}
