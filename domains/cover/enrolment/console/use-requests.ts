import { useClient } from '@serai/ui/client-context.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CertificateRequests } from '../../settlement/api.ts';
import type { CertificateRefusal } from '../../settlement/certificate.ts';

const base = '/api/cover/settlement/certificates';
const purpose = { purpose: 'COVERAGE' } as const;

/** Certificates asked for: of one member, or all on one side. */
export function useCertificateRequests(of: { readonly memberId?: string; readonly side?: 'asker' | 'issuer' }) {
  const client = useClient();
  const query = new URLSearchParams(of as Record<string, string>).toString();
  return useQuery({
    queryKey: ['enrolment', 'certificate-requests', query],
    queryFn: ({ signal }) => client.get<CertificateRequests>(`${base}/requests?${query}`, { ...purpose, signal }),
  });
}

/** Asks a card's country about a member. */
export function useAskForCertificate(memberId: string, partner: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  return useMutation({
    mutationFn: (card: string) =>
      client.change<{ certificateRequestId: string; answerBy: string }>(
        `${base}/ask`,
        { requestId, memberId, partner, card } as { requestId: string },
        purpose,
      ),
    onError,
    onSuccess: async () => {
      renew();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
}

/** Signs what is asked for, or says why it is not given. */
export function useAnswerRequest() {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  return useMutation({
    mutationFn: (answer: { readonly certificateRequestId: string; readonly refuse?: CertificateRefusal }) =>
      client.change<{ state: 'given' | 'refused'; reason?: string }>(
        `${base}/answer`,
        { requestId, ...answer } as { requestId: string },
        purpose,
      ),
    onError,
    onSuccess: async () => {
      renew();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
}
