import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Facts } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StatementView } from './api.ts';
import { settlementMessages } from './console.messages.ts';

/** Who has signed, with the signatures themselves for the paper, and our own where it is our turn. */
export function SigningPart({ view, manages }: { readonly view: StatementView; readonly manages: boolean }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const sign = useMutation({
    mutationFn: () => {
      const body = { requestId, statementId: view.statementId };
      return client.change('/api/cover/settlement/statements/sign', body);
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settlement'] }),
  });
  const us = view.document.parties.find((country) => country !== view.partner)!;
  const signature = (country: string, text: string | undefined) => ({
    term: t(text ? 'signed-by' : 'not-signed-by', { country: format.country(country) }),
    value: text ? <code className="signature">{text.split('.').at(-1)}</code> : '–',
  });
  return (
    <section className="stack" aria-label={t('signatures')}>
      <Facts facts={[signature(us, view.signedByUs), signature(view.partner, view.signedByThem)]} />
      {manages && view.state === 'proposed' && !view.drawnUpByUs && (
        <p>
          <Button kind="primary" busy={sign.isPending} onClick={() => sign.mutate()}>
            {t('sign')}
          </Button>
        </p>
      )}
      {sign.isError && <ProblemNotice problem={sign.error} />}
    </section>
  );
}
