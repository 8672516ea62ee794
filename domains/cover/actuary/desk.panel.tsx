import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DeskView, ProposedReserve, SchemeChoice } from './api.ts';
import { deskMessages } from './desk.messages.ts';
import { FigureView, FindingNotes } from './figure-table.tsx';
import { MethodAndLimits, PrintButton, ReportData, Signatures } from './report-parts.tsx';
import { lastMonths, useSchemes } from './schemes.tsx';

type Basis = DeskView['basis'];
type Unit = DeskView['unit'];

interface Asked {
  readonly scheme: string;
  readonly from: string;
  readonly to: string;
  readonly basis: Basis;
  readonly unit: Unit;
  readonly seed: string;
}

/** Experience, reserves, segments and selection of a scheme, and the reserve as a proposed entry. */
export default function DeskPanel({ may }: ScreenProps) {
  const t = useMessages(deskMessages);
  const schemes = useSchemes();
  const [asked, setAsked] = useState<Asked>();
  const first = schemes.data?.schemes[0]?.id;
  const now =
    asked ?? (first ? { scheme: first, ...lastMonths(), basis: 'incurred', unit: 'month', seed: '1' } : undefined);
  return (
    <>
      <ScreenHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <PlaceLink to={{ screen: 'at', path: '/cover/actuary/studies' }}>{t('studies')}</PlaceLink>
            <PrintButton />
          </>
        }
      />
      {schemes.isPending && <Loading />}
      {schemes.isError && <ProblemNotice problem={schemes.error} onRetry={() => void schemes.refetch()} />}
      {now && schemes.data && (
        <div className="stack">
          <Question schemes={schemes.data.schemes} asked={now} onAsk={setAsked} />
          <Answer asked={now} proposes={may.includes('cover.actuary')} />
        </div>
      )}
    </>
  );
}

function Question(props: {
  readonly schemes: readonly SchemeChoice[];
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
}) {
  const t = useMessages(deskMessages);
  const { language } = useLanguage();
  const [form, setForm] = useState(props.asked);
  const set = (change: Partial<Asked>) => setForm({ ...form, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onAsk(form);
  };
  return (
    <section className="panel only-screen">
      <form className="form-grid" onSubmit={submit}>
        <SelectField
          id="scheme"
          label={t('scheme')}
          required
          value={form.scheme}
          onChange={(scheme) => set({ scheme })}
          choices={props.schemes.map(({ id, title }) => ({ value: id, label: title[language] ?? title.en ?? id }))}
        />
        <TextField id="from" label={t('from')} hint={t('month')} value={form.from} onChange={(from) => set({ from })} />
        <TextField id="to" label={t('to')} hint={t('month')} value={form.to} onChange={(to) => set({ to })} />
        <SelectField
          id="basis"
          label={t('basis')}
          required
          value={form.basis}
          onChange={(basis) => set({ basis })}
          choices={(['incurred', 'paid'] as const).map((value) => ({ value, label: t(`basis.${value}`) }))}
        />
        <SelectField
          id="unit"
          label={t('unit')}
          required
          value={form.unit}
          onChange={(unit) => set({ unit })}
          choices={(['month', 'quarter'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
        />
        <TextField
          id="seed"
          label={t('seed')}
          value={form.seed}
          onChange={(seed) => set({ seed })}
          input={{ inputMode: 'numeric' }}
        />
        <div className="form-actions field-wide">
          <Button type="submit" kind="primary">
            {t('show')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Answer({ asked, proposes }: { readonly asked: Asked; readonly proposes: boolean }) {
  const client = useClient();
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  const desk = useQuery({
    queryKey: ['actuary', 'desk', asked],
    queryFn: ({ signal }) => client.get<DeskView>(`/api/cover/actuary/desk?${query}`, { signal }),
  });
  if (desk.isPending) {
    return <Loading />;
  }
  if (desk.isError) {
    return <ProblemNotice problem={desk.error} onRetry={() => void desk.refetch()} />;
  }
  return <Desk view={desk.data} asked={asked} {...(proposes && { onProposed: () => void desk.refetch() })} />;
}

const parts = {
  experience: /^months$/,
  triangle: /^(triangle|factors|reserve)/,
  segments: /^segment\./,
  selection: /^selection$/,
} as const;

function Desk(props: { readonly view: DeskView; readonly asked: Asked; readonly onProposed?: () => void }) {
  const { view, asked } = props;
  const t = useMessages(deskMessages);
  return (
    <article className="stack report">
      <Panel title={t('summary')}>
        <FindingNotes findings={view.findings} />
        {view.unit !== asked.unit && <p className="soft small">{t('thin.quarters')}</p>}
      </Panel>
      {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => {
        const tables = view.tables.filter(({ id }) => parts[part].test(id));
        return (
          tables.length > 0 && (
            <Panel key={part} title={t(part)}>
              <div className="stack">
                {tables.map((table) => (
                  <FigureView key={table.id} table={table} />
                ))}
                {part === 'triangle' && view.reserve && (
                  <Reserve view={view} reserve={view.reserve} onProposed={props.onProposed} />
                )}
              </div>
            </Panel>
          )
        );
      })}
      <ReportData of={{ provenance: view.provenance, seed: view.seed }} schemes={view.schemes} />
      <MethodAndLimits methods={view.methods} limits={view.limits} />
      <Signatures />
    </article>
  );
}

interface ReserveProps {
  readonly view: DeskView;
  readonly reserve: NonNullable<DeskView['reserve']>;
}

/** What is set aside and what should be; for the actuary also the entry that brings the one to the other. */
function Reserve(props: ReserveProps & { readonly onProposed: (() => void) | undefined }) {
  const t = useMessages(deskMessages);
  const format = useFormat();
  return (
    <section className="stack">
      <h3>{t('reserve')}</h3>
      <Facts
        facts={(['best', 'upper', 'booked', 'pending'] as const).map((term) => ({
          term: t(term),
          value: format.money(props.reserve[term]),
        }))}
      />
      {props.onProposed && <Propose {...props} onProposed={props.onProposed} />}
    </section>
  );
}

function Propose({ view, onProposed }: ReserveProps & { readonly onProposed: () => void }) {
  const t = useMessages(deskMessages);
  const format = useFormat();
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [level, setLevel] = useState<'best' | 'upper'>('best');
  const propose = useMutation({
    mutationFn: () => {
      const { schemeId, from, to, basis, unit, seed } = view;
      const body = { requestId, schemeId, from, to, basis, unit, seed, level };
      return client.change<ProposedReserve>('/api/cover/actuary/reserve/propose', body);
    },
    onError,
    onSuccess: onProposed,
  });
  return (
    <>
      {propose.isError && <ProblemNotice problem={propose.error} />}
      {propose.isSuccess ? (
        <Notice tone="good" announce>
          <p>{t(`proposed.${propose.data.event}`, { amount: format.money(propose.data.amount) })}</p>
        </Notice>
      ) : (
        <div className="stack only-screen">
          <SelectField
            id="level"
            label={t('level')}
            hint={t('propose.hint')}
            required
            value={level}
            onChange={setLevel}
            choices={(['best', 'upper'] as const).map((value) => ({ value, label: t(value) }))}
          />
          <div>
            <Button kind="primary" busy={propose.isPending} onClick={() => propose.mutate()}>
              {t('propose')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
