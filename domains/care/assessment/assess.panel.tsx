import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import {
  canonicalOf,
  formTree,
  itemText,
  pruneDisabled,
  type ResponseIssue,
  validateResponse,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { translate } from '@serai/kernel/i18n/i18n.ts';
import { mintRequestId, requestIdAfter } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { focusField } from '@serai/ui/components/error-summary.tsx';
import { Icon } from '@serai/ui/components/icon.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { fieldIdOf, QuestionnaireForm } from '@serai/ui/fhir/questionnaire-form.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { Problem } from '@serai/ui/problem.ts';
import { todayHere } from '@serai/ui/today.ts';
import { type Draft, useDraft } from '@serai/ui/use-draft.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { RecordAssessment, RecordedAssessment } from '../api.ts';
import { careMessages } from '../care.messages.ts';
import { ScreeningCard } from '../screening/screening.panel.tsx';
import { screenAssessment } from '../screening/screening.ts';
import { assessMessages } from './assess.messages.ts';
import { IssueSummary } from './issue-summary.tsx';
import { type KnownForAssessment, startAssessment } from './prefill.ts';
import { Recorded } from './recorded.panel.tsx';
import { SectionList } from './section-list.tsx';

/** What this screen needs of the person and of whoever is signed in. */
interface PersonFacts {
  readonly person: {
    readonly name: string;
    readonly sex: string;
    readonly birth?: string;
    readonly birthIsEstimated: boolean;
    readonly language?: string;
  };
  readonly interpreterNeeded: boolean;
}
interface Examiner {
  readonly name: string;
  readonly facility?: { readonly name: string };
}

interface AssessmentDraft {
  readonly requestId: string;
  readonly response: QuestionnaireResponse;
  /** Link id of the section that was open. */
  readonly section: string;
}

/** The health assessment: any FHIR Questionnaire, a section at a time, kept as a draft until it is recorded. */
export function AssessPanel({ personId }: { readonly personId: string }) {
  const client = useClient();
  const form = useQuery({
    queryKey: ['assessment-form'],
    queryFn: ({ signal }) => client.get<Questionnaire>('/api/assessment-form', { signal }),
    staleTime: 10 * 60_000,
  });
  const person = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => client.get<PersonFacts>(`/api/persons/${encodeURIComponent(personId)}`, { signal }),
  });
  const me = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => client.get<Examiner>('/api/me', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failed = form.error ?? person.error ?? me.error;
  if (failed) {
    return (
      <ProblemNotice
        problem={failed}
        onRetry={() => void Promise.all([form.refetch(), person.refetch(), me.refetch()])}
      />
    );
  }
  if (form.data && !form.data.item?.length) {
    return <ProblemNotice problem={new Problem('unreadable-answer', 200)} />;
  }
  return form.data && person.data && me.data ? (
    <DraftedForm personId={personId} questionnaire={form.data} facts={person.data} examiner={me.data} />
  ) : (
    <Loading />
  );
}

interface DraftedFormProps {
  readonly personId: string;
  readonly questionnaire: Questionnaire;
  readonly facts: PersonFacts;
  readonly examiner: Examiner;
}

function DraftedForm(props: DraftedFormProps) {
  const { questionnaire, facts, examiner } = props;
  const format = useFormat();
  const initial = (): AssessmentDraft => {
    const { person } = facts;
    const known: KnownForAssessment = {
      sex: person.sex,
      ...(person.birth && { birth: person.birth }),
      birthIsEstimated: person.birthIsEstimated,
      ...(person.language && { language: person.language, languageName: format.language(person.language) }),
      interpreterNeeded: facts.interpreterNeeded,
      ...(examiner.facility && { site: examiner.facility.name }),
      examiner: examiner.name,
      today: todayHere(),
    };
    return {
      requestId: mintRequestId(),
      response: startAssessment(questionnaire, known),
      section: questionnaire.item?.[0]?.linkId ?? '',
    };
  };
  // Another version of the form is another draft: answers to questions that changed are not carried over.
  const draft = useDraft<AssessmentDraft>(`assess/${props.personId}/${canonicalOf(questionnaire)}`, initial);
  return draft.value ? <Assessment {...props} draft={draft} value={draft.value} startAgain={initial} /> : <Loading />;
}

interface AssessmentProps extends DraftedFormProps {
  readonly draft: Draft<AssessmentDraft>;
  readonly value: AssessmentDraft;
  readonly startAgain: () => AssessmentDraft;
}

function Assessment({ personId, questionnaire, facts, draft, value, startAgain }: AssessmentProps) {
  const t = useMessages(assessMessages);
  const { language } = useLanguage();
  const client = useClient();
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const [discarding, setDiscarding] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { response } = value;

  const tree = useMemo(() => formTree(questionnaire, response), [questionnaire, response]);
  // Checking the whole form and screening may lag a moment behind the typing; the typing may not.
  const settled = useDeferredValue(response);
  const issues = useMemo(
    () =>
      validateResponse(questionnaire, pruneDisabled(questionnaire, settled), {
        language,
        today: todayHere(),
        complete: attempt > 0,
      }),
    [questionnaire, settled, language, attempt],
  );
  const screening = useMemo(() => screenAssessment(questionnaire, settled), [questionnaire, settled]);
  const textOf = (issue: ResponseIssue) =>
    translate(careMessages, language, `issue.${issue.code}`, { label: issue.label ?? '', ...issue.values });
  const errors = new Map(issues.filter((issue) => issue.key).map((issue) => [issue.key!, textOf(issue)]));

  const sections = useMemo(() => tree.filter((node) => node.enabled && node.item.type === 'group'), [tree]);
  const listed = useDeferredValue(sections);
  const current = sections.find((node) => node.linkId === value.section) ?? sections[0]!;
  const at = sections.indexOf(current);
  const { change } = draft;
  const open = useCallback((linkId: string) => change((previous) => ({ ...previous, section: linkId })), [change]);
  const turnTo = useCallback(
    (linkId: string) => {
      open(linkId);
      setTimeout(() => {
        heading.current?.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      });
    },
    [open],
  );

  const record = useMutation({
    mutationFn: () => {
      const body: RecordAssessment = {
        requestId: value.requestId,
        response: { ...pruneDisabled(questionnaire, response), status: 'completed' },
      };
      return client.change<RecordedAssessment>(`/api/persons/${encodeURIComponent(personId)}/assessments`, body, {
        timeoutMilliseconds: 30_000,
      });
    },
    onError: (thrown) =>
      draft.change((previous) => ({ ...previous, requestId: requestIdAfter(previous.requestId, thrown) })),
    onSuccess: async () => {
      await draft.discard();
      await queries.invalidateQueries({ queryKey: ['person', personId] });
    },
  });
  const save = () => {
    if (record.isPending) {
      return;
    }
    setAttempt((count) => count + 1);
    const left = validateResponse(questionnaire, pruneDisabled(questionnaire, response), {
      language,
      today: todayHere(),
    });
    if (left.length === 0) {
      record.mutate();
    }
  };

  if (record.isSuccess) {
    return <Recorded personId={personId} name={facts.person.name} recorded={record.data} />;
  }
  const sectionOf = (issue: ResponseIssue) => sections.find((node) => issue.linkId?.split('.')[0] === node.linkId);
  return (
    <>
      <ScreenHead
        title={t('title')}
        lead={
          <PlaceLink to={{ screen: 'person', personId }}>
            <Written text={facts.person.name} />
          </PlaceLink>
        }
        actions={<DraftState draft={draft} />}
      />
      {draft.restored && attempt === 0 && (
        <Notice tone="note" announce>
          <p>{t('draft.restored')}</p>
        </Notice>
      )}
      <div className="assess-layout">
        <aside className="assess-side">
          <ScreeningCard screening={screening} />
          <SectionList
            sections={listed}
            current={current.linkId}
            issues={attempt > 0 ? issues : none}
            onOpen={turnTo}
          />
        </aside>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (at < sections.length - 1) {
              turnTo(sections[at + 1]!.linkId);
            } else {
              save();
            }
          }}
        >
          {attempt > 0 && (
            <IssueSummary
              attempt={attempt}
              mistakes={issues.map((issue) => ({
                key: issue.key ?? issue.expression,
                text: textOf(issue),
                onOpen: () => {
                  const section = sectionOf(issue);
                  if (section) {
                    open(section.linkId);
                  }
                  setTimeout(() => issue.key && focusField(fieldIdOf(issue.key)), 80);
                },
              }))}
            />
          )}
          <section className="panel" aria-labelledby="assess-section">
            <header>
              <p className="soft small">{t('section.of', { number: at + 1, total: sections.length })}</p>
              <h2 id="assess-section" ref={heading} tabIndex={-1}>
                {itemText(current.item, language)}
              </h2>
            </header>
            <QuestionnaireForm
              key={current.key}
              questionnaire={questionnaire}
              nodes={current.children}
              errors={errors}
              onChange={(next) => draft.change((previous) => ({ ...previous, response: next(previous.response) }))}
            />
          </section>
          {record.isError && <ProblemNotice problem={record.error} onRetry={save} />}
          <div className="form-actions">
            {at > 0 && <Button onClick={() => turnTo(sections[at - 1]!.linkId)}>{t('previous')}</Button>}
            {at < sections.length - 1 && (
              <Button type="submit" kind="primary">
                {t('next')}
              </Button>
            )}
            <Button kind={at === sections.length - 1 ? 'primary' : 'plain'} busy={record.isPending} onClick={save}>
              {t('save')}
            </Button>
            <Button kind="quiet" onClick={() => setDiscarding(true)}>
              {t('discard')}
            </Button>
          </div>
        </form>
      </div>
      <Dialog
        title={t('discard.title')}
        open={discarding}
        onClose={() => setDiscarding(false)}
        actions={
          <Button
            kind="danger"
            onClick={() => {
              setDiscarding(false);
              setAttempt(0);
              record.reset();
              draft.change(startAgain);
              void draft.discard();
            }}
          >
            {t('discard')}
          </Button>
        }
      >
        <p>{t('discard.lead')}</p>
      </Dialog>
    </>
  );
}

function DraftState({ draft }: { readonly draft: Draft<AssessmentDraft> }) {
  const t = useMessages(assessMessages);
  const format = useFormat();
  const time = draft.savedAt === undefined ? '' : format.time(draft.savedAt);
  return (
    <p className="draft-state" role="status">
      {draft.state === 'saved' && (
        <>
          <Icon name="saved" /> {t('draft.saved', { time })}
        </>
      )}
      {draft.state === 'saving' && t('draft.saving')}
      {draft.state === 'unsaved' && (
        <>
          <Icon name="warning" /> {t('draft.unsaved')}
        </>
      )}
    </p>
  );
}

const none: readonly ResponseIssue[] = [];
