import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { RadioField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { Camera } from '@serai/ui/scan/camera.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { abroadMessages } from './abroad.messages.ts';
import { ClaimForm } from './abroad-claim.panel.tsx';
import type { EligibilityAbroad, SettlementClaimView } from './api.ts';
import { useLineStates } from './claim-says.tsx';
import { settlementMessages } from './console.messages.ts';

type Visit = EligibilityAbroad['visit'];
const visits: readonly Visit[] = ['other', 'referral', 'emergency'];

/** A facility asks whether the holder of a foreign card is covered, and claims for the care. */
export default function AbroadPanel() {
  const t = useMessages(abroadMessages);
  const [answer, setAnswer] = useState<EligibilityAbroad>();
  const [uninsured, setUninsured] = useState(false);
  const restart = () => {
    setAnswer(undefined);
    setUninsured(false);
  };
  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {!answer && !uninsured && (
        <>
          <Ask onAnswer={setAnswer} />
          <p>
            <Button onClick={() => setUninsured(true)}>{t('claim.emergency')}</Button>
          </p>
        </>
      )}
      {answer && <Answer answer={answer} />}
      {answer?.covered && <ClaimForm eligibility={answer} />}
      {uninsured && <ClaimForm eligibility={undefined} />}
      {(answer || uninsured) && (
        <p>
          <Button kind="quiet" onClick={restart}>
            {t('again')}
          </Button>
        </p>
      )}
      <OwnClaims />
    </>
  );
}

function Ask({ onAnswer }: { readonly onAnswer: (answer: EligibilityAbroad) => void }) {
  const t = useMessages(abroadMessages);
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [card, setCard] = useState('');
  const [member, setMember] = useState('');
  const [visit, setVisit] = useState<Visit>('other');
  const ask = useMutation({
    mutationFn: () => {
      const body = { requestId, card: card.trim(), visit, ...(member.trim() && { memberNumber: member.trim() }) };
      return client.change<EligibilityAbroad>('/api/cover/settlement/eligibility', body, { purpose: 'COVERAGE' });
    },
    onError,
    onSuccess: onAnswer,
  });
  return (
    <Panel>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (card.trim()) {
            ask.mutate();
          }
        }}
      >
        <TextField
          id="abroad-card"
          label={t('card')}
          hint={t('card.hint')}
          rows={4}
          value={card}
          onChange={setCard}
          input={{ spellCheck: false }}
          required
        />
        <Camera beside onText={setCard} />
        <TextField id="abroad-member" label={t('member')} value={member} onChange={setMember} />
        <RadioField<Visit>
          id="abroad-visit"
          label={t('visit')}
          inline
          value={visit}
          onChange={setVisit}
          choices={visits.map((value) => ({ value, label: t(`visit.${value}`) }))}
        />
        <p>
          <Button type="submit" kind="primary" busy={ask.isPending}>
            {t('ask')}
          </Button>
        </p>
        {ask.isError && <ProblemNotice problem={ask.error} onRetry={() => ask.mutate()} />}
      </form>
    </Panel>
  );
}

function Answer({ answer }: { readonly answer: EligibilityAbroad }) {
  const t = useMessages(abroadMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const country = format.country(answer.partner);
  const left = (benefit: EligibilityAbroad['benefits'][number]) =>
    benefit.caps.length === 0
      ? t('no-limit')
      : benefit.caps
          .map((cap) => t(`left.${cap.per}`, { amount: format.money({ amount: cap.left, currency: cap.currency }) }))
          .join(' · ');
  if (!answer.covered) {
    return (
      <Notice tone="warn" title={t('not-covered', { country })} announce>
        {answer.because === 'waiting' && <p>{t('waiting')}</p>}
        <p>{t('not-covered.hint')}</p>
      </Notice>
    );
  }
  return (
    <Panel title={t('benefits')}>
      <Notice tone="good" announce>
        <p>{t('covered', { country, day: format.day(answer.until ?? answer.careOn) })}</p>
      </Notice>
      <Facts
        facts={[
          { term: t('authorisation'), value: <span className="code">{answer.authorisation ?? '–'}</span> },
          { term: t('clause'), value: <span className="code">{answer.clause}</span> },
        ]}
      />
      <DataTable
        caption={t('benefits')}
        rows={answer.benefits}
        rowKey={(benefit) => benefit.id}
        columns={[
          { key: 'title', title: t('benefits'), value: (benefit) => benefit.title[language] ?? benefit.id },
          { key: 'share', title: t('share'), value: (benefit) => format.percent(benefit.insuredPaysPercent / 100) },
          { key: 'left', title: t('left'), value: left },
        ]}
      />
    </Panel>
  );
}

interface ClaimsPage {
  readonly claims: readonly SettlementClaimView[];
  readonly total: number;
}

function OwnClaims() {
  const t = useMessages(abroadMessages);
  const s = useMessages(settlementMessages);
  const format = useFormat();
  const lineStates = useLineStates();
  const client = useClient();
  const load = async (question: { cursor: string | undefined; signal: AbortSignal }) => {
    const offset = Number(question.cursor ?? 0);
    const path = `/api/cover/settlement/claims?offset=${offset}`;
    const { claims, total } = await client.get<ClaimsPage>(path, { signal: question.signal, purpose: 'HPAYMT' });
    const next = offset + claims.length;
    return { rows: claims, total, ...(next < total && { next: String(next) }) };
  };
  return (
    <Panel title={t('own')}>
      <WorkTable
        caption={t('own')}
        queryKey={['settlement', 'own']}
        load={load}
        rowKey={(row) => row.claimId}
        exportAs="claims-abroad"
        columns={[
          {
            key: 'number',
            title: s('claim.number'),
            value: (row) => row.claimNumber,
            show: (row) => (
              <PlaceLink to={{ screen: 'at', path: `/cover/settlement/claim/${row.claimId}` }}>
                {row.claimNumber}
              </PlaceLink>
            ),
          },
          { key: 'partner', title: s('partner'), value: (row) => format.country(row.partner) },
          { key: 'care', title: s('care'), value: (row) => row.from, show: (row) => format.day(row.from) },
          {
            key: 'claimed',
            title: s('claimed'),
            numeric: true,
            value: (row) => row.claimed.amount,
            show: (row) => format.money(row.claimed),
          },
          {
            key: 'agreed',
            title: s('agreed.amount'),
            numeric: true,
            value: (row) => row.agreed.amount,
            show: (row) => format.money(row.agreed),
          },
          {
            key: 'state',
            title: s('state'),
            value: (row) => lineStates(row.lines),
          },
        ]}
      />
    </Panel>
  );
}
