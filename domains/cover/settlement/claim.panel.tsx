import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettlementClaimView, SettlementLineView } from './api.ts';
import { LineSays, OwingPanel } from './claim-says.tsx';
import { settlementMessages } from './console.messages.ts';
import { type LineState, moves } from './lines.ts';
import { Provider } from './provider.tsx';

interface Moved {
  readonly line: number;
  readonly turn: number;
  readonly by: string;
  readonly state: LineState;
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly reason: string;
  readonly note?: string;
  readonly at: string;
}
type Claim = SettlementClaimView & { readonly moves: readonly Moved[] };

/** A reason in the reader's words, where it is one of ours; a partner may give another. */
export function useReason(): (reason: string) => string {
  const t = useMessages(settlementMessages);
  return (reason) => {
    const key = `because.${reason}`;
    return key in settlementMessages ? t(key as keyof typeof settlementMessages) : reason;
  };
}

/** One claim between two countries: its lines, whose turn it is on each, and everything that was answered. */
export default function SettlementClaimPanel({ params, may }: ScreenProps) {
  const claimId = params.claimId!;
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const client = useClient();
  const purpose = may.includes('cover.provider') ? { purpose: 'HPAYMT' } : {};
  const query = useQuery({
    queryKey: ['settlement', 'claim', claimId],
    queryFn: ({ signal }) => client.get<Claim>(`/api/cover/settlement/claims/${claimId}`, { signal, ...purpose }),
  });
  if (query.isError) {
    return <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const claim = query.data;
  const days = ({ from, to }: Claim) => (from === to ? format.day(from) : `${format.day(from)} – ${format.day(to)}`);
  return (
    <>
      <ScreenHead
        title={
          <>
            {t('claim')} <span className="code">{claim.claimNumber}</span>
          </>
        }
        lead={t(`side.${claim.side}`)}
      />
      <Panel>
        <Facts
          facts={[
            { term: t('partner'), value: format.country(claim.partner) },
            { term: t('provider'), value: <Provider of={claim} /> },
            { term: t('care'), value: days(claim) },
            { term: t('claimed'), value: format.money(claim.claimed) },
            { term: t('agreed.amount'), value: format.money(claim.agreed) },
          ]}
        />
        {may.includes('cover.fund') && <Reverse claim={claim} />}
      </Panel>
      <OwingPanel claim={claim} pays={may.includes('cover.fund')} />
      <Lines claim={claim} answers={may.includes('cover.claims') || may.includes('cover.fund')} />
      <History claim={claim} />
    </>
  );
}

/** Why a line stands as it does. What adjudication proposes is not yet an answer, and is not shown as one. */
function useLineBecause(): (line: SettlementLineView) => string {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const reason = useReason();
  return ({ proposed, state, reason: said, pricedBecause }) => {
    const why = reason(said || proposed?.reason || pricedBecause);
    return proposed && state === 'claimed'
      ? `${t('proposed')}: ${t(`line.${proposed.state}`)}, ${format.money(proposed.amount)} · ${why}`
      : why;
  };
}

function Lines({ claim, answers }: { readonly claim: Claim; readonly answers: boolean }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const because = useLineBecause();
  const [answering, setAnswering] = useState<SettlementLineView>();
  return (
    <Panel title={t('lines')}>
      <DataTable
        caption={t('lines')}
        exportAs={`claim-${claim.claimNumber}`}
        rows={claim.lines}
        rowKey={(line) => String(line.line)}
        columns={[
          { key: 'line', title: t('line'), value: (line) => line.line, numeric: true },
          { key: 'service', title: t('service'), value: (line) => line.title?.[language] ?? line.code },
          { key: 'quantity', title: t('quantity'), value: (line) => line.quantity, numeric: true },
          {
            key: 'claimed',
            title: t('claimed'),
            value: (line) => line.claimed.amount,
            show: (line) => format.money(line.claimed),
            numeric: true,
          },
          {
            key: 'agreed',
            title: t('agreed.amount'),
            value: (line) => line.amount.amount,
            show: (line) => format.money(line.amount),
            numeric: true,
          },
          {
            key: 'state',
            title: t('state'),
            value: (line) => t(`line.${line.state}`),
            show: (line) => <Tag {...(line.move === 'ours' && { tone: 'warn' })}>{t(`line.${line.state}`)}</Tag>,
          },
          {
            key: 'reason',
            title: t('reason'),
            value: (line) => [because(line), line.note].filter(Boolean).join(' · '),
            show: (line) => (
              <>
                <Because reason={because(line)} note={line.note} />
                <LineSays line={line} />
              </>
            ),
          },
          {
            key: 'act',
            title: t('your-turn'),
            value: () => '',
            show: (line) =>
              answers && line.move === 'ours' ? (
                <Button onClick={() => setAnswering(line)}>{t('answer.button')}</Button>
              ) : null,
          },
        ]}
      />
      {answering && <Answer claimId={claim.claimId} line={answering} onClose={() => setAnswering(undefined)} />}
    </Panel>
  );
}

/** A reason in the reader's words, and the note as the other side wrote it. */
function Because({ reason, note }: { readonly reason: string; readonly note: string | undefined }) {
  return (
    <>
      {reason}
      {reason && note && ' · '}
      {note && <Written text={note} />}
    </>
  );
}

/** Why a line may be answered so; what goes back to the other side is said in the note. */
const reasonsOf: Readonly<Record<LineState, readonly string[]>> = {
  claimed: [],
  accepted: ['accepted'],
  adjusted: ['over-tariff', 'insured-pays', 'in-group', 'over-cap'],
  disputed: ['not-needed', 'not-covered', 'no-authorisation', 'not-insured', 'duplicate', 'too-late'],
  contested: [],
  withdrawn: [],
};

/** The proposed reason belongs to the proposed answer only. */
function reasonFor(line: SettlementLineView, state: LineState): string {
  return line.proposed?.state === state ? line.proposed.reason : (reasonsOf[state][0] ?? '');
}

/** Answers one line, by whoever's turn it is. */
function Answer(props: { readonly claimId: string; readonly line: SettlementLineView; readonly onClose: () => void }) {
  const { claimId, line, onClose } = props;
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const choices = moves[line.state].to;
  const [state, setState] = useState<LineState>(line.proposed?.state ?? choices[0]!);
  const [amount, setAmount] = useState(line.proposed?.amount.amount ?? line.claimed.amount);
  const [reason, setReason] = useState(reasonFor(line, state));
  const words = useReason();
  const [note, setNote] = useState('');
  const answer = useMutation({
    mutationFn: () => {
      const move = { claimId, line: line.line, state, reason, note, ...(state === 'adjusted' && { amount }) };
      const body = { requestId, moves: [move] };
      return client.change('/api/cover/settlement/moves', body);
    },
    onError,
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  return (
    <Dialog
      title={t('answer', { line: line.line })}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" busy={answer.isPending} onClick={() => answer.mutate()}>
          {t('confirm')}
        </Button>
      }
    >
      <RadioField<LineState>
        id="answer-state"
        label={t('state')}
        value={state}
        onChange={(next) => {
          setState(next);
          setReason(reasonFor(line, next));
        }}
        choices={choices.map((value) => ({ value, label: t(`line.${value}`) }))}
      />
      {state === 'adjusted' && (
        <TextField
          id="answer-amount"
          label={t('amount')}
          value={amount}
          onChange={setAmount}
          unit={line.claimed.currency}
          input={{ inputMode: 'decimal' }}
        />
      )}
      {reasonsOf[state].length > 1 && (
        <SelectField
          id="answer-reason"
          label={t('reason')}
          value={reason}
          onChange={setReason}
          choices={[...new Set([reason, ...reasonsOf[state]])].map((value) => ({ value, label: words(value) }))}
          required
        />
      )}
      <TextField id="answer-note" label={t('note')} hint={t('note.hint')} rows={3} value={note} onChange={setNote} />
      {answer.isError && <ProblemNotice problem={answer.error} />}
    </Dialog>
  );
}

function Reverse({ claim }: { readonly claim: Claim }) {
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const reverse = useMutation({
    mutationFn: () => {
      const body = { requestId, claimId: claim.claimId };
      return client.change('/api/cover/settlement/reverse', body);
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settlement'] }),
  });
  const settled =
    claim.side === 'creditor' && claim.reverses === undefined && claim.lines.some((line) => line.statementId);
  return settled ? (
    <div className="stack">
      <p>
        <Button kind="danger" busy={reverse.isPending} onClick={() => !reverse.isSuccess && reverse.mutate()}>
          {t('reverse')}
        </Button>
      </p>
      {reverse.isError && <ProblemNotice problem={reverse.error} />}
    </div>
  ) : null;
}

function History({ claim }: { readonly claim: Claim }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const reason = useReason();
  return claim.moves.length === 0 ? null : (
    <Panel title={t('history')}>
      <DataTable
        caption={t('history')}
        rows={claim.moves}
        rowKey={(move) => `${move.line}-${move.turn}`}
        columns={[
          { key: 'at', title: t('at'), value: (move) => move.at, show: (move) => format.date(move.at) },
          { key: 'line', title: t('line'), value: (move) => move.line, numeric: true },
          { key: 'by', title: t('by'), value: (move) => format.country(move.by) },
          { key: 'state', title: t('state'), value: (move) => t(`line.${move.state}`) },
          {
            key: 'amount',
            title: t('amount'),
            value: (move) => move.amount.amount,
            show: (move) => format.money(move.amount),
            numeric: true,
          },
          {
            key: 'reason',
            title: t('reason'),
            value: (move) => [reason(move.reason), move.note].filter(Boolean).join(' · '),
            show: (move) => <Because reason={reason(move.reason)} note={move.note} />,
          },
        ]}
      />
    </Panel>
  );
}
