import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { type ReactNode, useState } from 'react';
import type { CertificateRequestView } from '../../settlement/api.ts';
import { requestMessages } from './certificate-requests.messages.ts';
import { certificateMessages } from './certificates.messages.ts';
import { useAskForCertificate, useCertificateRequests } from './use-requests.ts';

/** Why none was given, in the reader's words; a newer partner may have another. */
export function useBecause(): (reason: string) => string {
  const t = useMessages(requestMessages);
  return (reason) => {
    const key = `because.${reason}`;
    return t(key in requestMessages ? (key as keyof typeof requestMessages) : 'because.other');
  };
}

/** Requests, what waits first. */
export function RequestsTable(props: {
  readonly caption: string;
  readonly requests: readonly CertificateRequestView[];
  /** For those that wait and whose person was found. */
  readonly acts?: (row: CertificateRequestView) => ReactNode;
}) {
  const t = useMessages(requestMessages);
  const format = useFormat();
  const because = useBecause();
  const { acts } = props;
  const stateOf = (row: CertificateRequestView) =>
    [t(`state.${row.state}`), ...(row.reason === undefined ? [] : [because(row.reason)])].join(': ');
  return (
    <DataTable<CertificateRequestView>
      caption={props.caption}
      rows={props.requests}
      rowKey={(row) => row.certificateRequestId}
      columns={[
        {
          key: 'member',
          title: t('member'),
          value: (row) => row.member?.name ?? '',
          show: (row) =>
            row.member ? (
              <PlaceLink to={{ screen: 'at', path: `/cover/members/${row.member.memberId}/certificates` }}>
                {row.member.name} <span className="code">{row.member.memberNumber}</span>
              </PlaceLink>
            ) : (
              t('member.none')
            ),
        },
        { key: 'country', title: t('country'), value: (row) => format.country(row.partner) },
        { key: 'asked', title: t('asked-on'), value: (row) => row.askedOn, show: (row) => format.day(row.askedOn) },
        {
          key: 'answer-by',
          title: t('answer-by'),
          value: (row) => row.answerBy,
          show: (row) => (
            <>
              {format.day(row.answerBy)} {row.overdue && <Tag tone="warn">{t('overdue')}</Tag>}
            </>
          ),
        },
        {
          key: 'state',
          title: t('state'),
          value: stateOf,
          show: (row) => (acts && row.state === 'asked' && row.member ? acts(row) : stateOf(row)),
        },
      ]}
    />
  );
}

/** Asks another country about a member, with the card the member shows; and what was asked before. */
export function AskAbroad({ memberId, partner }: { readonly memberId: string; readonly partner: string }) {
  const t = useMessages(requestMessages);
  const words = useMessages(certificateMessages);
  const format = useFormat();
  const ask = useAskForCertificate(memberId, partner);
  const query = useCertificateRequests({ memberId });
  const [card, setCard] = useState('');
  const country = format.country(partner);
  const before = (query.data?.requests ?? []).filter((each) => each.partner === partner);
  const waits = before.some((each) => each.side === 'asker' && each.state === 'asked');
  return (
    <Panel title={t('ask.title', { country })}>
      {before.length > 0 && <RequestsTable caption={t('title')} requests={before} />}
      {!waits && (
        <>
          <p>{t('ask.lead', { country })}</p>
          <div className="form">
            <TextField
              id={`ask-card-${partner}`}
              label={words('receive.card')}
              rows={2}
              value={card}
              onChange={setCard}
              required
            />
            <div className="row">
              <Button busy={ask.isPending} disabled={card.trim() === ''} onClick={() => ask.mutate(card.trim())}>
                {t('ask.do')}
              </Button>
            </div>
          </div>
        </>
      )}
      {ask.isError && <ProblemNotice problem={ask.error} />}
      {ask.isSuccess && (
        <Notice tone="good" announce>
          <p>{t('ask.done', { day: format.day(ask.data.answerBy) })}</p>
        </Notice>
      )}
    </Panel>
  );
}
