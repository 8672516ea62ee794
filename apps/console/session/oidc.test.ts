import { describe, expect, it } from 'vitest';
import { authorizationUrl, challengeOf, claimsOf, readReturn, safeReturnPath } from './oidc.ts';

describe('signing in', () => {
  it('makes the challenge of RFC 7636, appendix B', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('reads a code, a refusal, or nothing from the address', () => {
    expect(readReturn('?code=c&state=s')).toEqual({ kind: 'code', code: 'c', state: 's' });
    expect(readReturn('?error=login_required&state=s')).toEqual({ kind: 'error', error: 'login_required', state: 's' });
    expect(readReturn('?code=c')).toEqual({ kind: 'none' });
    expect(readReturn('')).toEqual({ kind: 'none' });
  });

  it.each([
    ['/console/persons/1', '/console/persons/1'],
    ['//evil.example/console/', '/console/'],
    ['https://evil.example/', '/console/'],
    ['/console/\\evil.example', '/console/'],
    ['/other', '/console/'],
  ])('comes back to %s only inside the console', (path, kept) => {
    expect(safeReturnPath(path, '/console/')).toBe(kept);
  });

  it('asks for a code with S256 and keeps what the endpoint address already had', () => {
    const url = new URL(
      authorizationUrl({
        provider: { authorizationEndpoint: 'https://node.example/auth?a=1', tokenEndpoint: '' },
        clientId: 'console',
        redirectUri: 'https://node.example/console/',
        pending: { state: 's', nonce: 'n', verifier: 'v', returnTo: '/console/', silent: true },
        challenge: 'c',
        language: 'my',
      }),
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      a: '1',
      response_type: 'code',
      client_id: 'console',
      redirect_uri: 'https://node.example/console/',
      scope: 'openid user/*.cruds',
      state: 's',
      nonce: 'n',
      code_challenge: 'c',
      code_challenge_method: 'S256',
      ui_locales: 'my',
      prompt: 'none',
    });
    expect(url.href).not.toContain('verifier');
  });

  it('reads claims in any script', () => {
    const payload = Buffer.from(JSON.stringify({ name: 'မလှ', nonce: 'n' })).toString('base64url');
    expect(claimsOf(`e30.${payload}.x`)).toEqual({ name: 'မလှ', nonce: 'n' });
  });
});
