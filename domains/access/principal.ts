import type { Actor, PrincipalClass, PurposeOfUse } from '@serai/policy/types.ts';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Kysely } from 'kysely';
import type { AccessTables } from './access.tables.ts';
import { accountById } from './accounts.store.ts';

export interface Principal {
  readonly actor: Actor;
  readonly name: string;
  readonly language: string;
}

/** Why a bearer token opens nothing: one word for the log, none for whoever sent it. */
export type BearerProblem = 'malformed' | 'expired' | 'not-ours' | 'account-closed';

export type PrincipalResolver = (
  bearer: string,
) => Promise<{ readonly principal: Principal } | { readonly problem: BearerProblem }>;

/** An account that is closed or changed is noticed within this time, though its token still runs. */
const accountMemorySeconds = 10;

/**
 * Turns an access token into who is asking. What the account may do is read from the account, not from the token.
 * Both the signature check and the account are remembered briefly; nothing is remembered past the token's expiry.
 */
export function createPrincipalResolver(options: {
  readonly database: Kysely<AccessTables>;
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
  readonly country: string;
  readonly clock: () => Date;
}): PrincipalResolver {
  const keys = createLocalJWKSet(options.jwks);
  const tokens = new Map<string, { subject: string; expires: number }>();
  const accounts = new Map<string, { principal: Principal | undefined; until: number }>();

  const principalOf = async (subject: string, now: number): Promise<Principal | undefined> => {
    const known = accounts.get(subject);
    if (known && known.until > now) {
      return known.principal;
    }
    const account = await accountById(options.database, subject);
    const principal: Principal | undefined = account && {
      name: account.name,
      language: account.language,
      actor: {
        id: account.kind === 'client' ? `Client/${account.id}` : `Practitioner/${account.id}`,
        class: account.class as PrincipalClass,
        roles: account.roles,
        country: options.country,
        ...(account.facility && { facility: account.facility }),
        ...(account.person_id && { personId: account.person_id }),
      },
    };
    remember(accounts, subject, { principal, until: now + accountMemorySeconds * 1000 });
    return principal;
  };

  return async (bearer) => {
    const now = options.clock().getTime();
    let token = tokens.get(bearer);
    if (!token || token.expires <= now) {
      try {
        const { payload } = await jwtVerify(bearer, keys, {
          issuer: options.issuer,
          audience: options.audience,
          typ: 'at+jwt',
          currentDate: new Date(now),
        });
        token = {
          subject: payload.sub ?? String(payload.client_id),
          expires: (payload.exp ?? 0) * 1000,
        };
        remember(tokens, bearer, token);
      } catch (error) {
        const code = (error as { code?: string }).code;
        return {
          problem: code === 'ERR_JWT_EXPIRED' ? 'expired' : code === 'ERR_JWS_INVALID' ? 'malformed' : 'not-ours',
        };
      }
    }
    const principal = await principalOf(token.subject, now);
    return principal ? { principal } : { problem: 'account-closed' };
  };
}

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  if (memory.size >= 5000) {
    memory.clear();
  }
  memory.set(key, value);
}

/** The purpose someone has when they state none: the reason their class exists. */
export const defaultPurpose: Readonly<Record<PrincipalClass, PurposeOfUse>> = {
  care: 'TREAT',
  'public-health': 'PUBHLTH',
  payer: 'HPAYMT',
  employer: 'COVERAGE',
  person: 'PATRQT',
  programme: 'TREAT',
  system: 'TREAT',
  operator: 'HSYSADMIN',
  enforcement: 'x-ENFORCE',
};

const purposes: ReadonlySet<string> = new Set<PurposeOfUse>([
  ...(['TREAT', 'ETREAT', 'BTG', 'COC', 'HPAYMT', 'COVERAGE', 'PUBHLTH', 'HOPERAT', 'PATADMIN', 'HSYSADMIN'] as const),
  ...(['PATRQT', 'HRESCH', 'GOV', 'HLEGAL', 'MILCDM', 'THREAT', 'FRAUD', 'HMARKT', 'MLTRAINING', 'x-ENFORCE'] as const),
]);

/** The purpose stated in `X-Purpose-Of-Use`, or the class's own; undefined where the code is not one we know. */
export function statedPurpose(header: string | undefined, principalClass: PrincipalClass): PurposeOfUse | undefined {
  if (header === undefined || header === '') {
    return defaultPurpose[principalClass];
  }
  return purposes.has(header) ? (header as PurposeOfUse) : undefined;
}
