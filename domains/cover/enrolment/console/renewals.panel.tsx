import { ScreenHead } from '@serai/ui/components/panel.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import type { RenewalRow } from '../work.store.ts';
import { BulkAct } from './bulk-acts.tsx';
import { amountColumn, PolicyQueue } from './policy-queue.tsx';
import { queueMessages } from './queues.messages.ts';

/** Policies that end soon: renew or remind, one or many. */
export default function RenewalsPanel({ may }: ScreenProps) {
  const t = useMessages(queueMessages);
  const format = useFormat();
  return (
    <div className="stack">
      <ScreenHead title={t('renewals')} lead={t('renewals.lead')} />
      <PolicyQueue<RenewalRow>
        queue="renewals"
        may={may}
        rowKey={(row) => row.policyId}
        acts={(chosen, onDone) => {
          const ids = chosen.map((row) => row.policyId);
          return (
            <>
              <BulkAct kind="renew" ids={ids} onDone={onDone} />
              <BulkAct kind="remind" ids={ids} onDone={onDone} />
            </>
          );
        }}
        columns={[
          { key: 'until', title: t('until'), value: (row) => row.expiresOn, show: (row) => format.day(row.expiresOn) },
          amountColumn('premium', t('premium'), (row) => row.premium, format.money),
        ]}
      />
    </div>
  );
}
