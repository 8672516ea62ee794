import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { inForce } from '@serai/policy/agreement.ts';
import { sql } from 'kysely';
import type { OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDayOf } from '../local-day.ts';
import { coverAgreements, partnersOf, type Settling } from './agreed.ts';
import type { OwingView, Partners, SettlementClaimView, SettlementLineView } from './api.ts';
import type { JudgedLine } from './at-home.ts';
import { type Borne, owingOf, readBorne } from './borne.store.ts';
import { type DisputeTerms, disputeDeadline } from './disputes.ts';
import type { Owing } from './emergency.ts';
import { bookedMinor, type LineState } from './lines.ts';
import { scheduleFor } from './pricing.ts';
import { readRates } from './rates.store.ts';
import { type ClaimRow, readLines, type StoredLine, turnOf } from './rows.store.ts';
import { neededRates, openForStatement, type Period, periodOf, type Rate } from './statement.ts';

/** What the screens show of settlement. */

export async function partnersView(options: OwnCoverOptions): Promise<Partners> {
  const at = options.clock();
  const partners = [];
  for (const country of partnersOf(options.agreements, options.country)) {
    const lines = await readLines(options.database, options.country, { partner: country, free: true });
    const agreements = coverAgreements(options.agreements, options.country, country);
    const waiting = await options.database
      .selectFrom('settlement_message')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('partner', '=', country)
      .where('delivered', 'is', null)
      .executeTakeFirst();
    const count = (test: (line: StoredLine) => boolean) => lines.filter(test).length;
    const ofAgreements = [];
    for (const agreement of agreements) {
      const { currency, fx, period } = agreement.settlement;
      const rates = await readRates(options.database, currency, fx.source);
      ofAgreements.push({
        id: agreement.id,
        title: agreement.title,
        inForce: inForce(agreement, at.toISOString()),
        ...{ currency, period },
        periods: periodsOf(agreement, lines, rates, localDayOf(at, options.country)),
      });
    }
    partners.push({
      country,
      hasNode: options.partners.knows(country),
      agreements: ofAgreements,
      dueFrom: await openAmounts(options, lines, country, 'creditor'),
      dueTo: await openAmounts(options, lines, country, 'debtor'),
      ours: count((line) => turnOf(line) === 'ours' && line.state !== 'adjusted'),
      theirs: count((line) => turnOf(line) === 'theirs' && line.state !== 'adjusted'),
      agreed: count((line) => line.state === 'accepted' || line.state === 'adjusted'),
      ...disputesOf(agreements, lines),
      waitingMessages: Number(waiting?.count ?? 0),
    });
  }
  return { partners };
}

function disputesOf(agreements: readonly Settling[], lines: readonly StoredLine[]) {
  const open = lines.flatMap((line) => {
    const terms = agreements.find((each) => each.id === line.agreement)?.settlement.dispute;
    const dispute = terms && disputeOf(line, terms);
    return dispute ? [dispute] : [];
  });
  const until = open
    .filter((each) => each.referredOn === undefined)
    .map((each) => each.until)
    .sort()[0];
  return {
    disputed: open.length,
    ...(until !== undefined && { disputesUntil: until }),
    referred: open.filter((each) => each.referredOn !== undefined).length,
  };
}

function disputeOf({ state, row }: StoredLine, terms: DisputeTerms): SettlementLineView['dispute'] {
  return (state === 'disputed' || state === 'contested') && row.disputed_on !== null
    ? {
        since: row.disputed_on,
        until: disputeDeadline(terms, row.disputed_on),
        after: terms.after,
        body: terms.body,
        ...(row.referred_on !== null && { referredOn: row.referred_on }),
      }
    : undefined;
}

/** Periods with something unsettled in them, and the current one. */
function periodsOf(agreement: Settling, lines: readonly StoredLine[], rates: readonly Rate[], today: string) {
  const kind = agreement.settlement.period;
  const of = new Map<string, Period>([[periodOf(kind, today).name, periodOf(kind, today)]]);
  for (const line of lines.filter((each) => each.agreement === agreement.id && each.sentOn <= today)) {
    const period = periodOf(kind, line.sentOn);
    of.set(period.name, period);
  }
  return [...of.values()]
    .sort((a, b) => (a.name < b.name ? 1 : -1))
    .map((period) => {
      const open = openForStatement(lines, period).filter((line) => (line as StoredLine).agreement === agreement.id);
      const needed = neededRates(agreement, period, open, rates);
      return { name: period.name, over: period.to < today, lines: open.length, rates: needed };
    });
}

/** What stands between us and a partner: lines in no statement, and statements signed and unpaid. */
async function openAmounts(
  options: OwnCoverOptions,
  lines: readonly StoredLine[],
  partner: string,
  side: 'creditor' | 'debtor',
): Promise<MoneyText[]> {
  const sums = new Map<string, bigint>();
  const add = (currency: string, minor: bigint) => sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  for (const line of lines.filter((each) => each.side === side)) {
    add(line.currency, bookedMinor(line, side));
  }
  const unpaid = await options.database
    .selectFrom('settlement_payment')
    .innerJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_payment.statement_id')
    .select(['settlement_payment.amount_minor', 'settlement_payment.interest_minor', 'settlement_statement.currency'])
    .where('settlement_statement.partner', '=', partner)
    .where(side === 'creditor' ? 'settlement_payment.receiver' : 'settlement_payment.payer', '=', options.country)
    .where(side === 'creditor' ? 'settlement_payment.received_on' : 'settlement_payment.paid_on', 'is', null)
    .execute();
  for (const row of unpaid) {
    add(row.currency, BigInt(row.amount_minor) + BigInt(row.interest_minor));
  }
  return [...sums]
    .filter(([, minor]) => minor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => moneyText(money(minor, currency)));
}

/** How many claims a list shows at a time. */
export const pageSize = 50;

export interface ClaimFilter {
  readonly partner?: string | undefined;
  readonly side?: SettlementClaimView['side'] | undefined;
  /** Only claims with a line that waits for us, or for them, or is agreed and unsettled. */
  readonly waiting?: 'ours' | 'theirs' | 'agreed' | undefined;
  readonly provider?: string | undefined;
  readonly statementId?: string | undefined;
  readonly offset?: number | undefined;
}

/** A reduced line is agreed: it may be contested, but nobody waits for it. */
const statesOf = {
  ours: { creditor: ['disputed'], debtor: ['claimed', 'contested'] },
  theirs: { creditor: ['claimed', 'contested'], debtor: ['disputed'] },
  agreed: { creditor: ['accepted', 'adjusted'], debtor: ['accepted', 'adjusted'] },
} as const;

export async function claimsView(
  options: OwnCoverOptions,
  filter: ClaimFilter,
): Promise<{ claims: SettlementClaimView[]; total: number }> {
  const db = options.database;
  let query = db.selectFrom('settlement_claim');
  if (filter.partner !== undefined) {
    query = query.where('partner', '=', filter.partner);
  }
  if (filter.side !== undefined) {
    query = query.where('side', '=', filter.side);
  }
  if (filter.provider !== undefined) {
    query = query.where('provider', '=', filter.provider);
  }
  if (filter.statementId !== undefined) {
    const { statementId } = filter;
    query = query.where('claim_id', 'in', (of) =>
      of.selectFrom('settlement_line').select('claim_id').where('statement_id', '=', statementId),
    );
  }
  if (filter.waiting !== undefined) {
    const states = statesOf[filter.waiting];
    query = query.where(
      sql<boolean>`exists (select 1 from settlement_line l where l.claim_id = settlement_claim.claim_id
        and l.statement_id is null and l.state = any(case settlement_claim.side
          when 'creditor' then ${[...states.creditor]}::text[] else ${[...states.debtor]}::text[] end))`,
    );
  }
  const [rows, counted] = await Promise.all([
    query
      .selectAll()
      .orderBy('entered', 'desc')
      .orderBy('claim_id')
      .limit(pageSize)
      .offset(filter.offset ?? 0)
      .execute(),
    query.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirst(),
  ]);
  return { claims: await viewsOf(options, rows), total: Number(counted?.count ?? 0) };
}

export async function claimView(options: OwnCoverOptions, claimId: string): Promise<SettlementClaimView | undefined> {
  const rows = await options.database
    .selectFrom('settlement_claim')
    .selectAll()
    .where('claim_id', '=', claimId)
    .execute();
  return (await viewsOf(options, rows))[0];
}

async function viewsOf(options: OwnCoverOptions, rows: readonly ClaimRow[]): Promise<SettlementClaimView[]> {
  const ids = rows.map((row) => row.claim_id);
  const lines = Map.groupBy(
    await readLines(options.database, options.country, { claimIds: ids }),
    (line) => line.claimId,
  );
  const borne = await readBorne(
    options.database,
    rows.filter((row) => row.uninsured).map((row) => row.claim_id),
  );
  return rows.map((row) => viewOf(options, row, lines.get(row.claim_id) ?? [], borne.get(row.claim_id)));
}

function viewOf(
  options: OwnCoverOptions,
  row: ClaimRow,
  lines: readonly StoredLine[],
  borne: Borne | undefined,
): SettlementClaimView {
  const text = (minor: bigint) => moneyText(money(minor, row.currency));
  const sum = (of: (line: StoredLine) => bigint) => text(lines.reduce((total, line) => total + of(line), 0n));
  const titles = titlesOf(options, row);
  const owing = owingOf(options, row, lines, borne);
  const terms = options.agreements.find((each) => each.id === row.agreement)?.settlement?.dispute;
  const facility = options.facilities.find((each) => `${options.country}:${each.id}` === row.provider);
  const name = row.provider_name ?? facility?.name;
  return {
    claimId: row.claim_id,
    side: row.side as SettlementClaimView['side'],
    partner: row.partner,
    agreement: row.agreement,
    provider: row.provider,
    ...(name !== undefined && { providerName: name }),
    claimNumber: row.claim_number,
    visit: row.visit,
    care: row.care,
    from: row.care_from,
    to: row.care_to,
    diagnoses: row.diagnoses,
    uninsured: row.uninsured,
    ...(row.sent_on !== null && { sentOn: row.sent_on }),
    ...(row.reverses !== null && { reverses: row.reverses }),
    claimed: sum((line) => line.claimedMinor),
    agreed: sum((line) => line.amountMinor),
    ...(owing && { owing: owingView(owing) }),
    lines: lines.map((line) => lineView(line, titles, terms)),
  };
}

function owingView({ agreement, clause, ref, owes, parts }: Owing): OwingView {
  return {
    clause: `${agreement}#${clause}`,
    ref,
    owes,
    parts: parts.map(({ bearer, from, to, amount, restrictedTo, paidOn }) => ({
      bearer,
      from,
      ...('fund' in to ? { toFund: to.fund } : { toFacility: to.facility }),
      amount: moneyText(amount),
      ...(restrictedTo !== undefined && { restrictedTo }),
      ...(paidOn !== undefined && { paidOn }),
    })),
  };
}

/** What each code is called, by the agreement's price list of the country of care. */
function titlesOf(options: OwnCoverOptions, row: ClaimRow): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const agreement = options.agreements.find((each) => each.id === row.agreement);
  const country = row.side === 'debtor' ? row.partner : options.country;
  const schedules = (agreement?.schedules ?? []).filter((each) => each.country === country);
  return new Map(
    schedules
      .flatMap((each) => scheduleFor(agreement!, each.id, country, row.care_from)?.services ?? [])
      .map((service) => [service.code, service.title]),
  );
}

function lineView(
  line: StoredLine,
  titles: ReadonlyMap<string, Readonly<Record<string, string>>>,
  terms: DisputeTerms | undefined,
): SettlementLineView {
  const dispute = terms && disputeOf(line, terms);
  const { row } = line;
  const text = (minor: bigint) => moneyText(money(minor, line.currency));
  const title = titles.get(row.code);
  const proposed = line.side === 'debtor' && row.proposed_state !== null && turnOf(line) === 'ours';
  return {
    line: line.line,
    code: row.code,
    ...(title && { title }),
    quantity: row.quantity,
    charged: text(BigInt(row.unit_price_minor)),
    claimed: text(line.claimedMinor),
    amount: text(line.amountMinor),
    pricedBecause: row.priced_because,
    state: line.state,
    turn: line.turn,
    reason: line.reason,
    ...(row.note !== null && { note: row.note }),
    move: turnOf(line),
    ...(proposed && {
      proposed: {
        state: row.proposed_state as LineState,
        amount: text(BigInt(row.proposed_minor ?? 0)),
        reason: row.proposed_reason ?? '',
      },
    }),
    ...(row.statement_id !== null && { statementId: row.statement_id }),
    ...(row.judged && { judged: judgedView(row.judged, line.currency) }),
    ...(dispute && { dispute }),
  };
}

function judgedView(judged: JudgedLine, currency: string): SettlementLineView['judged'] {
  const { reason, rule, allowed, adjusted, paid } = judged;
  const text = (amount: string) => ({ amount, currency });
  return {
    reason,
    ...(rule !== undefined && { rule }),
    ...{ allowed: text(allowed), adjusted: text(adjusted), paid: text(paid) },
  };
}

export async function movesView(db: CoverDatabase, claimId: string) {
  const rows = await db
    .selectFrom('settlement_move')
    .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_move.claim_id')
    .selectAll('settlement_move')
    .select('settlement_claim.currency')
    .where('settlement_move.claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('line')
    .orderBy('turn')
    .execute();
  return rows.map((row) => ({
    line: row.line,
    turn: row.turn,
    by: row.by_country,
    state: row.state as LineState,
    amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
    reason: row.reason,
    ...(row.note !== null && { note: row.note }),
    at: row.at.toISOString(),
  }));
}
