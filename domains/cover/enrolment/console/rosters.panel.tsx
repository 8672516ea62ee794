import { Button } from '@serai/ui/components/button.tsx';
import { CheckboxField, Field, RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PayrollReport } from '../payroll.store.ts';
import type { RosterReport } from '../roster.store.ts';
import { PayrollResult, RosterResult } from './roster-report.tsx';
import { enrolmentMessages } from './screens.messages.ts';
import { useEnrolment, useGroups, useSchemes } from './use-enrolment.ts';

type Report =
  | { readonly kind: 'members'; readonly of: RosterReport }
  | { readonly kind: 'payroll'; readonly of: PayrollReport };

/** An employer's people, or its wages of a month, by file: seen first, then taken. */
export default function RostersPanel(_: ScreenProps) {
  const t = useMessages(enrolmentMessages);
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { schemes, titleOf } = useSchemes();
  const { groups } = useGroups();
  const { requestId, onError } = useRequestId();
  const [kind, setKind] = useState<'members' | 'payroll'>('members');
  const [file, setFile] = useState<File>();
  const [chosenGroup, setGroup] = useState('');
  const [chosenScheme, setScheme] = useState('');
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const [buddhistYears, setBuddhist] = useState(false);
  const fitting = schemes.filter((scheme) => kind === 'members' || scheme.basis === 'payroll');
  const groupId = chosenGroup || (groups.length === 1 ? groups[0]!.groupId : '');
  const schemeId = fitting.some((each) => each.schemeId === chosenScheme) ? chosenScheme : (fitting[0]?.schemeId ?? '');
  const path = kind === 'members' ? '/rosters' : '/payrolls';
  const question = (more: Record<string, string> = {}) =>
    `?${new URLSearchParams({ groupId, schemeId, ...(kind === 'members' ? { buddhistYears: String(buddhistYears) } : { month }), ...more })}`;
  const report = (of: RosterReport | PayrollReport): Report =>
    kind === 'members' ? { kind, of: of as RosterReport } : { kind, of: of as PayrollReport };
  const preview = useMutation({
    mutationFn: async () => report(await enrolment.upload(`${path}/preview${question()}`, file!)),
  });
  const take = useMutation({
    mutationFn: async (goodLinesOnly: boolean) =>
      report(
        await enrolment.upload(
          path + question({ requestId, digest: preview.data!.of.digest, goodLinesOnly: String(goodLinesOnly) }),
          file!,
        ),
      ),
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  const again = () => {
    preview.reset();
    take.reset();
  };
  const shown = take.data ?? preview.data;
  return (
    <div className="stack">
      <ScreenHead title={t('rosters')} lead={t('rosters.lead')} actions={<TemplateButton />} />
      <Panel>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (file && groupId && schemeId) {
              take.reset();
              preview.mutate();
            }
          }}
        >
          <RadioField
            id="roster-kind"
            label={t('kind')}
            value={kind}
            inline
            onChange={(value) => {
              setKind(value);
              again();
            }}
            choices={[
              { value: 'members', label: t('kind.members') },
              { value: 'payroll', label: t('kind.payroll') },
            ]}
          />
          {groups.length !== 1 && (
            <SelectField
              id="roster-group"
              label={t('group')}
              value={groupId}
              onChange={(value) => {
                setGroup(value);
                again();
              }}
              choices={groups.map((group) => ({ value: group.groupId, label: group.name }))}
              required
            />
          )}
          <SelectField
            id="roster-scheme"
            label={t('scheme')}
            value={schemeId}
            onChange={(value) => {
              setScheme(value);
              again();
            }}
            choices={fitting.map((scheme) => ({ value: scheme.schemeId, label: titleOf(scheme.schemeId) }))}
            required
          />
          <Field id="roster-file" label={t('file')} required>
            <input
              id="roster-file"
              className="input"
              type="file"
              accept=".csv,.xlsx,text/csv"
              onChange={(event) => {
                setFile(event.target.files?.[0]);
                again();
              }}
            />
          </Field>
          {kind === 'members' ? (
            <CheckboxField
              id="roster-buddhist"
              label={t('roster.buddhist')}
              checked={buddhistYears}
              onChange={(on) => {
                setBuddhist(on);
                again();
              }}
            />
          ) : (
            <TextField
              id="roster-month"
              label={t('month')}
              value={month}
              input={{ type: 'month' }}
              onChange={(value) => {
                setMonth(value);
                again();
              }}
              required
            />
          )}
          <Button type="submit" kind="primary" busy={preview.isPending} disabled={!file || !groupId || !schemeId}>
            {t('roster.preview')}
          </Button>
        </form>
      </Panel>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {take.isError && <ProblemNotice problem={take.error} />}
      {shown?.kind === 'members' && (
        <RosterResult report={shown.of} taken={take.isSuccess} busy={take.isPending} onTake={take.mutate} />
      )}
      {shown?.kind === 'payroll' && (
        <PayrollResult report={shown.of} taken={take.isSuccess} busy={take.isPending} onTake={take.mutate} />
      )}
    </div>
  );
}

/** The template's columns as CSV: what every sheet program opens. */
function TemplateButton() {
  const t = useMessages(enrolmentMessages);
  const download = () => {
    const text = '\uFEFFWorks number,Name,Birth,Sex,Phone,Wage,Entitlement\r\n';
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'roster.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return <Button onClick={download}>{t('roster.template')}</Button>;
}
