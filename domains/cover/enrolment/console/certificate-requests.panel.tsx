import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { RadioField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { CertificateRequestView } from '../../settlement/api.ts';
import { type CertificateRefusal, certificateRefusals } from '../../settlement/certificate.ts';
import { requestMessages } from './certificate-requests.messages.ts';
import { RequestsTable, useBecause } from './certificate-requests-table.tsx';
import { useAnswerRequest, useCertificateRequests } from './use-requests.ts';

/** Certificates of insured periods that other countries ask for, and those this one has asked for. */
export default function CertificateRequestsPanel(_: ScreenProps) {
  const t = useMessages(requestMessages);
  return (
    <div className="stack">
      <ScreenHead title={t('title')} lead={t('lead')} />
      <OfUs />
      <ByUs />
    </div>
  );
}

function OfUs() {
  const t = useMessages(requestMessages);
  const because = useBecause();
  const query = useCertificateRequests({ side: 'issuer' });
  const answer = useAnswerRequest();
  const [refusing, setRefusing] = useState<CertificateRequestView | undefined>();
  const requests = query.data?.requests ?? [];
  const acts = (row: CertificateRequestView) => (
    <span className="row">
      <Button
        busy={answer.isPending && answer.variables?.certificateRequestId === row.certificateRequestId}
        onClick={() => answer.mutate({ certificateRequestId: row.certificateRequestId })}
      >
        {t('sign')}
      </Button>
      <Button onClick={() => setRefusing(row)}>{t('refuse')}</Button>
    </span>
  );
  return (
    <Panel title={t('of-us')}>
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data && requests.length === 0 && <Empty>{t('none.of-us')}</Empty>}
      {requests.length > 0 && <RequestsTable caption={t('of-us')} requests={requests} acts={acts} />}
      {answer.isError && <ProblemNotice problem={answer.error} />}
      {answer.isSuccess && (
        <Notice tone={answer.data.state === 'given' ? 'good' : 'note'} announce>
          <p>
            {answer.data.state === 'given'
              ? t('sent')
              : t('sent.refused', { because: because(answer.data.reason ?? '') })}
          </p>
        </Notice>
      )}
      {refusing && (
        <Refuse
          onClose={() => setRefusing(undefined)}
          onRefuse={(reason) => {
            answer.mutate({ certificateRequestId: refusing.certificateRequestId, refuse: reason });
            setRefusing(undefined);
          }}
        />
      )}
    </Panel>
  );
}

function Refuse(props: { readonly onClose: () => void; readonly onRefuse: (reason: CertificateRefusal) => void }) {
  const t = useMessages(requestMessages);
  const [reason, setReason] = useState<CertificateRefusal>('unclear');
  return (
    <Dialog
      title={t('refuse.title')}
      open
      onClose={props.onClose}
      actions={
        <Button kind="primary" onClick={() => props.onRefuse(reason)}>
          {t('refuse')}
        </Button>
      }
    >
      <RadioField<CertificateRefusal>
        id="refuse-because"
        label={t('refuse.why')}
        value={reason}
        onChange={setReason}
        choices={[...certificateRefusals].reverse().map((value) => ({ value, label: t(`because.${value}`) }))}
      />
    </Dialog>
  );
}

function ByUs() {
  const t = useMessages(requestMessages);
  const query = useCertificateRequests({ side: 'asker' });
  const requests = query.data?.requests ?? [];
  return (
    <Panel title={t('by-us')}>
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data && requests.length === 0 && <Empty>{t('none.by-us')}</Empty>}
      {requests.length > 0 && <RequestsTable caption={t('by-us')} requests={requests} />}
    </Panel>
  );
}
