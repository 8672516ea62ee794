import { parseInput } from '@serai/kernel/base/input.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import {
  type CertificateCheck,
  type CertificatesOfMember,
  certificatesOf,
  checkCertificate,
} from './certificates.store.ts';
import { absent, reachFor } from './enrolment.access.ts';

const checkSchema = z.strictObject({
  certificate: z.record(z.string(), z.unknown()),
  signature: z.string().min(1, 'must not be empty').max(4000),
});

/** Certificates of insured periods as a member's desk sees them; giving and recording them is settlement's. */
export async function certificateRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.get<{ Params: { id: string } }>(
    '/api/cover/enrolment/members/:id/certificates',
    {
      config: {
        summary: 'Certificates of a member, what could be certified for whom, and the total without a day twice.',
      },
    },
    async (request): Promise<CertificatesOfMember> => {
      await reachFor(options.storeFor(request), 'change');
      return (await certificatesOf(options, request.params.id)) ?? absent();
    },
  );

  app.post(
    '/api/cover/enrolment/certificates/check',
    {
      config: { summary: 'Check the signature of a certificate of insured periods that is shown.', body: checkSchema },
    },
    async (request): Promise<Result<CertificateCheck>> => {
      const input = parseInput(checkSchema, request.body);
      await reachFor(options.storeFor(request), 'change');
      return checkCertificate(options, input);
    },
  );
}
