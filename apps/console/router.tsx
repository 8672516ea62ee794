import type { Me } from '@serai/domains/access/api.ts';
import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import { FindPanel } from '@serai/domains/registry/find/find.panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import type { Navigation, Place } from '@serai/ui/navigation.tsx';
import type { ConsoleScreen } from '@serai/ui/screen.ts';
import {
  type AnyRoute,
  type AnyRouter,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  redirect,
} from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { sections } from './sections.ts';
import type { Session } from './session/session.ts';
import { PersonPage } from './shell/person-page.tsx';
import { useSignedIn } from './shell/session-context.ts';
import { NoScreen, Shell } from './shell/shell.tsx';

/** Where the node serves the console. */
export const consoleBase = '/console/';

// Each screen but the first is fetched when it is first opened.
const RegisterPanel = lazy(() =>
  import('@serai/domains/registry/register/register.panel.tsx').then((module) => ({ default: module.RegisterPanel })),
);
const ScanPanel = lazy(() =>
  import('@serai/domains/exchange/scan/scan.panel.tsx').then((module) => ({ default: module.ScanPanel })),
);
const ReceivedPanel = lazy(() =>
  import('@serai/domains/exchange/received/received.panel.tsx').then((module) => ({ default: module.ReceivedPanel })),
);
const ReceivedRecordPanel = lazy(() =>
  import('@serai/domains/exchange/received/record.panel.tsx').then((module) => ({
    default: module.ReceivedRecordPanel,
  })),
);
const AssessPanel = lazy(() =>
  import('@serai/domains/care/assessment/assess.panel.tsx').then((module) => ({ default: module.AssessPanel })),
);
const OutboxPanel = lazy(() =>
  import('@serai/domains/governance/operator/outbox.panel.tsx').then((module) => ({ default: module.OutboxPanel })),
);
const PartnersPanel = lazy(() =>
  import('@serai/domains/governance/operator/partners.panel.tsx').then((module) => ({ default: module.PartnersPanel })),
);

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NoScreen,
  errorComponent: ({ error }) => <ProblemNotice problem={error} />,
});

/** A screen for those it is for; to anyone else it is not there, as on the node itself. */
function Only({ needs, children }: { readonly needs: Me['may'][number]; readonly children: ReactNode }) {
  return useSignedIn().me.may.includes(needs) ? children : <NoScreen />;
}

/** The first screen: finding a person, the outbox for whoever runs the node, or the first registered screen one may open. */
function Home() {
  const { may } = useSignedIn().me;
  if (may.includes('read')) {
    return <FindPanel mayRegister={may.includes('register')} />;
  }
  if (may.includes('operate')) {
    return <Navigate to="/operator/outbox" replace />;
  }
  const first = screens.find((screen) => screen.nav && mayOpen(screen, may));
  return first ? <Navigate to={first.path} replace /> : <NoScreen />;
}

/** Screens that domains registered (`ui/screen.ts`), in the order of the navigation. */
export const screens: readonly ConsoleScreen[] = coverScreens;

export function mayOpen(screen: ConsoleScreen, may: Me['may']): boolean {
  const has = (need: string) => (may as readonly string[]).includes(need);
  return screen.needs.some(has) && !screen.unless?.some(has);
}

/** A route for a registered screen. */
function routeOf(screen: ConsoleScreen) {
  const Panel = lazy(screen.load);
  const route = createRoute({
    getParentRoute: () => root,
    path: screen.path,
    component: () => {
      const { may } = useSignedIn().me;
      const params = route.useParams() as Readonly<Record<string, string>>;
      return mayOpen(screen, may) ? <Panel key={JSON.stringify(params)} params={params} may={may} /> : <NoScreen />;
    },
  });
  return route as AnyRoute;
}

const find = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: Home,
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: () => (
    <Only needs="register">
      <RegisterPanel />
    </Only>
  ),
});
const person = createRoute({
  getParentRoute: () => root,
  path: '/persons/$personId',
  beforeLoad: ({ params }) => {
    throw redirect({
      to: '/persons/$personId/$section',
      params: { personId: params.personId, section: sections[0]!.key },
      replace: true,
    });
  },
});
const personSection = createRoute({
  getParentRoute: () => root,
  path: '/persons/$personId/$section',
  component: () => {
    const { personId, section } = personSection.useParams();
    return (
      <Only needs="read">
        <PersonPage key={personId} personId={personId} section={section} sections={sections} />
      </Only>
    );
  },
});
const assess = createRoute({
  getParentRoute: () => root,
  path: '/persons/$personId/assess',
  component: () => {
    const { personId } = assess.useParams();
    return (
      <Only needs="assess">
        <AssessPanel key={personId} personId={personId} />
      </Only>
    );
  },
});
const scan = createRoute({
  getParentRoute: () => root,
  path: '/scan',
  component: () => (
    <Only needs="scan">
      <ScanPanel />
    </Only>
  ),
});
const received = createRoute({
  getParentRoute: () => root,
  path: '/received',
  component: () => (
    <Only needs="scan">
      <ReceivedPanel />
    </Only>
  ),
});
const receivedRecord = createRoute({
  getParentRoute: () => root,
  path: '/received/$id',
  component: () => (
    <Only needs="scan">
      <ReceivedRecordPanel id={receivedRecord.useParams().id} />
    </Only>
  ),
});
const outbox = createRoute({
  getParentRoute: () => root,
  path: '/operator/outbox',
  component: () => (
    <Only needs="operate">
      <OutboxPanel />
    </Only>
  ),
});
const partners = createRoute({
  getParentRoute: () => root,
  path: '/operator/partners',
  component: () => (
    <Only needs="operate">
      <PartnersPanel />
    </Only>
  ),
});

const tree = root.addChildren([
  find,
  register,
  person,
  personSection,
  assess,
  scan,
  received,
  receivedRecord,
  outbox,
  partners,
  ...(screens.map(routeOf) as unknown as []),
]);

export function createConsoleRouter() {
  return createRouter({ routeTree: tree, basepath: consoleBase, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

/** The address of each place, without the console's base. */
export function pathOf(place: Place): string {
  switch (place.screen) {
    case 'find':
      return '/';
    case 'register':
      return '/register';
    case 'person':
      return `/persons/${encodeURIComponent(place.personId)}/${place.section ?? sections[0]!.key}`;
    case 'assess':
      return `/persons/${encodeURIComponent(place.personId)}/assess`;
    case 'scan':
      return '/scan';
    case 'received':
      return '/received';
    case 'received-record':
      return `/received/${encodeURIComponent(place.id)}`;
    case 'at':
      return place.path;
  }
}

/** How panels move: through the router, or, when the token is about to end, by way of a silent renewal. */
export function createNavigation(router: AnyRouter, session: Session): Navigation {
  const hrefOf = (place: Place) => consoleBase.replace(/\/$/, '') + pathOf(place);
  return {
    hrefOf,
    go(place, options = {}) {
      if (session.needsRenewal()) {
        void session.signIn(hrefOf(place), { silent: true });
        return;
      }
      void router.navigate({ to: pathOf(place), replace: options.replace ?? false });
    },
  };
}
