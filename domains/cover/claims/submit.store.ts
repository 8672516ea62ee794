import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { absent } from '@serai/store/faults.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { Claim, ClaimStatus } from '../cover.ts';
import { readMember, readPolicies } from '../enrolment/members.store.ts';
import { type FundEvent, postEvents } from '../fund/postings.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { certifiedPeriods } from '../settlement/certificate.store.ts';
import { adjudicate } from './adjudicate.ts';
import type { Adjudication, AdjudicationInput } from './adjudication.ts';
import { type ClaimPosition, postingsBetween, targetPosition } from './claim-money.ts';
import { addClaimEvent, type ClaimRow, lineDecisions, passedLines, readClaim } from './claims.store.ts';
import { canonicalText, digestOfInput } from './digest.store.ts';
import { withPeriodsAbroad } from './insured-abroad.ts';
import { ratesOfClaims } from './rates.store.ts';
import {
  type ClaimSource,
  careOfLevel,
  checkSubmission,
  claimClaimed,
  lineClaimed,
  splitProvider,
} from './submission.ts';

export type ClaimsOptions = Pick<CoverOptions, 'country' | 'schemes' | 'agreements' | 'facilities' | 'clock' | 'newId'>;

/** Whose hand a claim is entered by. */
export interface SubmittedBy {
  /** `Practitioner/…`, `Client/…`; `node` for imports and generated claims. */
  readonly actor: string;
  readonly source: ClaimSource;
  /** The provider whose claims alone the actor may make; absent: the fund's own hands. */
  readonly ownProvider?: string;
  readonly explanation?: string;
}

/**
 * Takes a claim: checked as a whole, written with its lines, not yet judged. Nothing is posted before it is.
 * Access is decided before.
 *
 * @returns the refusal of `claims.refusals.ts` that applies first; then nothing was written.
 */
export async function submitClaim(
  tx: Transaction,
  options: ClaimsOptions,
  claim: Claim,
  by: SubmittedBy,
): Promise<Result<{ claimId: string; claimNumber: string; claimed: Money }>> {
  const db = coverOf(tx);
  const at = options.clock();
  const refused = checkSubmission(claim, {
    schemes: options.schemes,
    facilities: options.facilities,
    country: options.country,
    today: localDay(options),
    ownProvider: by.ownProvider,
  });
  if (refused) {
    return refused;
  }
  if (!(await readMember(db, claim.memberId))) {
    return refuse('claims.unknown-member', undefined, 'patient');
  }
  const claimed = claimClaimed(claim);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cover_claim')
    .values({
      ...claimRowOf(claim, by, at),
      claimed_minor: claimed.minor,
      pays_currency: schemeAt(options.schemes, claim.schemeId, claim.from)!.currency,
    })
    .onConflict((on) => on.columns(['provider', 'claim_number']).doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) {
    return refuse('claims.duplicate-number', undefined, 'identifier');
  }
  await db
    .insertInto('cover_claim_line')
    .values(
      claim.lines.map((line) => ({
        claim_id: claim.claimId,
        line: line.line,
        kind: line.kind,
        code: line.code,
        quantity: line.quantity,
        unit_price_minor: line.unitPrice.minor,
        claimed_minor: lineClaimed(line).minor,
        rule: null,
      })),
    )
    .execute();
  await addClaimEvent(db, { claimId: claim.claimId, at, actor: by.actor, event: 'entered' });
  return ok({ claimId: claim.claimId, claimNumber: claim.claimNumber, claimed });
}

function claimRowOf(claim: Claim, by: SubmittedBy, at: Date) {
  return {
    claim_id: claim.claimId,
    claim_number: claim.claimNumber,
    scheme_id: claim.schemeId,
    provider: claim.provider,
    provider_level: claim.providerLevel,
    member_id: claim.memberId,
    policy_id: null,
    visit: claim.visit,
    care: claim.care,
    care_from: claim.from,
    care_to: claim.to,
    claimed_on: claim.claimedOn,
    diagnoses: [...claim.diagnoses],
    category: null,
    referral_from: claim.referralFrom ?? null,
    preauthorisation: claim.preauthorisation ?? null,
    status: 'entered',
    currency: claim.currency,
    run_id: null,
    reversal_of: null,
    explanation: by.explanation ?? null,
    entered_by: by.actor,
    source: by.source,
    entered: at,
    processed_on: null,
    valuated_on: null,
    paid_on: null,
  };
}

export interface Judged {
  readonly claimId: string;
  readonly run: number;
  readonly status: ClaimStatus;
  readonly inputDigest: string;
  readonly adjudication: Adjudication;
  /** Word for word what is stored: a second run over the same input gives the same. */
  readonly result: string;
}

/**
 * Judges a stored claim by the rules of its service date and everything that passed before, writes lines, result and
 * events, and posts what follows. The member's policies in the scheme are locked first: two claims against one ceiling
 * take turns. May be called again (after a review or an appeal): only the difference is posted.
 *
 * @throws OperationOutcomeError not found, when there is no such claim.
 */
export async function adjudicateStored(
  tx: Transaction,
  options: ClaimsOptions,
  claimId: string,
  at: Date,
  how: { readonly actor?: string; readonly select?: Selecting } = {},
): Promise<Judged> {
  const db = coverOf(tx);
  const row = await readClaim(db, claimId, true);
  if (!row || row.status === 'reversed') {
    throw absent();
  }
  const input = await adjudicationInput(tx, options, row, { lock: true });
  const adjudication = adjudicate(input);
  const inputDigest = digestOfInput(input);
  const result = canonicalText(adjudication);
  const run = await nextRun(tx, claimId);
  await db
    .insertInto('cover_adjudication')
    .values({
      claim_id: claimId,
      run,
      at,
      scheme_version: adjudication.schemeVersion ?? null,
      input_digest: inputDigest,
      result,
    })
    .execute();
  // Asked for under the lock: of two alike that come at once, the second sees the first.
  const chosen = selected(adjudication, input, row, await how.select?.(tx, options, row.claim));
  const { because } = chosen;
  const status = because.length > 0 && adjudication.status !== 'rejected' ? 'checked' : statusAfter(adjudication, row);
  await writeAdjudication(tx, adjudication, { ...chosen, review: status === 'checked', rates: input.rates });
  await moveClaim(tx, row, status, adjudication, { at, country: options.country, key: `run-${run}` });
  await addClaimEvent(db, {
    claimId,
    at,
    actor: how.actor ?? 'node',
    event: status,
    detail: {
      run,
      schemeVersion: adjudication.schemeVersion,
      reason: adjudication.reason,
      ...(because.length > 0 && { because }),
    },
  });
  return { claimId, run, status, inputDigest, adjudication, result };
}

/** Why a claim should be looked at by a person before it is paid; nothing: it need not be. */
export type Selection = (
  input: AdjudicationInput,
  adjudication: Adjudication,
) => { readonly review: readonly string[]; readonly feedback: boolean };

export type Selecting = (tx: Transaction, options: ClaimsOptions, claim: Claim) => Promise<Selection>;

/** A claim is chosen when it is judged for the first time. A rejected one stays rejected, whatever is suspected of it. */
export function selected(
  adjudication: Adjudication,
  input: AdjudicationInput,
  row: ClaimRow,
  select: Selection | undefined,
): { readonly because: readonly string[]; readonly feedback: boolean } {
  const found = select && row.status === 'entered' ? select(input, adjudication) : undefined;
  return { because: found?.review ?? [], feedback: found?.feedback ?? false };
}

/** What a claim becomes by what was found of it; what was paid in full already stays paid. */
export function statusAfter(adjudication: Adjudication, row: ClaimRow): ClaimStatus {
  return adjudication.status === 'valuated' && row.settled > 0n && row.settled >= adjudication.paidMinor
    ? 'paid'
    : adjudication.status;
}

/** Everything adjudication looks at, read under lock where it is about to count. */
export async function adjudicationInput(
  tx: Transaction,
  options: ClaimsOptions,
  row: ClaimRow,
  how: { readonly lock: boolean; readonly beforeTurn?: string },
): Promise<AdjudicationInput> {
  const db = coverOf(tx);
  const { claim } = row;
  const member = await readMember(db, claim.memberId);
  if (how.lock) {
    await db
      .selectFrom('cover_policy')
      .select('policy_id')
      .where('scheme_id', '=', claim.schemeId)
      .where('policy_id', 'in', (of) =>
        of.selectFrom('cover_policy_member').select('policy_id').where('member_id', '=', claim.memberId),
      )
      .orderBy('policy_id')
      .forUpdate()
      .execute();
  }
  const policies = member ? await readPolicies(db, [member.memberId], claim.schemeId) : [];
  const policyIds = policies.map(({ policyId }) => policyId);
  const of = { schemeId: claim.schemeId, policyIds, claimId: claim.claimId };
  const review = await lineDecisions(db, claim.claimId);
  const rates = (await ratesOfClaims(db, options.schemes, [claim])).get(claim.claimId);
  const abroad = (await certifiedPeriods(db, options.agreements, [claim.memberId])).get(claim.memberId) ?? [];
  return {
    claim,
    schemes: options.schemes.filter((scheme) => scheme.id === claim.schemeId),
    member,
    policies: withPeriodsAbroad(options.schemes, policies, abroad, { memberId: claim.memberId, day: claim.from }),
    history: await passedLines(db, of, how.beforeTurn),
    facility: facilityOf(claim, options),
    ...(rates && { rates }),
    ...(review.length > 0 && { review }),
  };
}

export function facilityOf(claim: Claim, options: ClaimsOptions): AdjudicationInput['facility'] {
  const [country, id] = splitProvider(claim.provider);
  const own = country === options.country ? options.facilities.find((facility) => facility.id === id) : undefined;
  if (country === options.country && !own) {
    return undefined;
  }
  const level = own?.level ?? claim.providerLevel;
  return { id, country, level, care: careOfLevel(level) };
}

export async function nextRun(tx: Transaction, claimId: string): Promise<number> {
  const { last } = await coverOf(tx)
    .selectFrom('cover_adjudication')
    .select((of) => of.fn.max('run').as('last'))
    .where('claim_id', '=', claimId)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

async function writeAdjudication(
  tx: Transaction,
  adjudication: Adjudication,
  chosen: {
    readonly because: readonly string[];
    readonly feedback: boolean;
    readonly review: boolean;
    readonly rates: AdjudicationInput['rates'];
  },
): Promise<void> {
  const db = coverOf(tx);
  for (const line of adjudication.lines) {
    await db
      .updateTable('cover_claim_line')
      .set({
        allowed_minor: line.allowedMinor,
        adjusted_minor: line.adjustedMinor,
        paid_minor: line.paidMinor,
        reason: line.reason,
        rule: line.rule ?? null,
      })
      .where('claim_id', '=', adjudication.claimId)
      .where('line', '=', line.line)
      .execute();
  }
  await db
    .updateTable('cover_claim')
    .set({
      policy_id: adjudication.policyId ?? null,
      category: adjudication.category ?? null,
      allowed_minor: adjudication.allowedMinor,
      adjusted_minor: adjudication.adjustedMinor,
      paid_minor: adjudication.paidMinor,
      ...(chosen.because.length > 0 && { review_because: [...chosen.because] }),
      ...(chosen.review && { review: 'selected' }),
      ...(chosen.feedback && { feedback: 'selected' }),
      ...(chosen.rates && { rates: JSON.stringify(chosen.rates) }),
    })
    .where('claim_id', '=', adjudication.claimId)
    .execute();
}

/**
 * Brings a claim to a status and the ledger with it: the sub-ledger's columns and the postings move by the same amounts.
 *
 * @param how.key names the step within the claim; the same step twice posts once.
 */
export async function moveClaim(
  tx: Transaction,
  row: Pick<ClaimRow, 'claim' | 'status' | 'paysCurrency'> & Omit<ClaimPosition, 'settled'>,
  status: ClaimStatus,
  amounts: Pick<Adjudication, 'claimedMinor' | 'adjustedMinor' | 'paidMinor'>,
  how: { readonly at: Date; readonly country: string; readonly key: string },
): Promise<void> {
  const { events, set } = movement(row, status, amounts, how);
  await postEvents(tx, events, how.at);
  await coverOf(tx).updateTable('cover_claim').set(set).where('claim_id', '=', row.claim.claimId).execute();
}

/** What moves a claim to a status: the postings, and the columns that change. Nothing is written. */
export function movement(
  row: Pick<ClaimRow, 'claim' | 'status' | 'paysCurrency'> & Omit<ClaimPosition, 'settled'>,
  status: ClaimStatus,
  amounts: Pick<Adjudication, 'claimedMinor' | 'adjustedMinor' | 'paidMinor'>,
  how: { readonly at: Date; readonly country: string; readonly key: string },
) {
  const { claimId } = row.claim;
  const day = localDayOf(how.at, how.country);
  const of = { claimed: amounts.claimedMinor, adjusted: amounts.adjustedMinor, paid: amounts.paidMinor };
  const after = targetPosition(status, of);
  const before = { outstanding: row.outstanding, payable: row.payable };
  // A claim judged for the first time is recognised in full, then adjusted down: both show in the accounts (DOMAIN F.5).
  const postings =
    row.status === 'entered' && status !== 'checked'
      ? [
          ...postingsBetween(before, targetPosition('checked', of)).map((each) => ({ ...each, step: 'entry' })),
          ...postingsBetween(targetPosition('checked', of), after).map((each) => ({ ...each, step: 'judged' })),
        ]
      : postingsBetween(before, after).map((each) => ({ ...each, step: 'judged' }));
  return {
    events: postings.map(
      ({ event, minor, step }): FundEvent => ({
        event,
        id: `claim:${claimId}:${how.key}:${step}:${event}`,
        schemeId: row.claim.schemeId,
        amount: money(minor, row.paysCurrency),
        day,
        reference: `Claim/${claimId}`,
      }),
    ),
    set: {
      status,
      outstanding_minor: after.outstanding,
      payable_minor: after.payable,
      ...(status !== 'entered' && status !== 'checked' && { processed_on: day }),
      ...(status === 'valuated' && { valuated_on: day }),
    },
  };
}
