import { mintRequestId } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { type Draft as KeptDraft, useDraft } from '@serai/ui/use-draft.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClaimInFull, SubmittedClaim } from './api.ts';
import { blankDraft, type Draft, draftOf, draftTotal, emptyLine, isReady, isWhole, statedOf } from './claim-draft.ts';
import { ClaimLineFields } from './new-claim-line.panel.tsx';
import { forPayment, useChoices, useClaimWords } from './words.tsx';

/** A facility's new claim, or one that begins as a copy of a former: what was done, what the scheme would pay, then submitted. */
export default function NewClaim({ params }: ScreenProps) {
  const { t } = useClaimWords();
  const client = useClient();
  const choices = useChoices();
  const former = useQuery({
    queryKey: ['cover', 'claims', 'one', params.claimId],
    queryFn: ({ signal }) =>
      client.get<ClaimInFull>(`/api/cover/claims/${encodeURIComponent(params.claimId ?? '')}`, {
        signal,
        ...forPayment,
      }),
    enabled: params.claimId !== undefined,
  });
  const [form, setForm] = useState({ key: mintRequestId(), from: '' });
  const { go } = useNavigation();
  const onAgain = (from: string) => {
    if (params.claimId === undefined) {
      setForm({ key: mintRequestId(), from });
    } else {
      go({ screen: 'at', path: '/cover/provider/new' });
    }
  };
  const waits = [choices, ...(params.claimId ? [former] : [])];
  return (
    <>
      <ScreenHead title={t('new.title')} lead={t('new.lead')} />
      {waits.some((each) => each.isPending) && <Loading />}
      {waits.map(
        (each, i) =>
          each.isError && (
            // biome-ignore lint/suspicious/noArrayIndexKey: always the same two, in one order.
            <ProblemNotice key={i} problem={each.error} onRetry={() => void each.refetch()} />
          ),
      )}
      {choices.data && (params.claimId === undefined || former.data) && (
        <ClaimForm
          key={form.key}
          from={form.from}
          former={params.claimId === undefined ? undefined : former.data}
          onAgain={onAgain}
        />
      )}
    </>
  );
}

/** What is typed stays over a reload: kept for this reader on this device until it is submitted or begun again. */
function ClaimForm(props: {
  readonly from: string;
  readonly former: ClaimInFull | undefined;
  readonly onAgain: (from: string) => void;
}) {
  const { former } = props;
  const draft = useDraft<Draft>(former ? `claim/${former.claimId}` : 'claim', () =>
    former ? draftOf(former) : blankDraft(props.from),
  );
  return draft.value ? <FormOf {...props} draft={draft.value} kept={draft} /> : <Loading />;
}

function FormOf(props: Parameters<typeof ClaimForm>[0] & { readonly draft: Draft; readonly kept: KeptDraft<Draft> }) {
  const { t } = useClaimWords();
  const client = useClient();
  const { former, draft, kept } = props;
  const { requestId, onError } = useRequestId();
  const set = (changes: Partial<Draft>) => kept.change((now) => ({ ...now, ...changes }));
  const check = useMutation({
    mutationFn: () => client.ask<SubmittedClaim>('/api/cover/claims/preview', statedOf(draft), forPayment),
  });
  const submit = useMutation({
    mutationFn: () => client.change<SubmittedClaim>('/api/cover/claims', { requestId, ...statedOf(draft) }, forPayment),
    onError,
    onSuccess: () => void kept.discard(),
  });
  if (submit.data) {
    return <Submitted claim={submit.data} onAgain={() => props.onAgain(draft.from)} />;
  }
  const ready = isReady(draft);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) {
          return;
        }
        // Enter in a field sends nothing half done; with Ctrl it does, once there is enough.
        event.preventDefault();
        if ((event.ctrlKey || event.metaKey) && ready && !submit.isPending) {
          submit.mutate();
        }
      }}
    >
      {former && <Notice tone="note" title={t('new.copied', { number: former.claimNumber })} />}
      <About draft={draft} set={set} />
      <Lines draft={draft} set={set} />
      <Panel>
        <Total draft={draft} />
        <Answers check={check} submit={submit} />
        <div className="acts">
          <Button busy={check.isPending} disabled={!ready} onClick={() => check.mutate()}>
            {t('new.check')}
          </Button>
          <Button kind="primary" type="submit" busy={submit.isPending} disabled={!ready}>
            {t('new.submit')}
          </Button>
          <Button kind="quiet" onClick={() => void kept.discard().then(() => props.onAgain(''))}>
            {t('new.empty')}
          </Button>
        </div>
        <Keys saving={kept.state === 'saving'} />
      </Panel>
    </form>
  );
}

/** What would be paid, or why it could not be said or sent. */
function Answers(props: {
  readonly check: { readonly error: unknown; readonly data: SubmittedClaim | undefined };
  readonly submit: { readonly error: unknown };
}) {
  const { check, submit } = props;
  return (
    <>
      {Boolean(check.error) && <ProblemNotice problem={check.error} />}
      {check.data && <Outcome claim={check.data} />}
      {Boolean(submit.error) && <ProblemNotice problem={submit.error} />}
    </>
  );
}

/** What the keys do, and that nothing typed is lost. */
function Keys({ saving }: { readonly saving: boolean }) {
  const { t } = useClaimWords();
  const keys = [
    ['Enter', t('new.add')],
    ['Ctrl+Enter', t('new.submit')],
  ] as const;
  return (
    <>
      <dl className="keys soft small" aria-label={t('review.keys')}>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="soft small">{t(saving ? 'new.keeping' : 'new.kept')}</p>
    </>
  );
}

/** What is claimed so far, as it is typed. */
function Total({ draft }: { readonly draft: Draft }) {
  const { t } = useClaimWords();
  const format = useFormat();
  const scheme = useScheme(draft);
  return scheme ? (
    <p role="status">
      {t('claimed')}: <strong>{format.money(draftTotal(draft, scheme.currency))}</strong>
    </p>
  ) : null;
}

/** The scheme claimed under, or the first while none is chosen. */
function useScheme(draft: Draft) {
  const choices = useChoices();
  const schemes = choices.data?.schemes ?? [];
  return schemes.find((each) => each.id === draft.schemeId) ?? schemes[0];
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
          input={{ autoFocus: true, spellCheck: false, maxLength: 64 }}
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
          none={t('new.scheme.any')}
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
  const scheme = useScheme(draft);
  const [added, setAdded] = useState<number>();
  const add = () => {
    const key = Math.max(...draft.lines.map((each) => each.key)) + 1;
    setAdded(key);
    set({ lines: [...draft.lines, emptyLine(key)] });
  };
  /** From the last line, once it is whole, to a new one; from any other to the one after it. */
  const onEnter = (at: number) => {
    if (at < draft.lines.length - 1) {
      document.getElementById(`code-${at + 2}`)?.focus();
    } else if (isWhole(draft.lines[at]!)) {
      add();
    }
  };
  return (
    <Panel title={t('lines')}>
      {draft.lines.map((line, i) => (
        <ClaimLineFields
          key={line.key}
          number={i + 1}
          line={line}
          catalogue={scheme?.catalogue ?? []}
          currency={scheme?.currency ?? ''}
          focus={line.key === added}
          onEnter={() => onEnter(i)}
          onChange={(next) => set({ lines: draft.lines.map((each) => (each.key === line.key ? next : each)) })}
          {...(draft.lines.length > 1 && {
            onRemove: () => set({ lines: draft.lines.filter((each) => each.key !== line.key) }),
          })}
        />
      ))}
      <Button icon="plus" onClick={add}>
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
