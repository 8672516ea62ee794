import type { NodeConfig } from '@serai/domains/access/api.ts';
import {
  authorizationUrl,
  base64Url,
  challengeOf,
  claimsOf,
  type PendingSignIn,
  type Provider,
  readReturn,
  safeReturnPath,
} from './oidc.ts';

const pendingKey = 'serai.sign-in';
const signedOutKey = 'serai.signed-out';

export type SessionState =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in' }
  /** The token is no longer good, but the screen and all that was entered stay. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly reason: 'refused' | 'unreachable' | 'insecure' | 'mismatch' };

interface Tokens {
  readonly access: string;
  readonly refresh?: string;
  readonly expiresAt: number;
}

export interface Session {
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly token: () => string | undefined;
  /** True shortly before and after the end of the token: the next change of screen should renew it. */
  readonly needsRenewal: () => boolean;
  /** Leaves for the sign-in page; `silent` asks for an answer without a form and falls back to one with it. */
  readonly signIn: (returnTo: string, options?: { readonly silent?: boolean }) => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** Tells the session that the node no longer accepts its token. */
  readonly ended: () => void;
}

/**
 * Whoever is signed in, for as long as this page lives. The token is held in this closure only: not in storage, not
 * in a cookie, not in an address.
 */
export async function openSession(config: NodeConfig, base: string, language: () => string): Promise<Session> {
  let state: SessionState = { kind: 'signed-out' };
  let tokens: Tokens | undefined;
  let provider: Provider | undefined;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const redirectUri = new URL(base, location.origin).href;

  const become = (next: SessionState) => {
    state = next;
    for (const listener of listeners) {
      listener();
    }
  };

  async function discover(): Promise<Provider> {
    if (!provider) {
      const address = `${config.oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const response = await fetch(address, { credentials: 'omit' });
      if (!response.ok) {
        throw new Error(`discovery answered ${response.status}`);
      }
      const found = (await response.json()) as Record<string, string | undefined>;
      provider = {
        authorizationEndpoint: found.authorization_endpoint!,
        tokenEndpoint: found.token_endpoint!,
        ...(found.end_session_endpoint && { endSessionEndpoint: found.end_session_endpoint }),
      };
    }
    return provider;
  }

  function accept(answer: Record<string, unknown>): void {
    const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : 300;
    tokens = {
      access: String(answer.access_token),
      ...(typeof answer.refresh_token === 'string' && { refresh: answer.refresh_token }),
      expiresAt: Date.now() + seconds * 1000,
    };
    clearTimeout(expiry);
    expiry = setTimeout(() => void renew(), Math.max(5, seconds - 30) * 1000);
    become({ kind: 'signed-in' });
  }

  async function exchange(parameters: Record<string, string>): Promise<Record<string, unknown>> {
    const { tokenEndpoint } = await discover();
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ ...parameters, client_id: config.oidc.clientId }),
    });
    if (!response.ok) {
      throw new Error(`token endpoint answered ${response.status}`);
    }
    return (await response.json()) as Record<string, unknown>;
  }

  async function renew(): Promise<void> {
    if (tokens?.refresh) {
      try {
        accept(await exchange({ grant_type: 'refresh_token', refresh_token: tokens.refresh }));
        return;
      } catch {
        // Falls through: the session ends and is renewed by a round trip to the sign-in page.
      }
    }
    tokens = tokens && { ...tokens, expiresAt: Math.min(tokens.expiresAt, Date.now() + 30_000) };
    expiry = setTimeout(() => become({ kind: 'ended' }), 30_000);
  }

  const session: Session = {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: () => tokens?.access,
    needsRenewal: () => state.kind === 'ended' || (tokens !== undefined && tokens.expiresAt - Date.now() < 60_000),
    async signIn(returnTo, options = {}) {
      if (!crypto.subtle) {
        become({ kind: 'failed', reason: 'insecure' });
        return;
      }
      try {
        const found = await discover();
        const pending: PendingSignIn = {
          state: randomText(),
          nonce: randomText(),
          verifier: randomText(),
          returnTo,
          silent: options.silent ?? false,
        };
        sessionStorage.setItem(pendingKey, JSON.stringify(pending));
        location.assign(
          authorizationUrl({
            provider: found,
            clientId: config.oidc.clientId,
            redirectUri,
            pending,
            challenge: await challengeOf(pending.verifier),
            language: language(),
          }),
        );
      } catch {
        become({ kind: 'failed', reason: 'unreachable' });
      }
    },
    async signOut() {
      tokens = undefined;
      clearTimeout(expiry);
      sessionStorage.setItem(signedOutKey, 'yes');
      const end = await discover().then(
        (found) => found.endSessionEndpoint,
        () => undefined,
      );
      if (!end) {
        location.assign(base);
        return;
      }
      // The provider knows the reader by its own cookie; the token that says who leaves stays out of the address.
      const url = new URL(end);
      url.searchParams.set('client_id', config.oidc.clientId);
      url.searchParams.set('post_logout_redirect_uri', redirectUri);
      location.assign(url.href);
    },
    ended() {
      if (state.kind === 'signed-in') {
        become({ kind: 'ended' });
      }
    },
  };

  const returned = readReturn(location.search);
  const pending = readPending();
  if (returned.kind === 'none') {
    if (sessionStorage.getItem(signedOutKey)) {
      sessionStorage.removeItem(signedOutKey);
      return session;
    }
    await session.signIn(location.pathname + location.search + location.hash);
    return session;
  }
  sessionStorage.removeItem(pendingKey);
  history.replaceState(null, '', safeReturnPath(pending?.returnTo ?? base, base));
  if (!pending || pending.state !== returned.state) {
    // An old bookmark or someone else's answer: never redeemed, simply asked again by the reader.
    become({ kind: 'failed', reason: 'mismatch' });
    return session;
  }
  if (returned.kind === 'error') {
    if (pending.silent) {
      await session.signIn(pending.returnTo);
    } else {
      become({ kind: 'failed', reason: 'refused' });
    }
    return session;
  }
  try {
    const answer = await exchange({
      grant_type: 'authorization_code',
      code: returned.code,
      redirect_uri: redirectUri,
      code_verifier: pending.verifier,
    });
    if (typeof answer.id_token === 'string' && claimsOf(answer.id_token).nonce !== pending.nonce) {
      become({ kind: 'failed', reason: 'mismatch' });
    } else {
      accept(answer);
    }
  } catch {
    become({ kind: 'failed', reason: 'unreachable' });
  }
  return session;
}

function readPending(): PendingSignIn | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(pendingKey) ?? '') as PendingSignIn;
  } catch {
    return undefined;
  }
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}
