import { amountText, money } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { coverAgreements, finishingAgreement, type Settling, settlingAgreement } from './agreed.ts';
import type { ClaimAbroad } from './api.ts';
import { ownFacility } from './ask-abroad.store.ts';
import { bookLine } from './booking.ts';
import { bearHere } from './borne.store.ts';
import { type PricedClaim, priceClaim } from './claim-abroad.ts';
import { isAgreed } from './lines.ts';
import { say } from './outgoing.store.ts';
import { booksOf, type ClaimRow, post, readLines, type StoredLine } from './rows.store.ts';
import type { ClaimOnTheWire } from './wire.ts';

/** Claims of this country's facilities on another country's fund: entered, kept as owed to us, sent, taken back. */

interface Basis {
  readonly agreement: Settling;
  readonly partner: string;
  readonly authorised: readonly string[] | undefined;
  readonly authorisation: string | null;
  readonly locator: string | null;
  readonly cardId: string | null;
}

export interface EnteredClaim {
  readonly claimId: string;
  /** On the other country's fund. */
  readonly claimed: string;
  /** Borne here, by the clause for emergencies of people without cover. */
  readonly borne?: string;
  readonly currency: string;
}

/** Enters a claim, priced by the agreement; it stands on the books at once, and is sent with the next batch. */
export async function enterClaim(
  options: OwnCoverOptions,
  store: RequestStore,
  input: ClaimAbroad,
): Promise<Result<EnteredClaim>> {
  const { actor } = store.context;
  const facility = ownFacility(options.country, actor.facility);
  const today = localDay(options);
  return store.once(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const basis = await basisOf(options, db, input, facility);
    if (!basis.ok) {
      return basis;
    }
    const { agreement, partner, authorised } = basis.value;
    const priced = priceClaim(agreement, input, { country: options.country, facility, today, authorised });
    if (!priced.ok) {
      return priced;
    }
    if (await numberUsed(db, facility, input.claimNumber)) {
      return refuse('settlement.claim-number-used', undefined, 'claimNumber');
    }
    const claimId = options.newId();
    const total = priced.value.lines.reduce((sum, line) => sum + line.priced.amount.minor, 0n);
    const named = options.facilities.find((each) => `${options.country}:${each.id}` === facility);
    await db
      .insertInto('settlement_claim')
      .values({
        claim_id: claimId,
        // Nothing of it is the other country's to pay: it never leaves this node.
        side: total === 0n && priced.value.emergency ? 'host' : 'creditor',
        partner,
        agreement: agreement.id,
        provider: facility,
        claim_number: input.claimNumber,
        locator: basis.value.locator,
        card_id: basis.value.cardId,
        authorisation: basis.value.authorisation,
        uninsured: input.uninsured !== undefined,
        member_id: null,
        visit: input.visit,
        care: input.care,
        care_from: input.from,
        care_to: input.to,
        diagnoses: [...input.diagnoses],
        currency: priced.value.currency,
        sent_on: null,
        reverses: null,
        entered_by: actor.id,
        entered: options.clock(),
        provider_name: named?.name ?? null,
        provider_level: named?.level ?? null,
      })
      .execute();
    const { currency } = priced.value;
    if (total !== 0n || !priced.value.emergency) {
      await insertLines(db, claimId, priced.value);
      await bookAll(options, tx, agreement, partner, claimId);
    }
    const borne = await bearHere(options, tx, agreement, { claimId, partner, priced: priced.value });
    return ok<EnteredClaim>({
      claimId,
      claimed: amountText(money(total, currency)),
      ...(borne && { borne: amountText(borne) }),
      currency,
    });
  });
}

async function numberUsed(db: CoverDatabase, facility: string, claimNumber: string): Promise<boolean> {
  const used = await db
    .selectFrom('settlement_claim')
    .select('claim_id')
    .where('side', 'in', ['creditor', 'host'])
    .where('provider', '=', facility)
    .where('claim_number', '=', claimNumber)
    .executeTakeFirst();
  return used !== undefined;
}

async function basisOf(
  options: OwnCoverOptions,
  db: CoverDatabase,
  input: ClaimAbroad,
  facility: string,
): Promise<Result<Basis>> {
  const at = options.clock().toISOString();
  if (input.uninsured) {
    return emergencyBasis(options, input, at);
  }
  const row = await db
    .selectFrom('settlement_eligibility')
    .selectAll()
    .where('request_id', '=', input.eligibility ?? '')
    .where('facility', '=', facility)
    .executeTakeFirst();
  if (!row?.covered || row.authorisation === null || input.from < row.care_on || input.from > (row.valid_until ?? '')) {
    return refuse('settlement.not-authorised', undefined, 'eligibility');
  }
  const agreement = finishingAgreement(options.agreements, options.country, row.partner, at, row.agreement);
  if (!agreement.ok) {
    return agreement;
  }
  const answer = row.answer as { benefits?: readonly { id: string }[] };
  return ok({
    agreement: agreement.value,
    partner: row.partner,
    authorised: (answer.benefits ?? []).map((benefit) => benefit.id),
    authorisation: row.authorisation,
    locator: row.locator,
    cardId: row.card_id,
  });
}

/** Nobody is named and nobody is asked why: the care was an emergency, and the agreement says whose it is to pay. */
function emergencyBasis(options: OwnCoverOptions, input: ClaimAbroad, at: string): Result<Basis> {
  const partner = input.uninsured!.country;
  // Of those that held on the day of care, though it may be over by now.
  const held = settlingAgreement(options.agreements, options.country, partner, input.from);
  if (!held.ok) {
    return held;
  }
  const agreement = finishingAgreement(options.agreements, options.country, partner, at, held.value.id);
  if (!agreement.ok) {
    return agreement;
  }
  const owes = agreement.value.emergencyUninsured?.owes;
  if (input.visit !== 'emergency' || owes === undefined || owes === 'waiver') {
    return refuse(owes === 'waiver' ? 'settlement.waived' : 'settlement.not-authorised', undefined, 'visit');
  }
  return ok({
    agreement: agreement.value,
    partner,
    authorised: undefined,
    authorisation: null,
    locator: null,
    cardId: null,
  });
}

async function insertLines(db: CoverDatabase, claimId: string, priced: PricedClaim): Promise<void> {
  await db
    .insertInto('settlement_line')
    .values(
      priced.lines.map((line) => ({
        claim_id: claimId,
        line: line.line,
        code: line.code,
        quantity: line.quantity,
        unit_price_minor: line.unitPrice.minor,
        claimed_minor: line.priced.amount.minor,
        benefit: line.priced.benefit ?? null,
        priced_because: line.priced.reason,
        state: 'claimed',
      })),
    )
    .execute();
}

/** What was just claimed, onto the books. */
async function bookAll(
  options: OwnCoverOptions,
  tx: Transaction,
  agreement: Settling,
  partner: string,
  claimId: string,
): Promise<void> {
  const books = booksOf(options, agreement, partner);
  const lines = await readLines(coverOf(tx), options.country, { claimIds: [claimId] });
  const day = localDay(options);
  const bookings = lines.map((line) => bookLine(books, 'creditor', undefined, line, day));
  await post(tx, bookings, options.clock());
}

/** At most so many claims in one message. */
const batchSize = 100;

/**
 * Sends what waits for a partner, in batches, in the transaction it is called in.
 * @returns how many claims, or why none may be sent: what waits is kept.
 */
export async function sendClaims(
  options: OwnCoverOptions,
  tx: Transaction,
  partner: string,
): Promise<Result<{ sent: number }>> {
  const db = coverOf(tx);
  let sent = 0;
  for (const agreement of coverAgreements(options.agreements, options.country, partner)) {
    const waiting = await db
      .selectFrom('settlement_claim')
      .selectAll()
      .where('side', '=', 'creditor')
      .where('partner', '=', partner)
      .where('agreement', '=', agreement.id)
      .where('sent_on', 'is', null)
      .orderBy('entered')
      .orderBy('claim_id')
      .forUpdate()
      .execute();
    if (waiting.length === 0) {
      continue;
    }
    const at = options.clock();
    const may = finishingAgreement(options.agreements, options.country, partner, at.toISOString(), agreement.id);
    if (!may.ok) {
      return may;
    }
    for (let i = 0; i < waiting.length; i += batchSize) {
      await sendBatch(options, tx, agreement, partner, waiting.slice(i, i + batchSize));
    }
    sent += waiting.length;
  }
  return ok({ sent });
}

async function sendBatch(
  options: OwnCoverOptions,
  tx: Transaction,
  agreement: Settling,
  partner: string,
  claims: readonly ClaimRow[],
): Promise<void> {
  const db = coverOf(tx);
  const sentOn = localDay(options);
  const ids = claims.map((claim) => claim.claim_id);
  await db.updateTable('settlement_claim').set({ sent_on: sentOn }).where('claim_id', 'in', ids).execute();
  const lines = Map.groupBy(await readLines(db, options.country, { claimIds: ids }), (line) => line.claimId);
  await say(tx, options, agreement, partner, {
    kind: 'claims',
    claims: claims.map((claim) => onTheWire({ ...claim, sent_on: sentOn }, lines.get(claim.claim_id) ?? [])),
  });
}

function onTheWire(claim: ClaimRow, lines: readonly StoredLine[]): ClaimOnTheWire {
  const text = (minor: bigint) => amountText(money(minor, claim.currency));
  return {
    claimId: claim.claim_id,
    provider: claim.provider,
    ...(claim.provider_name !== null && { providerName: claim.provider_name }),
    ...(claim.provider_level !== null && { providerLevel: claim.provider_level }),
    claimNumber: claim.claim_number,
    ...(claim.authorisation !== null && { authorisation: claim.authorisation }),
    ...(claim.locator !== null && { locator: claim.locator }),
    uninsured: claim.uninsured,
    ...(claim.reverses !== null && { reverses: claim.reverses }),
    visit: claim.visit as ClaimOnTheWire['visit'],
    care: claim.care as ClaimOnTheWire['care'],
    from: claim.care_from,
    to: claim.care_to,
    sentOn: claim.sent_on!,
    diagnoses: claim.diagnoses,
    currency: claim.currency,
    lines: lines.map((line) => ({
      line: line.line,
      code: line.row.code,
      quantity: line.row.quantity,
      unitPrice: text(BigInt(line.row.unit_price_minor)),
      claimed: text(line.claimedMinor),
    })),
  };
}

/**
 * Takes a settled claim back: a new claim of the same lines below zero, for the next period. What is not settled yet is not
 * taken back but answered by its lines' own moves.
 */
export async function reverseClaim(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly claimId: string },
): Promise<Result<{ claimId: string }>> {
  return store.once(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const claim = await db
      .selectFrom('settlement_claim')
      .selectAll()
      .where('claim_id', '=', input.claimId)
      .where('side', '=', 'creditor')
      .where('reverses', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    const lines = claim ? await readLines(db, options.country, { claimIds: [input.claimId] }) : [];
    const settled = lines.filter((line) => isAgreed(line) && line.statement?.signedByBoth && line.amountMinor !== 0n);
    if (!claim || settled.length === 0) {
      return refuse('settlement.move-not-allowed');
    }
    const reversed = await db
      .selectFrom('settlement_claim')
      .select('claim_id')
      .where('reverses', '=', input.claimId)
      .executeTakeFirst();
    if (reversed) {
      return refuse('settlement.already-reversed');
    }
    const claimId = options.newId();
    await db
      .insertInto('settlement_claim')
      .values({
        ...claim,
        judged: null,
        claim_id: claimId,
        claim_number: `${claim.claim_number}-R`,
        diagnoses: [...claim.diagnoses],
        sent_on: null,
        reverses: claim.claim_id,
        entered_by: store.context.actor.id,
        entered: options.clock(),
      })
      .execute();
    await db
      .insertInto('settlement_line')
      .values(
        settled.map(({ row, amountMinor }) => ({
          claim_id: claimId,
          line: row.line,
          code: row.code,
          quantity: row.quantity,
          unit_price_minor: row.unit_price_minor,
          claimed_minor: -amountMinor,
          benefit: row.benefit,
          priced_because: 'reversal',
          state: 'claimed',
        })),
      )
      .execute();
    const agreement = coverAgreements(options.agreements, options.country, claim.partner).find(
      (each) => each.id === claim.agreement,
    );
    if (!agreement) {
      return refuse('settlement.no-agreement');
    }
    await bookAll(options, tx, agreement, claim.partner, claimId);
    return ok({ claimId });
  });
}
