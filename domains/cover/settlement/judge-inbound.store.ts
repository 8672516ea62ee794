import { parseRatio, type Ratio } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { AdjudicatedLine, Adjudication, AdjudicationInput } from '../claims/adjudication.ts';
import { passedLines } from '../claims/claims.store.ts';
import { withPeriodsAbroad } from '../claims/insured-abroad.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { readMember, readPolicies } from '../enrolment/members.store.ts';
import { schemeAt } from '../schemes/scheme.ts';
import type { Settling } from './agreed.ts';
import { type JudgedClaim, judgeAtHome, toldAbroad } from './at-home.ts';
import { certifiedPeriods } from './certificate.store.ts';
import { type HomeFacts, type Proposal, proposeAtHome } from './claim-abroad.ts';
import { entitlementOf, usedInYear } from './entitled.store.ts';
import { type CareAbroad, isMonths, type PricedLine, scheduleFor } from './pricing.ts';
import { type ClaimRow, type LineRow, readClaimRow } from './rows.store.ts';
import { addUsage } from './usage.store.ts';

/**
 * A claim from abroad as this fund judges it: by the agreement, and of what the agreement allows by the member's own scheme.
 * What it makes of each line is proposed to a claims officer, and counts towards the ceilings at home.
 */

type Authorisation = {
  readonly member_id: string;
  readonly scheme_id: string;
  readonly benefits: string[];
};

/**
 * Judges a stored claim, under lock of the member's policies: two claims against one ceiling take turns, wherever the care
 * was given. May be called again while nothing of the claim has been answered.
 *
 * @returns false where it cannot be judged yet, for want of an exchange rate: its lines then have no proposal.
 */
export async function judgeInbound(
  options: OwnCoverOptions,
  tx: Transaction,
  agreement: Settling,
  claimId: string,
): Promise<boolean> {
  const db = coverOf(tx);
  const claim = await readClaimRow(db, claimId);
  const rows = await db
    .selectFrom('settlement_line')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('line')
    .execute();
  const authorised = await authorisationOf(db, claim);
  const home = authorised && (await schemeAtHome(options, tx, claim, authorised));
  if (home?.rate === 'unknown') {
    return false;
  }
  let adjudication: Adjudication | undefined;
  const judge: HomeFacts['judge'] = (priced) => {
    adjudication = home && judgedBy(agreement, claim, rows, priced, home);
    return new Map(adjudication?.lines.map((line): [number, AdjudicatedLine] => [line.line, line]) ?? []);
  };
  const proposals = proposeAtHome(agreement, {
    ...(await homeFacts(options, db, agreement, { claim, rows, authorised })),
    judge,
  });
  await writeProposals(db, claim, proposals, home?.schemeId, adjudication);
  return true;
}

async function authorisationOf(db: CoverDatabase, claim: ClaimRow): Promise<Authorisation | undefined> {
  if (claim.authorisation === null) {
    return undefined;
  }
  const row = await db
    .selectFrom('settlement_authorisation')
    .select(['member_id', 'scheme_id', 'benefits', 'facility', 'valid_from', 'valid_until'])
    .where('reference', '=', claim.authorisation)
    .where('partner', '=', claim.partner)
    .executeTakeFirst();
  const fits =
    row && row.facility === claim.provider && row.valid_from <= claim.care_from && claim.care_from <= row.valid_until;
  return fits ? row : undefined;
}

/** Whose authorisation a claim rests on, if it is of its facility and days. */
export async function memberOfAuthorisation(
  db: CoverDatabase,
  claim: Pick<ClaimRow, 'authorisation' | 'partner' | 'provider' | 'care_from'>,
): Promise<string | undefined> {
  return (await authorisationOf(db, claim as ClaimRow))?.member_id;
}

interface AtHome {
  readonly schemeId: string;
  readonly schemes: OwnCoverOptions['schemes'];
  readonly member: Awaited<ReturnType<typeof readMember>>;
  readonly policies: AdjudicationInput['policies'];
  readonly history: Awaited<ReturnType<typeof passedLines>>;
  readonly rate: Rate | undefined | 'unknown';
}

async function schemeAtHome(
  options: OwnCoverOptions,
  tx: Transaction,
  claim: ClaimRow,
  { member_id: memberId, scheme_id: schemeId }: Authorisation,
): Promise<AtHome> {
  const db = coverOf(tx);
  await db
    .selectFrom('cover_policy')
    .select('policy_id')
    .where('scheme_id', '=', schemeId)
    .where('policy_id', 'in', (of) =>
      of.selectFrom('cover_policy_member').select('policy_id').where('member_id', '=', memberId),
    )
    .orderBy('policy_id')
    .forUpdate()
    .execute();
  const policies = await readPolicies(db, [memberId], schemeId);
  const policyIds = policies.map((policy) => policy.policyId);
  const schemes = options.schemes.filter((scheme) => scheme.id === schemeId);
  const currency = schemeAt(schemes, schemeId, claim.care_from)?.currency;
  const abroad = (await certifiedPeriods(db, options.agreements, [memberId])).get(memberId) ?? [];
  return {
    schemeId,
    schemes,
    member: await readMember(db, memberId),
    policies: withPeriodsAbroad(schemes, policies, abroad, { memberId, day: claim.care_from }),
    history: await passedLines(db, { schemeId, policyIds, claimId: claim.claim_id }),
    rate:
      currency === undefined || currency === claim.currency
        ? undefined
        : ((await rateAt(db, currency, claim.currency, claim.care_from)) ?? 'unknown'),
  };
}

/**
 * Units of one currency for one of another, for a day: as the fund's books have it, else through the currency statements are
 * settled in. @returns a rate of twelve places with what it comes from, or undefined where neither is known.
 */
export async function rateAt(db: CoverDatabase, from: string, to: string, day: string): Promise<Rate | undefined> {
  const known = await ratesBetween(db as never, from, to, new Date(`${day}T23:59:59.999Z`));
  const booked = rateOnDay(known, from, to, day);
  if (booked) {
    return { from, to, value: decimalOf(booked.ratio), source: booked.rate.source, at: booked.rate.at };
  }
  const rows = await db
    .selectFrom('settlement_rate')
    .select(['from_currency', 'to_currency', 'day', 'value', 'source'])
    .where('from_currency', 'in', [from, to])
    .orderBy('day', 'desc')
    .execute();
  // Of the day or the last before it; where there is none yet, the first after.
  const worthOf = (currency: string, into: string) => {
    if (currency === into) {
      return { ratio: { numerator: 1n, denominator: 1n }, source: undefined, day };
    }
    const of = rows.filter((row) => row.from_currency === currency && row.to_currency === into);
    const row = of.find((each) => each.day <= day) ?? of.at(-1);
    const ratio = parseRatio(row?.value ?? '');
    return row && ratio && { ratio, source: row.source, day: row.day };
  };
  for (const through of new Set([to, ...rows.map((row) => row.to_currency)])) {
    const [one, other] = [worthOf(from, through), worthOf(to, through)];
    if (one && other && other.ratio.numerator > 0n) {
      const value = decimalOf({
        numerator: one.ratio.numerator * other.ratio.denominator,
        denominator: one.ratio.denominator * other.ratio.numerator,
      });
      const source = one.source ?? other.source ?? '';
      return { from, to, value, source, at: `${one.day < other.day ? one.day : other.day}T00:00:00Z` };
    }
  }
  return undefined;
}

const places = 12;

function decimalOf({ numerator, denominator }: Ratio): string {
  const scaled = ((numerator * 10n ** BigInt(places)) / denominator).toString().padStart(places + 1, '0');
  return `${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
}

/** Only lines that are worth something by the agreement, and not sums for months, are care the scheme judges. */
function judgedBy(
  agreement: Settling,
  claim: ClaimRow,
  rows: readonly LineRow[],
  priced: readonly PricedLine[],
  home: AtHome,
): Adjudication | undefined {
  const worth = new Map(priced.map((line) => [line.line, line.worth.minor]));
  const names = namesAtHome(agreement, claim);
  const lines = rows
    .filter((row) => (worth.get(row.line) ?? 0n) > 0n && !isMonths(row.code))
    .map((row) => ({
      line: row.line,
      code: names.get(row.code) ?? row.code,
      quantity: row.quantity,
      worthMinor: worth.get(row.line)!,
    }));
  if (lines.length === 0) {
    return undefined;
  }
  return judgeAtHome({
    claim: {
      claimId: claim.claim_id,
      claimNumber: claim.claim_number,
      schemeId: home.schemeId,
      provider: claim.provider,
      memberId: claim.member_id!,
      visit: claim.visit as CareAbroad['visit'],
      care: claim.care as CareAbroad['care'],
      from: claim.care_from,
      to: claim.care_to,
      diagnoses: claim.diagnoses,
      sentOn: claim.sent_on!,
      currency: claim.currency,
      level: claim.provider_level ?? undefined,
    },
    authorisation: claim.authorisation ?? undefined,
    lines,
    schemes: home.schemes,
    member: home.member,
    policies: home.policies,
    history: home.history,
    rate: home.rate === 'unknown' ? undefined : home.rate,
  });
}

function namesAtHome(agreement: Settling, claim: ClaimRow): ReadonlyMap<string, string> {
  const ids = new Set((agreement.schedules ?? []).map((schedule) => schedule.id));
  return new Map(
    [...ids]
      .flatMap((id) => scheduleFor(agreement, id, claim.partner, claim.care_from)?.services ?? [])
      .flatMap((service) => (service.as === undefined ? [] : [[service.code, service.as] as const])),
  );
}

async function homeFacts(
  options: OwnCoverOptions,
  db: CoverDatabase,
  agreement: Settling,
  {
    claim,
    rows,
    authorised,
  }: { readonly claim: ClaimRow; readonly rows: readonly LineRow[]; readonly authorised: Authorisation | undefined },
): Promise<Omit<HomeFacts, 'judge'>> {
  const memberId = authorised?.member_id;
  const visit = claim.visit as CareAbroad['visit'];
  const { partner } = claim;
  const entitlement =
    memberId && (await entitlementOf(db, options, agreement, { memberId, on: claim.care_from, visit }));
  const of = { agreement: agreement.id, partner, year: claim.care_from.slice(0, 4) };
  return {
    care: {
      country: partner,
      facility: claim.provider,
      visit,
      care: claim.care as CareAbroad['care'],
      from: claim.care_from,
      to: claim.care_to,
      diagnoses: claim.diagnoses,
      authorised: authorised?.benefits,
      lines: rows.map((row) => ({
        line: row.line,
        code: row.code,
        quantity: row.quantity,
        unitPrice: { minor: BigInt(row.unit_price_minor), currency: claim.currency },
      })),
    },
    sentOn: claim.sent_on!,
    lines: rows.map((row) => ({ line: row.line, claimedMinor: BigInt(row.claimed_minor) })),
    authorised,
    insured: entitlement ? entitlement.covered : false,
    uninsured: claim.uninsured,
    usedThisYear: memberId ? await usedInYear(db, { memberId, ...of }, claim.claim_id) : {},
    duplicates: memberId ? await duplicatesOf(db, memberId, claim, rows) : new Set(),
    reversal: claim.reverses !== null,
  };
}

/** The same care of the same person on the same days, claimed in another claim that was not refused. */
async function duplicatesOf(
  db: CoverDatabase,
  memberId: string,
  claim: ClaimRow,
  lines: readonly LineRow[],
): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('settlement_line')
    .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
    .select('settlement_line.code')
    .where('settlement_claim.member_id', '=', memberId)
    .where('settlement_claim.side', '=', 'debtor')
    .where('settlement_claim.provider', '=', claim.provider)
    .where('settlement_claim.care_from', '=', claim.care_from)
    .where('settlement_claim.care_to', '=', claim.care_to)
    .where('settlement_claim.claim_id', '<>', claim.claim_id)
    .where('settlement_claim.reverses', 'is', null)
    .where('settlement_line.state', 'not in', ['withdrawn', 'disputed'])
    .execute();
  const codes = new Set(rows.map((row) => row.code));
  return new Set(lines.filter((line) => codes.has(line.code)).map((line) => line.line));
}

async function writeProposals(
  db: CoverDatabase,
  claim: ClaimRow,
  proposals: readonly Proposal[],
  schemeId: string | undefined,
  adjudication: Adjudication | undefined,
): Promise<void> {
  for (const { line, state, amountMinor, reason, benefit, judged } of proposals) {
    await db
      .updateTable('settlement_line')
      .set({
        benefit: benefit ?? null,
        priced_because: reason,
        proposed_state: state,
        proposed_minor: amountMinor,
        proposed_reason: reason,
        judged: judged ? JSON.stringify(judged) : null,
      })
      .where('claim_id', '=', claim.claim_id)
      .where('line', '=', line)
      .execute();
  }
  if (!adjudication || schemeId === undefined) {
    return;
  }
  const { reason, rule } = toldAbroad(adjudication);
  const judged: JudgedClaim = {
    schemeId,
    reason,
    ...(adjudication.schemeVersion !== undefined && { schemeVersion: adjudication.schemeVersion }),
    ...(rule !== undefined && { rule }),
  };
  await db
    .updateTable('settlement_claim')
    .set({ judged: JSON.stringify(judged) })
    .where('claim_id', '=', claim.claim_id)
    .execute();
  await addUsage(db, claim, schemeId, adjudication, proposals);
}
