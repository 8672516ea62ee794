import { mintRequestId } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmittedClaim } from './api.ts';
import { ClaimLineFields, type DraftLine, emptyLine } from './new-claim-line.panel.tsx';
import { forPayment, useChoices, useClaimWords } from './words.tsx';

interface Draft {
  readonly memberNumber: string;
  readonly claimNumber: string;
  readonly schemeId: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: 'in-patient' | 'out-patient';
  readonly from: string;
  readonly to: string;
  readonly diagnoses: string;
  readonly referralFrom: string;
  readonly preauthorisation: string;
  readonly explanation: string;
  readonly lines: readonly DraftLine[];
}

const blank = (): Draft => ({
  memberNumber: '',
  claimNumber: '',
  schemeId: '',
  visit: 'other',
  care: 'out-patient',
  from: '',
  to: '',
  diagnoses: '',
  referralFrom: '',
  preauthorisation: '',
  explanation: '',
  lines: [emptyLine(1)],
});

/** A facility's new claim: what was done, what the scheme would pay, then submitted. */
export default function NewClaim() {
  const { t } = useClaimWords();
  const choices = useChoices();
  const [form, setForm] = useState(mintRequestId);
  return (
    <>
      <ScreenHead title={t('new.title')} lead={t('new.lead')} />
      {choices.isPending && <Loading />}
      {choices.isError && <ProblemNotice problem={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.data && <ClaimForm key={form} onAgain={() => setForm(mintRequestId())} />}
    </>
  );
}

/** What is sent of a draft: empty fields are left out. */
function statedOf(draft: Draft) {
  const optional = (name: 'claimNumber' | 'schemeId' | 'referralFrom' | 'preauthorisation' | 'explanation') =>
    draft[name].trim() === '' ? {} : { [name]: draft[name].trim() };
  return {
    memberNumber: draft.memberNumber.trim(),
    visit: draft.visit,
    care: draft.care,
    from: draft.from,
    to: draft.to || draft.from,
    diagnoses: draft.diagnoses
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    lines: draft.lines.map(({ kind, code, quantity, unitPrice }) => ({ kind, code, quantity, unitPrice })),
    ...optional('claimNumber'),
    ...optional('schemeId'),
    ...optional('referralFrom'),
    ...optional('preauthorisation'),
    ...optional('explanation'),
  };
}

function ClaimForm({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useClaimWords();
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [draft, setDraft] = useState(blank);
  const set = (changes: Partial<Draft>) => setDraft((now) => ({ ...now, ...changes }));
  const check = useMutation({
    mutationFn: () => client.ask<SubmittedClaim>('/api/cover/claims/preview', statedOf(draft), forPayment),
  });
  const submit = useMutation({
    mutationFn: () => client.change<SubmittedClaim>('/api/cover/claims', { requestId, ...statedOf(draft) }, forPayment),
    onError,
  });
  if (submit.data) {
    return <Submitted claim={submit.data} onAgain={onAgain} />;
  }
  const ready =
    draft.memberNumber && draft.from && draft.diagnoses && draft.lines.every((line) => line.code && line.unitPrice);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit.mutate();
      }}
    >
      <About draft={draft} set={set} />
      <Lines draft={draft} set={set} />
      <Panel>
        {check.isError && <ProblemNotice problem={check.error} />}
        {check.data && <Outcome claim={check.data} />}
        {submit.isError && <ProblemNotice problem={submit.error} />}
        <div className="acts">
          <Button busy={check.isPending} disabled={!ready} onClick={() => check.mutate()}>
            {t('new.check')}
          </Button>
          <Button kind="primary" type="submit" busy={submit.isPending} disabled={!ready}>
            {t('new.submit')}
          </Button>
        </div>
      </Panel>
    </form>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<Draft>) => void;
}

function About({ draft, set }: PartProps) {
  const { t, title } = useClaimWords();
  const choices = useChoices();
  return (
    <Panel>
      <div className="form-grid">
        <TextField
          id="member-number"
          label={t('new.member')}
          required
          value={draft.memberNumber}
          onChange={(memberNumber) => set({ memberNumber })}
        />
        <TextField
          id="claim-number"
          label={t('new.number')}
          value={draft.claimNumber}
          onChange={(claimNumber) => set({ claimNumber })}
        />
        <SelectField
          id="claim-scheme"
          label={t('scheme')}
          value={draft.schemeId || undefined}
          choices={(choices.data?.schemes ?? []).map((each) => ({ value: each.id, label: title(each.title, each.id) }))}
          onChange={(schemeId) => set({ schemeId })}
        />
        <DateField id="claim-from" label={t('from')} required value={draft.from} onChange={(from) => set({ from })} />
        <DateField id="claim-to" label={t('to')} value={draft.to} onChange={(to) => set({ to })} />
        <TextField
          id="claim-diagnoses"
          label={t('new.diagnoses')}
          required
          value={draft.diagnoses}
          onChange={(diagnoses) => set({ diagnoses })}
        />
        <Circumstances draft={draft} set={set} />
      </div>
    </Panel>
  );
}

function Circumstances({ draft, set }: PartProps) {
  const { t } = useClaimWords();
  return (
    <>
      <RadioField
        id="claim-care"
        label={t('care')}
        inline
        value={draft.care}
        choices={(['out-patient', 'in-patient'] as const).map((value) => ({ value, label: t(`care.${value}`) }))}
        onChange={(care) => set({ care })}
      />
      <RadioField
        id="claim-visit"
        label={t('visit')}
        inline
        value={draft.visit}
        choices={(['other', 'referral', 'emergency'] as const).map((value) => ({
          value,
          label: t(`visit.${value}`),
        }))}
        onChange={(visit) => set({ visit })}
      />
      <TextField
        id="claim-referral"
        label={t('new.referral')}
        value={draft.referralFrom}
        onChange={(referralFrom) => set({ referralFrom })}
      />
      <TextField
        id="claim-preauthorisation"
        label={t('new.preauthorisation')}
        value={draft.preauthorisation}
        onChange={(preauthorisation) => set({ preauthorisation })}
      />
      <TextField
        id="claim-explanation"
        label={t('explanation')}
        rows={2}
        wide
        value={draft.explanation}
        onChange={(explanation) => set({ explanation })}
      />
    </>
  );
}

function Lines({ draft, set }: PartProps) {
  const { t } = useClaimWords();
  const choices = useChoices();
  const schemes = choices.data?.schemes ?? [];
  const scheme = schemes.find((each) => each.id === draft.schemeId) ?? schemes[0];
  return (
    <Panel title={t('lines')}>
      {draft.lines.map((line, i) => (
        <ClaimLineFields
          key={line.key}
          number={i + 1}
          line={line}
          catalogue={scheme?.catalogue ?? []}
          currency={scheme?.currency ?? ''}
          onChange={(next) => set({ lines: draft.lines.map((each) => (each.key === line.key ? next : each)) })}
          {...(draft.lines.length > 1 && {
            onRemove: () => set({ lines: draft.lines.filter((each) => each.key !== line.key) }),
          })}
        />
      ))}
      <Button
        icon="plus"
        onClick={() =>
          set({ lines: [...draft.lines, emptyLine(Math.max(...draft.lines.map((each) => each.key)) + 1)] })
        }
      >
        {t('new.add')}
      </Button>
    </Panel>
  );
}

function Outcome({ claim }: { readonly claim: SubmittedClaim }) {
  const { t, reason, todo } = useClaimWords();
  const format = useFormat();
  const fallen = claim.lines.filter((line) => line.reason !== 0);
  return (
    <Notice
      tone={fallen.length > 0 ? 'warn' : 'good'}
      title={t('new.preview', { claimed: format.money(claim.claimed), paid: format.money(claim.paid) })}
      announce
    >
      <ul>
        {fallen.map((line) => (
          <li key={line.line}>
            {t('line')} {line.line}: {line.reason} · {reason(line.reason)} {todo(line.reason)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Submitted({ claim, onAgain }: { readonly claim: SubmittedClaim; readonly onAgain: () => void }) {
  const { t } = useClaimWords();
  return (
    <Panel>
      <Notice tone="good" title={t('new.submitted', { number: claim.claimNumber })} announce />
      <Outcome claim={claim} />
      <div className="acts">
        <PlaceLink to={{ screen: 'at', path: `/cover/claims/${claim.claimId}` }} className="button">
          {claim.claimNumber}
        </PlaceLink>
        <Button kind="primary" onClick={onAgain}>
          {t('new.title')}
        </Button>
      </div>
    </Panel>
  );
}
