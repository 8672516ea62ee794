import { resolve } from 'node:path';

/** One node's configuration, all of it from the environment. */
export interface ServerConfig {
  readonly country: string;
  readonly host: string;
  readonly port: number;
  /** Where others reach this node; issuer of tokens and cards. No slash at the end. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  /** `.serai` or `SERAI_HOME`. */
  readonly home: string;
  /** File or address of the corridor's signed trust list. */
  readonly trustList: string;
  /** The corridor authority's public key, a JWK, by which the trust list is believed. */
  readonly authorityKey: Readonly<Record<string, unknown>>;
  /** Seals the keys kept in the database. */
  readonly nodeSecret: string;
  readonly demonstration: boolean;
  readonly logLevel: string;
}

/** All mistakes of the configuration, one sentence each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads and checks the environment.
 * @throws ConfigError with one line a mistake; nothing has been started.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const mistakes: string[] = [];
  const need = (name: string, what: string): string => {
    const value = env[name];
    if (!value) {
      mistakes.push(`${name} is missing: ${what}.`);
    }
    return value ?? '';
  };

  const country = need('SERAI_COUNTRY', 'the two-letter code of the country this node serves, like TH').toUpperCase();
  if (country && !/^[A-Z]{2}$/.test(country)) {
    mistakes.push(`SERAI_COUNTRY must be two letters, like TH.`);
  }
  const port = Number(env.SERAI_PORT ?? 4101);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    mistakes.push('SERAI_PORT must be a whole number from 0 to 65535.');
  }
  const host = env.SERAI_HOST ?? '127.0.0.1';
  const publicUrl = (env.SERAI_PUBLIC_URL ?? `http://${host}:${port}`).replace(/\/+$/, '');
  if (!URL.canParse(publicUrl)) {
    mistakes.push('SERAI_PUBLIC_URL must be an address, like https://node.example.org.');
  }
  const databaseUrl = need('DATABASE_URL', 'a PostgreSQL address, like postgresql://user@host:5432/serai');
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    mistakes.push('DATABASE_URL must begin with postgresql://.');
  }
  const trustList = need('SERAI_TRUST_LIST', "the corridor's signed trust list, a file or an address");
  let authorityKey: Record<string, unknown> = {};
  const key = need('SERAI_AUTHORITY_KEY', "the corridor authority's public key as a JWK");
  if (key) {
    try {
      authorityKey = JSON.parse(key) as Record<string, unknown>;
      if (authorityKey.kty !== 'EC' || 'd' in authorityKey) {
        mistakes.push('SERAI_AUTHORITY_KEY must be a public EC key: it has another type, or a private part.');
      }
    } catch {
      mistakes.push('SERAI_AUTHORITY_KEY must be JSON: a JWK like {"kty":"EC","crv":"P-256",…}.');
    }
  }
  const nodeSecret = need('SERAI_NODE_SECRET', 'at least 32 characters; it seals the keys of this node');
  if (nodeSecret && nodeSecret.length < 32) {
    mistakes.push('SERAI_NODE_SECRET must have at least 32 characters.');
  }
  if (mistakes.length > 0) {
    throw new ConfigError(mistakes.join('\n'));
  }
  return {
    country,
    host,
    port,
    publicUrl,
    databaseUrl,
    home: resolve(env.SERAI_HOME ?? '.serai'),
    trustList,
    authorityKey,
    nodeSecret,
    demonstration: env.SERAI_DEMONSTRATION === '1',
    logLevel: env.SERAI_LOG_LEVEL ?? 'info',
  };
}
