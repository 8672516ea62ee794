import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonOf } from '../claims/reasons.ts';
import type { OwingView, SettlementClaimView, SettlementLineView } from './api.ts';
import { settlementMessages } from './console.messages.ts';

/** What a claim between two countries says of itself: who owes whom, and how a line was judged. */

/** The states of a claim's lines, each told once with how many there are. */
export function useLineStates(): (lines: readonly Pick<SettlementLineView, 'state'>[]) => string {
  const t = useMessages(settlementMessages);
  return (lines) =>
    [...Map.groupBy(lines, ({ state }) => state)]
      .map(([state, of]) => (of.length === 1 ? t(`line.${state}`) : `${t(`line.${state}`)} × ${of.length}`))
      .join(', ');
}

/** Who owes whom of an emergency of someone without cover, and by which clause. */
export function OwingPanel({ claim, pays }: { readonly claim: SettlementClaimView; readonly pays: boolean }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const { owing } = claim;
  if (!owing) {
    return null;
  }
  const to = (part: OwingView['parts'][number]) =>
    part.toFund === undefined ? (part.toFacility ?? '') : t('owing.to-fund', { country: format.country(part.toFund) });
  const owed = owing.parts.some((part) => part.bearer !== 'home' && part.paidOn === undefined);
  return (
    <Panel title={t('owing.title')}>
      <p>
        {t(`owing.${owing.owes}`)} {t('owing.clause', { ref: owing.ref, clause: owing.clause })}
      </p>
      <ul className="reasons">
        {owing.parts.map((part) => (
          <li key={part.bearer}>
            {part.bearer === 'donor'
              ? t('owing.part.donor', {
                  purpose: part.restrictedTo ?? '',
                  from: format.country(part.from),
                  amount: format.money(part.amount),
                  to: to(part),
                })
              : t('owing.part', { from: format.country(part.from), amount: format.money(part.amount), to: to(part) })}
            {part.paidOn !== undefined && ` (${t('owing.paid', { day: format.day(part.paidOn) })})`}
          </li>
        ))}
      </ul>
      {pays && owed && <PayFacility claimId={claim.claimId} />}
    </Panel>
  );
}

function PayFacility({ claimId }: { readonly claimId: string }) {
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [paidOn, setPaidOn] = useState('');
  const [reference, setReference] = useState('');
  const pay = useMutation({
    mutationFn: () => {
      const body = { requestId, claimId, paidOn, reference: reference.trim() };
      return client.change('/api/cover/settlement/borne/paid', body);
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settlement'] }),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        pay.mutate();
      }}
    >
      <DateField id="borne-paid-on" label={t('paid.on')} value={paidOn} onChange={setPaidOn} required />
      <TextField id="borne-reference" label={t('reference')} value={reference} onChange={setReference} required />
      <p>
        <Button type="submit" busy={pay.isPending}>
          {t('owing.pay')}
        </Button>
      </p>
      {pay.isError && <ProblemNotice problem={pay.error} />}
    </form>
  );
}

/** Under a line: how the scheme at home judged it, and the end of its dispute. */
export function LineSays({ line }: { readonly line: SettlementLineView }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const { judged, dispute } = line;
  const reason = judged && judged.reason !== 0 ? reasonOf(judged.reason) : undefined;
  return (
    <>
      {judged && (
        <div className="hint">
          {reason && <div>{t('judged.reason', { number: reason.number, text: reason.says[language] })}</div>}
          <div>
            {t('judged.amounts', {
              allowed: format.money(judged.allowed),
              adjusted: format.money(judged.adjusted),
              paid: format.money(judged.paid),
            })}
          </div>
          {judged.rule !== undefined && <div className="code">{t('judged.rule', { rule: judged.rule })}</div>}
        </div>
      )}
      {dispute && (
        <div className="hint">
          {dispute.referredOn === undefined
            ? `${t('dispute.until', { day: format.day(dispute.until) })} ${t(`dispute.after.${dispute.after}`, { body: t(`body.${dispute.body}`) })}`
            : t('dispute.referred', { body: t(`body.${dispute.body}`), day: format.day(dispute.referredOn) })}
        </div>
      )}
    </>
  );
}
