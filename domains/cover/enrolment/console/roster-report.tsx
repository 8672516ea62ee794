import type { MoneyText } from '@serai/kernel/base/money.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice, Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { useProblemText } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { PayrollReport } from '../payroll.store.ts';
import type { RosterLine, RosterReport } from '../roster.store.ts';
import { rosterMessages } from './rosters.messages.ts';

const tones: Readonly<Record<string, Tone>> = {
  added: 'good',
  raised: 'good',
  covered: 'good',
  changed: 'note',
  refused: 'bad',
};

interface Taking {
  readonly taken: boolean;
  readonly busy: boolean;
  readonly onTake: (goodLinesOnly: boolean) => void;
}

/** What a roster changes, or has changed, line by line. */
export function RosterResult({ report, ...taking }: Taking & { readonly report: RosterReport }) {
  const t = useMessages(rosterMessages);
  const format = useFormat();
  const problem = useProblemText();
  const { counts } = report;
  const fix = (line: RosterLine) =>
    [
      ...(line.issues ?? []).map((issue) => t(`fault.${issue.fault}`)),
      ...(line.notes ?? []).map((note) => t(`note.${note}`, { birth: format.date(line.birth!) })),
      ...(line.code ? [problem({ code: line.code, text: undefined })] : []),
    ].join(' ');
  const outcomes = ['added', 'covered', 'changed', 'unchanged', 'refused'] as const;
  return (
    <>
      {report.encoding && <Notice tone="warn">{t('roster.old-letters')}</Notice>}
      {report.forbiddenColumns.length > 0 && (
        <Notice tone="warn">{t('roster.forbidden', { columns: report.forbiddenColumns.join(', ') })}</Notice>
      )}
      <Panel title={t('outcome')}>
        <Facts
          facts={[
            ...outcomes.map((each) => ({ term: t(`outcome.${each}`), value: format.number(counts[each]) })),
            ...report.owed.map((amount) => ({ term: t('owed'), value: format.money(amount) })),
          ]}
        />
        <TakeButtons {...taking} good={counts.added + counts.covered + counts.changed} refused={counts.refused} />
        <DataTable
          caption={t('outcome')}
          exportAs="roster-report"
          rowKey={(row) => String(row.line)}
          rows={report.lines}
          columns={[
            { key: 'line', title: t('line'), numeric: true, value: (row) => row.line },
            {
              key: 'outcome',
              title: t('outcome'),
              value: (row) => t(`outcome.${row.outcome}`),
              show: (row) => <OutcomeTag outcome={row.outcome} />,
            },
            {
              key: 'name',
              title: t('name'),
              value: (row) => row.name ?? '',
              show: (row) => <Written text={row.name ?? ''} />,
            },
            { key: 'number', title: t('number'), value: (row) => row.memberNumber ?? '' },
            {
              key: 'fix',
              title: t('fix'),
              value: (row) => [fix(row), (row.changes ?? []).join(', ')].filter(Boolean).join(' '),
            },
          ]}
        />
      </Panel>
      <Leavers report={report} />
    </>
  );
}

/** Who is covered and not in the file. */
function Leavers({ report }: { readonly report: RosterReport }) {
  const t = useMessages(rosterMessages);
  return report.leavers.length === 0 ? null : (
    <Panel title={t('roster.leavers')}>
      <p className="soft">{t('roster.leavers-hint')}</p>
      <DataTable
        caption={t('roster.leavers')}
        exportAs="roster-leavers"
        rowKey={(row) => row.memberId}
        rows={report.leavers}
        columns={[
          { key: 'number', title: t('number'), value: (row) => row.memberNumber },
          { key: 'name', title: t('name'), value: (row) => row.name, show: (row) => <Written text={row.name} /> },
        ]}
      />
    </Panel>
  );
}

/** What a payroll raises, or has raised, line by line. */
export function PayrollResult({ report, ...taking }: Taking & { readonly report: PayrollReport }) {
  const t = useMessages(rosterMessages);
  const format = useFormat();
  const amount = (value: MoneyText | undefined) => (value ? format.money(value) : '');
  return (
    <Panel title={t('outcome')}>
      <Facts
        facts={[
          { term: t('outcome.raised'), value: format.number(report.counts.raised) },
          { term: t('outcome.unchanged'), value: format.number(report.counts.unchanged) },
          { term: t('outcome.refused'), value: format.number(report.counts.refused) },
          ...[...report.employee, ...report.employer].map((value) => ({ term: t('owed'), value: format.money(value) })),
          ...report.state.map((value) => ({ term: t('subsidy'), value: format.money(value) })),
        ]}
      />
      <TakeButtons {...taking} good={report.counts.raised} refused={report.counts.refused} />
      <DataTable
        caption={t('outcome')}
        exportAs="payroll-report"
        rowKey={(row) => String(row.line)}
        rows={report.lines}
        columns={[
          { key: 'line', title: t('line'), numeric: true, value: (row) => row.line },
          {
            key: 'outcome',
            title: t('outcome'),
            value: (row) => t(`outcome.${row.outcome}`),
            show: (row) => <OutcomeTag outcome={row.outcome} />,
          },
          { key: 'number', title: t('number'), value: (row) => row.memberNumber ?? '' },
          { key: 'employee', title: t('members'), value: (row) => amount(row.employee) },
          { key: 'employer', title: t('group'), value: (row) => amount(row.employer) },
          { key: 'fix', title: t('fix'), value: (row) => (row.because ? t(`fault.${row.because}`) : '') },
        ]}
      />
    </Panel>
  );
}

function OutcomeTag({ outcome }: { readonly outcome: RosterLine['outcome'] | 'raised' }) {
  const t = useMessages(rosterMessages);
  const tone = tones[outcome];
  return <Tag {...(tone && { tone })}>{t(`outcome.${outcome}`)}</Tag>;
}

function TakeButtons(props: Taking & { readonly good: number; readonly refused: number }) {
  const t = useMessages(rosterMessages);
  const format = useFormat();
  if (props.taken) {
    return (
      <Notice tone="good" announce>
        {t('roster.taken')}
      </Notice>
    );
  }
  if (props.good === 0) {
    return <Notice tone="note">{t('roster.nothing')}</Notice>;
  }
  const count = format.number(props.good);
  return (
    <p>
      <Button kind="primary" busy={props.busy} onClick={() => props.onTake(props.refused > 0)}>
        {props.refused > 0 ? t('roster.take-good', { count }) : t('roster.take', { count })}
      </Button>
    </p>
  );
}
