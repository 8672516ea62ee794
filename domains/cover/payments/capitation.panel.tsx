import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { forPayment, useChoices, useClaimWords, useNames } from '../claims/words.tsx';
import type { CapitationPreview, HeadsView } from './api.ts';
import { paymentsScreenMessages } from './screens.messages.ts';
import { useProposal } from './use-proposal.ts';

/** A month of care by head: who is registered where, what it comes to, and its run. */
export function Capitation() {
  const t = useMessages(paymentsScreenMessages);
  const [schemeId, setSchemeId] = useState('');
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const { preview, propose } = useProposal<CapitationPreview>({
    preview: '/api/cover/capitation/preview',
    propose: '/api/cover/capitation/runs',
    input: { schemeId, month },
  });
  return (
    <Panel title={t('heads.title')}>
      <p className="soft">{t('heads.lead')}</p>
      <div className="form-grid">
        <SchemeField
          id="heads-scheme"
          of="paysByHead"
          label={t('heads.scheme')}
          value={schemeId}
          onChange={(value) => {
            setSchemeId(value);
            preview.reset();
          }}
        />
        <TextField
          id="heads-month"
          label={t('heads.month')}
          hint={t('heads.month-hint')}
          required
          value={month}
          onChange={(value) => {
            setMonth(value.trim());
            preview.reset();
          }}
        />
      </div>
      <div className="acts">
        <Button
          busy={preview.isPending}
          disabled={!schemeId || !/^\d{4}-\d{2}$/.test(month)}
          onClick={() => preview.mutate()}
        >
          {t('heads.preview')}
        </Button>
        {preview.data && preview.data.members > 0 && (
          <Button kind="primary" busy={propose.isPending} onClick={() => propose.mutate()}>
            {t('heads.propose')}
          </Button>
        )}
      </div>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {propose.isError && <ProblemNotice problem={propose.error} />}
      {preview.data && <Month of={preview.data} />}
      <Register />
    </Panel>
  );
}

function Month({ of }: { readonly of: CapitationPreview }) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  return (
    <>
      <Facts
        facts={[
          { term: t('heads.members'), value: format.number(of.members) },
          { term: t('amount'), value: format.money(of.amount) },
        ]}
      />
      {of.members === 0 ? <Notice tone="note">{t('heads.nobody')}</Notice> : <Heads rows={of.heads} />}
    </>
  );
}

/** The schemes for which something holds; where it holds for none, that is said instead. */
export function SchemeField(props: {
  readonly id: string;
  readonly label: string;
  readonly of: 'paysByHead' | 'relativePrices';
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { title } = useClaimWords();
  const choices = useChoices();
  const schemes = (choices.data?.schemes ?? []).filter((each) => each[props.of]);
  return (
    <SelectField
      id={props.id}
      label={props.label}
      required
      value={props.value || undefined}
      choices={schemes.map((each) => ({ value: each.id, label: title(each.title, each.id) }))}
      onChange={props.onChange}
    />
  );
}

/** Heads by facility and age: how many, at what, and what they come to. */
export function Heads({ rows }: { readonly rows: readonly (HeadsView & { readonly provider?: string })[] }) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  const names = useNames();
  return (
    <DataTable
      caption={t('heads.title')}
      rows={rows}
      rowKey={(row) => `${row.provider} ${row.band} ${row.rate.amount}`}
      exportAs="payment-by-head"
      columns={[
        ...(rows.some((row) => row.provider)
          ? [
              {
                key: 'provider',
                title: t('provider'),
                value: (row: { readonly provider?: string }) => names.facility(row.provider ?? ''),
                show: (row: { readonly provider?: string }) => <Written text={names.facility(row.provider ?? '')} />,
              },
            ]
          : []),
        { key: 'band', title: t('heads.band'), value: (row) => row.band || t('heads.band-none') },
        { key: 'members', title: t('heads.members'), value: (row) => row.members, numeric: true },
        { key: 'currency', title: t('currency'), value: (row) => row.rate.currency },
        {
          key: 'rate',
          title: t('heads.rate'),
          value: (row) => row.rate.amount,
          show: (row) => format.money(row.rate),
          numeric: true,
        },
        {
          key: 'amount',
          title: t('amount'),
          value: (row) => row.amount.amount,
          show: (row) => format.money(row.amount),
          numeric: true,
        },
      ]}
    />
  );
}

/** Registers members with a facility, by the numbers on their cards. */
function Register() {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const choices = useChoices();
  const { requestId, onError, renew } = useRequestId();
  const [schemeId, setSchemeId] = useState('');
  const [provider, setProvider] = useState('');
  const [from, setFrom] = useState('');
  const [numbers, setNumbers] = useState('');
  const memberNumbers = numbers.split(/[\s,;]+/).filter((each) => each !== '');
  const register = useMutation({
    mutationFn: () =>
      client.change<{ registered: number; unknown: string[] }>(
        '/api/cover/registrations',
        { requestId, schemeId, provider, from, memberNumbers } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: renew,
  });
  return (
    <details>
      <summary>{t('heads.register')}</summary>
      <div className="form-grid">
        <SchemeField
          id="register-scheme"
          of="paysByHead"
          label={t('heads.scheme')}
          value={schemeId}
          onChange={setSchemeId}
        />
        <SelectField
          id="register-provider"
          label={t('provider')}
          required
          value={provider || undefined}
          choices={(choices.data?.facilities ?? []).map((each) => ({ value: each.provider, label: each.name }))}
          onChange={setProvider}
        />
        <DateField id="register-from" label={t('heads.from')} required value={from} onChange={setFrom} />
      </div>
      <TextField
        id="register-numbers"
        label={t('heads.numbers')}
        rows={4}
        wide
        required
        value={numbers}
        onChange={setNumbers}
      />
      <Button
        busy={register.isPending}
        disabled={!schemeId || !provider || !from || memberNumbers.length === 0}
        onClick={() => register.mutate()}
      >
        {t('heads.register')}
      </Button>
      {register.isError && <ProblemNotice problem={register.error} />}
      {register.data && <Done of={register.data} />}
    </details>
  );
}

function Done({ of }: { readonly of: { readonly registered: number; readonly unknown: readonly string[] } }) {
  const t = useMessages(paymentsScreenMessages);
  return (
    <Notice
      tone={of.unknown.length > 0 ? 'warn' : 'good'}
      title={t('heads.registered', { count: of.registered })}
      announce
    >
      {of.unknown.length > 0 && <p>{t('heads.unknown', { numbers: of.unknown.join(', ') })}</p>}
    </Notice>
  );
}
