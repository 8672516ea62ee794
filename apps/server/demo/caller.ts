import { createHash } from 'node:crypto';
import type { DemoNode } from './prepare.ts';

/** How the demonstration speaks with a node: over HTTP as its clinical system, under ids it can give again. */

export interface Caller {
  readonly baseUrl: string;
  readonly token: string;
  readonly purpose?: string;
}

/** A request's id made of what is asked: asked again after a load that was cut off, it is the same request. */
export function idOf(...what: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(what.join(' ')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export async function sign({ baseUrl, tokenUrl, clients }: DemoNode): Promise<Caller> {
  const client = clients.find((each) => each.role === 'care')!;
  const secret = [client.clientId, client.clientSecret].map(encodeURIComponent).join(':');
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) {
    throw new Error(`${baseUrl} gives its clinical system no token: ${response.status}`);
  }
  return { baseUrl, token };
}

/** @throws Error with the status where it is not an answer. */
export async function call<T>(
  { baseUrl, token, purpose }: Caller,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(purpose && { 'x-purpose-of-use': purpose }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} answers ${response.status}`);
  }
  return (await response.json()) as T;
}

export interface Patience {
  /** Seconds until it is looked again. */
  readonly everySeconds: number;
  readonly atMostSeconds: number;
}

export const patience: Patience = { everySeconds: 3, atMostSeconds: 600 };

/** Looks until there is something to see. @returns undefined where it did not come in time. */
export async function waitFor<T>(
  look: () => Promise<T | undefined>,
  { everySeconds, atMostSeconds }: Patience,
): Promise<T | undefined> {
  for (let waited = 0; waited <= atMostSeconds; waited += everySeconds) {
    const seen = await look();
    if (seen !== undefined) {
      return seen;
    }
    await new Promise((done) => setTimeout(done, everySeconds * 1000));
  }
  return undefined;
}
