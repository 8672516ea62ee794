import type { ReactNode } from 'react';
import { useMessages } from '../language.tsx';
import { languageOfText } from '../script.ts';
import { uiMessages } from '../ui.messages.ts';

/** A titled part of a screen. */
export function Panel(props: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly tone?: 'abroad';
  readonly id?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={props.tone ? `panel panel-${props.tone}` : 'panel'} id={props.id}>
      {(props.title || props.actions) && (
        <header className="panel-head">
          {props.title && <h2>{props.title}</h2>}
          {props.actions && <div className="panel-actions">{props.actions}</div>}
        </header>
      )}
      {props.children}
    </section>
  );
}

export interface Fact {
  readonly term: ReactNode;
  readonly value: ReactNode;
}

/** Terms and their values, in as many columns as fit. */
export function Facts({ facts }: { readonly facts: readonly (Fact | false | undefined)[] }) {
  return (
    <dl className="facts">
      {facts.map(
        (fact, index) =>
          fact && (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is written out in the source and never reordered.
            <div key={index}>
              <dt>{fact.term}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** A piece of data in whatever script it is written in: the right font, line height and voice. */
export function Written({ text, className }: { readonly text: string; readonly className?: string }) {
  return (
    <bdi lang={languageOfText(text)} className={className}>
      {text}
    </bdi>
  );
}

export function Loading() {
  const t = useMessages(uiMessages);
  return (
    <div className="loading" role="status">
      <span className="only-spoken">{t('loading')}</span>
      <span className="bone" aria-hidden="true" />
      <span className="bone" aria-hidden="true" />
      <span className="bone" aria-hidden="true" />
    </div>
  );
}

/** Nothing here yet: one sentence, and what to do about it where something can be done. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** The head of a screen: its title takes the focus when the screen opens. */
export function ScreenHead(props: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="screen-head">
      <div>
        <h1 id="screen-title" tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead && <p className="screen-lead">{props.lead}</p>}
      </div>
      {props.actions && <div className="screen-actions">{props.actions}</div>}
    </header>
  );
}
