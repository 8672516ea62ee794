import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'note' | 'good' | 'warn' | 'bad' | 'abroad';

const icons: Readonly<Record<Tone, IconName>> = {
  note: 'info',
  good: 'check',
  warn: 'warning',
  bad: 'stop',
  abroad: 'abroad',
};

export interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Read out when it appears: at once for `bad`, when the reader pauses otherwise. */
  readonly announce?: boolean;
  /** The stable code behind the text, for support and for tests. */
  readonly code?: string;
}

/** A message that stands in the page: never colour alone, always an icon and words. */
export function Notice({ tone, title, children, announce, code }: NoticeProps) {
  return (
    <div
      className={`notice notice-${tone}`}
      data-code={code}
      {...(announce && { role: tone === 'bad' ? 'alert' : 'status' })}
    >
      <Icon name={icons[tone]} />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** A word that classifies: a state, a class, a kind. */
export function Tag({ tone, children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={tone ? `tag tag-${tone}` : 'tag'}>{children}</span>;
}
