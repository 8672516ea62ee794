import { languages } from '@serai/kernel/i18n/i18n.ts';
import { Icon } from '@serai/ui/components/icon.tsx';
import { ownNames, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useEffect, useRef, useState } from 'react';
import { shellMessages } from './shell.messages.ts';

/** Every language by its own name. The names are drawn only once it is opened, so that no font is fetched in vain. */
export function LanguageSwitch() {
  const t = useMessages(shellMessages);
  const { language, choose } = useLanguage();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) {
      return;
    }
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only Escape is caught here, on its way up from the buttons.
    <div
      className="language-switch"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          button.current?.focus();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="button button-quiet"
        aria-expanded={open}
        aria-label={`${t('language')}: ${ownNames[language]}`}
        onClick={() => setOpen(!open)}
      >
        <Icon name="language" />
        <span>{ownNames[language]}</span>
      </button>
      {open && (
        <ul className="language-list">
          {languages.map((candidate) => (
            <li key={candidate}>
              <button
                type="button"
                lang={candidate}
                aria-current={candidate === language ? 'true' : undefined}
                onClick={() => {
                  choose(candidate);
                  setOpen(false);
                  button.current?.focus();
                }}
              >
                {ownNames[candidate]}
                {candidate === language && <Icon name="check" />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
