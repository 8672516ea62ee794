import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { CheckboxField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { abroadMessages } from './abroad.messages.ts';
import type { ClaimAbroad, EligibilityAbroad, OwingView } from './api.ts';

interface PriceLists {
  readonly lists: readonly {
    readonly agreement: string;
    readonly partner?: string;
    readonly currency: string;
    /** Who bears an emergency of someone without cover, and by which clause. */
    readonly emergency?: {
      readonly clause: string;
      readonly ref: string;
      readonly owes: OwingView['owes'];
      readonly homePercent?: number;
    };
    readonly services: readonly {
      readonly code: string;
      readonly title: Readonly<Record<string, string>>;
      readonly price: string;
    }[];
  }[];
}
type List = PriceLists['lists'][number];
type Line = ClaimAbroad['lines'][number];

/** A claim on another country's fund; without an answer about cover, an emergency of someone without. */
export function ClaimForm({ eligibility }: { readonly eligibility: EligibilityAbroad | undefined }) {
  const client = useClient();
  const lists = useQuery({
    queryKey: ['settlement', 'price-lists'],
    queryFn: ({ signal }) =>
      client.get<PriceLists>('/api/cover/settlement/price-lists', { signal, purpose: 'COVERAGE' }),
  });
  if (lists.isError) {
    return <ProblemNotice problem={lists.error} onRetry={() => void lists.refetch()} />;
  }
  return lists.data ? <Filled eligibility={eligibility} lists={lists.data.lists} /> : <Loading />;
}

function Filled(props: { readonly eligibility: EligibilityAbroad | undefined; readonly lists: readonly List[] }) {
  const { eligibility, lists } = props;
  const t = useMessages(abroadMessages);
  const format = useFormat();
  const [country, setCountry] = useState(lists[0]?.partner);
  const partner = eligibility?.partner ?? country;
  const list = lists.find((each) => each.partner === partner);
  return (
    <Panel title={t(eligibility ? 'claim.title' : 'claim.emergency')}>
      {!eligibility && (
        <>
          <p>{t('emergency.lead')}</p>
          <SelectField
            id="claim-country"
            label={t('emergency.country')}
            value={country}
            onChange={setCountry}
            required
            choices={lists.flatMap(({ partner: each }) => (each ? [{ value: each, label: format.country(each) }] : []))}
          />
          {list?.emergency && (
            <p>
              {t(`bears.${list.emergency.owes}`, { percent: list.emergency.homePercent ?? 0 })}{' '}
              {t('bears.clause', { ref: list.emergency.ref, clause: list.emergency.clause })}
            </p>
          )}
        </>
      )}
      {list && partner && <Form key={partner} eligibility={eligibility} partner={partner} list={list} />}
    </Panel>
  );
}

const emptyLine: Line = { code: '', quantity: '1', unitPrice: '' };

function Form(props: {
  readonly eligibility: EligibilityAbroad | undefined;
  readonly partner: string;
  readonly list: List;
}) {
  const { eligibility, partner, list } = props;
  const t = useMessages(abroadMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [number, setNumber] = useState('');
  const [stayed, setStayed] = useState(false);
  const [from, setFrom] = useState(eligibility?.careOn ?? '');
  const [to, setTo] = useState(eligibility?.careOn ?? '');
  const [diagnosis, setDiagnosis] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([emptyLine]);
  const enter = useMutation({
    mutationFn: () => {
      const body: ClaimAbroad = {
        requestId,
        ...(eligibility ? { eligibility: eligibility.requestId } : { uninsured: { country: partner } }),
        claimNumber: number.trim(),
        visit: eligibility?.visit ?? 'emergency',
        care: stayed ? 'in-patient' : 'out-patient',
        from,
        to,
        diagnoses: diagnosis
          .toUpperCase()
          .split(/[\s,;]+/)
          .filter(Boolean),
        currency: list.currency,
        lines,
      };
      const path = '/api/cover/settlement/claims';
      return client.change<{ claimed: string; borne?: string; currency: string }>(path, body, { purpose: 'HPAYMT' });
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settlement', 'own'] }),
  });
  if (enter.isSuccess) {
    return <Entered {...enter.data} />;
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <TextField id="claim-number" label={t('number')} value={number} onChange={setNumber} required />
      <CheckboxField id="claim-stayed" label={t('care')} checked={stayed} onChange={setStayed} />
      <DateField id="claim-from" label={t('from')} value={from} onChange={setFrom} required />
      <DateField id="claim-to" label={t('to')} value={to} onChange={setTo} required />
      <TextField id="claim-diagnosis" label={t('diagnosis')} value={diagnosis} onChange={setDiagnosis} required />
      <LinesField list={list} lines={lines} onChange={setLines} />
      <p>
        <Button type="submit" kind="primary" busy={enter.isPending}>
          {t('submit')}
        </Button>
      </p>
      {enter.isError && <ProblemNotice problem={enter.error} />}
    </form>
  );
}

function Entered(props: { readonly claimed: string; readonly borne?: string; readonly currency: string }) {
  const { claimed, borne, currency } = props;
  const t = useMessages(abroadMessages);
  const format = useFormat();
  return (
    <Notice tone="good" announce>
      {/^0*\.?0*$/.test(claimed) ? null : (
        <p>{t('entered', { amount: format.money({ amount: claimed, currency }) })}</p>
      )}
      {borne !== undefined && <p>{t('entered.borne', { amount: format.money({ amount: borne, currency }) })}</p>}
    </Notice>
  );
}

function LinesField(props: {
  readonly list: List;
  readonly lines: readonly Line[];
  readonly onChange: (lines: readonly Line[]) => void;
}) {
  const { list, lines, onChange } = props;
  const t = useMessages(abroadMessages);
  const { language } = useLanguage();
  const set = (at: number, change: Partial<Line>) =>
    onChange(lines.map((line, i) => (i === at ? { ...line, ...change } : line)));
  const choices = list.services.map(({ code, title }) => ({ value: code, label: title[language] ?? title.en ?? code }));
  return (
    <>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <fieldset key={i} className="stack">
          <legend className="only-spoken">{`${t('service')} ${i + 1}`}</legend>
          <SelectField
            id={`line-${i}-code`}
            label={t('service')}
            value={line.code || undefined}
            onChange={(code) =>
              set(i, { code, unitPrice: list.services.find((each) => each.code === code)?.price ?? '' })
            }
            choices={choices}
          />
          <TextField
            id={`line-${i}-quantity`}
            label={t('quantity')}
            value={line.quantity}
            onChange={(quantity) => set(i, { quantity })}
            input={{ inputMode: 'decimal' }}
          />
          <TextField
            id={`line-${i}-price`}
            label={t('price')}
            value={line.unitPrice}
            onChange={(unitPrice) => set(i, { unitPrice })}
            unit={list.currency}
            input={{ inputMode: 'decimal' }}
          />
          {lines.length > 1 && (
            <p>
              <Button kind="quiet" icon="minus" onClick={() => onChange(lines.filter((_, at) => at !== i))}>
                {t('remove')}
              </Button>
            </p>
          )}
        </fieldset>
      ))}
      <p>
        <Button icon="plus" onClick={() => onChange([...lines, emptyLine])}>
          {t('add')}
        </Button>
      </p>
    </>
  );
}
