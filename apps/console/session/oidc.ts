/**
 * The browser's half of the OpenID Connect authorization code flow with PKCE (RFC 7636, S256). Nothing here is
 * secret for longer than one round trip; the token itself lives in memory only (`session.ts`).
 */
export interface Provider {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly endSessionEndpoint?: string;
}

/** What must survive the round trip to the sign-in page and back. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path inside the console to come back to. */
  readonly returnTo: string;
  readonly silent: boolean;
}

export type SignInReturn =
  | { readonly kind: 'none' }
  | { readonly kind: 'code'; readonly code: string; readonly state: string }
  | { readonly kind: 'error'; readonly error: string; readonly state: string };

/** What the sign-in page sent back in the address, if that is where this load comes from. */
export function readReturn(search: string): SignInReturn {
  const parameters = new URLSearchParams(search);
  const state = parameters.get('state');
  const code = parameters.get('code');
  const error = parameters.get('error');
  if (state && code) {
    return { kind: 'code', code, state };
  }
  return state && error ? { kind: 'error', error, state } : { kind: 'none' };
}

export function authorizationUrl(options: {
  readonly provider: Provider;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly pending: PendingSignIn;
  readonly challenge: string;
  readonly language: string;
}): string {
  const url = new URL(options.provider.authorizationEndpoint);
  const parameters: Record<string, string> = {
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    // Who signs in and what for: the node's own API, as far as the person's role goes.
    scope: 'openid user/*.cruds',
    state: options.pending.state,
    nonce: options.pending.nonce,
    code_challenge: options.challenge,
    code_challenge_method: 'S256',
    ui_locales: options.language,
    ...(options.pending.silent && { prompt: 'none' }),
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/** A path of this console, or its first page: an address handed in from outside must not lead anywhere else. */
export function safeReturnPath(path: string, base: string): string {
  return path.startsWith(base) && !path.startsWith('//') && !path.includes('\\') ? path : base;
}

export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(digest));
}

/** The claims of an ID token, read but not verified: it came straight from the token endpoint (OpenID Core 3.1.3.7). */
export function claimsOf(idToken: string): Readonly<Record<string, unknown>> {
  const part = idToken.split('.')[1] ?? '';
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
}
