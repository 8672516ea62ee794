import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { CareSetting, Claim, ClaimLine, Member } from '../cover.ts';
import { readPolicies } from '../enrolment/members.store.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { SubmittedClaim } from './api.ts';
import { authorisationFor, spendAuthorisation } from './authorisations.store.ts';
import { keepRecord } from './record.store.ts';
import { claimClaimed, splitProvider } from './submission.ts';
import {
  adjudicateStored,
  type ClaimsOptions,
  type Judged,
  type Selecting,
  type SubmittedBy,
  submitClaim,
} from './submit.store.ts';

/** A claim as it was stated, by whichever way it came, before it is known what it means here. */
export interface StatedClaim {
  readonly claimNumber: string;
  /** `TH:mae-sot-clinic`. */
  readonly provider: string;
  readonly schemeId: string;
  readonly visit: Claim['visit'];
  readonly care: CareSetting;
  readonly from: string;
  readonly to: string;
  readonly claimedOn: string;
  readonly diagnoses: readonly string[];
  readonly currency: string;
  readonly lines: readonly ClaimLine[];
  readonly referralFrom?: string | undefined;
  readonly preauthorisation?: string | undefined;
  readonly explanation?: string | undefined;
}

/** The claim of a member, with an id of its own and the level its facility is known by. */
export function claimOf(options: ClaimsOptions, member: Member, stated: StatedClaim): Claim {
  const [country, id] = splitProvider(stated.provider);
  const facility = country === options.country ? options.facilities.find((each) => each.id === id) : undefined;
  const { explanation: _, referralFrom, preauthorisation, ...rest } = stated;
  return {
    ...rest,
    claimId: options.newId(),
    providerLevel: facility?.level ?? 'general',
    memberId: member.memberId,
    ...(referralFrom && { referralFrom }),
    ...(preauthorisation && { preauthorisation }),
  };
}

/**
 * Takes a claim and, unless it is to wait for a batch, judges it at once: claim, lines, ledger, record in this transaction.
 * Refused, nothing was written.
 */
export async function takeClaim(
  tx: Transaction,
  options: ClaimsOptions,
  claim: Claim,
  by: SubmittedBy,
  how: { readonly judge: boolean; readonly select?: Selecting },
): Promise<Result<SubmittedClaim>> {
  const held = await authorisationFor(coverOf(tx), claim, options.clock());
  if (held === 'none') {
    return refuse('claims.preauthorisation', undefined, 'insurance[0].preAuthRef');
  }
  const submitted = await submitClaim(tx, options, claim, by);
  if (!submitted.ok) {
    return submitted;
  }
  if (held) {
    await spendAuthorisation(tx, options, held, claim.claimId);
  }
  const judged = how.judge
    ? await adjudicateStored(tx, options, claim.claimId, options.clock(), {
        actor: by.actor,
        ...(how.select && { select: how.select }),
      })
    : undefined;
  await keepRecord(tx, options, claim.claimId);
  return ok(submittedView(claim, moneyText(submitted.value.claimed), judged));
}

export function submittedView(claim: Claim, claimed: MoneyText, judged: Judged | undefined): SubmittedClaim {
  const text = (minor: bigint) => moneyText(money(minor, judged!.adjudication.currency));
  return {
    claimId: claim.claimId,
    claimNumber: claim.claimNumber,
    status: judged?.status ?? 'entered',
    claimed,
    paid: judged ? text(judged.adjudication.paidMinor) : { ...claimed, amount: '0' },
    lines: judged
      ? judged.adjudication.lines.map((line) => ({
          line: line.line,
          paid: text(line.paidMinor),
          reason: line.reason,
          ...(line.rule !== undefined && { rule: line.rule }),
        }))
      : [],
  };
}

/**
 * The scheme a claim is for, where it does not say: the one scheme the member was covered by on the day of care, or whose
 * policy is named. Two schemes are not chosen between.
 */
export async function schemeOf(
  db: CoverDatabase,
  schemes: readonly Scheme[],
  member: Member,
  of: { readonly from: string; readonly policyNumber?: string | undefined; readonly schemeId?: string | undefined },
): Promise<Scheme | Refusal> {
  const unknown = refuse('claims.unknown-scheme', undefined, 'insurance[0].coverage');
  if (of.schemeId !== undefined) {
    return schemeAt(schemes, of.schemeId, of.from) ?? unknown;
  }
  const policies = await readPolicies(db, [member.memberId]);
  const named = policies.filter(
    (policy) => policy.policyNumber === of.policyNumber || policy.policyId === of.policyNumber,
  );
  const covering = policies.filter((policy) =>
    policy.members.some((each) => each.memberId === member.memberId && each.from <= of.from && of.from <= each.to),
  );
  const ids = new Set(
    (named.length > 0 ? named : covering.length > 0 ? covering : policies).map((each) => each.schemeId),
  );
  const [only] = ids;
  return (ids.size === 1 && schemeAt(schemes, only!, of.from)) || unknown;
}

export function todayOf(options: Pick<ClaimsOptions, 'clock' | 'country'>): string {
  return localDay(options);
}

/**
 * The same claim sent again (a line that broke, a system that retries) is answered as the first time; another claim under
 * the same number is refused where it is written.
 */
export async function sameClaim(db: CoverDatabase, claim: Claim): Promise<string | undefined> {
  const before = await db
    .selectFrom('cover_claim')
    .select(['claim_id', 'member_id', 'scheme_id', 'care_from', 'care_to', 'claimed_minor', 'currency'])
    .where('provider', '=', claim.provider)
    .where('claim_number', '=', claim.claimNumber)
    .executeTakeFirst();
  if (
    !before ||
    before.member_id !== claim.memberId ||
    before.scheme_id !== claim.schemeId ||
    before.care_from !== claim.from ||
    before.care_to !== claim.to ||
    before.currency !== claim.currency ||
    BigInt(before.claimed_minor) !== claimClaimed(claim).minor
  ) {
    return undefined;
  }
  const lines = await db
    .selectFrom('cover_claim_line')
    .select(['line', 'code', 'unit_price_minor'])
    .where('claim_id', '=', before.claim_id)
    .execute();
  const same = claim.lines.every((line) =>
    lines.some(
      (each) =>
        each.line === line.line && each.code === line.code && BigInt(each.unit_price_minor) === line.unitPrice.minor,
    ),
  );
  return same && lines.length === claim.lines.length ? before.claim_id : undefined;
}
