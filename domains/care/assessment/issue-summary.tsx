import { useMessages } from '@serai/ui/language.tsx';
import { uiMessages } from '@serai/ui/ui.messages.ts';
import { useEffect, useRef } from 'react';

export interface SectionedMistake {
  readonly key: string;
  readonly text: string;
  /** Opens the section the mistake is in and goes to its field. */
  readonly onOpen: () => void;
}

const shownMost = 12;

/** Like the form's error summary, for a form whose fields are not all on the screen: each entry opens its section. */
export function IssueSummary({
  mistakes,
  attempt,
}: {
  readonly mistakes: readonly SectionedMistake[];
  readonly attempt: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const t = useMessages(uiMessages);
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves on each attempt to save, not on each keystroke.
  useEffect(() => {
    box.current?.focus();
  }, [attempt]);
  if (mistakes.length === 0) {
    return null;
  }
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{mistakes.length === 1 ? t('errors.title.one') : t('errors.title', { count: mistakes.length })}</h2>
      <ul>
        {mistakes.slice(0, shownMost).map((mistake, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one question can have the same mistake twice.
          <li key={`${mistake.key}-${index}`}>
            <button type="button" className="as-link" onClick={mistake.onOpen}>
              {mistake.text}
            </button>
          </li>
        ))}
        {mistakes.length > shownMost && <li>…</li>}
      </ul>
    </div>
  );
}
