import { daysBetween } from '@serai/kernel/base/days.ts';
import { Facts } from '@serai/ui/components/panel.tsx';
import { QrCode } from '@serai/ui/components/qr.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { SignedCertificate } from '../../settlement/certificate.ts';
import { certificateMessages } from './certificates.messages.ts';
import { useSchemes } from './use-enrolment.ts';

/** The text that travels: what the square holds, and what is pasted where there is no camera. */
export function textOf({ certificate, signature }: SignedCertificate): string {
  return JSON.stringify({ certificate, signature });
}

/** Reads such a text; undefined where it is none. What it says is checked by the node. */
export function readText(text: string): { certificate: Record<string, unknown>; signature: string } | undefined {
  try {
    const { certificate, signature } = JSON.parse(text) as Record<string, unknown>;
    return typeof certificate === 'object' && certificate !== null && typeof signature === 'string'
      ? { certificate: certificate as Record<string, unknown>, signature }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Longer texts make squares no telephone reads off paper. */
const squareMaximum = 1800;

/** A certificate as a sheet: what it says, its square, its text. */
export function CertificateSheet({ signed }: { readonly signed: SignedCertificate }) {
  const t = useMessages(certificateMessages);
  const format = useFormat();
  const { certificate } = signed;
  const text = textOf(signed);
  return (
    <div className="stack">
      <Facts
        facts={[
          { term: t('number'), value: <code>{certificate.certificateId}</code> },
          { term: t('issued'), value: format.day(certificate.issuedOn) },
          { term: t('give.clause'), value: <code>{certificate.clause}</code> },
        ]}
      />
      <PeriodsTable rows={certificate.periods.map((each) => ({ ...each, country: certificate.issuer }))} />
      {text.length <= squareMaximum && <QrCode text={text} label={t('square')} />}
      <details>
        <summary>{t('text')}</summary>
        <code>{text}</code>
      </details>
    </div>
  );
}

/** Periods with their countries, in order. */
export function PeriodsTable(props: {
  readonly rows: readonly {
    readonly country: string;
    readonly schemeId?: string;
    readonly from: string;
    readonly to: string;
  }[];
}) {
  const t = useMessages(certificateMessages);
  const format = useFormat();
  type Row = (typeof props.rows)[number];
  const named = props.rows.some((row) => row.schemeId !== undefined);
  return (
    <DataTable<Row>
      caption={t('title')}
      rows={props.rows}
      rowKey={(row) => `${row.country} ${row.schemeId ?? ''} ${row.from}`}
      columns={[
        {
          key: 'country',
          title: t('country'),
          value: (row) => row.country,
          show: (row) => format.country(row.country),
        },
        ...(named
          ? [
              {
                key: 'scheme',
                title: t('scheme'),
                value: (row: Row) => row.schemeId ?? '',
                show: (row: Row) => <SchemeName schemeId={row.schemeId ?? ''} />,
              },
            ]
          : []),
        { key: 'from', title: t('from'), value: (row) => row.from, show: (row) => format.day(row.from) },
        { key: 'to', title: t('to'), value: (row) => row.to, show: (row) => format.day(row.to) },
        {
          key: 'days',
          title: t('days'),
          numeric: true,
          value: (row) => daysBetween(row.from, row.to) + 1,
          show: (row) => format.number(daysBetween(row.from, row.to) + 1),
        },
      ]}
    />
  );
}

/** A scheme of this country by its title, another's by its id. */
export function SchemeName({ schemeId }: { readonly schemeId: string }) {
  const { titleOf } = useSchemes();
  const title = titleOf(schemeId);
  return title === schemeId ? <code>{schemeId}</code> : <span>{title}</span>;
}
