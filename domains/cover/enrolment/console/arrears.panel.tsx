import { Facts, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { ArrearsRow, ArrearsSum, WorkPage } from '../work.store.ts';
import { BulkAct } from './bulk-acts.tsx';
import { amountColumn, PolicyQueue } from './policy-queue.tsx';
import { queueMessages } from './queues.messages.ts';

type ArrearsPage = WorkPage<ArrearsRow> & { readonly ages: readonly ArrearsSum[] };

/** What is owed, by age: remind, write off, or let lapse. */
export default function ArrearsPanel({ may }: ScreenProps) {
  const t = useMessages(queueMessages);
  const format = useFormat();
  const [ages, setAges] = useState<readonly ArrearsSum[]>([]);
  return (
    <div className="stack">
      <ScreenHead title={t('arrears')} lead={t('arrears.lead')} />
      {ages.length > 0 && (
        <Panel title={t('owed')}>
          <Facts
            facts={ages.map((sum) => ({
              term: t(`age.${sum.age}`),
              value: <bdi>{`${format.money(sum.owed)} (${format.number(sum.instalments)})`}</bdi>,
            }))}
          />
        </Panel>
      )}
      <PolicyQueue<ArrearsRow, ArrearsPage>
        queue="arrears"
        may={may}
        rowKey={(row) => row.instalmentId}
        onPage={(page) => setAges(page.ages)}
        acts={(chosen, onDone) => {
          const policies = [...new Set(chosen.map((row) => row.policyId))];
          return (
            <>
              <BulkAct kind="remind" ids={policies} onDone={onDone} />
              <BulkAct kind="waive" ids={chosen.map((row) => row.instalmentId)} onDone={onDone} />
              <BulkAct kind="write-off" ids={chosen.map((row) => row.instalmentId)} onDone={onDone} />
              <BulkAct kind="lapse" ids={policies} onDone={onDone} />
            </>
          );
        }}
        columns={[
          { key: 'due', title: t('due'), value: (row) => row.due, show: (row) => format.day(row.due) },
          { key: 'age', title: t('age'), value: (row) => t(`age.${row.age}`) },
          amountColumn('owed', t('owed'), (row) => row.owed, format.money),
        ]}
      />
    </div>
  );
}
