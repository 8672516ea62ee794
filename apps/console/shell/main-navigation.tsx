import type { Me } from '@serai/domains/access/api.ts';
import { Icon, type IconName } from '@serai/ui/components/icon.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { Link, useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { consoleBase, mayOpen, screens } from '../router.tsx';
import { type Entry, inGroups, onPhone } from './navigation-order.ts';
import { shellMessages } from './shell.messages.ts';

interface Destination {
  readonly to: '/' | '/register' | '/scan' | '/received' | '/operator/outbox' | '/operator/partners';
  readonly text: keyof typeof shellMessages;
  readonly icon: IconName;
  readonly needs: Me['may'][number];
  readonly group: 'nav.records' | 'nav.operator';
  readonly rank?: number;
  /** The key that opens it from anywhere but a field. */
  readonly key?: string;
}

const destinations: readonly Destination[] = [
  { to: '/', text: 'nav.find', icon: 'find', needs: 'read', group: 'nav.records', rank: 1, key: '/' },
  {
    to: '/register',
    text: 'nav.register',
    icon: 'register',
    needs: 'register',
    group: 'nav.records',
    rank: 1,
    key: 'n',
  },
  { to: '/scan', text: 'nav.scan', icon: 'scan', needs: 'scan', group: 'nav.records', rank: 1, key: 's' },
  { to: '/received', text: 'nav.received', icon: 'received', needs: 'scan', group: 'nav.records' },
  { to: '/operator/outbox', text: 'nav.outbox', icon: 'operator', needs: 'operate', group: 'nav.operator' },
  { to: '/operator/partners', text: 'nav.partners', icon: 'shield', needs: 'operate', group: 'nav.operator' },
];

/** After all that say when they come. */
const unranked = 99;

/** Everything this reader may open, in the reader's language: the console's own screens, then those of the domains. */
function useEntries(may: Me['may']): readonly Entry[] {
  const t = useMessages(shellMessages);
  const { language } = useLanguage();
  return [
    ...destinations
      .filter((destination) => may.includes(destination.needs))
      .map((destination) => ({
        path: destination.to,
        title: t(destination.text),
        icon: destination.icon,
        group: { key: destination.group, title: t(destination.group) },
        rank: destination.rank ?? unranked,
      })),
    ...screens.flatMap(({ nav, ...screen }) =>
      nav && mayOpen({ nav, ...screen }, may)
        ? [
            {
              path: screen.path,
              title: nav.title[language],
              icon: nav.icon,
              group: { key: nav.group.key, title: nav.group.title[language] },
              rank: nav.rank ?? unranked,
            },
          ]
        : [],
    ),
  ];
}

/** The way about the console: at the side in groups where there is room, at the foot with the most used on a phone. */
export function MainNavigation({ may }: { readonly may: Me['may'] }) {
  const t = useMessages(shellMessages);
  const entries = useEntries(may);
  return (
    <>
      <nav className="shell-nav" aria-label={t('nav')}>
        <Groups entries={entries} />
        <Keys may={may} />
      </nav>
      <FootNavigation entries={entries} />
    </>
  );
}

/** Entries under their headings; a single group needs none. */
function Groups({
  entries,
  onChosen,
}: {
  readonly entries: readonly Entry[];
  readonly onChosen?: (() => void) | undefined;
}) {
  const id = useId();
  const groups = inGroups(entries);
  return (
    <div className="nav-groups">
      {groups.map((group) => (
        <div key={group.key}>
          {groups.length > 1 && (
            <p className="nav-group" id={`${id}-${group.key}`}>
              {group.title}
            </p>
          )}
          <ul aria-labelledby={groups.length > 1 ? `${id}-${group.key}` : undefined}>
            {group.entries.map((entry) => (
              <li key={entry.path}>
                <EntryLink entry={entry} onChosen={onChosen} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function EntryLink({ entry, onChosen }: { readonly entry: Entry; readonly onChosen?: (() => void) | undefined }) {
  return (
    <Link to={entry.path} activeOptions={{ exact: true }} className="nav-link" onClick={onChosen}>
      <Icon name={entry.icon} />
      <span>{entry.title}</span>
    </Link>
  );
}

/** The bar at a phone's foot: the few most used, and a sheet with all the others. */
function FootNavigation({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useMessages(shellMessages);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { shown, more } = onPhone(entries);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const below = more.find((entry) => `${consoleBase.replace(/\/$/, '')}${entry.path}` === path || entry.path === path);
  return (
    <nav className="foot-nav" aria-label={t('nav')}>
      <ul>
        {shown.map((entry) => (
          <li key={entry.path}>
            <EntryLink entry={entry} />
          </li>
        ))}
        {more.length > 0 && (
          <li>
            <button
              type="button"
              className="nav-link"
              aria-haspopup="dialog"
              aria-expanded={open}
              data-below={below ? '' : undefined}
              onClick={() => setOpen(true)}
            >
              <Icon name="more" />
              <span>{t('nav.more')}</span>
            </button>
          </li>
        )}
      </ul>
      {open && <Sheet entries={entries} onClose={close} />}
    </nav>
  );
}

/** Every entry in its group, over the screen: the browser's own modal dialog keeps the focus inside and gives it back. */
function Sheet({ entries, onClose }: { readonly entries: readonly Entry[]; readonly onClose: () => void }) {
  const t = useMessages(shellMessages);
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // A phone that is turned gets the navigation at the side: the sheet must not stay behind, unseen and in the way.
    const narrow = matchMedia('(max-width: 48rem)');
    narrow.addEventListener('change', onClose);
    return () => narrow.removeEventListener('change', onClose);
  }, [onClose]);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by itself; the click is one beside the sheet.
    <dialog
      ref={dialog}
      className="nav-sheet"
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="nav-sheet-body">
        <div className="nav-sheet-head">
          <h2 id={heading}>{t('nav.all')}</h2>
          <button type="button" className="button button-quiet" onClick={close}>
            <Icon name="close" />
            <span>{t('nav.close')}</span>
          </button>
        </div>
        <Groups entries={entries} onChosen={close} />
      </div>
    </dialog>
  );
}

/** The keys that open a screen from anywhere. */
function Keys({ may }: { readonly may: Me['may'] }) {
  const t = useMessages(shellMessages);
  const keyed = destinations.filter((destination) => destination.key && may.includes(destination.needs));
  if (keyed.length === 0) {
    return null;
  }
  return (
    <dl className="nav-keys soft small" aria-label={t('keys')}>
      {keyed.map((destination) => (
        <div key={destination.key}>
          <dt>
            <kbd>{destination.key}</kbd>
          </dt>
          <dd>{t(destination.text)}</dd>
        </div>
      ))}
    </dl>
  );
}
