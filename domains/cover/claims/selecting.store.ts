import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CareSetting, Claim, ClaimLine, Member } from '../cover.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { plainDecimal } from './claims.store.ts';
import { fourEyesFrom } from './four-eyes.ts';
import { defaultReview, selectForFeedback, selectForReview } from './selection.ts';
import type { ClaimsOptions, Selection } from './submit.store.ts';
import { type Suspicion, suspicions, suspicionWindow } from './suspicion.ts';

/** Ten times what such a claim usually comes to. */
const variancePercent = 900;

/** What a person should look at before it is paid, and whom to ask how it was, by what the database knows of such claims. */
export async function selectionOf(tx: Transaction, options: ClaimsOptions, claim: Claim): Promise<Selection> {
  const db = coverOf(tx);
  const others = await otherClaims(db, claim);
  const average = await averageClaimed(db, options, claim);
  return (input, adjudication) => {
    const given = {
      claim,
      adjudication,
      suspicions: suspicionsOf(options, claim, input.member, others),
      ...(average !== undefined && { averageMinor: average }),
    };
    const valueFromMinor = fourEyesFrom(options.schemes, claim.schemeId, adjudication.currency).minor;
    return {
      review: selectForReview(given, { ...defaultReview, variancePercent, valueFromMinor }),
      feedback: selectForFeedback(given).length > 0,
    };
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
  const window = suspicionWindow(claim);
  const { rows } = await sql<OtherRow>`
    select c.claim_id, c.claim_number, c.scheme_id, c.provider, c.provider_level, c.member_id, c.visit, c.care,
      c.care_from, c.care_to, c.claimed_on, c.diagnoses, c.currency,
      (select json_agg(json_build_object('line', l.line, 'kind', l.kind, 'code', l.code, 'quantity', l.quantity::text,
        'price', l.unit_price_minor::text) order by l.line) from cover_claim_line l where l.claim_id = c.claim_id) as lines
    from cover_claim c
    where c.member_id = ${claim.memberId} and c.claim_id <> ${claim.claimId} and c.status not in ('reversed', 'rejected')
      and c.care_from between ${window.from}::date and ${window.to}::date
    order by c.claim_id limit 200`.execute(db);
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

interface Average {
  readonly day: string;
  readonly minor: bigint | undefined;
}

/** Averages of the day, for each database: claims of one day are compared with the same average. */
const averages = new WeakMap<object, Map<string, Average>>();

/** Mean of what is claimed at such facilities for such care; undefined below thirty claims: too few to compare with. */
async function averageClaimed(db: CoverDatabase, options: ClaimsOptions, claim: Claim): Promise<bigint | undefined> {
  const day = dayOfInstant(options.clock());
  const known = averages.get(options.schemes) ?? new Map<string, Average>();
  averages.set(options.schemes, known);
  const key = [claim.schemeId, claim.providerLevel, claim.care, claim.currency].join('|');
  const before = known.get(key);
  if (before?.day === day) {
    return before.minor;
  }
  const row = await db
    .selectFrom('cover_claim')
    .select([sql<string>`count(*)`.as('count'), sql<string | null>`round(avg(claimed_minor))::text`.as('mean')])
    .where('scheme_id', '=', claim.schemeId)
    .where('provider_level', '=', claim.providerLevel)
    .where('care', '=', claim.care)
    .where('currency', '=', claim.currency)
    .where('status', 'not in', ['entered', 'rejected', 'reversed'])
    .executeTakeFirstOrThrow();
  const minor = Number(row.count) >= 30 && row.mean !== null ? BigInt(row.mean) : undefined;
  if (minor !== undefined) {
    known.set(key, { day, minor });
  }
  return minor;
}
