import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NeededRate, Partners } from './api.ts';
import { settlementMessages } from './console.messages.ts';

type Agreed = Partners['partners'][number]['agreements'][number];

/** What a statement of the chosen period is converted by, what of it is missing, and where it is entered. */
export function RatesPart({
  agreement,
  needed,
}: {
  readonly agreement: Agreed;
  readonly needed: readonly NeededRate[];
}) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const [entering, setEntering] = useState<Partial<NeededRate> | undefined>();
  const missing = needed.filter((rate) => rate.value === undefined);
  return (
    <div className="stack">
      {needed.length > 0 && (
        <>
          <h4>{t('rates.needed')}</h4>
          <ul>
            {needed.map((rate) => (
              <li key={`${rate.from} ${rate.day}`}>
                1 {rate.from} = {rate.value ?? <Tag tone="warn">{t('rate.missing')}</Tag>} {rate.value && rate.to} ·{' '}
                <span className="code">{rate.source}</span> · {format.day(rate.day)}{' '}
                {rate.value && <Button onClick={() => setEntering(rate)}>{t('rate.correct')}</Button>}
              </li>
            ))}
          </ul>
          <p>{t('rate.both')}</p>
        </>
      )}
      <p className="row">
        {missing.map((rate) => (
          <Button key={`${rate.from} ${rate.day}`} onClick={() => setEntering(rate)}>
            {t('rate.enter', { from: rate.from, day: format.day(rate.day) })}
          </Button>
        ))}
        <Button onClick={() => setEntering({})}>{t('rate')}</Button>
      </p>
      {entering && <RateDialog currency={agreement.currency} known={entering} onClose={() => setEntering(undefined)} />}
    </div>
  );
}

/** Mounted anew for each rate: two rates are two acts. */
function RateDialog(props: {
  readonly currency: string;
  readonly known: Partial<NeededRate>;
  readonly onClose: () => void;
}) {
  const { known } = props;
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [from, setFrom] = useState(known.from ?? '');
  const corrects = known.value !== undefined;
  const [reason, setReason] = useState('');
  const [value, setValue] = useState(known.value ?? '');
  const [day, setDay] = useState(known.day ?? '');
  const [source, setSource] = useState(known.source ?? 'central-bank-mid');
  const save = useMutation({
    mutationFn: () => {
      const at = new Date().toISOString();
      const body = { requestId, from: from.trim().toUpperCase(), to: props.currency, day, source, value, at };
      return corrects
        ? client.change('/api/cover/settlement/rates/correct', Object.assign(body, { reason }))
        : client.change('/api/cover/settlement/rates', body);
    },
    onError,
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  return (
    <Dialog
      title={t(corrects ? 'rate.correct' : 'rate')}
      open
      onClose={props.onClose}
      actions={
        <Button kind="primary" busy={save.isPending} onClick={() => save.mutate()}>
          {t('save')}
        </Button>
      }
    >
      <TextField
        id="rate-from"
        label={t('rate.from')}
        value={from}
        onChange={setFrom}
        input={{ maxLength: 3 }}
        required
      />
      <TextField
        id="rate-value"
        label={`${t('rate.to')} ${props.currency}`}
        value={value}
        onChange={setValue}
        input={{ inputMode: 'decimal' }}
        required
      />
      <DateField id="rate-day" label={t('rate.day')} value={day} onChange={setDay} required />
      <TextField id="rate-source" label={t('rate.source')} value={source} onChange={setSource} required />
      {corrects && <TextField id="rate-reason" label={t('reason')} value={reason} onChange={setReason} required />}
      {save.isError && <ProblemNotice problem={save.error} />}
    </Dialog>
  );
}
