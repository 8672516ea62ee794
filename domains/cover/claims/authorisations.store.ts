import { addDays } from '@serai/kernel/base/days.ts';
import { type Money, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Claim } from '../cover.ts';
import { readMember, readPolicies } from '../enrolment/members.store.ts';
import { postEvent } from '../fund/postings.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { adjudicate } from './adjudicate.ts';
import type { Adjudication } from './adjudication.ts';
import { passedLines } from './claims.store.ts';
import { ratesOfClaims } from './rates.store.ts';
import { careOfLevel, checkSubmission, splitProvider } from './submission.ts';
import type { ClaimsOptions, SubmittedBy } from './submit.store.ts';

/** A promise lasts so long after the first day of care it is for. */
const daysHeld = 30;
/** Care is authorised at most so long before. */
const daysAhead = 180;

export interface Authorised {
  readonly adjudication: Adjudication;
  /** undefined: nothing of it would be paid, so nothing is promised. */
  readonly reference: string | undefined;
  readonly held: Money;
  readonly expires: Date | undefined;
}

interface Held {
  readonly authorisationId: string;
  readonly schemeId: string;
  readonly held: Money;
}

/**
 * What a claim would be paid, if it came now: the same fold as for a claim, over what passed until now. Writes nothing.
 * Care may lie ahead, up to half a year.
 */
export async function predetermine(
  tx: Transaction,
  options: ClaimsOptions,
  claim: Claim,
  by: Pick<SubmittedBy, 'ownProvider'>,
): Promise<Result<Adjudication>> {
  const db = coverOf(tx);
  const refused = checkSubmission(claim, {
    schemes: options.schemes,
    facilities: options.facilities,
    country: options.country,
    today: addDays(localDay(options), daysAhead),
    ownProvider: by.ownProvider,
  });
  if (refused) {
    return refused;
  }
  const member = await readMember(db, claim.memberId);
  if (!member) {
    return refuse('claims.unknown-member', undefined, 'patient');
  }
  const policies = await readPolicies(db, [member.memberId], claim.schemeId);
  const [country, id] = splitProvider(claim.provider);
  const rates = (await ratesOfClaims(db, options.schemes, [claim])).get(claim.claimId);
  return ok(
    adjudicate({
      // Asked beforehand: it counts as asked for on the first day of care, and for itself as authorised.
      claim: {
        ...claim,
        claimedOn: claim.claimedOn < claim.from ? claim.from : claim.claimedOn,
        preauthorisation: claim.preauthorisation ?? 'asked',
      },
      schemes: options.schemes.filter((scheme) => scheme.id === claim.schemeId),
      member,
      policies,
      history: await passedLines(db, {
        schemeId: claim.schemeId,
        policyIds: policies.map(({ policyId }) => policyId),
        claimId: claim.claimId,
      }),
      facility: { id, country, level: claim.providerLevel, care: careOfLevel(claim.providerLevel) },
      ...(rates && { rates }),
    }),
  );
}

/**
 * Promises to pay for care before it is given: what would be paid is held in the ledger until a claim uses it or the
 * promise expires. The facility's number is answered once, as before.
 */
export async function authorise(
  tx: Transaction,
  options: ClaimsOptions,
  claim: Claim,
  by: SubmittedBy,
): Promise<Result<Authorised>> {
  const db = coverOf(tx);
  const found = await predetermine(tx, options, claim, by);
  if (!found.ok) {
    return found;
  }
  const adjudication = found.value;
  const held = money(adjudication.paidMinor, adjudication.currency);
  const before = await db
    .selectFrom('cover_authorisation')
    .selectAll()
    .where('provider', '=', claim.provider)
    .where('request_number', '=', claim.claimNumber)
    .executeTakeFirst();
  if (before) {
    return before.member_id === claim.memberId && BigInt(before.held_minor) === held.minor
      ? ok({ adjudication, reference: before.reference, held, expires: before.expires })
      : refuse('claims.duplicate-number', undefined, 'identifier');
  }
  if (held.minor <= 0n) {
    return ok({ adjudication, reference: undefined, held, expires: undefined });
  }
  const at = options.clock();
  const expires = new Date(`${addDays(claim.from, daysHeld)}T23:59:59.000Z`);
  const authorisationId = options.newId();
  const reference = `PA-${authorisationId.replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  await db
    .insertInto('cover_authorisation')
    .values({
      authorisation_id: authorisationId,
      reference,
      scheme_id: claim.schemeId,
      member_id: claim.memberId,
      provider: claim.provider,
      request_number: claim.claimNumber,
      held_minor: held.minor,
      currency: held.currency,
      expires,
      state: 'held',
      claim_id: null,
      made_by: by.actor,
      created: at,
    })
    .execute();
  await postEvent(
    tx,
    {
      event: 'authorisation-held',
      id: `authorisation:${authorisationId}:held`,
      schemeId: claim.schemeId,
      amount: held,
      day: localDayOf(at, options.country),
      reference: `Authorisation/${authorisationId}`,
      expiresAt: expires.toISOString(),
    },
    at,
  );
  return ok({ adjudication, reference, held, expires });
}

/**
 * The promise a claim calls upon, locked; `none` where it names one that is not there for it; undefined where it names
 * none. A guarantee of the facility's own (openIMIS) is not a promise of ours.
 */
export async function authorisationFor(db: CoverDatabase, claim: Claim, at: Date): Promise<Held | 'none' | undefined> {
  if (!claim.preauthorisation?.startsWith('PA-')) {
    return undefined;
  }
  const row = await db
    .selectFrom('cover_authorisation')
    .selectAll()
    .where('reference', '=', claim.preauthorisation)
    .where('scheme_id', '=', claim.schemeId)
    .where('member_id', '=', claim.memberId)
    .where('provider', '=', claim.provider)
    .where('state', '=', 'held')
    .where('expires', '>', at)
    .forUpdate()
    .executeTakeFirst();
  return row
    ? {
        authorisationId: row.authorisation_id,
        schemeId: row.scheme_id,
        held: money(BigInt(row.held_minor), row.currency),
      }
    : 'none';
}

/** The claim takes the promise's place: what was held is free, what the claim is worth is posted as claims are. */
export async function spendAuthorisation(
  tx: Transaction,
  options: Pick<ClaimsOptions, 'clock' | 'country'>,
  held: Held,
  claimId: string,
): Promise<void> {
  const at = options.clock();
  await coverOf(tx)
    .updateTable('cover_authorisation')
    .set({ state: 'used', claim_id: claimId })
    .where('authorisation_id', '=', held.authorisationId)
    .execute();
  await postEvent(
    tx,
    {
      event: 'authorisation-released',
      id: `authorisation:${held.authorisationId}:released`,
      schemeId: held.schemeId,
      amount: held.held,
      day: localDayOf(at, options.country),
      reference: `Claim/${claimId}`,
      pendingId: `authorisation:${held.authorisationId}:held`,
    },
    at,
  );
}
