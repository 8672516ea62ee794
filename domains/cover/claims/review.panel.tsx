import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { ClaimInFull, ClaimPage } from './api.ts';
import { Around } from './claim.panel.tsx';
import { type DraftDecision, LineDecisionForm } from './review-line.panel.tsx';
import { forPayment, useClaimWords, useNames } from './words.tsx';

/** What was delivered last: it is told beside the next claim. */
interface Delivered {
  readonly claimNumber: string;
  readonly state: 'proposed' | 'done';
}

interface DeskProps {
  readonly onNext: () => void;
  readonly onDelivered: (of: Delivered) => void;
}

/** The review desk: claims that wait for a person, one after another, by keyboard. */
export default function ReviewDesk({ params }: ScreenProps) {
  const { t } = useClaimWords();
  const client = useClient();
  const { go } = useNavigation();
  const [last, setLast] = useState<Delivered>();
  const waiting = useQuery({
    queryKey: ['cover', 'claims', 'find', 'review'],
    queryFn: ({ signal }) =>
      client.ask<ClaimPage>(
        '/api/cover/claims/find',
        { review: 'selected', status: ['checked'], limit: 50 },
        { signal, ...forPayment },
      ),
  });
  const ids = waiting.data?.rows.map((row) => row.claimId) ?? [];
  const current = params.claimId ?? ids[0];
  const next = ids[(ids.indexOf(current ?? '') + 1) % Math.max(ids.length, 1)];
  const onNext = () => {
    if (next && next !== current) {
      go({ screen: 'at', path: `/cover/claims/review/${next}` });
    }
  };
  return (
    <>
      <ScreenHead
        title={t('review.title')}
        lead={t('review.lead')}
        actions={<Button onClick={onNext}>{t('review.next')}</Button>}
      />
      {last && (
        <Notice
          tone="good"
          title={`${last.claimNumber}: ${t(last.state === 'proposed' ? 'review.proposed' : 'event.review-delivered')}`}
          announce
        />
      )}
      {waiting.isPending && <Loading />}
      {waiting.isError && <ProblemNotice problem={waiting.error} onRetry={() => void waiting.refetch()} />}
      {waiting.isSuccess && current === undefined && <Empty>{t('review.none')}</Empty>}
      {current !== undefined && <Review key={current} claimId={current} onNext={onNext} onDelivered={setLast} />}
    </>
  );
}

function Review(props: DeskProps & { readonly claimId: string }) {
  const { claimId } = props;
  const { t } = useClaimWords();
  const client = useClient();
  const claim = useQuery({
    queryKey: ['cover', 'claims', 'one', claimId],
    queryFn: ({ signal }) =>
      client.get<ClaimInFull>(`/api/cover/claims/${encodeURIComponent(claimId)}`, { signal, ...forPayment }),
  });
  if (claim.isPending) {
    return <Loading />;
  }
  if (claim.isError) {
    return <ProblemNotice problem={claim.error} onRetry={() => void claim.refetch()} />;
  }
  return (
    <>
      <Desk claim={claim.data} onNext={props.onNext} onDelivered={props.onDelivered} />
      <Around claimId={claimId} />
      <p>
        <PlaceLink to={{ screen: 'at', path: `/cover/claims/${claimId}` }}>
          {t('claim.title')} {claim.data.claimNumber}
        </PlaceLink>
      </p>
    </>
  );
}

function useDelivery(claim: ClaimInFull, onDelivered: (of: Delivered) => void) {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  return useMutation({
    mutationFn: (lines: readonly DraftDecision[]) =>
      client.change<{ state: 'proposed' | 'done' }>(
        `/api/cover/claims/${encodeURIComponent(claim.claimId)}/review`,
        { requestId, lines } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: ({ state }) => {
      onDelivered({ claimNumber: claim.claimNumber, state });
      return queries.invalidateQueries({ queryKey: ['cover', 'claims'] });
    },
  });
}

/** What is decided so far, which line is at hand, and what the keys do. */
function useDesk(claim: ClaimInFull, onNext: () => void, onDelivered: (of: Delivered) => void) {
  const [decisions, setDecisions] = useState<ReadonlyMap<number, DraftDecision>>(new Map());
  const [at, setAt] = useState(0);
  const delivery = useDelivery(claim, onDelivered);
  const decide = (line: number, decision: DraftDecision | undefined) => {
    const next = new Map(decisions);
    if (decision) {
      next.set(line, decision);
    } else {
      next.delete(line);
    }
    setDecisions(next);
  };
  const complete = [...decisions.values()].every((each) => each.reason.trim().length >= 3);
  const deliver = () => {
    if (complete) {
      delivery.mutate([...decisions.values()]);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
    const line = claim.lines[at];
    const key = event.key.toLowerCase();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      deliver();
    } else if (typing) {
      return;
    } else if (key === 'n') {
      onNext();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setAt((at + (event.key === 'ArrowDown' ? 1 : -1) + claim.lines.length) % claim.lines.length);
    } else if (line && key === 'a') {
      decide(line.line, undefined);
    } else if (line && key === 'r') {
      decide(line.line, { line: line.line, decision: 'rejected', reason: '' });
    } else {
      return;
    }
    event.preventDefault();
  };
  return { decisions, decide, at, setAt, complete, deliver, delivery, onKeyDown };
}

const keys = [
  ['↑ ↓', 'key.line'],
  ['A', 'key.accept'],
  ['R', 'key.reject'],
  ['Ctrl+Enter', 'key.deliver'],
  ['N', 'key.next'],
] as const;

/** What the keys do, for whoever has a keyboard. */
function Keys() {
  const { t } = useClaimWords();
  return (
    <dl className="keys soft small" aria-label={t('review.keys')}>
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where the keyboard acts on the line that holds the focus. */
function Desk({ claim, onNext, onDelivered }: DeskProps & { readonly claim: ClaimInFull }) {
  const { t } = useClaimWords();
  const names = useNames();
  const format = useFormat();
  const desk = useDesk(claim, onNext, onDelivered);
  const { delivery } = desk;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for what every control inside does too.
    <div className="stack" onKeyDown={desk.onKeyDown}>
      <Keys />
      <Panel
        title={
          <>
            <span className="code">{claim.claimNumber}</span> · <Written text={claim.memberName} /> ·{' '}
            {format.money(claim.claimed)}
          </>
        }
      >
        <p>
          {t('diagnoses')}: {claim.diagnoses.join(', ')} · {format.date(claim.from)} ·{' '}
          {claim.reviewBecause.map((why) => names.because(why, claim.schemeId)).join(' · ')}
        </p>
        <p className="soft small">{t('review.four-eyes', { amount: format.money(claim.fourEyesFrom) })}</p>
        {claim.lines.map((line, i) => (
          <LineDecisionForm
            key={line.line}
            line={line}
            current={i === desk.at}
            decision={desk.decisions.get(line.line)}
            onFocus={() => desk.setAt(i)}
            onDecide={(decision) => desk.decide(line.line, decision)}
          />
        ))}
        {delivery.isError && <ProblemNotice problem={delivery.error} />}
        <Button kind="primary" busy={delivery.isPending} disabled={!desk.complete} onClick={desk.deliver}>
          {t('review.deliver')}
        </Button>
      </Panel>
    </div>
  );
}
