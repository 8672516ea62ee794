import { Notice } from '@serai/ui/components/notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { DifferenceAnswer } from './difference.store.ts';
import { useClaimWords } from './words.tsx';

/** "These 212 claims would pay otherwise": how many, by what, and which. */
export function DifferenceResult({ result }: { readonly result: DifferenceAnswer }) {
  const { t, amount } = useDifferenceWords(result.currency);
  return (
    <>
      <Notice
        tone="note"
        announce
        title={t('difference.result', {
          claims: result.claims,
          differing: result.differing,
          more: result.payMore,
          less: result.payLess,
          before: amount(result.paidBefore),
          after: amount(result.paidAfter),
        })}
      />
      <Causes result={result} />
      <Rows result={result} />
    </>
  );
}

function useDifferenceWords(currency: string) {
  const { t, reason } = useClaimWords();
  const format = useFormat();
  return {
    t,
    format,
    amount: (text: string) => format.money({ amount: text, currency }),
    reasons: (before: readonly number[], after: readonly number[]) =>
      `${before.map(reason).join(' ')} → ${after.map(reason).join(' ')}`,
  };
}

function Causes({ result }: { readonly result: DifferenceAnswer }) {
  const { t, amount, reasons } = useDifferenceWords(result.currency);
  return (
    <DataTable
      caption={t('difference.reasons')}
      rows={result.causes}
      rowKey={(cause) => `${cause.reasonBefore} ${cause.reasonAfter} ${cause.rule}`}
      exportAs="difference-causes"
      columns={[
        {
          key: 'why',
          title: t('difference.reasons'),
          value: (cause) => reasons([cause.reasonBefore], [cause.reasonAfter]),
        },
        { key: 'rule', title: t('why'), value: (cause) => cause.rule ?? '' },
        { key: 'lines', title: t('lines'), value: (cause) => cause.lines, numeric: true },
        {
          key: 'change',
          title: t('difference.change'),
          value: (cause) => cause.change,
          show: (cause) => amount(cause.change),
          numeric: true,
        },
      ]}
    />
  );
}

function Rows({ result }: { readonly result: DifferenceAnswer }) {
  const { t, amount, reasons, format } = useDifferenceWords(result.currency);
  return (
    <DataTable
      caption={t('difference.title')}
      rows={result.differences}
      rowKey={(row) => row.claimId}
      exportAs="difference"
      columns={[
        {
          key: 'claim',
          title: t('number'),
          value: (row) => row.claimId,
          show: (row) => (
            <PlaceLink to={{ screen: 'at', path: `/cover/claims/${row.claimId}` }}>{row.claimId}</PlaceLink>
          ),
        },
        { key: 'from', title: t('from'), value: (row) => row.from, show: (row) => format.date(row.from) },
        {
          key: 'before',
          title: t('difference.before'),
          value: (row) => row.paidBefore,
          show: (row) => amount(row.paidBefore),
          numeric: true,
        },
        {
          key: 'after',
          title: t('difference.after'),
          value: (row) => row.paidAfter,
          show: (row) => amount(row.paidAfter),
          numeric: true,
        },
        {
          key: 'change',
          title: t('difference.change'),
          value: (row) => row.change,
          show: (row) => amount(row.change),
          numeric: true,
        },
        { key: 'why', title: t('difference.reasons'), value: (row) => reasons(row.reasonsBefore, row.reasonsAfter) },
        { key: 'rule', title: t('why'), value: (row) => row.rule ?? '' },
      ]}
    />
  );
}
