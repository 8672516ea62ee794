import { useClient } from '@serai/ui/client-context.tsx';
import { useNavigation } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { forPayment } from '../claims/words.tsx';

/** What a run would pay, and its proposal: the run's own screen follows, where another person decides. */
export function useProposal<Preview>(of: {
  readonly preview: string;
  readonly propose: string;
  readonly input: Readonly<Record<string, string>>;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const { go } = useNavigation();
  const { requestId, onError } = useRequestId();
  const preview = useMutation({ mutationFn: () => client.ask<Preview>(of.preview, of.input, forPayment) });
  const propose = useMutation({
    mutationFn: () =>
      client.change<{ runId: string }>(of.propose, { ...of.input, requestId } as { requestId: string }, forPayment),
    onError,
    onSuccess: ({ runId }) => {
      void queries.invalidateQueries({ queryKey: ['cover', 'payments'] });
      go({ screen: 'at', path: `/cover/payments/${runId}` });
    },
  });
  return { preview, propose };
}
