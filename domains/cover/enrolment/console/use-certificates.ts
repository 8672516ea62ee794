import { useClient } from '@serai/ui/client-context.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignedCertificate } from '../../settlement/certificate.ts';
import type { CertificatesOfMember } from '../certificates.store.ts';
import { useEnrolment } from './use-enrolment.ts';

const given = '/api/cover/settlement/certificates';

/** Certificates of a member and what could be certified. */
export function useCertificates(memberId: string) {
  const enrolment = useEnrolment();
  return useQuery({
    queryKey: ['enrolment', 'certificates', memberId],
    queryFn: ({ signal }) =>
      enrolment.get<CertificatesOfMember>(`/members/${encodeURIComponent(memberId)}/certificates`, { signal }),
  });
}

/** Signs a certificate for a partner country. */
export function useGiveCertificate(memberId: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  return useMutation({
    mutationFn: (partner: string) =>
      client.change<SignedCertificate>(given, { requestId, memberId, partner } as { requestId: string }, {
        purpose: 'COVERAGE',
      }),
    onError,
    onSuccess: async () => {
      renew();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
}

/** Records a certificate from abroad, with the card it belongs to. */
export function useRecordCertificate(memberId: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  return useMutation({
    mutationFn: (shown: { card: string; certificate: Record<string, unknown>; signature: string }) =>
      client.change<{ certificateId: string; periods: number }>(
        `${given}/record`,
        { requestId, memberId, ...shown } as { requestId: string },
        { purpose: 'COVERAGE' },
      ),
    onError,
    onSuccess: async () => {
      renew();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
}
