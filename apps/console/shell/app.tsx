import type { Me, NodeConfig } from '@serai/domains/access/api.ts';
import { exchangeProblemMessages } from '@serai/domains/exchange/exchange.messages.ts';
import { registryProblemMessages } from '@serai/domains/registry/registry.messages.ts';
import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { type Client, createClient } from '@serai/ui/client.ts';
import { ClientProvider } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Loading } from '@serai/ui/components/panel.tsx';
import { ProblemMessagesProvider, ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { createDraftStore } from '@serai/ui/draft-store.ts';
import {
  hasChosenLanguage,
  LanguageProvider,
  rememberedLanguage,
  useLanguage,
  useMessages,
} from '@serai/ui/language.tsx';
import { generalProblemMessages } from '@serai/ui/problem.messages.ts';
import { asProblem } from '@serai/ui/problem.ts';
import { DraftProvider } from '@serai/ui/use-draft.ts';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { consoleBase, createConsoleRouter } from '../router.tsx';
import { openSession, type Session } from '../session/session.ts';
import { SessionContext } from './session-context.ts';
import { shellMessages } from './shell.messages.ts';
import { Gate, Welcome } from './welcome.tsx';

const firstProblemMessages: Messages = {
  ...generalProblemMessages,
  ...registryProblemMessages,
  ...exchangeProblemMessages,
};

/** The sentences of cover come after the first view: nothing of cover is on it. Until then the node's own words stand in. */
function useProblemMessages(): Messages {
  const [messages, setMessages] = useState(firstProblemMessages);
  useEffect(() => {
    import('@serai/domains/cover/cover.messages.ts').then(
      ({ coverProblemMessages }) => setMessages({ ...firstProblemMessages, ...coverProblemMessages }),
      () => {},
    );
  }, []);
  return messages;
}

// Kept on a device that was set up for it; on another it cannot be fetched without a network, and is not there.
const OfflineDesk = lazy(() =>
  import('@serai/domains/cover/vouchers/offline-desk.tsx').catch(() => ({ default: () => null })),
);

const FieldDesk = lazy(() =>
  import('@serai/domains/cover/enrolment/field/field-desk.tsx').catch(() => ({ default: () => null })),
);

const OfflineCardDesk = lazy(() =>
  import('@serai/domains/cover/eligibility/offline-card.tsx').catch(() => ({ default: () => null })),
);

/** The console: node, session, language and client around the screens. */
export function App() {
  const problemMessages = useProblemMessages();
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // The client repeats what may be repeated; a second layer would only make a failure slow to show.
          queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: true, networkMode: 'always' },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
  );
  return (
    <LanguageProvider>
      <ProblemMessagesProvider value={problemMessages}>
        <QueryClientProvider client={queries}>
          <Node queries={queries} />
        </QueryClientProvider>
      </ProblemMessagesProvider>
    </LanguageProvider>
  );
}

/** Asks the node who it is, then opens the session. */
function Node({ queries }: { readonly queries: QueryClient }) {
  const [config, setConfig] = useState<NodeConfig>();
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks again.
  useEffect(() => {
    let current = true;
    setProblem(undefined);
    createClient({ token: () => undefined })
      .get<NodeConfig>('/api/config')
      .then(async (found) => {
        if (current) {
          queries.setQueryData(['config'], found);
          setConfig(found);
          setSession(await sessionOf(found));
        }
      })
      .catch((thrown) => current && setProblem(thrown));
    return () => {
      current = false;
    };
  }, [attempt, queries]);

  if (problem) {
    return (
      <Gate>
        <ProblemNotice problem={problem} onRetry={() => setAttempt((count) => count + 1)} />
        <Suspense fallback={null}>
          <OfflineDesk />
          <FieldDesk />
          <OfflineCardDesk />
        </Suspense>
      </Gate>
    );
  }
  return config && session ? (
    <SignedIn config={config} session={session} queries={queries} />
  ) : (
    <Welcome kind="opening" />
  );
}

// One session a page: opening it twice would spend the code of the sign-in page twice.
let opening: Promise<Session> | undefined;
function sessionOf(config: NodeConfig): Promise<Session> {
  opening ??= openSession(config, consoleBase, rememberedLanguage);
  return opening;
}

function SignedIn({
  config,
  session,
  queries,
}: {
  readonly config: NodeConfig;
  readonly session: Session;
  readonly queries: QueryClient;
}) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const client = useMemo(
    () =>
      createClient({ token: session.token, onSignedOut: session.ended, language: () => document.documentElement.lang }),
    [session],
  );
  if (state.kind === 'signed-out') {
    return <Welcome kind="signed-out" config={config} onSignIn={() => void session.signIn(consoleBase)} />;
  }
  if (state.kind === 'failed') {
    return (
      <Welcome
        kind="failed"
        reason={state.reason}
        config={config}
        onSignIn={() => void session.signIn(location.pathname)}
      />
    );
  }
  return <Screens config={config} session={session} client={client} queries={queries} />;
}

function Screens(props: {
  readonly config: NodeConfig;
  readonly session: Session;
  readonly client: Client;
  readonly queries: QueryClient;
}) {
  const { config, session, client } = props;
  const { choose } = useLanguage();
  const [router] = useState(createConsoleRouter);
  const me = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => client.get<Me>('/api/me', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const preferred = me.data?.language;
  useEffect(() => {
    if (preferred && !hasChosenLanguage()) {
      choose(preferred);
    }
  }, [preferred, choose]);
  const owner = me.data?.id ?? '';
  const drafts = useMemo(() => ({ store: createDraftStore(() => Date.now()), owner }), [owner]);
  const context = useMemo(() => me.data && { me: me.data, config, session }, [me.data, config, session]);
  if (me.isError) {
    const ended = asProblem(me.error).code === 'signed-out';
    return (
      <Gate>
        {ended ? (
          <Welcome
            kind="failed"
            reason="refused"
            config={config}
            onSignIn={() => void session.signIn(location.pathname)}
            bare
          />
        ) : (
          <ProblemNotice problem={me.error} onRetry={() => void me.refetch()} />
        )}
        <SignOut session={session} />
      </Gate>
    );
  }
  if (!context) {
    return (
      <Gate>
        <Loading />
      </Gate>
    );
  }
  return (
    <SessionContext value={context}>
      <ClientProvider value={client}>
        <DraftProvider value={drafts}>
          <RouterProvider router={router} />
        </DraftProvider>
      </ClientProvider>
    </SessionContext>
  );
}

/** A way out for whoever is signed in and yet has no screen here. */
function SignOut({ session }: { readonly session: Session }) {
  const t = useMessages(shellMessages);
  return (
    <p>
      <Button kind="quiet" icon="leave" onClick={() => void session.signOut()}>
        {t('sign-out')}
      </Button>
    </p>
  );
}
