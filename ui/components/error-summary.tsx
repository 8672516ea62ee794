import { useEffect, useRef } from 'react';
import { useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';

export interface FieldMistake {
  /** Id of the control the mistake is in. */
  readonly field: string;
  readonly text: string;
}

/**
 * All mistakes of a form in one list at its head, each a link to its field. Takes the focus when a new list appears,
 * so that whoever cannot see the page hears it first.
 */
export function ErrorSummary({
  mistakes,
  attempt,
}: {
  readonly mistakes: readonly FieldMistake[];
  readonly attempt: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const t = useMessages(uiMessages);
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves on each attempt to save, not on each keystroke.
  useEffect(() => {
    if (attempt > 0 && mistakes.length > 0) {
      box.current?.focus();
    }
  }, [attempt]);
  if (mistakes.length === 0) {
    return null;
  }
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{mistakes.length === 1 ? t('errors.title.one') : t('errors.title', { count: mistakes.length })}</h2>
      <ul>
        {mistakes.map((mistake) => (
          <li key={mistake.field + mistake.text}>
            <a
              href={`#${mistake.field}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(mistake.field);
              }}
            >
              {mistake.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Brings a field into view and puts the cursor in it, or in the first control inside it. */
export function focusField(id: string): void {
  const element = document.getElementById(id);
  if (!element) {
    return;
  }
  const control = element.matches('input, select, textarea, button, [tabindex]')
    ? element
    : (element.querySelector<HTMLElement>('[role="spinbutton"]') ??
      element.querySelector<HTMLElement>('input, select, textarea, button, [tabindex]') ??
      element);
  element.closest('.field')?.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}
