import type { MoneyText } from '@serai/kernel/base/money.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable, downloadText } from '@serai/ui/components/table.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import type { AroundClaim, ClaimInFull, ClaimLineView } from './api.ts';
import { ClaimActs } from './claim-acts.panel.tsx';
import { type ClaimWord, forPayment, StatusTag, useClaimColumns, useClaimWords, useNames } from './words.tsx';

/** One claim: what was claimed, what became of each line and why, and everything that happened to it. */
export default function ClaimScreen({ params, may }: ScreenProps) {
  const { t } = useClaimWords();
  const client = useClient();
  const id = params.claimId ?? '';
  const claim = useQuery({
    queryKey: ['cover', 'claims', 'one', id],
    // Others act on it too: whoever opens it sees it as it is now.
    staleTime: 0,
    queryFn: ({ signal }) =>
      client.get<ClaimInFull>(`/api/cover/claims/${encodeURIComponent(id)}`, { signal, ...forPayment }),
  });
  if (claim.isPending) {
    return <Loading />;
  }
  if (claim.isError) {
    return (
      <>
        <ScreenHead title={t('queue.title')} />
        <ProblemNotice problem={claim.error} onRetry={() => void claim.refetch()} />
      </>
    );
  }
  // A facility sees its own claim, not what is said of it beside others.
  const compares = may.includes('cover.claims') || may.includes('cover.look');
  return (
    <>
      <ClaimHead claim={claim.data} />
      <ClaimActs claim={claim.data} may={may} />
      <Panel title={t('lines')}>
        <ClaimLines claim={claim.data} />
      </Panel>
      {compares && <Around claimId={id} />}
      <Judged claim={claim.data} />
      <Appeals claim={claim.data} />
      <Events claim={claim.data} />
    </>
  );
}

function ClaimHead({ claim }: { readonly claim: ClaimInFull }) {
  const { t, reason } = useClaimWords();
  const format = useFormat();
  const names = useNames();
  const client = useClient();
  const download = async () => {
    const bundle = await client.get<unknown>(`/api/cover/claims/${encodeURIComponent(claim.claimId)}/fhir`, forPayment);
    downloadText(`claim-${claim.claimNumber}.fhir.json`, JSON.stringify(bundle, null, 2));
  };
  return (
    <>
      <ScreenHead
        title={`${t('claim.title')} ${claim.claimNumber}`}
        actions={
          <Button kind="quiet" onClick={() => void download()}>
            {t('act.fhir')}
          </Button>
        }
      />
      <Panel>
        <Facts
          facts={[
            { term: t('status'), value: <StatusTag status={claim.status} /> },
            { term: t('member'), value: <Written text={`${claim.memberName} (${claim.memberNumber})`} /> },
            { term: t('provider'), value: <Written text={names.facility(claim.provider)} /> },
            { term: t('scheme'), value: names.scheme(claim.schemeId) },
            { term: t('care'), value: t(`care.${claim.care}`) },
            { term: t('visit'), value: t(`visit.${claim.visit}` as ClaimWord) },
            { term: t('from'), value: format.date(claim.from) },
            claim.to !== claim.from && { term: t('to'), value: format.date(claim.to) },
            { term: t('claimed-on'), value: format.date(claim.claimedOn) },
            { term: t('diagnoses'), value: claim.diagnoses.join(', ') },
            { term: t('claimed'), value: format.money(claim.claimed) },
            { term: t('paid'), value: format.money(claim.paid) },
            { term: t('settled'), value: format.money(claim.settled) },
            claim.referralFrom !== undefined && {
              term: t('new.referral'),
              value: <Written text={claim.referralFrom} />,
            },
            claim.preauthorisation !== undefined && { term: t('new.preauthorisation'), value: claim.preauthorisation },
            claim.explanation !== undefined && { term: t('explanation'), value: <Written text={claim.explanation} /> },
          ]}
        />
        {claim.review === 'selected' && claim.reviewBecause.length > 0 && (
          <Notice
            tone="warn"
            title={`${t('because')}: ${claim.reviewBecause.map((why) => names.because(why, claim.schemeId)).join(' · ')}`}
          />
        )}
        {claim.reason !== 0 && (
          <Notice tone="bad" title={`${claim.reason} · ${reason(claim.reason)}`}>
            {claim.rule && <p className="small soft">{t('why.rule', { rule: claim.rule })}</p>}
          </Notice>
        )}
      </Panel>
    </>
  );
}

/** Lines with what became of each, and why in words with the number and the rule. */
export function ClaimLines({ claim }: { readonly claim: Pick<ClaimInFull, 'lines' | 'status'> }) {
  const { t, title } = useClaimWords();
  const format = useFormat();
  // Until it is judged nothing was allowed, and nothing refused either.
  const judged = (amount: MoneyText) => (claim.status === 'entered' ? '–' : format.money(amount));
  return (
    <DataTable
      caption={t('lines')}
      rows={claim.lines}
      rowKey={(line) => String(line.line)}
      exportAs="claim-lines"
      columns={[
        { key: 'line', title: t('line'), value: (line) => line.line, numeric: true },
        {
          key: 'what',
          title: t('what'),
          value: (line) => `${title(line.title, line.code)} (${line.code})`,
          show: (line) => (
            <>
              {title(line.title, line.code)} <span className="code soft">{line.code}</span>
            </>
          ),
        },
        { key: 'quantity', title: t('quantity'), value: (line) => line.quantity, numeric: true },
        {
          key: 'price',
          title: t('unit-price'),
          value: (line) => line.unitPrice.amount,
          show: (line) => format.money(line.unitPrice),
          numeric: true,
        },
        {
          key: 'claimed',
          title: t('claimed'),
          value: (line) => line.claimed.amount,
          show: (line) => format.money(line.claimed),
          numeric: true,
        },
        {
          key: 'allowed',
          title: t('allowed'),
          value: (line) => line.allowed.amount,
          show: (line) => judged(line.allowed),
          numeric: true,
        },
        {
          key: 'adjusted',
          title: t('adjusted'),
          value: (line) => line.adjusted.amount,
          show: (line) => judged(line.adjusted),
          numeric: true,
        },
        {
          key: 'paid',
          title: t('paid'),
          value: (line) => line.paid.amount,
          show: (line) => judged(line.paid),
          numeric: true,
        },
        {
          key: 'why',
          title: t('why'),
          value: (line) => (claim.status === 'entered' ? '' : line.reason),
          show: (line) =>
            claim.status === 'entered' ? <span className="soft">{t('why.waiting')}</span> : <Why line={line} />,
        },
      ]}
    />
  );
}

function Why({ line }: { readonly line: Pick<ClaimLineView, 'reason' | 'rule' | 'exchange'> }) {
  const format = useFormat();
  const { t, reason, todo } = useClaimWords();
  return (
    <span className="why">
      {line.reason} · {reason(line.reason)}
      {line.rule && <span className="small soft"> {t('why.rule', { rule: line.rule })}</span>}
      {line.reason !== 0 && todo(line.reason) && (
        <span className="small soft"> {t('why.todo', { todo: todo(line.reason) })}</span>
      )}
      {line.exchange?.map((rate) => (
        <span key={rate.from + rate.to} className="small soft">
          {' '}
          {t('why.exchange', {
            from: rate.from,
            to: rate.to,
            value: rate.value,
            source: rate.source,
            day: format.date(rate.at),
          })}
        </span>
      ))}
    </span>
  );
}

/** What looks wrong, and what else the member had: for those who judge. */
export function Around({ claimId }: { readonly claimId: string }) {
  const { t, suspicion } = useClaimWords();
  const client = useClient();
  const columns = useClaimColumns({ provider: true });
  const around = useQuery({
    queryKey: ['cover', 'claims', 'around', claimId],
    queryFn: ({ signal }) =>
      client.get<AroundClaim>(`/api/cover/claims/${encodeURIComponent(claimId)}/around`, { signal, ...forPayment }),
  });
  return (
    <>
      {around.data && around.data.suspicions.length > 0 && (
        <Panel title={t('suspicions')}>
          <ul className="suspicions">
            {around.data.suspicions.map((each) => (
              <li key={`${each.number}-${each.line ?? 0}`}>
                <Tag tone={each.weight === 'possible' ? 'warn' : 'bad'}>{t(`weight.${each.weight}`)}</Tag> {each.number}{' '}
                · {suspicion(each.number)}
                {each.line !== undefined && ` (${t('line')} ${each.line})`}
                {each.with.map((other) => (
                  <span key={other}>
                    {' '}
                    <PlaceLink to={{ screen: 'at', path: `/cover/claims/${other}` }}>{t('suspicion.with')}</PlaceLink>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t('history')}>
        {around.isPending && <Loading />}
        {around.isError && <ProblemNotice problem={around.error} />}
        {around.data && (
          <DataTable caption={t('history')} rows={around.data.others} rowKey={(row) => row.claimId} columns={columns} />
        )}
      </Panel>
    </>
  );
}

function Judged({ claim }: { readonly claim: ClaimInFull }) {
  const { t, reason } = useClaimWords();
  const format = useFormat();
  return (
    <Panel title={t('judged')}>
      <DataTable
        caption={t('judged')}
        rows={claim.adjudications}
        rowKey={(each) => String(each.run)}
        columns={[
          {
            key: 'run',
            title: t('judged'),
            value: (each) => each.run,
            show: (each) => t('judged.run', { run: each.run }),
          },
          { key: 'at', title: t('claimed-on'), value: (each) => each.at, show: (each) => format.date(each.at) },
          { key: 'version', title: t('judged.version'), value: (each) => each.schemeVersion ?? '', numeric: true },
          {
            key: 'paid',
            title: t('paid'),
            value: (each) => each.paid.amount,
            show: (each) => format.money(each.paid),
            numeric: true,
          },
          { key: 'why', title: t('why'), value: (each) => `${each.reason} · ${reason(each.reason)}` },
        ]}
      />
      {claim.decisions.length > 0 && (
        <ul className="timeline">
          {claim.decisions.map((each) => (
            <li key={`${each.line}-${each.at}-${each.decision}`}>
              {format.date(each.at)} · {t('line')} {each.line}: {t(`decision.${each.decision}`)}
              {each.amount && ` ${format.money(each.amount)}`} · <Written text={each.reason} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Appeals({ claim }: { readonly claim: ClaimInFull }) {
  const { t } = useClaimWords();
  const format = useFormat();
  const given = claim.feedbackGiven;
  return (
    <>
      {claim.appeals.map((each) => (
        <Panel key={each.appealId} title={t('appeals.title')}>
          <p>
            {format.date(each.opened)} · {t(`appeal.${each.onBehalfOf}`)}: <Written text={each.reason} />
          </p>
          {each.decision && (
            <p>
              {each.decided && format.date(each.decided)} ·{' '}
              {t(each.state === 'granted' ? 'event.appeal-granted' : 'event.appeal-upheld')}:{' '}
              <Written text={each.decision} />
            </p>
          )}
        </Panel>
      ))}
      {given && (
        <Panel title={t('feedback.title')}>
          {given.mismatches.map((each) => (
            <Notice key={each} tone="warn" title={t(`mismatch.${each}` as ClaimWord)} />
          ))}
          <p>
            {t('feedback.rating')} {given.rating}
          </p>
        </Panel>
      )}
    </>
  );
}

function Events({ claim }: { readonly claim: ClaimInFull }) {
  const { t, event } = useClaimWords();
  const format = useFormat();
  return (
    <Panel title={t('events')}>
      <ol className="timeline">
        {claim.events.map((each, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events are numbered by their place and only ever added.
          <li key={i}>
            {format.date(each.at)} · {event(each.event)}
            {typeof each.detail.reason === 'string' && <> · {each.detail.reason}</>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
