import { RadioField, TextField } from '@serai/ui/components/field.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { useEffect, useRef } from 'react';
import type { ClaimLineView } from './api.ts';
import { useClaimWords } from './words.tsx';

export interface DraftDecision {
  readonly line: number;
  readonly decision: 'accepted' | 'rejected' | 'adjusted';
  readonly quantity?: string;
  readonly amount?: string;
  readonly reason: string;
}

/** One line under review: accepted as it is unless it is rejected or lowered, with a reason. */
export function LineDecisionForm(props: {
  readonly line: ClaimLineView;
  readonly current: boolean;
  readonly decision: DraftDecision | undefined;
  readonly onFocus: () => void;
  readonly onDecide: (decision: DraftDecision | undefined) => void;
}) {
  const { t, title, reason } = useClaimWords();
  const format = useFormat();
  const { line, decision, onDecide } = props;
  const row = useRef<HTMLFieldSetElement>(null);
  // When the screen opens the title has the focus; from then on the line the keys chose.
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current && props.current && row.current && !row.current.contains(document.activeElement)) {
      row.current.focus();
    }
    opened.current = true;
  }, [props.current]);
  const change = (changes: Partial<DraftDecision>) =>
    onDecide({ line: line.line, decision: 'rejected', reason: '', ...decision, ...changes });
  return (
    <fieldset
      className="review-line"
      tabIndex={-1}
      ref={row}
      onFocus={props.onFocus}
      aria-current={props.current || undefined}
    >
      <legend>
        {line.line} · {title(line.title, line.code)} · {line.quantity} × {format.money(line.unitPrice)}
      </legend>
      <p className="soft small">
        {t('paid')}: {format.money(line.paid)} · {line.reason} · {reason(line.reason)}
      </p>
      <RadioField
        id={`decision-${line.line}`}
        label={t('decision')}
        inline
        value={decision?.decision ?? 'accepted'}
        choices={(['accepted', 'rejected', 'adjusted'] as const).map((value) => ({
          value,
          label: t(`decision.${value}`),
        }))}
        onChange={(value) => (value === 'accepted' ? onDecide(undefined) : change({ decision: value }))}
      />
      {decision?.decision === 'adjusted' && <Lowered line={line} decision={decision} onDecide={onDecide} />}
      {decision && (
        <TextField
          id={`why-${line.line}`}
          label={t('reason')}
          hint={t('reason.hint')}
          required
          value={decision.reason}
          onChange={(why) => change({ reason: why })}
        />
      )}
    </fieldset>
  );
}

function Lowered(props: {
  readonly line: ClaimLineView;
  readonly decision: DraftDecision;
  readonly onDecide: (decision: DraftDecision) => void;
}) {
  const { t } = useClaimWords();
  const { line, decision, onDecide } = props;
  return (
    <div className="row">
      <TextField
        id={`quantity-${line.line}`}
        label={t('decision.quantity')}
        value={decision.quantity ?? ''}
        onChange={(quantity) => onDecide(withText(decision, 'quantity', quantity))}
        input={{ inputMode: 'decimal' }}
      />
      <TextField
        id={`amount-${line.line}`}
        label={t('decision.amount')}
        unit={line.unitPrice.currency}
        value={decision.amount ?? ''}
        onChange={(amount) => onDecide(withText(decision, 'amount', amount))}
        input={{ inputMode: 'decimal' }}
      />
    </div>
  );
}

/** An emptied field is not sent. */
function withText(decision: DraftDecision, field: 'quantity' | 'amount', text: string): DraftDecision {
  const { [field]: _, ...rest } = decision;
  return text.trim() === '' ? rest : { ...rest, [field]: text.trim() };
}
