import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { Button } from './button.tsx';

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog(props: {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const t = useMessages(uiMessages);
  useEffect(() => {
    const element = dialog.current;
    if (props.open && element && !element.open) {
      element.showModal();
    } else if (!props.open && element?.open) {
      element.close();
    }
  }, [props.open]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      onClose={() => {
        // The browser tells late: whoever was quicker has it open again.
        if (!dialog.current?.open) {
          props.onClose();
        }
      }}
    >
      {props.open && (
        <>
          <h2 id={heading}>{props.title}</h2>
          <div className="dialog-body">{props.children}</div>
          <div className="dialog-actions">
            {props.actions}
            <Button onClick={props.onClose}>{t('cancel')}</Button>
          </div>
        </>
      )}
    </dialog>
  );
}
