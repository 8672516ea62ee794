import { notFound, OperationOutcomeError } from '@medplum/core';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import type { CertificateRequests } from './api.ts';
import { giveCertificate, recordCertificate, totalisedPeriods } from './certificate.store.ts';
import { certificateRefusals } from './certificate.ts';
import { answerRequest } from './certificate-answer.store.ts';
import { askForCertificate } from './certificate-asked.store.ts';
import { certificateRequests } from './certificate-requests.store.ts';

const requestId = z.uuid('must be a UUID made by the caller, new for each act');
const memberId = z.string().min(1).max(64);
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code in capitals');

const giveSchema = z.strictObject({ requestId, memberId, partner: country });
const recordSchema = z.strictObject({
  requestId,
  memberId,
  card: z.string().min(1, 'must not be empty').max(20_000, 'is too long for a card'),
  certificate: z.record(z.string(), z.unknown()),
  signature: z.string().min(1).max(4000),
});

const askSchema = z.strictObject({
  requestId,
  memberId,
  partner: country,
  card: z.string().trim().min(1, 'must not be empty').max(20_000, 'is too long for a card'),
});
const answerSchema = z.strictObject({
  requestId,
  certificateRequestId: z.uuid('must be an id of this node'),
  refuse: z.enum(certificateRefusals).optional(),
});
const requestsQuery = z.strictObject({
  memberId: memberId.optional(),
  side: z.enum(['asker', 'issuer']).optional(),
});

/** Whoever enrols: a certificate is part of someone's cover, not of their care. */
async function requireEnrolment(store: RequestStore, action: 'read' | 'create'): Promise<void> {
  await requireCover(store, action, 'Coverage');
  const { actor } = store.context;
  if (actor.class !== 'payer' || !actor.roles.some((role) => role === 'enrolment-officer' || role === 'fund-manager')) {
    throw new OperationOutcomeError(notFound);
  }
}

/** Certificates of insured periods, given and recorded, and what they come to. */
export function certificateRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/settlement/certificates',
    { config: { summary: 'Certify a member’s insured periods for a partner country, signed.', body: giveSchema } },
    async (request) => {
      const input = parseInput(giveSchema, request.body);
      const store = options.storeFor(request);
      await requireEnrolment(store, 'create');
      return giveCertificate(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/certificates/record',
    { config: { summary: 'Record a certificate of insured periods from a partner country.', body: recordSchema } },
    async (request) => {
      const input = parseInput(recordSchema, request.body);
      const store = options.storeFor(request);
      await requireEnrolment(store, 'create');
      return recordCertificate(options, store, input);
    },
  );
  requestRoutes(app, options);
  app.get<{ Params: { memberId: string } }>(
    '/api/cover/settlement/periods/:memberId',
    { config: { summary: 'A member’s insured periods here and elsewhere, no day twice.' } },
    async (request) => {
      await requireEnrolment(options.storeFor(request), 'read');
      return totalisedPeriods(options, request.params.memberId);
    },
  );
}

/** Certificates asked for across the border. */
function requestRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    '/api/cover/settlement/certificates/ask',
    { config: { summary: 'Ask a card’s country to certify a member’s insured periods.', body: askSchema } },
    async (request) => {
      const input = parseInput(askSchema, request.body);
      const store = options.storeFor(request);
      await requireEnrolment(store, 'create');
      return askForCertificate(options, store, input);
    },
  );
  app.post(
    '/api/cover/settlement/certificates/answer',
    { config: { summary: 'Sign the certificate a partner asks for, or give none.', body: answerSchema } },
    async (request) => {
      const input = parseInput(answerSchema, request.body);
      const store = options.storeFor(request);
      await requireEnrolment(store, 'create');
      return answerRequest(options, store, input);
    },
  );
  app.get<{ Querystring: unknown }>(
    '/api/cover/settlement/certificates/requests',
    { config: { summary: 'Certificates asked for, by this country and of it.' } },
    async (request): Promise<CertificateRequests> => {
      const query = parseInput(requestsQuery, request.query);
      await requireEnrolment(options.storeFor(request), 'read');
      return certificateRequests(options, query);
    },
  );
}
