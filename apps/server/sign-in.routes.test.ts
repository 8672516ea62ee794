import { createHash, randomUUID } from 'node:crypto';
import { putAccount } from '@serai/domains/access/accounts.store.ts';
import { signOutPage } from '@serai/domains/access/sign-in.page.ts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../tests/corridor.ts';
import { ConfigError, readConfig } from './config.ts';

let corridor: Corridor;
beforeAll(async () => {
  corridor = await openCorridor();
});
afterAll(() => corridor?.close());

describe('a system that signs with its own key (private_key_jwt)', () => {
  const assertion = (key: CryptoKey, over: { audience?: string; issuedAt?: number } = {}) => {
    const now = over.issuedAt ?? Math.floor(Date.now() / 1000);
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'hospital-1' })
      .setIssuer('hospital')
      .setSubject('hospital')
      .setAudience(over.audience ?? `${corridor.mm.url}/oidc`)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(key);
  };
  const token = async (jwt: string) => {
    const response = await fetch(`${corridor.mm.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'system/*.cruds',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: jwt,
      }),
    });
    return (await response.json()) as { access_token?: string; error?: string };
  };

  test('gets a token that opens the record; another key, audience, an old or a used assertion does not', async () => {
    const [own, other] = [await generateKeyPair('ES256', { extractable: true }), await generateKeyPair('ES256')];
    await putAccount(corridor.mm.node.database as never, {
      id: 'hospital',
      kind: 'client',
      username: 'client:hospital',
      jwks: { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'hospital-1', alg: 'ES256', use: 'sig' }] },
      name: 'Hospital',
      class: 'system',
      roles: ['integrator'],
      language: 'en',
    });
    const jwt = await assertion(own.privateKey);
    const { access_token: granted } = await token(jwt);
    expect(granted).toBeTruthy();
    const answer = await corridor.mm.call(granted, 'GET', '/fhir/R4/Organization/myawaddy-clinic');
    expect(answer.status).toBe(200);

    expect((await token(jwt)).error).toBe('invalid_client');
    expect((await token(await assertion(other.privateKey))).error).toBe('invalid_client');
    expect((await token(await assertion(own.privateKey, { audience: 'https://elsewhere.example' }))).error).toBe(
      'invalid_client',
    );
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    expect((await token(await assertion(own.privateKey, { issuedAt: hourAgo }))).error).toBe('invalid_client');
  });
});

describe('the provider', () => {
  test('needs PKCE, knows only the console’s own address, and hides nobody’s secret in what it publishes', async () => {
    const ask = (over: Record<string, string>) =>
      corridor.mm.call(
        undefined,
        'GET',
        `/oidc/auth?${new URLSearchParams({
          client_id: 'console',
          response_type: 'code',
          scope: 'openid',
          redirect_uri: `${corridor.mm.url}/console/`,
          ...over,
        })}`,
      );
    // Sent back to the console with an error, or, where the address is not the console's, not sent anywhere.
    expect((await ask({})).status).toBe(303);
    const stranger = await ask({ redirect_uri: 'https://elsewhere.example/' });
    expect(stranger.status).toBe(400);
    const keys = await corridor.mm.call(undefined, 'GET', '/oidc/jwks');
    expect(keys.json.keys.length).toBeGreaterThan(0);
    expect(keys.json.keys.every((key: any) => !('d' in key))).toBe(true);
    const published = await corridor.mm.call(undefined, 'GET', '/.well-known/jwks.json');
    expect(published.json.keys.every((key: any) => !('d' in key))).toBe(true);
  });

  test('signs out in the reader’s language', async () => {
    const page = signOutPage('my', '<form id="op.logoutForm"></form>');
    expect(page).toContain('ထွက်မည်');
    expect(page).toContain('lang="my"');
  });

  test('lets its one page that posts itself on do so, and no other script', async () => {
    const response = await fetch(`${corridor.mm.url}/oidc/session/end`);
    const script = /<script>([\s\S]*?)<\/script>/.exec(await response.text())?.[1];
    expect(script).toContain('submit');
    const hash = `sha256-${createHash('sha256').update(script!).digest('base64')}`;
    expect(response.headers.get('content-security-policy')).toContain(`script-src 'self' '${hash}';`);
  });
});

test('every mistake of the configuration is told at once', () => {
  try {
    readConfig({ SERAI_PORT: 'x', DATABASE_URL: 'mysql://a', SERAI_AUTHORITY_KEY: '{', SERAI_NODE_SECRET: 'short' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const told = (error as Error).message.split('\n');
    for (const name of [
      'SERAI_COUNTRY',
      'SERAI_PORT',
      'DATABASE_URL',
      'SERAI_TRUST_LIST',
      'SERAI_AUTHORITY_KEY',
      'SERAI_NODE_SECRET',
    ]) {
      expect(told.filter((line) => line.startsWith(name))).toHaveLength(1);
    }
  }
});
