import type { Me } from '@serai/domains/access/api.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Written } from '@serai/ui/components/panel.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { NavigationProvider } from '@serai/ui/navigation.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { consoleBase, createNavigation } from '../router.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { MainNavigation } from './main-navigation.tsx';
import { Mark } from './mark.tsx';
import { useSignedIn } from './session-context.ts';
import { shellMessages } from './shell.messages.ts';

/** The frame around every screen: skip link, bar, navigation, the state of the session, and the screen itself. */
export function Shell() {
  const t = useMessages(shellMessages);
  const { language } = useLanguage();
  const { me, config, session } = useSignedIn();
  const router = useRouter();
  const queries = useQueryClient();
  const navigation = useMemo(() => createNavigation(router, session), [router, session]);
  useShortcuts(me, navigation.go);
  useFocusOnScreenChange();

  return (
    <NavigationProvider value={navigation}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <div className="shell">
        <header className="shell-bar">
          <Link to="/" className="mark-link">
            <Mark />
          </Link>
          <p className="shell-node">
            <span>{config.nodeName[language]}</span>
            {config.illustrative && (
              <span className="tag tag-warn" title={t('illustrative')}>
                {t('illustrative.short')}
              </span>
            )}
          </p>
          <div className="shell-me">
            <p>
              <Written text={me.name} />
              {me.facility && <Written text={me.facility.name} className="soft small" />}
            </p>
            <LanguageSwitch />
            <Button
              kind="quiet"
              icon="leave"
              onClick={() => {
                queries.clear();
                void session.signOut();
              }}
            >
              {t('sign-out')}
            </Button>
          </div>
        </header>
        <MainNavigation may={me.may} />
        <main className="shell-content" id="content" tabIndex={-1}>
          <SessionBar />
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </NavigationProvider>
  );
}

/** Says that the session has ended without taking away what is on the screen. */
function SessionBar() {
  const t = useMessages(shellMessages);
  const { session } = useSignedIn();
  const state = useSyncExternalStore(session.subscribe, session.state);
  if (state.kind !== 'ended') {
    return null;
  }
  return (
    <div className="session-bar">
      <Notice tone="warn" title={t('ended.title')} announce>
        <p>{t('ended.lead')}</p>
        <p>
          <Button
            kind="primary"
            onClick={() => void session.signIn(location.pathname + location.search, { silent: true })}
          >
            {t('sign-in')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}

/** `/` finds, `n` registers, `s` scans: only while no field has the focus and no other key is held. */
function useShortcuts(me: Me, go: ReturnType<typeof createNavigation>['go']): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const inField = target.closest('input, select, textarea, [contenteditable="true"], [role="spinbutton"], dialog');
      if (inField || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.key === '/' && me.may.includes('read')) {
        event.preventDefault();
        go({ screen: 'find' });
        setTimeout(() => document.getElementById('find-text')?.focus(), 50);
      } else if (event.key === 'n' && me.may.includes('register')) {
        event.preventDefault();
        go({ screen: 'register' });
      } else if (event.key === 's' && me.may.includes('scan')) {
        event.preventDefault();
        go({ screen: 'scan' });
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [me, go]);
}

/** A new screen begins at its title, also for whoever cannot see it; the window's name follows. */
function useFocusOnScreenChange(): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { language } = useLanguage();
  const shown = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of screen or language is what this waits for.
  useEffect(() => {
    const moved = shown.current !== undefined && shown.current !== path;
    shown.current = path;
    const held = document.activeElement;
    let begun: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (title: HTMLElement) => {
      // The window's name never holds a person's: it shows in histories and on shared screens.
      document.title =
        path.includes('/persons/') || /\/received\/./.test(path) ? 'Serai' : `${title.textContent} · Serai`;
      const now = document.activeElement;
      const inField = now?.matches('input, select, textarea, [role="alert"]');
      // Whoever was quicker than the screen, and is already in a menu, stays there.
      const gone = now !== null && now !== held && now !== document.body && now.id !== title.id;
      if (moved && !inField && !gone) {
        title.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
    };
    // The screen that was left stays until the next one has been fetched: each title that appears is begun at anew,
    // after a moment in which a screen may put the cursor into a field.
    const look = () => {
      const title = document.getElementById('screen-title');
      if (title && title !== begun) {
        begun = title;
        clearTimeout(timer);
        timer = setTimeout(() => begin(title), 60);
      }
    };
    const watch = new MutationObserver(look);
    watch.observe(document.getElementById('content')!, { childList: true, subtree: true });
    look();
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [path, language]);
}

export function NoScreen() {
  const t = useMessages(shellMessages);
  return (
    <div className="stack">
      <h1 id="screen-title" tabIndex={-1}>
        {t('no-screen.title')}
      </h1>
      <p className="soft">{t('no-screen.lead')}</p>
      <p>
        <a className="button" href={consoleBase}>
          {t('nav.find')}
        </a>
      </p>
    </div>
  );
}
