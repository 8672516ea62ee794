import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { CheckboxField, RadioField, TextField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { CardsOfPerson, IssueCard, IssuedCard, RevokeCard } from '../api.ts';
import { claimMessages } from '../exchange.messages.ts';
import { cardMessages } from './card.messages.ts';
import { type ReadableClaim, shownClaims } from './claims.ts';
import { PrintedCard } from './printed-card.tsx';

const claims = ['name', 'birthYear', 'residence', 'employment', 'cover', 'education'] as const;
type Claim = (typeof claims)[number];
/** Claims the record does not hold itself: the person says what the card should say. */
const written = ['residence', 'employment', 'education'] as const;
const isWritten = (claim: Claim): claim is (typeof written)[number] => (written as readonly Claim[]).includes(claim);
/** The request names the claim as code does, the card as its format does. */
const wordOf = (claim: Claim): ReadableClaim => (claim === 'birthYear' ? 'birth_year' : claim);
const validities = ['90', '365', '730'] as const;
const reasons = ['lost', 'stolen', 'wrong-data', 'person-asked'] as const satisfies readonly RevokeCard['reason'][];

/** Issue, print and revoke the card a person carries. */
export function CardPanel({ personId, may }: SectionProps) {
  const [issued, setIssued] = useState<IssuedCard>();
  return (
    <div className="stack">
      {issued ? (
        <NewCard card={issued} onAnother={() => setIssued(undefined)} />
      ) : (
        may.includes('issue-card') && <IssueForm personId={personId} onIssued={setIssued} />
      )}
      <CardList personId={personId} mayRevoke={may.includes('issue-card')} />
    </div>
  );
}

function IssueForm({
  personId,
  onIssued,
}: {
  readonly personId: string;
  readonly onIssued: (card: IssuedCard) => void;
}) {
  const t = useMessages(cardMessages);
  const c = useMessages(claimMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [chosen, setChosen] = useState<ReadonlySet<Claim>>(new Set<Claim>(['name', 'birthYear']));
  const [texts, setTexts] = useState<Readonly<Partial<Record<Claim, string>>>>({});
  const [days, setDays] = useState<(typeof validities)[number]>('365');
  const [tried, setTried] = useState(false);
  const missing = (claim: Claim) => chosen.has(claim) && isWritten(claim) && !texts[claim]?.trim();

  const issue = useMutation({
    mutationFn: () => {
      const body: IssueCard = {
        requestId,
        include: claims.filter((claim) => chosen.has(claim)),
        ...Object.fromEntries(
          written
            .filter((claim) => chosen.has(claim) && texts[claim]?.trim())
            .map((claim) => [claim, texts[claim]!.trim()]),
        ),
        validDays: Number(days),
      };
      return client.change<IssuedCard>(`/api/persons/${encodeURIComponent(personId)}/cards`, body);
    },
    onError,
    onSuccess: (card) => {
      onIssued(card);
      return queries.invalidateQueries({ queryKey: ['person', personId, 'cards'] });
    },
  });
  const send = () => {
    setTried(true);
    if (!issue.isPending && !claims.some(missing)) {
      issue.mutate();
    }
  };

  return (
    <Panel title={t('issue.title')}>
      <p className="soft prose">{t('issue.lead')}</p>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <fieldset className="field">
          <legend className="field-label">{t('include')}</legend>
          <div className="claim-grid">
            {claims.map((claim) => (
              <div key={claim} className="claim">
                <CheckboxField
                  id={`claim-${claim}`}
                  label={c(wordOf(claim))}
                  checked={chosen.has(claim)}
                  onChange={(on) => {
                    const next = new Set(chosen);
                    if (on) {
                      next.add(claim);
                    } else {
                      next.delete(claim);
                    }
                    setChosen(next);
                  }}
                />
                {claim === 'cover' && chosen.has(claim) && <p className="field-hint">{t('cover-from-record')}</p>}
                {isWritten(claim) && chosen.has(claim) && (
                  <TextField
                    id={`text-${claim}`}
                    label={<span className="only-spoken">{c(wordOf(claim))}</span>}
                    value={texts[claim] ?? ''}
                    error={tried && missing(claim) ? t('text-needed') : undefined}
                    onChange={(text) => setTexts({ ...texts, [claim]: text })}
                    input={{ maxLength: 80 }}
                  />
                )}
              </div>
            ))}
          </div>
          <p className="field-hint">{t('always')}</p>
        </fieldset>
        <RadioField
          id="valid"
          label={t('valid')}
          inline
          value={days}
          onChange={setDays}
          choices={validities.map((value) => ({ value, label: t(`valid.${value}`) }))}
        />
        {issue.isError && <ProblemNotice problem={issue.error} onRetry={send} />}
        <div className="form-actions">
          <Button type="submit" kind="primary" icon="card" busy={issue.isPending}>
            {t('issue')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function NewCard({ card, onAnother }: { readonly card: IssuedCard; readonly onAnother: () => void }) {
  const t = useMessages(cardMessages);
  const format = useFormat();
  return (
    <Panel title={t('title')}>
      <Notice tone="good" announce>
        <p>{t('issued')}</p>
      </Notice>
      <PrintedCard card={card} />
      {createPortal(
        <div className="print-root">
          <PrintedCard card={card} />
        </div>,
        document.body,
      )}
      <p className="soft small">
        {t('qr.size', { version: card.printed.qrVersion, bytes: card.printed.bytes })} ·{' '}
        {t('valid-until', { date: format.day(card.expiresAt) })}
      </p>
      <div className="row">
        <Button kind="primary" icon="print" onClick={() => printAs('card')}>
          {t('print.card')}
        </Button>
        <Button icon="print" onClick={() => printAs('sheet')}>
          {t('print.sheet')}
        </Button>
        <Button onClick={() => saveText('serai-card.txt', card.sdJwt)}>{t('phone')}</Button>
        <Button kind="quiet" onClick={onAnother}>
          {t('another')}
        </Button>
      </div>
    </Panel>
  );
}

/** Prints only the card, at its real size, or the sheet that explains it; `print.css` does the rest. */
function printAs(what: 'card' | 'sheet'): void {
  document.documentElement.dataset.print = what;
  const done = () => {
    delete document.documentElement.dataset.print;
    window.removeEventListener('afterprint', done);
  };
  window.addEventListener('afterprint', done);
  window.print();
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function CardList({ personId, mayRevoke }: { readonly personId: string; readonly mayRevoke: boolean }) {
  const t = useMessages(cardMessages);
  const c = useMessages(claimMessages);
  const format = useFormat();
  const client = useClient();
  const [revoking, setRevoking] = useState<string>();
  const cards = useQuery({
    queryKey: ['person', personId, 'cards'],
    queryFn: ({ signal }) =>
      client.get<CardsOfPerson>(`/api/persons/${encodeURIComponent(personId)}/cards`, { signal }),
  });
  if (cards.isPending) {
    return <Loading />;
  }
  if (cards.isError) {
    return <ProblemNotice problem={cards.error} onRetry={() => void cards.refetch()} />;
  }
  const isGood = (card: CardsOfPerson['cards'][number]) => !card.revokedAt && new Date(card.expiresAt) > new Date();
  const stateOf = (card: CardsOfPerson['cards'][number]) =>
    card.revokedAt
      ? t('state.revoked', { date: format.day(card.revokedAt) })
      : isGood(card)
        ? t('state.good')
        : t('state.expired');
  return (
    <Panel title={t('list.title')}>
      {cards.data.cards.length === 0 ? (
        <Empty>{t('none')}</Empty>
      ) : (
        <DataTable
          caption={t('list.title')}
          rows={cards.data.cards}
          rowKey={(card) => card.cardId}
          columns={[
            {
              key: 'issued',
              title: t('issued-at'),
              value: (card) => card.issuedAt,
              show: (card) => format.day(card.issuedAt),
            },
            {
              key: 'expires',
              title: t('expires-at'),
              value: (card) => card.expiresAt,
              show: (card) => format.day(card.expiresAt),
            },
            {
              key: 'carries',
              title: t('carries'),
              value: (card) =>
                shownClaims(card.claims)
                  .map(({ claim }) => c(claim))
                  .join(', '),
            },
            {
              key: 'state',
              title: t('state'),
              value: stateOf,
              show: (card) => (
                <span className="row">
                  <Tag tone={card.revokedAt ? 'bad' : isGood(card) ? 'good' : 'warn'}>{stateOf(card)}</Tag>
                  {mayRevoke && isGood(card) && (
                    <Button kind="danger" onClick={() => setRevoking(card.cardId)}>
                      {t('revoke')}
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {revoking && (
        <RevokeDialog key={revoking} cardId={revoking} personId={personId} onDone={() => setRevoking(undefined)} />
      )}
    </Panel>
  );
}

function RevokeDialog(props: { readonly cardId: string; readonly personId: string; readonly onDone: () => void }) {
  const t = useMessages(cardMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [reason, setReason] = useState<RevokeCard['reason']>();
  const revoke = useMutation({
    mutationFn: (body: RevokeCard & { readonly cardId: string }) => client.change<unknown>('/api/cards/revoke', body),
    onError,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['person', props.personId, 'cards'] });
      props.onDone();
    },
  });
  const send = () => {
    if (reason && !revoke.isPending) {
      revoke.mutate({ requestId, cardId: props.cardId, reason });
    }
  };
  return (
    <Dialog
      title={t('revoke.title')}
      open
      onClose={props.onDone}
      actions={
        <Button kind="danger" disabled={!reason} busy={revoke.isPending} onClick={send}>
          {t('revoke')}
        </Button>
      }
    >
      <p>{t('revoke.lead')}</p>
      <RadioField
        id="revoke-reason"
        label={t('revoke.reason')}
        required
        value={reason}
        onChange={setReason}
        choices={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
      />
      {revoke.isError && <ProblemNotice problem={revoke.error} onRetry={send} />}
    </Dialog>
  );
}
