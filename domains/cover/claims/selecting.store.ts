import { divideRounded, money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CareSetting, Claim, ClaimLine, ClaimStatus, Member } from '../cover.ts';
import { localDay } from '../local-day.ts';
import { schemeAt } from '../schemes/scheme.ts';
import type { Adjudication } from './adjudication.ts';
import { plainDecimal } from './claims.store.ts';
import { fourEyesFrom } from './four-eyes.ts';
import { coveredSince, reviewFacts } from './review-facts.store.ts';
import { defaultReview, rulesOf, selectForFeedback, selectForReview } from './selection.ts';
import { claimClaimed } from './submission.ts';
import type { ClaimsOptions, Selection } from './submit.store.ts';
import { type Suspicion, suspicions, suspicionWindow } from './suspicion.ts';

/** Ten times what such a claim usually comes to. */
const variancePercent = 900;

/** What a person should look at before it is paid, and whom to ask how it was, by what the database knows of such claims. */
export async function selectionOf(tx: Transaction, options: ClaimsOptions, claim: Claim): Promise<Selection> {
  return (await selectingTogether(tx, options, [claim])).of(claim);
}

export interface SelectingTogether {
  readonly of: (claim: Claim) => Selection;
  /** A claim was judged: those after it are selected as if it stood in the database. */
  readonly judged: (claim: Claim, status: ClaimStatus, claimedMinor: bigint) => void;
}

/** What selection needs of many claims, read at once; each is then selected as if it had been asked for alone. */
export async function selectingTogether(
  tx: Transaction,
  options: ClaimsOptions,
  claims: readonly Claim[],
): Promise<SelectingTogether> {
  const db = coverOf(tx);
  const others = Map.groupBy(await claimsAround(db, claims), (other) => other.memberId);
  const averages = await openAverages(db, options, claims);
  const rejected = new Set<string>();
  const factsOf = await reviewFacts(db, options.schemes, claims);
  return {
    of(claim) {
      const near = around(claim, others.get(claim.memberId) ?? [], rejected);
      const average = averages.of(claim);
      return (input, adjudication) => {
        const since = coveredSince(input, adjudication);
        const scheme = schemeAt(options.schemes, claim.schemeId, claim.from);
        const given = {
          claim,
          adjudication,
          ...factsOf(claim),
          ...(since !== undefined && { coveredSince: since }),
          suspicions: suspicionsOf(options, claim, input.member, near),
          ...(average !== undefined && { averageMinor: inSame(average, claim, adjudication) }),
        };
        const valueFromMinor = fourEyesFrom(options.schemes, claim.schemeId, adjudication.currency).minor;
        return {
          review: selectForReview(given, {
            ...defaultReview,
            variancePercent,
            valueFromMinor,
            rules: scheme ? rulesOf(scheme) : [],
          }),
          feedback: selectForFeedback(given).length > 0,
        };
      };
    },
    judged(claim, status, claimedMinor) {
      if (status === 'rejected') {
        rejected.add(claim.claimId);
      } else {
        averages.add(claim, claimedMinor);
      }
    },
  };
}

/** What is suspected of a claim; nothing where no rules hold for its day. */
export function suspicionsOf(
  options: Pick<ClaimsOptions, 'schemes'>,
  claim: Claim,
  member: Member | undefined,
  others: readonly Claim[],
): Suspicion[] {
  const scheme = schemeAt(options.schemes, claim.schemeId, claim.from);
  return scheme ? suspicions({ claim, scheme, member, others }) : [];
}

interface OtherRow {
  readonly claim_id: string;
  readonly claim_number: string;
  readonly scheme_id: string;
  readonly provider: string;
  readonly provider_level: string;
  readonly member_id: string;
  readonly visit: Claim['visit'];
  readonly care: CareSetting;
  readonly care_from: string;
  readonly care_to: string;
  readonly claimed_on: string;
  readonly diagnoses: string[];
  readonly currency: string;
  readonly lines: { line: number; kind: ClaimLine['kind']; code: string; quantity: string; price: string }[];
}

/** The member's other claims of about that time, at whichever facility, that were not taken back. */
export async function otherClaims(db: CoverDatabase, claim: Claim): Promise<Claim[]> {
  return around(claim, await claimsAround(db, [claim]), new Set());
}

const othersMost = 200;

function around(claim: Claim, of: readonly Claim[], without: ReadonlySet<string>): Claim[] {
  const { from, to } = suspicionWindow(claim);
  return of
    .filter(
      (other) =>
        other.claimId !== claim.claimId && from <= other.from && other.from <= to && !without.has(other.claimId),
    )
    .slice(0, othersMost);
}

/** Everything these claims' members claimed about the time of any of them, by id; not what was rejected or taken back. */
async function claimsAround(db: CoverDatabase, claims: readonly Claim[]): Promise<Claim[]> {
  const windows = claims.map(suspicionWindow);
  const from = windows.map((each) => each.from).reduce((a, b) => (a < b ? a : b));
  const to = windows.map((each) => each.to).reduce((a, b) => (a > b ? a : b));
  const members = [...new Set(claims.map((claim) => claim.memberId))];
  const { rows } = await sql<OtherRow>`
    select c.claim_id, c.claim_number, c.scheme_id, c.provider, c.provider_level, c.member_id, c.visit, c.care,
      c.care_from, c.care_to, c.claimed_on, c.diagnoses, c.currency,
      (select json_agg(json_build_object('line', l.line, 'kind', l.kind, 'code', l.code, 'quantity', l.quantity::text,
        'price', l.unit_price_minor::text) order by l.line) from cover_claim_line l where l.claim_id = c.claim_id) as lines
    from cover_claim c
    where c.member_id = any(${members}::text[]) and c.status not in ('reversed', 'rejected')
      and c.care_from between ${from}::date and ${to}::date
    order by c.claim_id`.execute(db);
  return rows.map((row) => ({
    claimId: row.claim_id,
    claimNumber: row.claim_number,
    schemeId: row.scheme_id,
    provider: row.provider,
    providerLevel: row.provider_level,
    memberId: row.member_id,
    visit: row.visit,
    care: row.care,
    from: row.care_from,
    to: row.care_to,
    claimedOn: row.claimed_on,
    diagnoses: row.diagnoses,
    currency: row.currency,
    lines: (row.lines ?? []).map((line) => ({
      line: line.line,
      kind: line.kind,
      code: line.code,
      quantity: plainDecimal(line.quantity),
      unitPrice: money(BigInt(line.price), row.currency),
    })),
  }));
}

/** An average of what is claimed in the claim's currency, in the adjudication's. */
function inSame(averageMinor: bigint, claim: Claim, { currency, claimedMinor }: Adjudication): bigint {
  const own = claimClaimed(claim).minor;
  return currency === claim.currency || own === 0n ? averageMinor : divideRounded(averageMinor * claimedMinor, own);
}

interface Average {
  readonly day: string;
  readonly minor: bigint | undefined;
}

/** Averages of the day, for each database: claims of one day are compared with the same average. */
const averages = new WeakMap<object, Map<string, Average>>();

/**
 * Mean of what is claimed at such facilities for such care; undefined below thirty claims: too few to compare with. Once
 * there are enough, the mean of that moment holds for the day.
 */
async function openAverages(db: CoverDatabase, options: ClaimsOptions, claims: readonly Claim[]) {
  const day = localDay(options);
  const known = averages.get(options.schemes) ?? new Map<string, Average>();
  averages.set(options.schemes, known);
  const isKnown = (key: string) => known.get(key)?.day === day;
  const unknown = claims.filter((claim) => !isKnown(comparable(claim)));
  const sums = await sumsOf(db, [...new Set(unknown.map((claim) => claim.schemeId))]);
  return {
    of(claim: Claim): bigint | undefined {
      const key = comparable(claim);
      const sum = sums.get(key);
      if (!isKnown(key) && sum && sum.count >= 30n) {
        known.set(key, { day, minor: divideRounded(sum.minor, sum.count, 'half-up') });
      }
      return isKnown(key) ? known.get(key)!.minor : undefined;
    },
    add(claim: Claim, minor: bigint): void {
      const sum = sums.get(comparable(claim)) ?? { count: 0n, minor: 0n };
      sums.set(comparable(claim), { count: sum.count + 1n, minor: sum.minor + minor });
    },
  };
}

function comparable(claim: Claim): string {
  return [claim.schemeId, claim.providerLevel, claim.care, claim.currency].join('|');
}

async function sumsOf(db: CoverDatabase, schemeIds: readonly string[]) {
  if (schemeIds.length === 0) {
    return new Map<string, { readonly count: bigint; readonly minor: bigint }>();
  }
  const rows = await db
    .selectFrom('cover_claim')
    .select(['scheme_id', 'provider_level', 'care', 'currency'])
    .select([sql<string>`count(*)`.as('count'), sql<string>`sum(claimed_minor)::text`.as('minor')])
    .where('scheme_id', 'in', [...schemeIds])
    .where('status', 'not in', ['entered', 'rejected', 'reversed'])
    .groupBy(['scheme_id', 'provider_level', 'care', 'currency'])
    .execute();
  return new Map(
    rows.map((row) => [
      [row.scheme_id, row.provider_level, row.care, row.currency].join('|'),
      { count: BigInt(row.count), minor: BigInt(row.minor) },
    ]),
  );
}
