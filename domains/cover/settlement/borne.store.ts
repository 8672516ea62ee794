import { type Money, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { postEvents } from '../fund/postings.ts';
import { localDayOf } from '../local-day.ts';
import type { Settling } from './agreed.ts';
import type { PricedClaim } from './claim-abroad.ts';
import { bearingOf, type Owing } from './emergency.ts';
import { booksOf, type ClaimRow, type StoredLine } from './rows.store.ts';

/**
 * What of an emergency the country of care bears itself, because the clause says so: booked as an expense of its fund, or of
 * the money a donor tied to this purpose, owed to the facility, and paid to it. The other country's books know nothing of it.
 */

/** Keeps and books what is borne here of a claim just entered. @throws RefusedError when the ledger refuses. */
export async function bearHere(
  options: OwnCoverOptions,
  tx: Transaction,
  agreement: Settling,
  of: { readonly claimId: string; readonly partner: string; readonly priced: PricedClaim },
): Promise<Money | undefined> {
  const { claimId, priced } = of;
  const bearing = bearingOf(agreement.emergencyUninsured);
  const total = (priced.emergency ?? []).reduce((sum, line) => sum + line.here.minor, 0n);
  if (!bearing?.rest || total === 0n) {
    return undefined;
  }
  const db = coverOf(tx);
  const { currency } = priced;
  await db
    .insertInto('settlement_borne')
    .values({
      claim_id: claimId,
      bearer: bearing.rest,
      clause: agreement.emergencyUninsured!.clause,
      restricted_to: bearing.restrictedTo ?? null,
      currency,
      amount_minor: total,
    })
    .execute();
  const bearingOfLine = new Map(priced.emergency!.map((line) => [line.line, line]));
  await db
    .insertInto('settlement_borne_line')
    .values(
      priced.lines.map((line) => {
        const each = bearingOfLine.get(line.line)!;
        return {
          claim_id: claimId,
          line: line.line,
          code: line.code,
          quantity: line.quantity,
          unit_price_minor: line.unitPrice.minor,
          worth_minor: each.worth.minor,
          borne_minor: each.here.minor,
          priced_because: each.reason,
        };
      }),
    )
    .execute();
  const at = options.clock();
  const amount = money(total, currency);
  await postEvents(
    tx,
    [
      {
        event: 'emergency-borne',
        id: claimId,
        amount,
        day: localDayOf(at, options.country),
        ...bookedAs(options, agreement, of, bearing),
      },
    ],
    at,
  );
  return amount;
}

function bookedAs(
  options: OwnCoverOptions,
  agreement: Settling,
  of: { readonly claimId: string; readonly partner: string },
  { restrictedTo }: { readonly restrictedTo: string | undefined },
) {
  return {
    schemeId: booksOf(options, agreement, of.partner).schemeId,
    reference: `settlement-claim/${of.claimId}`,
    ...(restrictedTo !== undefined && { restrictedTo }),
  };
}

/** The facility has been paid what is borne here: noted once, and booked. @throws RefusedError: a donor's money is used up. */
export async function noteBornePaid(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly claimId: string; readonly paidOn: string; readonly reference: string },
): Promise<Result<{ amount: ReturnType<typeof moneyText> }>> {
  return store.once<Result<{ amount: ReturnType<typeof moneyText> }>>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const borne = await db
      .selectFrom('settlement_borne')
      .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_borne.claim_id')
      .select(['bearer', 'restricted_to', 'amount_minor', 'settlement_borne.currency', 'paid_on'])
      .select(['settlement_claim.partner', 'settlement_claim.agreement', 'settlement_claim.care_to'])
      .where('settlement_borne.claim_id', '=', input.claimId)
      .forUpdate()
      .executeTakeFirst();
    const agreement = options.agreements.find((each): each is Settling => each.id === borne?.agreement);
    if (!borne || borne.paid_on !== null || !agreement) {
      return refuse('settlement.borne-state');
    }
    const at = options.clock();
    if (input.paidOn > localDayOf(at, options.country) || input.paidOn < borne.care_to) {
      return refuse('settlement.days-not-allowed', undefined, 'paidOn');
    }
    const amount = money(BigInt(borne.amount_minor), borne.currency);
    const of = { claimId: input.claimId, partner: borne.partner };
    const as = bookedAs(options, agreement, of, { restrictedTo: borne.restricted_to ?? undefined });
    await postEvents(tx, [{ event: 'emergency-paid', id: input.claimId, amount, day: input.paidOn, ...as }], at);
    await db
      .updateTable('settlement_borne')
      .set({ paid_on: input.paidOn, reference: input.reference })
      .where('claim_id', '=', input.claimId)
      .execute();
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'settlement-borne-paid', class: 'payer', bearer: borne.bearer },
      sealed: { actor: store.context.actor.id, claim: input.claimId },
    });
    return ok({ amount: moneyText(amount) });
  });
}

export interface Borne {
  readonly bearer: 'host' | 'donor';
  readonly restrictedTo: string | undefined;
  readonly amount: Money;
  readonly paidOn: string | undefined;
  readonly lines: readonly {
    readonly line: number;
    readonly code: string;
    readonly quantity: string;
    readonly unitPriceMinor: bigint;
    readonly worthMinor: bigint;
    readonly borneMinor: bigint;
    readonly because: string;
  }[];
}

/** What is borne here of claims, by claim. */
export async function readBorne(db: CoverDatabase, claimIds: readonly string[]): Promise<ReadonlyMap<string, Borne>> {
  const rows = await db
    .selectFrom('settlement_borne')
    .selectAll()
    .where('claim_id', 'in', claimIds.length > 0 ? [...claimIds] : [''])
    .execute();
  const lines = await db
    .selectFrom('settlement_borne_line')
    .selectAll()
    .where('claim_id', 'in', rows.length > 0 ? rows.map((row) => row.claim_id) : [''])
    .orderBy('line')
    .execute();
  const of = Map.groupBy(lines, (line) => line.claim_id);
  return new Map(
    rows.map((row): [string, Borne] => [
      row.claim_id,
      {
        bearer: row.bearer as Borne['bearer'],
        restrictedTo: row.restricted_to ?? undefined,
        amount: money(BigInt(row.amount_minor), row.currency),
        paidOn: row.paid_on ?? undefined,
        lines: (of.get(row.claim_id) ?? []).map((line) => ({
          line: line.line,
          code: line.code,
          quantity: line.quantity,
          unitPriceMinor: BigInt(line.unit_price_minor),
          worthMinor: BigInt(line.worth_minor),
          borneMinor: BigInt(line.borne_minor),
          because: line.priced_because,
        })),
      },
    ]),
  );
}

/** Who owes whom of an emergency of someone without cover, by its clause; undefined for every other claim. */
export function owingOf(
  options: Pick<OwnCoverOptions, 'country' | 'agreements'>,
  claim: ClaimRow,
  lines: readonly StoredLine[],
  borne: Borne | undefined,
): Owing | undefined {
  const agreement = options.agreements.find((each) => each.id === claim.agreement);
  const terms = agreement?.emergencyUninsured;
  if (!claim.uninsured || !agreement || !terms) {
    return undefined;
  }
  const [home, host] = claim.side === 'debtor' ? [options.country, claim.partner] : [claim.partner, options.country];
  const claimed = lines
    .filter((line) => line.state !== 'withdrawn')
    .reduce((sum, line) => {
      const agreed = line.state === 'accepted' || line.state === 'adjusted';
      return sum + (agreed ? line.amountMinor : line.claimedMinor);
    }, 0n);
  const parts: Owing['parts'][number][] = [];
  if (claimed !== 0n) {
    parts.push({ bearer: 'home', from: home, to: { fund: host }, amount: money(claimed, claim.currency) });
  }
  if (borne) {
    parts.push({
      bearer: borne.bearer,
      from: host,
      to: { facility: claim.provider_name ?? claim.provider },
      amount: borne.amount,
      ...(borne.restrictedTo !== undefined && { restrictedTo: borne.restrictedTo }),
      ...(borne.paidOn !== undefined && { paidOn: borne.paidOn }),
    });
  }
  return { agreement: agreement.id, clause: terms.clause, ref: terms.ref, owes: terms.owes, parts };
}
