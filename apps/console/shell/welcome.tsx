import type { NodeConfig } from '@serai/domains/access/api.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ReactNode } from 'react';
import { LanguageSwitch } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import { shellMessages } from './shell.messages.ts';

/** The console before anyone is signed in: who this node is, and one thing to do. */
export function Gate({ children, config }: { readonly children: ReactNode; readonly config?: NodeConfig }) {
  const { language } = useLanguage();
  const t = useMessages(shellMessages);
  return (
    <div className="gate">
      <main className="gate-card" id="content">
        <div className="gate-head">
          <Mark />
          <LanguageSwitch />
        </div>
        {config && <p className="gate-node">{config.nodeName[language]}</p>}
        {children}
        {config?.illustrative && <p className="soft small">{t('illustrative')}</p>}
      </main>
    </div>
  );
}

export type WelcomeProps =
  | { readonly kind: 'opening' }
  | { readonly kind: 'signed-out'; readonly config: NodeConfig; readonly onSignIn: () => void }
  | {
      readonly kind: 'failed';
      readonly reason: 'refused' | 'unreachable' | 'insecure' | 'mismatch';
      readonly config: NodeConfig;
      readonly onSignIn: () => void;
      /** Already inside a gate. */
      readonly bare?: boolean;
    };

export function Welcome(props: WelcomeProps) {
  const t = useMessages(shellMessages);
  if (props.kind === 'opening') {
    return (
      <Gate>
        <p role="status" className="soft">
          {t('opening')}
        </p>
      </Gate>
    );
  }
  const content = (
    <>
      {props.kind === 'signed-out' ? (
        <>
          <h1>{t('signed-out.title')}</h1>
          <p className="soft">{t('signed-out.lead')}</p>
        </>
      ) : (
        <>
          <h1>{t('failed.title')}</h1>
          <Notice tone="bad" announce>
            <p>{t(`failed.${props.reason}`)}</p>
          </Notice>
        </>
      )}
      <p>
        <Button kind="primary" onClick={props.onSignIn}>
          {t('sign-in')}
        </Button>
      </p>
    </>
  );
  return props.kind === 'failed' && props.bare ? content : <Gate config={props.config}>{content}</Gate>;
}
