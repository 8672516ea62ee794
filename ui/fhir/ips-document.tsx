import type { Bundle } from '@medplum/fhirtypes';
import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { Notice, Tag } from '../components/notice.tsx';
import { Facts, Written } from '../components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '../language.tsx';
import { languageOfText } from '../script.ts';
import { type CodedText, sameLanguage } from './coded-text.ts';
import { codeMessages, documentMessages, sectionMessages } from './ips.messages.ts';
import { type DocumentView, type EntryView, type FactValue, type SectionView, viewOf } from './ips-view.ts';
import type { NarrativeNode } from './narrative.ts';

/**
 * A patient summary in the reader's language: sections and values from the structured data, each coded entry with its
 * original words and codes beside it. The author's own narrative is folded away below, as plain text and tables.
 */
export function IpsDocument({ document, idPrefix }: { readonly document: Bundle; readonly idPrefix: string }) {
  const { language } = useLanguage();
  const t = useMessages(documentMessages);
  const view = useMemo(() => viewOf(document, language), [document, language]);
  if (!view) {
    return (
      <Notice tone="bad">
        <p>{t('not-a-document')}</p>
      </Notice>
    );
  }
  return (
    <article className="ips">
      <DocumentHead view={view} />
      {hasUntranslated(view, language) && (
        <Notice tone="note">
          <p>{t('no-translation')}</p>
        </Notice>
      )}
      <nav className="ips-contents" aria-label={t('contents')}>
        <ul>
          {view.sections.map((section) => (
            <li key={section.code + section.title}>
              <a href={`#${idPrefix}-${section.code}`}>
                <SectionTitle section={section} />
                <span className="soft"> {section.entries.length || '–'}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {view.sections.map((section) => (
        <Section
          key={section.code + section.title}
          section={section}
          id={`${idPrefix}-${section.code}`}
          written={view.language}
        />
      ))}
    </article>
  );
}

/** Whether a reader of this language will meet entries in another one. */
function hasUntranslated(view: DocumentView, language: string): boolean {
  return (
    !sameLanguage(view.language ?? 'en', language) &&
    view.sections.some((section) =>
      section.entries.some(
        ({ main, absent }) => main && !absent && !main.translated && languageOfText(main.original) !== language,
      ),
    )
  );
}

function DocumentHead({ view }: { readonly view: DocumentView }) {
  const t = useMessages(documentMessages);
  const format = useFormat();
  return (
    <Facts
      facts={[
        view.date !== undefined && { term: t('when'), value: t('as-of', { date: format.date(view.date) }) },
        view.authors.length > 0 && {
          term: t('authors'),
          value: view.authors.map((author) => (
            <span key={author} className="line">
              <Written text={author} />
            </span>
          )),
        },
        view.custodian !== undefined && { term: t('custodian'), value: <Written text={view.custodian} /> },
      ]}
    />
  );
}

function SectionTitle({ section }: { readonly section: SectionView }) {
  const { language } = useLanguage();
  const known = (sectionMessages as Messages)[section.code];
  return known ? known[language] : <Written text={section.title} />;
}

function Section({
  section,
  id,
  written,
}: {
  readonly section: SectionView;
  readonly id: string;
  readonly written: string | undefined;
}) {
  const t = useMessages(documentMessages);
  const word = useCodeWord();
  return (
    <section className="ips-section" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        <SectionTitle section={section} />
      </h3>
      {section.entries.length === 0 && section.emptyReason && <p className="soft">{word(section.emptyReason)}</p>}
      {section.entries.length > 0 && (
        <ul className="ips-entries">
          {section.entries.map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
        </ul>
      )}
      {section.narrative.length > 0 && (
        <details className="more">
          <summary>{t('narrative')}</summary>
          <p className="soft small">{t('original.title', { title: section.title })}</p>
          <div className="narrative" lang={written}>
            {section.narrative.map(narrativeNode)}
          </div>
        </details>
      )}
    </section>
  );
}

function Entry({ entry }: { readonly entry: EntryView }) {
  const t = useMessages(documentMessages);
  const word = useCodeWord();
  const value = entry.facts.find((fact) => fact.kind === 'value');
  const others = entry.facts.filter((fact) => fact.kind !== 'value');
  return (
    <li className="ips-entry" data-critical={entry.critical || undefined}>
      <div className="ips-main">
        <p className="ips-name">
          {entry.absent && word(entry.absent) !== entry.absent ? (
            word(entry.absent)
          ) : entry.main ? (
            <CodedMain coded={entry.main} />
          ) : (
            entry.resourceType
          )}
          {entry.critical && <Tag tone="bad">{t('high-risk')}</Tag>}
        </p>
        {entry.main && !entry.absent && <CodedOriginal coded={entry.main} />}
      </div>
      <div className="ips-facts">
        {value && (
          <div className="ips-values">
            {value.values.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: values of one entry never change order.
              <div key={index}>
                <ValueText value={one} strong />
              </div>
            ))}
          </div>
        )}
        {others.length > 0 && (
          <dl>
            {others.map((fact) => (
              <div key={fact.kind}>
                <dt>{t(fact.kind)}</dt>
                <dd>
                  {fact.values.map((one, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: values of one fact never change order.
                    <Fragment key={index}>
                      {index > 0 && ', '}
                      <ValueText value={one} />
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function CodedMain({ coded }: { readonly coded: CodedText }) {
  return <Written text={coded.translated ?? coded.original} />;
}

/** The author's words and codes, small, under the translation. */
function CodedOriginal({ coded }: { readonly coded: CodedText }) {
  const t = useMessages(documentMessages);
  return (
    <p className="ips-original">
      {coded.translated && (
        <span>
          <span className="only-spoken">{t('original')}: </span>
          <Written text={coded.original} />
        </span>
      )}
      {coded.codes.map((code) => (
        <span key={code.system + code.code}>
          {code.system} <span className="code">{code.code}</span>
          {code.display && (
            <>
              {' '}
              <Written text={code.display} />
            </>
          )}
        </span>
      ))}
    </p>
  );
}

function ValueText({ value, strong }: { readonly value: FactValue; readonly strong?: boolean }) {
  const t = useMessages(documentMessages);
  const format = useFormat();
  const word = useCodeWord();
  const label =
    'label' in value && value.label ? (
      <span className="soft" title={value.label.original}>
        {value.label.translated ?? value.label.original}{' '}
      </span>
    ) : null;
  const shown = (content: ReactNode) => (strong ? <b>{content}</b> : content);
  switch (value.form) {
    case 'text':
      return shown(<Written text={value.text} />);
    case 'code':
      return shown(word(value.code));
    case 'date':
      return shown(
        value.from && value.to
          ? t('between', { from: format.date(value.from), to: format.date(value.to) })
          : value.to
            ? t('until', { date: format.date(value.to) })
            : format.date(value.from ?? ''),
      );
    case 'coded':
      return (
        <>
          {label}
          {shown(<Written text={value.coded.translated ?? value.coded.original} />)}
          {value.coded.translated && (
            <span className="soft small">
              {' '}
              (<Written text={value.coded.original} />)
            </span>
          )}
        </>
      );
    case 'quantity':
      return (
        <>
          {label}
          {shown(
            <span className="figure">
              {value.text ?? (value.value !== undefined ? format.number(value.value) : '')}
              {value.unit ? ` ${value.unit}` : ''}
            </span>,
          )}
        </>
      );
  }
}

function useCodeWord(): (code: string) => string {
  const { language } = useLanguage();
  return (code) => (codeMessages as Messages)[code]?.[language] ?? code;
}

function narrativeNode(node: NarrativeNode, index: number): ReactNode {
  if (typeof node === 'string') {
    return node;
  }
  if (node.tag === 'br' || node.tag === 'hr') {
    return createElement(node.tag, { key: index });
  }
  // A heading inside a narrative must not break the order of the page's own headings.
  const tag = /^h\d$/.test(node.tag) ? 'p' : node.tag;
  const inTable = ['table', 'thead', 'tbody', 'tfoot', 'tr'].includes(node.tag);
  const children = inTable ? node.children.filter((child) => typeof child !== 'string') : node.children;
  return createElement(tag, { key: index }, ...children.map(narrativeNode));
}
