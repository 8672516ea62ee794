import { mintRequestId, requestIdAfter } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { ErrorSummary, type FieldMistake } from '@serai/ui/components/error-summary.tsx';
import { CheckboxField, RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice, useProblemText } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useNavigation } from '@serai/ui/navigation.tsx';
import { asProblem } from '@serai/ui/problem.ts';
import { todayHere } from '@serai/ui/today.ts';
import { useDraft } from '@serai/ui/use-draft.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LikelyDuplicates, PersonSummary } from '../api.ts';
import { consentMessages } from '../consent.messages.ts';
import { registryMessages } from '../registry.messages.ts';
import { DuplicatesPanel } from './duplicates.panel.tsx';
import { registerMessages } from './register.messages.ts';
import {
  consentPurposes,
  duplicatesQuestion,
  type EntryMistake,
  emptyEntry,
  fieldOfExpression,
  mistakesOf,
  type RegistrationEntry,
  registrationOf,
  spokenLanguages,
} from './register-form.ts';

const sexes = ['female', 'male', 'other', 'unknown'] as const;
const birthKinds = ['date', 'month', 'year', 'estimated-age'] as const;
const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;

/** Registers a person with the minimum of DOMAIN B.5, and shows who may be registered already before saving. */
export function RegisterPanel() {
  const draft = useDraft<RegistrationEntry>('register', () => emptyEntry(mintRequestId()));
  return draft.value ? <RegisterForm entry={draft.value} draft={draft} /> : <Loading />;
}

function RegisterForm({
  entry,
  draft,
}: {
  readonly entry: RegistrationEntry;
  readonly draft: ReturnType<typeof useDraft<RegistrationEntry>>;
}) {
  const t = useMessages(registerMessages);
  const words = useMessages(registryMessages);
  const consent = useMessages(consentMessages);
  const format = useFormat();
  const client = useClient();
  const queries = useQueryClient();
  const { go } = useNavigation();
  const problemText = useProblemText();
  const [attempt, setAttempt] = useState(0);
  const [someoneElse, setSomeoneElse] = useState<ReadonlySet<string>>(new Set());
  const today = todayHere();

  const question = duplicatesQuestion(entry, today);
  const duplicates = useQuery({
    queryKey: ['persons', 'duplicates', question],
    queryFn: ({ signal }) => client.ask<LikelyDuplicates>('/api/persons/duplicates', question, { signal }),
    enabled: question !== undefined,
    staleTime: 30_000,
  });
  const candidates = question ? (duplicates.data?.candidates ?? []) : [];
  const unseen = candidates.filter((candidate) => !someoneElse.has(candidate.person.id));

  const register = useMutation({
    mutationFn: () =>
      client.change<PersonSummary>(
        '/api/persons',
        registrationOf(
          entry,
          today,
          candidates.map((candidate) => candidate.person.id),
        ),
      ),
    onSuccess: async (person) => {
      await draft.discard();
      await queries.invalidateQueries({ queryKey: ['persons'] });
      go({ screen: 'person', personId: person.id });
    },
    onError: (thrown) => {
      if (asProblem(thrown).code === 'registry.duplicate-unseen') {
        void duplicates.refetch();
      }
      draft.change((value) => ({ ...value, requestId: requestIdAfter(value.requestId, thrown) }));
    },
  });

  const change = (part: Partial<RegistrationEntry>) => draft.change((value) => ({ ...value, ...part }));
  const sentence = (mistake: EntryMistake) =>
    t(`mistake.${mistake.reason}`, {
      purpose: mistake.field.startsWith('consent-')
        ? consent(mistake.field.slice('consent-'.length) as (typeof consentPurposes)[number])
        : '',
    });
  const refused = register.error ? asProblem(register.error) : undefined;
  const mistakes: FieldMistake[] =
    attempt === 0
      ? []
      : [
          ...mistakesOf(entry, today).map((mistake) => ({ field: mistake.field, text: sentence(mistake) })),
          ...(unseen.length > 0 ? [{ field: 'duplicates', text: t('duplicates.mistake') }] : []),
          ...(refused?.issues ?? []).flatMap((issue) => {
            const field = issue.expression && fieldOfExpression(issue.expression, entry.birthKind);
            return field ? [{ field, text: problemText({ code: issue.code, text: issue.text }) }] : [];
          }),
        ];
  const errorOf = (field: string) => mistakes.find((mistake) => mistake.field === field)?.text;

  const save = () => {
    if (register.isPending) {
      return;
    }
    setAttempt((count) => count + 1);
    if (mistakesOf(entry, today).length === 0 && unseen.length === 0) {
      register.mutate();
    }
  };

  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {draft.restored && attempt === 0 && !register.isSuccess && (
        <Notice tone="note" announce>
          <p>{t('restored')}</p>
        </Notice>
      )}
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        <Panel title={t('who')}>
          <TextField
            id="name"
            label={t('name')}
            hint={t('name.hint')}
            required
            value={entry.name}
            error={errorOf('name')}
            onChange={(name) => change({ name })}
            input={{ spellCheck: false }}
          />
          <details className="more" open={entry.givenNames !== '' || entry.familyName !== '' || undefined}>
            <summary>
              {t('name.parts')} <span className="soft">({t('optional')})</span>
            </summary>
            <p className="field-hint">{t('name.parts.hint')}</p>
            <div className="form-grid">
              <TextField
                id="given"
                label={t('given')}
                value={entry.givenNames}
                onChange={(givenNames) => change({ givenNames })}
              />
              <TextField
                id="family"
                label={t('family')}
                value={entry.familyName}
                onChange={(familyName) => change({ familyName })}
              />
            </div>
          </details>
          {entry.otherNames.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the names of this list have nothing else to tell them apart.
            <div className="with-action" key={index}>
              <TextField
                id={index === 0 ? 'other-names' : `other-names-${index}`}
                label={t('other-names')}
                value={name}
                onChange={(text) =>
                  change({ otherNames: entry.otherNames.map((other, at) => (at === index ? text : other)) })
                }
              />
              <Button
                kind="quiet"
                icon="minus"
                onClick={() => change({ otherNames: entry.otherNames.filter((_, at) => at !== index) })}
              >
                {t('other-names.remove')}
              </Button>
            </div>
          ))}
          <p>
            <Button kind="quiet" icon="plus" onClick={() => change({ otherNames: [...entry.otherNames, ''] })}>
              {t('other-names.add')}
            </Button>
          </p>
          <RadioField
            id="birth-kind"
            label={t('birth.kind')}
            inline
            required
            value={entry.birthKind}
            onChange={(birthKind) => change({ birthKind })}
            choices={birthKinds.map((kind) => ({ value: kind, label: t(`birth.${kind}`) }))}
          />
          {entry.birthKind === 'date' && (
            <DateField
              id="birth-date"
              label={t('date')}
              required
              value={entry.date}
              error={errorOf('birth-date')}
              onChange={(date) => change({ date })}
            />
          )}
          {entry.birthKind === 'month' && (
            <div className="form-grid">
              <SelectField
                id="birth-month"
                label={t('month')}
                required
                value={entry.month || undefined}
                error={errorOf('birth-month')}
                onChange={(month) => change({ month })}
                choices={months.map((month) => ({ value: month, label: format.monthName(Number(month)) }))}
              />
              <TextField
                id="birth-month-year"
                label={t('year')}
                hint={t('year.hint')}
                required
                value={entry.year}
                onChange={(year) => change({ year })}
                input={{ inputMode: 'numeric', maxLength: 4 }}
              />
            </div>
          )}
          {entry.birthKind === 'year' && (
            <TextField
              id="birth-year"
              label={t('year')}
              hint={t('year.hint')}
              required
              value={entry.year}
              error={errorOf('birth-year')}
              onChange={(year) => change({ year })}
              input={{ inputMode: 'numeric', maxLength: 4 }}
            />
          )}
          {entry.birthKind === 'estimated-age' && (
            <TextField
              id="birth-estimated-age"
              label={t('age')}
              required
              value={entry.age}
              error={errorOf('birth-estimated-age')}
              onChange={(age) => change({ age })}
              input={{ inputMode: 'numeric', maxLength: 3 }}
            />
          )}
          <RadioField
            id="sex"
            label={t('sex')}
            inline
            required
            value={entry.sex}
            error={errorOf('sex')}
            onChange={(sex) => change({ sex })}
            choices={sexes.map((sex) => ({ value: sex, label: words(`sex.${sex}`) }))}
          />
          <div className="form-grid">
            <SelectField
              id="language"
              label={t('language')}
              required
              value={entry.language || undefined}
              error={errorOf('language')}
              onChange={(spoken) => change({ language: spoken })}
              choices={spokenLanguages.map((tag) => ({ value: tag, label: format.language(tag) }))}
            />
            <TextField
              id="phone"
              label={t('phone')}
              hint={t('phone.hint')}
              value={entry.phone}
              error={errorOf('phone')}
              onChange={(phone) => change({ phone })}
              input={{ type: 'tel', inputMode: 'tel' }}
            />
          </div>
          <CheckboxField
            id="interpreter"
            label={t('interpreter')}
            checked={entry.interpreterNeeded}
            onChange={(interpreterNeeded) => change({ interpreterNeeded })}
          />
        </Panel>
        <DuplicatesPanel
          asked={question !== undefined}
          looking={duplicates.isFetching}
          candidates={candidates}
          error={duplicates.error}
          onRetry={() => void duplicates.refetch()}
          someoneElse={someoneElse}
          mistake={errorOf('duplicates')}
          onSomeoneElse={(id, other) => {
            const next = new Set(someoneElse);
            if (other) {
              next.add(id);
            } else {
              next.delete(id);
            }
            setSomeoneElse(next);
          }}
        />
        <Panel title={consent('title')}>
          <p className="soft">{consent('lead')}</p>
          <div className="consent-grid">
            {consentPurposes.map((purpose) => (
              <RadioField
                key={purpose}
                id={`consent-${purpose}`}
                label={consent(purpose)}
                hint={consent(`${purpose}.plain`)}
                inline
                required
                value={entry.consents[purpose]}
                error={errorOf(`consent-${purpose}`)}
                onChange={(decision) => change({ consents: { ...entry.consents, [purpose]: decision } })}
                choices={[
                  { value: 'permit', label: consent('permit') },
                  { value: 'deny', label: consent('deny') },
                ]}
              />
            ))}
          </div>
          <Notice tone="good">
            <p>{consent('never-enforcement')}</p>
          </Notice>
        </Panel>
        {register.isError && <ProblemNotice problem={register.error} onRetry={save} />}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={register.isPending}>
            {t('save')}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              draft.change(() => emptyEntry(mintRequestId()));
              setAttempt(0);
              setSomeoneElse(new Set());
              register.reset();
            }}
          >
            {t('clear')}
          </Button>
        </div>
      </form>
    </>
  );
}
