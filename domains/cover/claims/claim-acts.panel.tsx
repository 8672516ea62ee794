import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClaimInFull } from './api.ts';
import { type ClaimWord, forPayment, useClaimWords } from './words.tsx';

interface ClaimAct {
  readonly key: 'select' | 'bypass' | 'adjudicate' | 'reverse' | 'ask-feedback' | 'appeal';
  /** Where it is done, and with what beside the reason. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly asks: boolean;
  readonly danger?: boolean;
}

/** What may be done with a claim as it stands now, by whoever looks. */
export function ClaimActs({ claim, may }: { readonly claim: ClaimInFull; readonly may: readonly string[] }) {
  const { t } = useClaimWords();
  const [open, setOpen] = useState<ClaimAct>();
  const judges = may.includes('cover.claims');
  const acts = actsOf(claim, judges, may.includes('cover.provider'));
  return (
    <div className="acts">
      {judges && claim.status === 'checked' && (
        <PlaceLink
          to={{ screen: 'at', path: `/cover/claims/review/${claim.claimId}` }}
          className="button button-primary"
        >
          {t('review.title')}
        </PlaceLink>
      )}
      {may.includes('cover.provider') && (
        <PlaceLink to={{ screen: 'at', path: `/cover/provider/new/${claim.claimId}` }} className="button button-plain">
          {t('act.copy')}
        </PlaceLink>
      )}
      {acts.map((act) => (
        <Button key={act.key} kind={act.danger ? 'danger' : 'plain'} onClick={() => setOpen(act)}>
          {t(`act.${act.key}`)}
        </Button>
      ))}
      {open && <ActDialog act={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function actsOf(claim: ClaimInFull, judges: boolean, provides: boolean): ClaimAct[] {
  const id = encodeURIComponent(claim.claimId);
  const bulk = (act: 'select' | 'bypass' | 'adjudicate'): ClaimAct => ({
    key: act,
    path: '/api/cover/claims/bulk',
    body: { act, claimIds: [claim.claimId] },
    asks: true,
  });
  const judged = ['valuated', 'processed', 'rejected'].includes(claim.status);
  const open = claim.appeals.some((each) => each.state === 'open');
  const appealable = ['rejected', 'valuated', 'paid'].includes(claim.status) && !open;
  return [
    ...(judges && claim.status === 'entered' ? [bulk('adjudicate')] : []),
    ...(judges && judged ? [bulk('select')] : []),
    ...(judges && claim.status === 'checked' ? [bulk('bypass')] : []),
    ...(judges && claim.feedback !== 'delivered' && !['entered', 'reversed'].includes(claim.status)
      ? [{ key: 'ask-feedback' as const, path: `/api/cover/claims/${id}/ask-feedback`, body: {}, asks: false }]
      : []),
    ...(appealable && (judges || provides)
      ? [{ key: 'appeal' as const, path: `/api/cover/claims/${id}/appeals`, body: {}, asks: true }]
      : []),
    ...(judges && claim.status !== 'reversed'
      ? [{ key: 'reverse' as const, path: `/api/cover/claims/${id}/reverse`, body: {}, asks: true, danger: true }]
      : []),
  ];
}

function ActDialog({ act, onClose }: { readonly act: ClaimAct; readonly onClose: () => void }) {
  const { t } = useClaimWords();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [reason, setReason] = useState('');
  const doIt = useMutation({
    mutationFn: () =>
      client.change<{ refused?: readonly { code: string }[] }>(
        act.path,
        { requestId, ...act.body, ...(act.asks && { reason }) } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: (answer) => {
      if (!answer.refused?.length) {
        void queries.invalidateQueries({ queryKey: ['cover', 'claims'] });
        onClose();
      }
    },
  });
  return (
    <Dialog
      open
      title={t(`act.${act.key}`)}
      onClose={onClose}
      actions={
        <Button
          kind={act.danger ? 'danger' : 'primary'}
          busy={doIt.isPending}
          disabled={act.asks && reason.trim().length < 3}
          onClick={() => doIt.mutate()}
        >
          {t(`act.${act.key}`)}
        </Button>
      }
    >
      {act.asks && (
        <TextField
          id="act-reason"
          label={t(act.key === 'appeal' ? ('appeal.text' as ClaimWord) : 'reason')}
          hint={t('reason.hint')}
          required
          rows={3}
          value={reason}
          onChange={setReason}
        />
      )}
      {doIt.isError && <ProblemNotice problem={doIt.error} />}
      {doIt.data?.refused?.[0] && (
        <Notice tone="bad" title={t('bulk.done', { done: 0, refused: 1 })} code={doIt.data.refused[0].code} announce />
      )}
    </Dialog>
  );
}
