import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { CheckboxField, TextField } from '@serai/ui/components/field.tsx';
import { Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProposed, ProposedNotice } from '../approvals/proposed-notice.tsx';
import type { AppealView, ClaimInFull } from './api.ts';
import { forPayment, useClaimWords, useNames } from './words.tsx';

type OpenAppeal = AppealView & { readonly claimNumber: string; readonly provider: string };

/** Appeals that wait for a decision. */
export default function Appeals() {
  const { t } = useClaimWords();
  const format = useFormat();
  const names = useNames();
  const client = useClient();
  const [deciding, setDeciding] = useState<OpenAppeal>();
  return (
    <>
      <ScreenHead title={t('appeals.title')} lead={t('appeals.lead')} />
      <Panel>
        <WorkTable<OpenAppeal>
          caption={t('appeals.title')}
          queryKey={['cover', 'claims', 'appeals']}
          load={({ cursor, signal }) =>
            client.ask('/api/cover/appeals/find', cursor ? { cursor } : {}, { signal, ...forPayment })
          }
          rowKey={(row) => row.appealId}
          exportAs="appeals"
          empty={t('appeals.none')}
          columns={[
            {
              key: 'number',
              title: t('number'),
              value: (row) => row.claimNumber,
              show: (row) => (
                <PlaceLink to={{ screen: 'at', path: `/cover/claims/${row.claimId}` }}>{row.claimNumber}</PlaceLink>
              ),
            },
            {
              key: 'provider',
              title: t('provider'),
              value: (row) => names.facility(row.provider),
              show: (row) => <Written text={names.facility(row.provider)} />,
            },
            { key: 'by', title: t('appeal.by'), value: (row) => t(`appeal.${row.onBehalfOf}`) },
            {
              key: 'opened',
              title: t('appeal.opened'),
              value: (row) => row.opened,
              show: (row) => format.date(row.opened),
            },
            {
              key: 'reason',
              title: t('reason'),
              value: (row) => row.reason,
              show: (row) => <Written text={row.reason} />,
            },
            {
              key: 'decide',
              title: t('decision'),
              value: () => '',
              show: (row) => <Button onClick={() => setDeciding(row)}>{t('decision')}</Button>,
            },
          ]}
        />
      </Panel>
      {deciding && <Decide appeal={deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

function Decide({ appeal, onClose }: { readonly appeal: OpenAppeal; readonly onClose: () => void }) {
  const { t } = useClaimWords();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [text, setText] = useState('');
  const [referralFrom, setReferralFrom] = useState('');
  const [lift, setLift] = useState(true);
  const decide = useMutation({
    mutationFn: async (grant: boolean) => {
      const rejected = grant && lift ? await rejectedLines(appeal.claimId) : [];
      const lines = rejected.map((line) => ({ line, decision: 'accepted', reason: text }));
      const body = {
        requestId,
        grant,
        text,
        lines,
        ...(grant && referralFrom.trim() && { referralFrom: referralFrom.trim() }),
      };
      return client.change<unknown>(
        `/api/cover/appeals/${encodeURIComponent(appeal.appealId)}/decide`,
        body,
        forPayment,
      );
    },
    onError,
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ['cover', 'claims'] });
      if (!isProposed(answer)) {
        onClose();
      }
    },
  });
  const rejectedLines = async (claimId: string): Promise<number[]> => {
    const claim = await client.get<ClaimInFull>(`/api/cover/claims/${encodeURIComponent(claimId)}`, forPayment);
    return claim.lines.filter((line) => line.reason === -1).map((line) => line.line);
  };
  const ready = text.trim().length >= 3 && !isProposed(decide.data);
  return (
    <Dialog
      open
      title={`${t('appeals.title')} ${appeal.claimNumber}`}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" busy={decide.isPending} disabled={!ready} onClick={() => decide.mutate(true)}>
            {t('appeal.grant')}
          </Button>
          <Button busy={decide.isPending} disabled={!ready} onClick={() => decide.mutate(false)}>
            {t('appeal.uphold')}
          </Button>
        </>
      }
    >
      <p>
        <Written text={appeal.reason} />
      </p>
      <TextField id="appeal-decision" label={t('appeal.decision')} required rows={3} value={text} onChange={setText} />
      <TextField id="appeal-referral" label={t('new.referral')} value={referralFrom} onChange={setReferralFrom} />
      <CheckboxField id="appeal-lift" label={t('appeal.lift')} checked={lift} onChange={setLift} />
      {isProposed(decide.data) && <ProposedNotice answer={decide.data} />}
      {decide.isError && <ProblemNotice problem={decide.error} />}
    </Dialog>
  );
}
