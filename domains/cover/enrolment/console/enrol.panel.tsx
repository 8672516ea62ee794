import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { today } from '@serai/ui/today.ts';
import { type Draft, useDraft } from '@serai/ui/use-draft.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnrolAnswer } from '../enrol.store.ts';
import type { LikelyMember } from '../new-member.store.ts';
import type { EnrolmentPreview } from '../policies.routes.ts';
import { enrolMessages } from './enrol.messages.ts';
import { describedOf, type EnrolForm, emptyForm, emptyPerson, enrolBody, missingFields } from './enrol-form.ts';
import { LikelyMembers, PersonFields, PricePart } from './enrol-parts.tsx';
import { useEnrolment, useGroups, useSchemes } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

/** Enrol a member or a family, at the desk or in the field. What is entered survives a reload. */
export default function EnrolPanel(_: ScreenProps) {
  const t = useMessages(enrolMessages);
  const client = useClient();
  const home = useQuery({
    queryKey: ['config'],
    queryFn: () => client.get<{ country: string }>('/api/config'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const country = home.data?.country ?? 'TH';
  const draft = useDraft<EnrolForm>('enrol', () => emptyForm(country));
  const [done, setDone] = useState<EnrolAnswer>();
  const { go } = useNavigation();
  return (
    <div className="stack">
      <ScreenHead title={t('enrol.title')} lead={t('enrol.lead')} />
      {done ? (
        <Notice tone="good" announce title={t('enrolled.title', { number: done.policyNumber })}>
          <p>
            <Button kind="primary" onClick={() => go(memberPath(done.memberIds[0]!))}>
              {t('enrolled.open')}
            </Button>{' '}
            <Button
              onClick={() => {
                draft.change(() => emptyForm(country));
                setDone(undefined);
              }}
            >
              {t('draft.discard')}
            </Button>
          </p>
        </Notice>
      ) : draft.value ? (
        <Form draft={draft} form={draft.value} country={country} onDone={setDone} />
      ) : (
        <Loading />
      )}
    </div>
  );
}

function Form(props: {
  readonly draft: Draft<EnrolForm>;
  readonly form: EnrolForm;
  readonly country: string;
  readonly onDone: (answer: EnrolAnswer) => void;
}) {
  const { draft, form, country } = props;
  const t = useMessages(enrolMessages);
  const { schemes } = useSchemes();
  const [tried, setTried] = useState(false);
  const scheme = schemes.find((each) => each.schemeId === form.schemeId);
  const missing = missingFields(form);
  const steps = useSteps(props, scheme);
  const change = (next: Partial<EnrolForm>) => {
    draft.change((value) => ({ ...value, ...next }));
    steps.reset();
  };
  const error = (id: string) => (tried && missing.has(id) ? t('needed') : undefined);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing.size === 0 && scheme) {
          steps.preview.mutate();
        }
      }}
    >
      {draft.restored && <Restored onDiscard={() => change(emptyForm(country))} />}
      <SchemePart form={form} change={change} error={error} />
      {form.people.map((person, i) => (
        <PersonFields
          key={person.key}
          person={person}
          scheme={scheme}
          error={error}
          onChange={(next) =>
            change({ people: form.people.map((each, at) => (at === i ? { ...each, ...next } : each)) })
          }
          {...(i > 0 && { onRemove: () => change({ people: form.people.filter((_, at) => at !== i) }) })}
        />
      ))}
      <div className="row">
        {(scheme?.relations.length ?? 0) > 0 && (
          <Button
            icon="plus"
            onClick={() =>
              change({ people: [...form.people, emptyPerson((scheme?.relations[0] ?? 'child') as 'child', country)] })
            }
          >
            {t('member.add')}
          </Button>
        )}
        <Button type="submit" kind={steps.preview.data ? 'plain' : 'primary'} busy={steps.preview.isPending}>
          {t('enrol.see')}
        </Button>
      </div>
      <Outcome steps={steps} />
    </form>
  );
}

function Restored({ onDiscard }: { readonly onDiscard: () => void }) {
  const t = useMessages(enrolMessages);
  return (
    <Notice tone="note">
      <p>
        {t('draft.restored')}{' '}
        <Button kind="quiet" onClick={onDiscard}>
          {t('draft.discard')}
        </Button>
      </p>
    </Notice>
  );
}

/** The price, who may be enrolled already, and the last step. */
function Outcome({ steps }: { readonly steps: ReturnType<typeof useSteps> }) {
  const t = useMessages(enrolMessages);
  return (
    <>
      {steps.preview.isError && <ProblemNotice problem={steps.preview.error} />}
      {steps.preview.data && (
        <>
          <PricePart preview={steps.preview.data.price} />
          {steps.preview.data.alike.length > 0 && <LikelyMembers candidates={steps.preview.data.alike} />}
          {steps.enrol.isError && <ProblemNotice problem={steps.enrol.error} />}
          <div className="row">
            <Button kind="primary" busy={steps.enrol.isPending} onClick={() => steps.enrol.mutate()}>
              {steps.preview.data.alike.length > 0 ? t('duplicates.others') : t('enrol.do')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** First the price and who may be enrolled already; then the enrolment itself. */
function useSteps(
  { form, draft, onDone }: Parameters<typeof Form>[0],
  scheme: Parameters<typeof enrolBody>[1] | undefined,
) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const preview = useMutation({
    mutationFn: async () => {
      const price = await enrolment.ask<EnrolmentPreview>('/quote', enrolBody(form, scheme!, today(), []));
      const found = await Promise.all(
        form.people.map((person) =>
          enrolment.ask<{ candidates: LikelyMember[] }>('/duplicates', describedOf(person, today())),
        ),
      );
      const alike = new Map(found.flatMap(({ candidates }) => candidates).map((each) => [each.memberId, each]));
      return { price, alike: [...alike.values()] };
    },
  });
  const enrol = useMutation({
    mutationFn: () =>
      enrolment.change<EnrolAnswer>('/policies', {
        requestId,
        ...enrolBody(
          form,
          scheme!,
          today(),
          (preview.data?.alike ?? []).map((each) => each.memberId),
        ),
      }),
    onError,
    onSuccess: async (answer) => {
      await draft.discard();
      onDone(answer);
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return {
    preview,
    enrol,
    reset: () => {
      preview.reset();
      enrol.reset();
    },
  };
}

function SchemePart(props: {
  readonly form: EnrolForm;
  readonly change: (next: Partial<EnrolForm>) => void;
  readonly error: (id: string) => string | undefined;
}) {
  const t = useMessages(enrolMessages);
  const format = useFormat();
  const { schemes, titleOf, query } = useSchemes();
  const { groups } = useGroups();
  const { form, change } = props;
  const scheme = schemes.find((each) => each.schemeId === form.schemeId);
  const error = props.error('enrol-scheme');
  return (
    <Panel>
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      <div className="form">
        <SelectField
          id="enrol-scheme"
          label={t('scheme')}
          value={form.schemeId}
          onChange={(schemeId) => change({ schemeId, months: '', instalments: '1' })}
          choices={schemes.map((each) => ({ value: each.schemeId, label: titleOf(each.schemeId) }))}
          {...(error && { error })}
        />
        {scheme && scheme.months.length > 1 && (
          <SelectField
            id="enrol-months"
            label={t('months')}
            value={form.months || String(scheme.months[0])}
            onChange={(months) => change({ months })}
            choices={scheme.months.map((count) => ({
              value: String(count),
              label: t('months.count', { count: format.number(count) }),
            }))}
            required
          />
        )}
        {scheme && scheme.maximumInstalments > 1 && scheme.basis !== 'payroll' && (
          <SelectField
            id="enrol-instalments"
            label={t('instalments')}
            value={form.instalments}
            onChange={(instalments) => change({ instalments })}
            choices={Array.from({ length: scheme.maximumInstalments }, (_, i) => ({
              value: String(i + 1),
              label: format.number(i + 1),
            }))}
            required
          />
        )}
        {groups.length > 0 && (
          <SelectField
            id="enrol-group"
            label={t('group')}
            value={form.groupId}
            onChange={(groupId) => change({ groupId })}
            choices={groups.map((group) => ({ value: group.groupId, label: group.name }))}
          />
        )}
      </div>
    </Panel>
  );
}
