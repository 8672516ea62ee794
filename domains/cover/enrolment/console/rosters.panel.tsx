import { Button } from '@serai/ui/components/button.tsx';
import { Field, RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { downloadText } from '@serai/ui/components/table.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PayrollReport } from '../payroll.store.ts';
import type { RosterReport } from '../roster.store.ts';
import { PayrollResult, RosterResult } from './roster-report.tsx';
import { rosterMessages } from './rosters.messages.ts';
import { useEnrolment, useGroups, useSchemes } from './use-enrolment.ts';

type Report =
  | { readonly kind: 'members'; readonly of: RosterReport }
  | { readonly kind: 'payroll'; readonly of: PayrollReport };

/** What is in the file, and whose. */
interface RosterForm {
  readonly kind: 'members' | 'payroll';
  readonly file: File | undefined;
  readonly groupId: string;
  readonly schemeId: string;
  readonly month: string;
}

/** An employer's people, or its wages of a month, by file: seen first, then taken. */
export default function RostersPanel(_: ScreenProps) {
  const t = useMessages(rosterMessages);
  const { form, change, ready } = useForm();
  const { preview, take, again } = useTaking(form);
  const shown = take.data ?? preview.data;
  const taking = { taken: take.isSuccess, busy: take.isPending, onTake: take.mutate };
  return (
    <div className="stack">
      <ScreenHead title={t('rosters')} lead={t('rosters.lead')} actions={<TemplateButton />} />
      <Panel>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) {
              take.reset();
              preview.mutate();
            }
          }}
        >
          <RosterFields
            form={form}
            onChange={(next) => {
              change(next);
              again();
            }}
          />
          <Button type="submit" kind="primary" busy={preview.isPending} disabled={!ready}>
            {t('roster.preview')}
          </Button>
        </form>
      </Panel>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {take.isError && <ProblemNotice problem={take.error} />}
      {shown?.kind === 'members' && <RosterResult report={shown.of} {...taking} />}
      {shown?.kind === 'payroll' && <PayrollResult report={shown.of} {...taking} />}
    </div>
  );
}

/** The form, with the only group or first scheme chosen where there is no choice. */
function useForm() {
  const { schemes } = useSchemes();
  const { groups } = useGroups();
  const [form, setForm] = useState<RosterForm>(() => ({
    kind: 'members',
    file: undefined,
    groupId: '',
    schemeId: '',
    month: new Date().toISOString().slice(0, 7),
  }));
  const fitting = schemes.filter((scheme) => form.kind === 'members' || scheme.basis === 'payroll');
  const settled = {
    ...form,
    groupId: form.groupId || (groups.length === 1 ? groups[0]!.groupId : ''),
    schemeId: fitting.some((each) => each.schemeId === form.schemeId) ? form.schemeId : (fitting[0]?.schemeId ?? ''),
  };
  return {
    form: settled,
    change: (next: Partial<RosterForm>) => setForm({ ...form, ...next }),
    ready: settled.file !== undefined && settled.groupId !== '' && settled.schemeId !== '',
  };
}

/** First what the file would change; then, with the same file, the change. */
function useTaking({ kind, file, groupId, schemeId, month }: RosterForm) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const path = kind === 'members' ? '/rosters' : '/payrolls';
  const address = (place: string, more: Record<string, string> = {}) =>
    `${path}${place}?${new URLSearchParams({
      groupId,
      schemeId,
      ...(kind === 'payroll' && { month }),
      ...more,
    })}`;
  const report = (of: RosterReport | PayrollReport): Report =>
    kind === 'members' ? { kind, of: of as RosterReport } : { kind, of: of as PayrollReport };
  const preview = useMutation({
    mutationFn: async () => report(await enrolment.upload(address('/preview'), file!)),
  });
  const take = useMutation({
    mutationFn: async (goodLinesOnly: boolean) => {
      const { digest } = preview.data!.of;
      return report(
        await enrolment.upload(address('', { requestId, digest, goodLinesOnly: String(goodLinesOnly) }), file!),
      );
    },
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  const again = () => {
    preview.reset();
    take.reset();
  };
  return { preview, take, again };
}

function RosterFields(props: { readonly form: RosterForm; readonly onChange: (next: Partial<RosterForm>) => void }) {
  const t = useMessages(rosterMessages);
  const { schemes, titleOf } = useSchemes();
  const { groups } = useGroups();
  const { form, onChange } = props;
  const fitting = schemes.filter((scheme) => form.kind === 'members' || scheme.basis === 'payroll');
  return (
    <>
      <RadioField
        id="roster-kind"
        label={t('kind')}
        value={form.kind}
        inline
        onChange={(kind) => onChange({ kind })}
        choices={(['members', 'payroll'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      {groups.length !== 1 && (
        <SelectField
          id="roster-group"
          label={t('group')}
          value={form.groupId}
          onChange={(groupId) => onChange({ groupId })}
          choices={groups.map((group) => ({ value: group.groupId, label: group.name }))}
        />
      )}
      <SelectField
        id="roster-scheme"
        label={t('scheme')}
        value={form.schemeId}
        onChange={(schemeId) => onChange({ schemeId })}
        choices={fitting.map((scheme) => ({ value: scheme.schemeId, label: titleOf(scheme.schemeId) }))}
        required
      />
      <FileFields form={form} onChange={onChange} />
    </>
  );
}

function FileFields({ form, onChange }: Parameters<typeof RosterFields>[0]) {
  const t = useMessages(rosterMessages);
  return (
    <>
      <Field id="roster-file" label={t('file')} required>
        <input
          id="roster-file"
          className="input"
          type="file"
          accept=".csv,.xlsx,text/csv"
          onChange={(event) => onChange({ file: event.target.files?.[0] })}
        />
      </Field>
      {form.kind === 'payroll' && (
        <TextField
          id="roster-month"
          label={t('month')}
          value={form.month}
          input={{ type: 'month' }}
          onChange={(month) => onChange({ month })}
          required
        />
      )}
    </>
  );
}

/** The template's columns as CSV: what every sheet program opens. */
function TemplateButton() {
  const t = useMessages(rosterMessages);
  const columns = 'Works number,Name,Birth,Sex,Phone,Wage,Entitlement\r\n';
  return <Button onClick={() => downloadText('roster.csv', columns)}>{t('roster.template')}</Button>;
}
