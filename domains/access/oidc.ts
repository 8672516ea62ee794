import { type Language, preferredLanguage } from '@serai/kernel/i18n/i18n.ts';
import type { Kysely } from 'kysely';
import Provider, {
  type AdapterPayload,
  type Configuration,
  errors,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { AccessTables } from './access.tables.ts';
import { accountById } from './accounts.store.ts';
import { oidcAdapter } from './oidc.store.ts';
import { verifyPassword } from './passwords.store.ts';
import { notePage, signOutPage } from './sign-in.page.ts';

export interface OidcOptions {
  readonly database: Kysely<AccessTables>;
  /** `http://127.0.0.1:4101`, without a slash at the end. */
  readonly publicUrl: string;
  readonly country: string;
  readonly signingKeys: readonly JWK[];
  readonly cookieKeys: readonly string[];
  readonly clock: () => Date;
  /** Where the console may be returned to. */
  readonly consoleRedirects: readonly string[];
}

/** Seconds. A sitting at the desk is a working day; a token is short, because it cannot be called back. */
export const lifetimes = { session: 8 * 3600, accessToken: 15 * 60, refreshToken: 8 * 3600, interaction: 20 * 60 };

const scopes = ['openid', 'offline_access', 'user/*.cruds', 'system/*.cruds'];

/** The audience of the access tokens: the node's whole API. */
export function apiResource(publicUrl: string): string {
  return `${publicUrl}/fhir/R4`;
}

/**
 * The node's OpenID provider: authorization code with PKCE for people, client credentials for systems
 * (`private_key_jwt`, or a secret), JWT access tokens for the node's own API.
 */
export function createOidc(options: OidcOptions): Provider {
  const { database, publicUrl, country, clock } = options;
  const resource = apiResource(publicUrl);

  const consoleClient: AdapterPayload = {
    client_id: 'console',
    client_name: 'Serai console',
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...options.consoleRedirects],
    post_logout_redirect_uris: [...options.consoleRedirects],
    scope: 'openid offline_access user/*.cruds',
  };

  const findClient = async (clientId: string): Promise<AdapterPayload | undefined> => {
    if (clientId === consoleClient.client_id) {
      return consoleClient;
    }
    const account = await accountById(database, clientId);
    if (account?.kind !== 'client') {
      return undefined;
    }
    return {
      client_id: account.id,
      client_name: account.name,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: 'ES256',
      scope: 'system/*.cruds',
      ...(account.jwks
        ? { token_endpoint_auth_method: 'private_key_jwt', jwks: account.jwks as AdapterPayload['jwks'] }
        : // The secret itself is not known here: `compareClientSecret` below checks its hash.
          { token_endpoint_auth_method: 'client_secret_basic', client_secret: account.secret_hash as string }),
    };
  };

  const configuration: Configuration = {
    adapter: oidcAdapter(database, findClient, clock),
    jwks: { keys: [...options.signingKeys] },
    scopes,
    claims: { openid: ['sub'] },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'ES384', 'RS256', 'RS384', 'PS256', 'EdDSA'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    cookies: {
      keys: [...options.cookieKeys],
      // Nodes of a corridor may share a host name in a demonstration; their cookies must not meet.
      names: {
        session: `serai_${country}_session`,
        interaction: `serai_${country}_interaction`,
        resume: `serai_${country}_resume`,
      },
      long: { signed: true, httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') },
      short: { signed: true, httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') },
    },
    ttl: {
      Session: lifetimes.session,
      Grant: lifetimes.session,
      Interaction: lifetimes.interaction,
      AccessToken: lifetimes.accessToken,
      ClientCredentials: lifetimes.accessToken,
      RefreshToken: lifetimes.refreshToken,
      IdToken: lifetimes.accessToken,
      AuthorizationCode: 60,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context, form) => {
          context.body = signOutPage(readerLanguage(context), form);
        },
        postLogoutSuccessSource: async (context) => {
          context.body = notePage(readerLanguage(context), 'access.signed-out');
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, asked) => {
          if (asked !== resource) {
            throw new errors.InvalidTarget('this node issues tokens for its own API only');
          }
          return {
            scope: 'user/*.cruds system/*.cruds',
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: lifetimes.accessToken,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: async (_context, id) => {
      const account = await accountById(database, id);
      return account && { accountId: id, claims: async () => ({ sub: id, name: account.name }) };
    },
    // The console is our own: signing in is the consent.
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      const known = session?.grantIdFor(client!.clientId);
      const found = known && (await provider.Grant.find(known));
      if (found) {
        return found;
      }
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid offline_access user/*.cruds');
      grant.addResourceScope(resource, 'user/*.cruds');
      await grant.save();
      return grant;
    },
    renderError: async (context, out) => {
      context.type = 'html';
      context.body = notePage(readerLanguage(context), 'access.not-possible', out.error_description ?? out.error);
    },
    // Only the node's own pages talk to the provider; a browser names their origin even to themselves.
    clientBasedCORS: (_context, origin) => origin === new URL(publicUrl).origin,
    conformIdTokenClaims: false,
    expiresWithSession: async () => false,
  };

  const provider = new Provider(`${publicUrl}/oidc`, configuration);
  provider.Client.prototype.compareClientSecret = async function compare(actual: string) {
    return verifyPassword(actual, this.clientSecret);
  };
  return provider;
}

/** What the reader's device asks for. */
function readerLanguage(context: KoaContextWithOIDC): Language {
  return preferredLanguage(context.get('accept-language').split(','));
}
