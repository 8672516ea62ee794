import { convertMoney, money, parseRatio, type Ratio } from '@serai/kernel/base/money.ts';
import type { Selectable } from 'kysely';
import type { Adjudication } from '../claims/adjudication.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Proposal } from './claim-abroad.ts';
import { isAgreed } from './lines.ts';
import type { ClaimRow, StoredLine } from './rows.store.ts';
import type { SettlementTables } from './settlement.tables.ts';

/**
 * What care abroad used of a policy at home. Rows are added as a line is proposed, answered or taken back; the last of a line
 * counts, so that what was known at any adjudication can be told again.
 */

type UsageRow = Selectable<SettlementTables['settlement_usage']>;

/** What a claim uses as far as the scheme pays for it; a line with less proposed than the scheme would pay uses less. */
export async function addUsage(
  db: CoverDatabase,
  claim: ClaimRow,
  schemeId: string,
  { policyId, category, lines }: Adjudication,
  proposals: readonly Proposal[],
): Promise<void> {
  if (policyId === undefined || lines.length === 0) {
    return;
  }
  const proposed = new Map(proposals.map((each) => [each.line, each]));
  await db
    .insertInto('settlement_usage')
    .values(
      lines.map((line) => ({
        claim_id: claim.claim_id,
        line: line.line,
        scheme_id: schemeId,
        policy_id: policyId,
        member_id: claim.member_id!,
        kind: 'service',
        code: line.code,
        category: category ?? null,
        care: claim.care,
        care_from: claim.care_from,
        care_to: claim.care_to,
        quantity: line.quantity,
        counts: line.reason === 0 && proposed.get(line.line)?.state !== 'disputed',
        deducted_minor: line.deductedMinor,
        paid_minor: paidOf(line.paidMinor, line.adjustedMinor, proposed.get(line.line)),
      })),
    )
    .execute();
}

/** Of what the scheme would pay, only what is owed by the agreement: `owed ÷ worth` of what it judged. */
function paidOf(paidMinor: bigint, adjustedMinor: bigint, proposal: Proposal | undefined): bigint {
  const [worth, owed] = [proposal?.judged?.allowed, proposal?.judged?.paid].map((text) => parseRatio(text ?? ''));
  if (!worth || !owed || worth.numerator === 0n) {
    return paidMinor;
  }
  const part = (adjustedMinor * owed.numerator * worth.denominator) / (owed.denominator * worth.numerator);
  return part < paidMinor ? part : paidMinor;
}

/**
 * A line was answered: what it uses follows. An amount that is not the proposed one is brought home at `rate`.
 * @param rate units of the claim's currency for one of the scheme's, or undefined where it is the same currency.
 */
export async function usageMoved(
  db: CoverDatabase,
  line: StoredLine,
  home: (schemeId: string) => Promise<{ readonly currency: string; readonly rate: string | undefined } | undefined>,
): Promise<void> {
  if (line.side !== 'debtor') {
    return;
  }
  const { reverses } = await db
    .selectFrom('settlement_claim')
    .select('reverses')
    .where('claim_id', '=', line.claimId)
    .executeTakeFirstOrThrow();
  const last = await lastUsage(db, reverses ?? line.claimId, line.line);
  const given = last && (isAgreed(line) || line.state === 'disputed' || line.state === 'withdrawn');
  if (!given || (reverses !== null && !isAgreed(line))) {
    return;
  }
  const paid = await paidAfter(last, line, reverses !== null, home);
  const counts = paid > 0n;
  if (counts !== last.counts || paid !== BigInt(last.paid_minor)) {
    const { turn, ...of } = last;
    await db
      .insertInto('settlement_usage')
      .values({ ...of, counts, paid_minor: paid })
      .execute();
  }
}

async function lastUsage(db: CoverDatabase, claimId: string, line: number): Promise<UsageRow | undefined> {
  return db
    .selectFrom('settlement_usage')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('line', '=', line)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function paidAfter(
  last: UsageRow,
  line: StoredLine,
  reversal: boolean,
  home: Parameters<typeof usageMoved>[2],
): Promise<bigint> {
  if (!isAgreed(line)) {
    return 0n;
  }
  const before = BigInt(last.paid_minor);
  if (!reversal && last.counts && line.amountMinor === BigInt(line.row.proposed_minor ?? -1)) {
    return before;
  }
  const scheme = await home(last.scheme_id);
  const amount = scheme ? atHome(line, scheme) : before;
  // What is taken back is below zero.
  return reversal ? before + amount : amount;
}

function atHome(
  line: StoredLine,
  { currency, rate }: { readonly currency: string; readonly rate: string | undefined },
): bigint {
  const ratio: Ratio | undefined = rate === undefined ? undefined : parseRatio(rate);
  return ratio
    ? convertMoney(
        money(line.amountMinor, line.currency),
        { numerator: ratio.denominator, denominator: ratio.numerator },
        currency,
      ).minor
    : line.amountMinor;
}
