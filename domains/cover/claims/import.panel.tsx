import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { claimsProblemMessages } from './claims.messages.ts';
import { claimColumns, optionalClaimColumns } from './claims-file.ts';
import type { ClaimsImport } from './import.store.ts';
import { type ClaimWord, forPayment, useClaimWords } from './words.tsx';

/** A facility's claims from a file, with a report by row. */
export default function ImportClaims() {
  const { t } = useClaimWords();
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [csv, setCsv] = useState('');
  const take = useMutation({
    mutationFn: () =>
      client.change<ClaimsImport>('/api/cover/claims/import', { requestId, csv } as { requestId: string }, {
        ...forPayment,
        timeoutMilliseconds: 120_000,
      }),
    onError,
  });
  return (
    <>
      <ScreenHead title={t('import.title')} lead={t('import.lead')} />
      <Panel>
        <label className="field">
          <span className="field-label">{t('import.file')}</span>
          <span className="field-hint code">{[...claimColumns, ...optionalClaimColumns].join(', ')}</span>
          <input
            type="file"
            accept="text/csv,.csv"
            onChange={(event) => void event.target.files?.[0]?.text().then(setCsv)}
          />
        </label>
        <Button kind="primary" busy={take.isPending} disabled={csv === ''} onClick={() => take.mutate()}>
          {t('import.title')}
        </Button>
        {take.isError && <ProblemNotice problem={take.error} />}
        {take.data && <Report report={take.data} />}
      </Panel>
    </>
  );
}

function Report({ report }: { readonly report: ClaimsImport }) {
  const { t } = useClaimWords();
  const problem = useMessages(claimsProblemMessages);
  const rows = [
    ...report.refused.map((each) => ({
      row: each.rows[0] ?? 0,
      why: problem(each.code as keyof typeof claimsProblemMessages),
    })),
    ...report.problems.map((each) => ({
      row: each.row,
      why: t(`import.${each.problem}` as ClaimWord, { column: each.column ?? '' }),
    })),
  ].sort((a, b) => a.row - b.row);
  return (
    <>
      <Notice
        tone={rows.length > 0 ? 'warn' : 'good'}
        title={t('import.result', { taken: report.taken.length, already: report.already.length, refused: rows.length })}
        announce
      />
      {rows.length > 0 && (
        <DataTable
          caption={t('import.title')}
          rows={rows}
          rowKey={(each) => `${each.row} ${each.why}`}
          exportAs="claims-import-report"
          columns={[
            {
              key: 'row',
              title: t('line'),
              value: (each) => each.row,
              show: (each) => t('import.row', { row: each.row }),
            },
            { key: 'why', title: t('why'), value: (each) => each.why },
          ]}
        />
      )}
    </>
  );
}
