import type { Result } from '@serai/kernel/base/refusal.ts';
import type { PublicJwk } from '@serai/kernel/trust/jws.ts';
import { type KeySet, signedKeySet, type VerifiedKeySet, verifyKeySet } from '@serai/kernel/trust/keys.ts';
import { type VerifiedStatusList, verifyStatusList } from '@serai/kernel/trust/status-list.ts';
import { type TrustedNode, type TrustList, verifyTrustList } from '@serai/kernel/trust/trust-list.ts';
import type { ExchangeDatabase, ExchangeTables } from '../exchange.tables.ts';

/**
 * What this node believes about others, kept so that cards can be verified with the line cut: the corridor's trust
 * list, partners' key sets, partners' status lists. Everything is verified again when it is loaded, and its age told.
 */
export interface TrustBook {
  readonly trustList: () => TrustList;
  readonly keySets: () => readonly VerifiedKeySet[];
  readonly statusList: (uri: string) => VerifiedStatusList | undefined;
  readonly nodeOf: (country: string) => TrustedNode | undefined;
  /** Fetches what partners publish anew; a partner that does not answer keeps what is known of it. */
  readonly refresh: (country?: string) => Promise<readonly RefreshProblem[]>;
  /** Takes this node's own keys and status list into the book after they changed. */
  readonly takeOwn: () => Promise<void>;
  readonly reachable: (country: string) => boolean;
}

export interface RefreshProblem {
  readonly country: string;
  readonly what: 'trust-list' | 'key-set' | 'status-list';
  readonly code: string;
}

export interface TrustBookOptions {
  readonly database: ExchangeDatabase;
  readonly country: string;
  readonly authorityKey: PublicJwk;
  /** Reads the corridor's trust list: from a file or an address. */
  readonly readTrustList: () => Promise<string>;
  /** Fetches a small text from a partner. */
  readonly fetchText: (url: string) => Promise<string>;
  readonly keySet: () => KeySet;
  /** This node's own status lists, freshly signed, by address. */
  readonly ownStatusLists: () => Promise<ReadonlyMap<string, string>>;
  readonly clock: () => Date;
}

type Kind = ExchangeTables['trust_cache']['kind'];

/**
 * Opens the book: from the network where it answers, from the cache where it does not.
 * @throws Error when no trust list can be believed at all: without one, a node can verify nothing.
 */
export async function openTrustBook(options: TrustBookOptions): Promise<TrustBook> {
  const { database, clock } = options;
  const now = () => Math.floor(clock().getTime() / 1000);
  let trustList: TrustList | undefined;
  const keySets = new Map<string, VerifiedKeySet>();
  const statusLists = new Map<string, VerifiedStatusList>();
  const unreachable = new Set<string>();

  const cached = async (kind: Kind, subject: string) =>
    (
      await database
        .selectFrom('trust_cache')
        .select('body')
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .executeTakeFirst()
    )?.body;

  const cache = async (kind: Kind, subject: string, body: string) => {
    const row = { body, fetched_at: clock() };
    await database
      .insertInto('trust_cache')
      .values({ kind, subject, ...row })
      .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(row))
      .execute();
  };

  /** Fresh where it can be had and believed, else what was kept. */
  const take = async <T>(
    kind: Kind,
    subject: string,
    fetchIt: () => Promise<string>,
    verify: (body: string, fromCache: boolean) => Promise<Result<T>>,
  ): Promise<{ value?: T; problem?: string }> => {
    let problem: string | undefined;
    try {
      const body = await fetchIt();
      const fresh = await verify(body, false);
      if (fresh.ok) {
        await cache(kind, subject, body);
        return { value: fresh.value };
      }
      problem = fresh.code;
    } catch {
      problem = 'unreachable';
    }
    const kept = await cached(kind, subject);
    if (kept) {
      const known = await verify(kept, true);
      if (known.ok) {
        return { value: known.value, problem };
      }
    }
    return { problem };
  };

  const takeTrustList = async (): Promise<RefreshProblem[]> => {
    const taken = await take('trust-list', 'corridor', options.readTrustList, (body, allowExpired) =>
      verifyTrustList(body, {
        authorityKey: options.authorityKey,
        now: now(),
        allowExpired,
        ...(trustList && !allowExpired && { knownVersion: trustList.version }),
      }),
    );
    trustList = taken.value ?? trustList;
    return taken.problem ? [{ country: options.country, what: 'trust-list', code: taken.problem }] : [];
  };

  const takePartner = async (node: TrustedNode): Promise<RefreshProblem[]> => {
    const problems: RefreshProblem[] = [];
    const keys = await take(
      'key-set',
      node.baseUrl,
      () => options.fetchText(`${node.baseUrl}/.well-known/serai-keys`),
      (body) =>
        verifyKeySet(body, { identityKey: node.identityKey, node: node.baseUrl, country: node.country, now: now() }),
    );
    if (keys.value) {
      keySets.set(node.baseUrl, keys.value);
    }
    if (keys.problem) {
      problems.push({ country: node.country, what: 'key-set', code: keys.problem });
    }
    const uri = `${node.baseUrl}/status-lists/1`;
    const status = await take(
      'status-list',
      uri,
      () => options.fetchText(uri),
      (body) => verifyStatusList(body, { uri, trustList: trustList!, keySets: [...keySets.values()], now: now() }),
    );
    if (status.value) {
      statusLists.set(uri, status.value);
    }
    if (status.problem) {
      problems.push({ country: node.country, what: 'status-list', code: status.problem });
    }
    if (problems.some((problem) => problem.code === 'unreachable')) {
      unreachable.add(node.country);
    } else {
      unreachable.delete(node.country);
    }
    return problems;
  };

  const takeOwn = async () => {
    const self = options.keySet();
    const own = trustList?.nodes.find((node) => node.country === options.country);
    const identityKey = own?.identityKey ?? self.identity.publicJwk;
    const verified = await verifyKeySet(await signedKeySet(self, now()), {
      identityKey,
      node: self.node,
      country: self.country,
      now: now(),
    });
    if (verified.ok) {
      keySets.set(self.node, verified.value);
    }
    for (const [uri, body] of await options.ownStatusLists()) {
      const list = await verifyStatusList(body, {
        uri,
        trustList: trustList!,
        keySets: [...keySets.values()],
        now: now(),
      });
      if (list.ok) {
        statusLists.set(uri, list.value);
      }
    }
  };

  const refresh = async (country?: string) => {
    const problems = await takeTrustList();
    const partners = (trustList?.nodes ?? []).filter(
      (node) => node.country !== options.country && (!country || node.country === country),
    );
    for (const found of await Promise.all(partners.map(takePartner))) {
      problems.push(...found);
    }
    return problems;
  };

  await takeTrustList();
  if (!trustList) {
    throw new Error(
      'No trust list can be believed: SERAI_TRUST_LIST gives none that SERAI_AUTHORITY_KEY signed, and none was kept from before.',
    );
  }
  await takeOwn();

  return {
    trustList: () => trustList!,
    keySets: () => [...keySets.values()],
    statusList: (uri) => statusLists.get(uri),
    nodeOf: (country) => trustList!.nodes.find((node) => node.country === country),
    refresh,
    takeOwn,
    reachable: (country) => !unreachable.has(country),
  };
}
