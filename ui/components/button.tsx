import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** While true the button says so, keeps its focus and ignores further presses. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A native button: keyboard, focus and form behaviour come with it. */
export function Button({ kind = 'plain', icon, busy, children, onClick, type, ...rest }: ButtonProps) {
  const t = useMessages(uiMessages);
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={`button button-${kind}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {busy && (
        <span className="spinner" role="status">
          <span className="only-spoken">{t('working')}</span>
        </span>
      )}
    </button>
  );
}
