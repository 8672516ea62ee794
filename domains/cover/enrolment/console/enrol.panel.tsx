import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useNavigation } from '@serai/ui/navigation.tsx';
import { asProblem } from '@serai/ui/problem.ts';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { todayHere } from '@serai/ui/today.ts';
import { type Draft, useDraft } from '@serai/ui/use-draft.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnrolAnswer } from '../enrol.store.ts';
import type { EnrolmentPreview } from '../enrol.ts';
import { fieldTexts } from '../field/field.messages.ts';
import { FieldPanel, KeepInstead } from '../field/field-panel.tsx';
import { forget, isBlank } from '../field/use-field.ts';
import type { LikelyMember } from '../new-member.store.ts';
import { enrolMessages } from './enrol.messages.ts';
import { EnrolFields } from './enrol-fields.tsx';
import { describedOf, type EnrolForm, emptyForm, enrolBody, missingFields } from './enrol-form.ts';
import { LikelyMembers, PricePart } from './enrol-parts.tsx';
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
  const [kept, setKept] = useState(false);
  // A family that was refused when it was sent from the device: it waits there until it is enrolled from this form.
  const [corrected, setCorrected] = useState<string>();
  const queries = useQueryClient();
  const { go } = useNavigation();
  const begin = (form: EnrolForm, from?: string) => {
    draft.change(() => form);
    setCorrected(from);
  };
  const enrolled = async (answer: EnrolAnswer) => {
    setDone(answer);
    if (corrected !== undefined) {
      await forget(corrected);
      await queries.invalidateQueries({ queryKey: ['field-device'] });
    }
  };
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
                begin(emptyForm(country));
                setDone(undefined);
              }}
            >
              {t('draft.discard')}
            </Button>
          </p>
        </Notice>
      ) : draft.value ? (
        <>
          <FieldPanel onCorrect={begin} formIsBlank={isBlank(draft.value)} />
          {kept && <Kept />}
          <Form
            key={corrected}
            draft={draft}
            form={draft.value}
            country={country}
            onDone={(answer) => void enrolled(answer)}
            onKept={() => {
              begin(emptyForm(country));
              setKept(true);
            }}
          />
        </>
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
  readonly onKept: () => void;
}) {
  const { draft, form, country } = props;
  const t = useMessages(enrolMessages);
  const { schemes, query } = useSchemes();
  const { groups } = useGroups();
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
      {draft.restored && !isBlank(form) && <Restored onDiscard={() => change(emptyForm(country))} />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      <EnrolFields form={form} schemes={schemes} groups={groups} country={country} change={change} error={error}>
        <Button type="submit" kind={steps.preview.data ? 'plain' : 'primary'} busy={steps.preview.isPending}>
          {t('enrol.see')}
        </Button>
      </EnrolFields>
      <Outcome steps={steps} />
      {missing.size === 0 && [steps.preview.error, steps.enrol.error].some(isCut) && (
        <KeepInstead form={form} onKept={props.onKept} />
      )}
    </form>
  );
}

/** No answer: the line is cut, or as good as cut. */
const isCut = (thrown: unknown) => thrown !== null && ['offline', 'timeout'].includes(asProblem(thrown).code);

function Kept() {
  const t = useMessages(fieldTexts);
  return (
    <Notice tone="good" announce>
      <p>{t('field.kept')}</p>
    </Notice>
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
      const price = await enrolment.ask<EnrolmentPreview>('/quote', enrolBody(form, scheme!, todayHere(), []));
      const found = await Promise.all(
        form.people.map((person) =>
          enrolment.ask<{ candidates: LikelyMember[] }>('/duplicates', describedOf(person, todayHere())),
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
          todayHere(),
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
