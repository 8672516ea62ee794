import { createHash, randomBytes } from 'node:crypto';

/**
 * Signs a member of staff in as a browser would, over HTTP alone: authorization code with PKCE, the sign-in form, the
 * token. For the journey, the tests and whoever writes a client.
 *
 * @returns the access token.
 * @throws Error with a sentence naming the step that failed.
 */
export async function signIn(baseUrl: string, username: string, password: string): Promise<string> {
  const cookies = new Map<string, string>();
  const go = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(address, baseUrl), {
      ...init,
      redirect: 'manual',
      headers: {
        ...init.headers,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) {
        cookies.set(name, value ?? '');
      }
    }
    return response;
  };

  const verifier = randomBytes(32).toString('base64url');
  const redirect = `${baseUrl}/console/`;
  const question = new URLSearchParams({
    client_id: 'console',
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid offline_access user/*.cruds',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: randomBytes(8).toString('hex'),
  });
  let response = await go(`/oidc/auth?${question}`);
  let address = response.headers.get('location') ?? '';
  if (!address.includes('/sign-in/')) {
    throw new Error(`signing in could not begin: status ${response.status}`);
  }
  response = await go(address, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  if (response.status === 401 || response.status === 429) {
    throw new Error(
      response.status === 429 ? 'too many attempts with this name' : 'the name or the password is not right',
    );
  }
  for (let hop = 0; hop < 5 && response.status >= 300 && response.status < 400; hop++) {
    address = response.headers.get('location') ?? '';
    if (address.startsWith(redirect)) {
      break;
    }
    response = await go(address);
  }
  const code = new URL(address, baseUrl).searchParams.get('code');
  if (!code) {
    throw new Error(`signing in gave no code: status ${response.status}`);
  }
  const token = await go('/oidc/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'console',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const body = (await token.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token) {
    throw new Error(`no token: ${body.error_description ?? token.status}`);
  }
  return body.access_token;
}

/** A system's token by client credentials. */
export async function clientToken(tokenUrl: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'system/*.cruds' }),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
  });
  const body = (await response.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token) {
    throw new Error(`no token for ${clientId}: ${body.error_description ?? response.status}`);
  }
  return body.access_token;
}
