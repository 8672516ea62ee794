import { addDays } from '@serai/kernel/base/days.ts';
import { parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { RefusedError } from '@serai/store/faults.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { type Settling, sameAgreement } from './agreed.ts';
import { applyCertificateAsked } from './certificate-answer.store.ts';
import { applyCertificateGiven, applyCertificateRefused } from './certificate-asked.store.ts';
import { judgeInbound, memberOfAuthorisation } from './judge-inbound.store.ts';
import { applyMoves } from './moves.store.ts';
import { applyPaid, applyReceived } from './payments.store.ts';
import { currencyOf } from './pricing.ts';
import { applyCountersigned, applyDifference, applyStatement } from './statement-inbound.store.ts';
import { type ClaimOnTheWire, inboundMessageShape, type SettlementMessage } from './wire.ts';

/** What is known of whoever sent a message, and under which agreement. */
export interface From {
  readonly partner: string;
  readonly agreement: Settling;
  readonly digest: string;
}

/**
 * A partner's message about claims, statements or payments: believed by its signature, applied once by its id, whatever
 * the line repeats. What comes before what it follows is refused and sent again later.
 */
export async function applyInbound(options: OwnCoverOptions, text: string): Promise<Result<{ applied: boolean }>> {
  const message = await options.partners.read(text, 'settlement', inboundMessageShape);
  if (!message.ok) {
    return message;
  }
  const { sender, body } = message.value;
  if (sender.class !== 'payer') {
    return refuse('settlement.refused');
  }
  if (body.kind === 'newer') {
    return refuse('settlement.not-understood', { wants: body.wants.join(', ') });
  }
  const agreement = await sameAgreement(options.agreements, options.country, sender.country, body.agreement);
  if (!agreement.ok) {
    return agreement;
  }
  const from: From = { partner: sender.country, agreement: agreement.value, digest: body.agreement.digest };
  try {
    const applied = await options.ownStore().transaction(async (tx) => {
      return tx.inbox.once(`settlement:${sender.country}:${body.messageId}`, async () => {
        const result = await apply(options, tx, from, body);
        if (!result.ok) {
          // Nothing of it stands, and it may be sent again.
          throw new RefusedError(result);
        }
      });
    });
    return ok({ applied });
  } catch (error) {
    if (error instanceof RefusedError) {
      return error.refusal;
    }
    throw error;
  }
}

function apply(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  body: SettlementMessage,
): Promise<Result<unknown>> {
  switch (body.kind) {
    case 'claims':
      return applyClaims(options, tx, from, body.claims);
    case 'moves':
      return applyMoves(options, tx, from, body.moves);
    case 'statement':
      return applyStatement(options, tx, from, body);
    case 'countersigned':
      return applyCountersigned(options, tx, from, body);
    case 'difference':
      return applyDifference(options, tx, from, body);
    case 'paid':
      return applyPaid(options, tx, from, body);
    case 'received':
      return applyReceived(options, tx, from, body);
    case 'certificate-asked':
      return applyCertificateAsked(options, tx, from, body);
    case 'certificate-given':
      return applyCertificateGiven(options, tx, from, body);
    case 'certificate-refused':
      return applyCertificateRefused(options, tx, from, body);
  }
}

/** Claims arrive: kept as claimed, with what adjudication here proposes for each line. */
async function applyClaims(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  claims: readonly ClaimOnTheWire[],
): Promise<Result<undefined>> {
  const db = coverOf(tx);
  for (const claim of claims) {
    const known = await db
      .selectFrom('settlement_claim')
      .select(['claim_id', 'partner', 'side'])
      .where('claim_id', '=', claim.claimId)
      .executeTakeFirst();
    if (known) {
      if (known.partner !== from.partner || known.side !== 'debtor') {
        return refuse('settlement.contradiction');
      }
      continue;
    }
    const kept = await keepClaim(options, tx, from, claim);
    if (!kept.ok) {
      return kept;
    }
  }
  await tx.evidence.append({
    kind: 'receipt',
    public: {
      direction: 'abroad',
      outcome: 'received',
      class: 'payer',
      country: from.partner,
      purpose: 'HPAYMT',
      clause: `${from.agreement.id}#${from.agreement.settlement.clause}`,
      categories: ['claims'],
      claims: claims.length,
    },
    sealed: { claims: claims.map((claim) => claim.claimId) },
  });
  return ok(undefined);
}

async function keepClaim(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  claim: ClaimOnTheWire,
): Promise<Result<undefined>> {
  const db = coverOf(tx);
  const { agreement, partner } = from;
  const currency = currencyOf(agreement, partner);
  const amounts = claim.lines.map((line) => ({
    ...line,
    unit: parseMoney(line.unitPrice, claim.currency),
    sum: parseMoney(line.claimed, claim.currency),
  }));
  if (claim.currency !== currency || !claim.provider.startsWith(`${partner}:`)) {
    return refuse('settlement.wrong-currency');
  }
  if (amounts.some(({ unit, sum }) => !unit || !sum || (claim.reverses ? sum.minor > 0n : sum.minor < 0n))) {
    return refuse('settlement.amount-not-allowed');
  }
  // A day of grace for clocks on either side of midnight.
  const tomorrow = addDays(localDay(options), 1);
  if (claim.to < claim.from || claim.sentOn < claim.to || claim.sentOn > tomorrow) {
    return refuse('settlement.days-not-allowed');
  }
  if (claim.reverses && !(await reversible(db, partner, claim.reverses, amounts))) {
    return refuse('settlement.out-of-order');
  }
  const memberId = await memberOfAuthorisation(db, {
    authorisation: claim.authorisation ?? null,
    partner,
    provider: claim.provider,
    care_from: claim.from,
  });
  await db
    .insertInto('settlement_claim')
    .values({
      claim_id: claim.claimId,
      side: 'debtor',
      partner,
      agreement: agreement.id,
      provider: claim.provider,
      claim_number: claim.claimNumber,
      locator: claim.locator ?? null,
      card_id: null,
      authorisation: claim.authorisation ?? null,
      uninsured: claim.uninsured,
      member_id: memberId ?? null,
      visit: claim.visit,
      care: claim.care,
      care_from: claim.from,
      care_to: claim.to,
      diagnoses: [...claim.diagnoses],
      currency: claim.currency,
      sent_on: claim.sentOn,
      reverses: claim.reverses ?? null,
      entered_by: `node:${partner}`,
      entered: options.clock(),
      provider_name: claim.providerName ?? null,
      provider_level: claim.providerLevel ?? null,
    })
    .execute();
  await insertClaimed(db, claim);
  await judgeInbound(options, tx, agreement, claim.claimId);
  return ok(undefined);
}

/** A claim taken back must be one we settled, line by line no more than was agreed. */
async function reversible(
  db: CoverDatabase,
  partner: string,
  original: string,
  lines: readonly { readonly line: number; readonly sum: { readonly minor: bigint } | undefined }[],
): Promise<boolean> {
  const rows = await db
    .selectFrom('settlement_line')
    .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
    .innerJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_line.statement_id')
    .select(['settlement_line.line', 'settlement_line.amount_minor'])
    .where('settlement_line.claim_id', '=', original)
    .where('settlement_claim.partner', '=', partner)
    .where('settlement_claim.side', '=', 'debtor')
    .where('settlement_statement.state', 'in', ['signed', 'paid', 'settled'])
    .execute();
  const agreed = new Map(rows.map((row) => [row.line, BigInt(row.amount_minor)]));
  return lines.every(({ line, sum }) => agreed.has(line) && -sum!.minor <= agreed.get(line)!);
}

async function insertClaimed(db: CoverDatabase, claim: ClaimOnTheWire): Promise<void> {
  const minor = (text: string) => parseMoney(text, claim.currency)!.minor;
  await db
    .insertInto('settlement_line')
    .values(
      claim.lines.map((line) => ({
        claim_id: claim.claimId,
        line: line.line,
        code: line.code,
        quantity: line.quantity,
        unit_price_minor: minor(line.unitPrice),
        claimed_minor: minor(line.claimed),
        benefit: null,
        priced_because: '',
        state: 'claimed',
        known_turn: 0,
      })),
    )
    .execute();
}
