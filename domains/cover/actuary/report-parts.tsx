import { Button } from '@serai/ui/components/button.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { Fragment } from 'react';
import type { Provenance, SchemeChoice } from './api.ts';
import { useWord } from './figure-table.tsx';
import { reportMessages } from './report.messages.ts';
import { limitMessages, methodMessages } from './study.messages.ts';

/** What every report of the actuary's says beside its numbers, so that a reader can judge them on paper too. */

export interface ReportOrigin {
  readonly provenance: Provenance;
  readonly seed: number;
  /** Where the report was made once and kept. */
  readonly made?: { readonly at: string; readonly by: string };
}

/** Whose numbers they are, by which rules, from how many rows, read when and drawn from which seed. */
export function ReportData({
  of,
  schemes,
}: {
  readonly of: ReportOrigin;
  readonly schemes: readonly SchemeChoice[] | undefined;
}) {
  const t = useMessages(reportMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const word = useWord();
  const { provenance, seed, made } = of;
  const scheme = schemes?.find(({ id }) => id === provenance.schemeId);
  const rows = Object.entries(provenance.rows).map(([name, count]) =>
    word(reportMessages, `rows.${name}`, { count: format.number(count) }),
  );
  return (
    <Panel title={t('data')}>
      <Facts
        facts={[
          { term: t('country'), value: format.country(provenance.country) },
          provenance.schemeId !== undefined && {
            term: t('scheme'),
            value: (
              <>
                {scheme && <Written text={scheme.title[language] ?? scheme.title.en ?? scheme.id} />}{' '}
                <span className="code small">{provenance.schemeId}</span>
              </>
            ),
          },
          provenance.schemeVersion !== undefined && {
            term: t('version'),
            value: t('version.of', { version: provenance.schemeVersion }),
          },
          provenance.from !== undefined && {
            term: t('period'),
            value: `${format.date(provenance.from)} – ${format.date(provenance.to ?? '')}`,
          },
          scheme && { term: t('currency'), value: scheme.currency },
          { term: t('rows'), value: rows.join(', ') },
          { term: t('read'), value: format.date(provenance.at) },
          { term: t('seed'), value: String(seed) },
          made && { term: t('made'), value: format.date(made.at) },
          made && { term: t('by'), value: <span className="code small">{made.by}</span> },
        ]}
      />
    </Panel>
  );
}

/** How the numbers were reckoned and from whom the method is, and what they cannot tell. */
export function MethodAndLimits(props: { readonly methods: readonly string[]; readonly limits: readonly string[] }) {
  const t = useMessages(reportMessages);
  const word = useWord();
  return (
    <>
      <Panel title={t('method')}>
        <ul className="report-list">
          {props.methods.map((id) => (
            <li key={id}>
              <NamesOfMethods text={word(methodMessages, id)} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('limits')}>
        <ul className="report-list">
          {props.limits.map((id) => (
            <li key={id}>{word(limitMessages, id)}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

/** Methods and their authors keep their own letters in every language: each run of them is told to be English. */
function NamesOfMethods({ text }: { readonly text: string }) {
  const runs = [...text.matchAll(/(\P{Script=Latin}*)(\p{Script=Latin}+(?:[\s-]\p{Script=Latin}+)*)?/gu)];
  return runs.map(({ index, 1: before, 2: name }) => (
    <Fragment key={index}>
      {before}
      {name && <bdi lang="en">{name}</bdi>}
    </Fragment>
  ));
}

/** Room for two hands, on paper only: who made the report and who looked at it. */
export function Signatures() {
  const t = useMessages(reportMessages);
  return (
    <section className="only-print signatures">
      <h2>{t('signature')}</h2>
      <div className="signature-places">
        {(['signature.made', 'signature.reviewed'] as const).map((who) => (
          <div key={who}>
            <p>{t(who)}</p>
            {(['signature.name', 'signature.sign', 'signature.day'] as const).map((what) => (
              <p key={what} className="signature-line">
                {t(what)}
              </p>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

export function PrintButton() {
  const t = useMessages(reportMessages);
  return (
    <Button icon="print" onClick={() => window.print()}>
      {t('print')}
    </Button>
  );
}
