import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Claim } from '../cover.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';

/** Rates by the foreign currency, as adjudication takes them. */
export type ClaimRates = Readonly<Record<string, Rate>>;

/** Currencies that a claim or the price lists where it was given are in, and the scheme is not. */
export function foreignCurrencies(scheme: Scheme, claim: Pick<Claim, 'currency' | 'provider'>): string[] {
  const country = claim.provider.slice(0, 2);
  const listed = scheme.tariffs.filter((tariff) => tariff.country === country).map((tariff) => tariff.currency);
  return [...new Set([claim.currency, ...listed])].filter((currency) => currency !== scheme.currency).sort();
}

/**
 * What each claim is judged at: the latest rate of its first day of care, in the ledger's table of rates. A claim that was
 * judged keeps the rates it was judged at, whatever is entered later. Only claims that need one are in the answer; a
 * currency that has no rate is not in theirs.
 */
export async function ratesOfClaims(
  db: CoverDatabase,
  schemes: readonly Scheme[],
  claims: readonly Claim[],
): Promise<ReadonlyMap<string, ClaimRates>> {
  const needed = claims.flatMap((claim) => {
    const scheme = schemeAt(schemes, claim.schemeId, claim.from);
    const currencies = scheme ? foreignCurrencies(scheme, claim) : [];
    return scheme && currencies.length > 0 ? [{ claim, own: scheme.currency, currencies }] : [];
  });
  if (needed.length === 0) {
    return new Map();
  }
  const kept = await keptRates(
    db,
    needed.map(({ claim }) => claim.claimId),
  );
  const until = new Date(`${needed.map(({ claim }) => claim.from).reduce((a, b) => (a > b ? a : b))}T23:59:59.999Z`);
  const pairs = new Map<string, readonly Rate[]>();
  const found = new Map<string, ClaimRates>();
  for (const { claim, own, currencies } of needed) {
    const rates: Record<string, Rate> = {};
    for (const currency of currencies) {
      const pair = `${currency}/${own}`;
      const known = pairs.get(pair) ?? (await ratesBetween(db as never, currency, own, until));
      pairs.set(pair, known);
      const rate = kept.get(claim.claimId)?.[currency] ?? rateOnDay(known, currency, own, claim.from)?.rate;
      if (rate) {
        rates[currency] = rate;
      }
    }
    if (Object.keys(rates).length > 0) {
      found.set(claim.claimId, rates);
    }
  }
  return found;
}

async function keptRates(db: CoverDatabase, claimIds: readonly string[]): Promise<ReadonlyMap<string, ClaimRates>> {
  const rows = await db
    .selectFrom('cover_claim')
    .select(['claim_id', 'rates'])
    .where(sql<boolean>`claim_id = any(${claimIds}::text[])`)
    .where('rates', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.claim_id, row.rates!]));
}
