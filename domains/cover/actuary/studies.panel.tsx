import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type SchemeChoice, type StudyKind, type StudyLine, studyKinds } from './api.ts';
import { useWord } from './figure-table.tsx';
import { lastMonths, useSchemes } from './schemes.tsx';
import { assumptionMessages, studyMessages } from './study.messages.ts';
import { studyFields, studyInput } from './study-fields.ts';

const placeOf = (studyId: string) => ({ screen: 'at', path: `/cover/actuary/studies/${studyId}` }) as const;

/** Studies made, and the form for a new one. */
export default function StudiesPanel({ may }: ScreenProps) {
  const t = useMessages(studyMessages);
  const schemes = useSchemes();
  return (
    <>
      <ScreenHead
        title={t('title')}
        lead={t('lead')}
        actions={<PlaceLink to={{ screen: 'at', path: '/cover/actuary' }}>{t('desk')}</PlaceLink>}
      />
      <div className="stack">
        {schemes.isPending && <Loading />}
        {schemes.isError && <ProblemNotice problem={schemes.error} onRetry={() => void schemes.refetch()} />}
        {schemes.data && may.includes('cover.actuary') && <NewStudy schemes={schemes.data.schemes} />}
        <Made />
      </div>
    </>
  );
}

function NewStudy({ schemes }: { readonly schemes: readonly SchemeChoice[] }) {
  const t = useMessages(studyMessages);
  const client = useClient();
  const { go } = useNavigation();
  const { requestId, onError } = useRequestId();
  const [kind, setKind] = useState<StudyKind>('pooling');
  const [of, setOf] = useState({ schemeId: schemes[0]?.id ?? '', ...lastMonths(), seed: '1' });
  const [terms, setTerms] = useState<Readonly<Record<string, string>>>({});
  const begin = useMutation({
    mutationFn: () =>
      client.change<{ studyId: string }>('/api/cover/actuary/studies', {
        requestId,
        kind,
        input: studyInput(kind, of, terms),
      } as { readonly requestId: string }),
    onError,
    onSuccess: ({ studyId }) => go(placeOf(studyId)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!begin.isPending) {
      begin.mutate();
    }
  };
  return (
    <Panel title={t('new')}>
      <form className="stack" onSubmit={submit}>
        <div className="form-grid">
          <SelectField
            id="kind"
            label={t('kind')}
            required
            value={kind}
            onChange={(value) => {
              setKind(value);
              setTerms({});
            }}
            choices={studyKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <OfFields kind={kind} schemes={schemes} of={of} onChange={(change) => setOf({ ...of, ...change })} />
        </div>
        <Terms kind={kind} terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
        {begin.isError && <ProblemNotice problem={begin.error} />}
        <div>
          <Button type="submit" kind="primary" busy={begin.isPending}>
            {t('begin')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type Of = Parameters<typeof studyInput>[1];

function OfFields(props: {
  readonly kind: StudyKind;
  readonly schemes: readonly SchemeChoice[];
  readonly of: Of;
  readonly onChange: (change: Partial<Of>) => void;
}) {
  const { kind, schemes, of, onChange } = props;
  const t = useMessages(studyMessages);
  const { language } = useLanguage();
  return (
    <>
      {kind !== 'gaps' && (
        <>
          <SelectField
            id="scheme"
            label={t('scheme')}
            required
            value={of.schemeId}
            onChange={(schemeId) => onChange({ schemeId })}
            choices={schemes.map(({ id, title }) => ({ value: id, label: title[language] ?? title.en ?? id }))}
          />
          <TextField
            id="from"
            label={t('from')}
            hint={t('month')}
            required
            value={of.from}
            onChange={(from) => onChange({ from })}
          />
          <TextField
            id="to"
            label={t('to')}
            hint={t('month')}
            required
            value={of.to}
            onChange={(to) => onChange({ to })}
          />
        </>
      )}
      <TextField
        id="seed"
        label={t('seed')}
        required
        value={of.seed}
        onChange={(seed) => onChange({ seed })}
        input={{ inputMode: 'numeric' }}
      />
    </>
  );
}

function Terms(props: {
  readonly kind: StudyKind;
  readonly terms: Readonly<Record<string, string>>;
  readonly onChange: (change: Readonly<Record<string, string>>) => void;
}) {
  const t = useMessages(studyMessages);
  const word = useWord();
  return (
    <fieldset className="stack">
      <legend>{t('terms')}</legend>
      <p className="soft small">{t('terms.hint')}</p>
      <div className="form-grid">
        {Object.entries(studyFields[props.kind]).map(([id, usual]) => (
          <TextField
            key={id}
            id={`term-${id}`}
            label={word(assumptionMessages, id)}
            value={props.terms[id] ?? ''}
            onChange={(value) => props.onChange({ [id]: value })}
            input={{ placeholder: usual }}
          />
        ))}
      </div>
    </fieldset>
  );
}

const tones: Readonly<Record<StudyLine['state'], Tone>> = {
  waiting: 'note',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

function Made() {
  const t = useMessages(studyMessages);
  const format = useFormat();
  const client = useClient();
  const studies = useQuery({
    queryKey: ['actuary', 'studies'],
    queryFn: ({ signal }) => client.get<{ studies: readonly StudyLine[] }>('/api/cover/actuary/studies', { signal }),
  });
  return (
    <Panel>
      {studies.isPending && <Loading />}
      {studies.isError && <ProblemNotice problem={studies.error} onRetry={() => void studies.refetch()} />}
      {studies.data?.studies.length === 0 && <Empty>{t('none')}</Empty>}
      {studies.data && studies.data.studies.length > 0 && (
        <DataTable
          caption={t('title')}
          exportAs="studies"
          rows={studies.data.studies}
          rowKey={(row) => row.studyId}
          columns={[
            {
              key: 'kind',
              title: t('kind'),
              value: (row) => t(`kind.${row.kind}`),
              show: (row) => <PlaceLink to={placeOf(row.studyId)}>{t(`kind.${row.kind}`)}</PlaceLink>,
            },
            { key: 'scheme', title: t('scheme'), value: (row) => row.schemeId ?? '–' },
            { key: 'made', title: t('made'), value: (row) => row.createdAt, show: (row) => format.date(row.createdAt) },
            {
              key: 'state',
              title: t('state'),
              value: (row) => t(`state.${row.state}`),
              show: (row) => <Tag tone={tones[row.state]}>{t(`state.${row.state}`)}</Tag>,
            },
          ]}
        />
      )}
    </Panel>
  );
}
