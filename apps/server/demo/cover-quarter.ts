import type { Settling } from '@serai/domains/cover/settlement/agreed.ts';
import { settlingAgreement } from '@serai/domains/cover/settlement/agreed.ts';
import { booksOf } from '@serai/domains/cover/settlement/rows.store.ts';
import { type Period, periodOf } from '@serai/domains/cover/settlement/statement.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { addDays, type Day, daysBetween } from '@serai/kernel/base/days.ts';
import { amountText, type Money, minorDigits, moneyText } from '@serai/kernel/base/money.ts';
import { convert } from '@serai/store/ledger/rates.ts';
import { sql } from 'kysely';
import type { RunningNode } from '../node.ts';
import { idOf, patience as long, type Patience, waitFor } from './caller.ts';
import { meetings } from './cover-across.ts';
import { readPlan } from './cover-year.ts';
import {
  accidentOf,
  askAboutThem,
  careOf,
  currencyHere,
  insuredWithRecord,
  type Meeting,
  pricesOf,
} from './patients-across.ts';
import { type RoutesOfADay, routesOfADay } from './routes-of-a-day.ts';

/**
 * A quarter that two funds have settled: care of each other's members claimed and answered, one line disputed, contested and
 * accepted, the statement drawn up by one country and signed by the other, paid and confirmed. Each node does its own part,
 * by its own routes under the clock of each day, and waits for what the other sends.
 */
export async function settleAQuarter(
  node: RunningNode,
  country: string,
  demoFile: string,
  patience: Patience = long,
): Promise<void> {
  const database = node.database as unknown as RegistryDatabase;
  const { options } = node.cover;
  for (const meeting of meetings(demoFile, country)) {
    const partner = meeting.there.country.toUpperCase();
    const marker = `demonstration-cover-quarter-${meeting.there.country}`;
    const known = JSON.parse((await projectedUpTo(database, marker)) ?? '{}') as { day?: Day; state?: string };
    const day = known.day ?? options.clock().toISOString().slice(0, 10);
    const period = settledQuarter(day);
    const agreement = settlingAgreement(options.agreements, options.country, partner, `${period.from}T00:00:00Z`);
    if (known.state === undefined && agreement.ok && !(await isClosed(node, period))) {
      await setProjectedUpTo(database, marker, JSON.stringify({ day }));
      const routes = routesOfADay(node);
      const of: Quarter = { node, routes, meeting, partner, agreement: agreement.value, period, patience };
      const state = await settle(of).finally(routes.close);
      await setProjectedUpTo(database, marker, JSON.stringify({ day, state }));
    }
  }
}

interface Quarter {
  readonly node: RunningNode;
  readonly routes: RoutesOfADay;
  readonly meeting: Omit<Meeting, 'occasion'>;
  readonly partner: string;
  readonly agreement: Settling;
  readonly period: Period;
  readonly patience: Patience;
}

/** Days after the quarter's end on which its care is settled; the last of them is past in any quarter that is chosen. */
const after = { decided: 8, contested: 11, accepted: 15, drawnUp: 17, signed: 22, paid: 31, received: 34 } as const;
const daysToSettle = 40;

/** The newest quarter that ended long enough ago to be settled. */
export function settledQuarter(today: Day): Period {
  const since = periodOf('quarter', addDays(today, -daysToSettle)).from;
  return periodOf('quarter', addDays(since, -1));
}

/** Of a demonstration that was loaded before quarters were settled in it: nothing can be posted to it any more. */
async function isClosed(node: RunningNode, { from, to }: Period): Promise<boolean> {
  const { rows } = await sql`select from ledger_period where first_day between ${from}::date and ${to}::date`.execute(
    node.database,
  );
  return rows.length > 0;
}

/** @returns how far it came: `settled`, or where the partner was waited for in vain. */
async function settle(of: Quarter): Promise<string> {
  await enterRates(of);
  await claimTheQuarter(of);
  const state = await waitFor(() => takeATurn(of), of.patience);
  return state ?? 'unanswered';
}

/** What one unit is worth in dollars at the end of the quarter; illustrative. */
const dollars = { THB: '0.0285', MMK: '0.00047619' } as const;

async function enterRates({ routes, agreement, period }: Quarter): Promise<void> {
  const { currency: to, fx } = agreement.settlement;
  for (const [from, value] of Object.entries(dollars)) {
    const rate = { from, to, day: period.to, source: fx.source, value, at: `${period.to}T10:00:00Z` };
    const requestId = idOf('rate', period.name, from);
    await routes.call('fund', addDays(period.to, 1), '/settlement/rates', { requestId, ...rate });
  }
}

/** Claims say how many there are of the quarter: whoever owes them knows when all have come. */
async function claimTheQuarter({ node, routes, meeting, partner, period, patience }: Quarter): Promise<void> {
  const { here } = meeting;
  const people = readPlan(here.country)?.fromAbroad.settledQuarter ?? 0;
  const insured = await insuredWithRecord(meeting.there, people, patience);
  const days = daysBetween(period.from, period.to) - 6;
  const dayOf = (n: number) => addDays(period.from, Math.floor(((n + 0.5) * days) / people));
  const patients = await askAboutThem({ ...meeting, occasion: period.name }, insured, dayOf);
  const [prices, currency] = [pricesOf(node), currencyHere(node)];
  const claims = [
    ...patients.map((patient) => careOf(patient, currency, prices)),
    ...(insured.length > 0 ? [accidentOf(partner, dayOf(people / 2), currency, prices)] : []),
  ];
  for (const [n, claim] of claims.entries()) {
    const claimNumber = `${period.name}-${String(n + 1).padStart(2, '0')}/${claims.length}`;
    const id = (act: string) => idOf(act, here.country, period.name, n);
    await routes.call('nurse', addDays(claim.to, 1), '/settlement/claims', {
      requestId: id('claim'),
      claimNumber,
      ...claim,
    });
    await routes.call('claims', addDays(claim.to, 5), '/settlement/send', { requestId: id('send'), partner });
  }
}

interface LineOfQuarter {
  readonly claim_id: string;
  readonly claim_number: string;
  readonly side: string;
  readonly line: number;
  readonly state: string;
  readonly reason: string;
  readonly note: string | null;
}

/** Does what waits for us. @returns `settled` once both have done everything. */
async function takeATurn(of: Quarter): Promise<string | undefined> {
  const lines = await linesOf(of);
  const owed = lines.filter((each) => each.side === 'debtor');
  if (!hasAll(owed)) {
    return undefined;
  }
  await decide(of, owed);
  await contest(of, lines);
  const open = (await linesOf(of)).filter((each) => waits(each));
  if (open.length > 0) {
    return undefined;
  }
  return conclude(of);
}

function linesOf({ node, partner, period }: Quarter): Promise<LineOfQuarter[]> {
  return node.database
    .selectFrom('settlement_line')
    .innerJoin('settlement_claim', 'settlement_claim.claim_id', 'settlement_line.claim_id')
    .select(['settlement_line.claim_id', 'claim_number', 'side', 'line', 'state', 'reason', 'note'])
    .where('partner', '=', partner)
    .where('claim_number', 'like', `${period.name}-%`)
    .orderBy('claim_number')
    .orderBy('line')
    .execute();
}

function hasAll(lines: readonly LineOfQuarter[]): boolean {
  const numbers = new Set(lines.map((each) => each.claim_number));
  return numbers.size > 0 && [...numbers].every((each) => each.endsWith(`/${numbers.size}`));
}

const why = 'not-needed';
const asked = 'Why was this done as well? The first finding had settled it.';
const answered = 'It is in the file: the first finding did not explain the fever. The record can be looked at.';

/** A line that waits for its answer; what the scheme at home does not pay stays apart, as in life. */
function waits({ state, reason }: LineOfQuarter): boolean {
  return state === 'claimed' || state === 'contested' || (state === 'disputed' && reason === why);
}

/** The second line of the first claim that has one is asked about; everything else is answered as proposed. */
async function decide({ node, routes, partner, period }: Quarter, owed: readonly LineOfQuarter[]): Promise<void> {
  const second = owed.find((each) => each.line === 2);
  const id = (act: string) => idOf(act, node.cover.options.country, period.name);
  if (second?.state === 'claimed') {
    const { claim_id: claimId, line } = second;
    const moves = [{ claimId, line, state: 'disputed', reason: why, note: asked }];
    await routes.call('claims', addDays(period.to, after.decided), '/settlement/moves', {
      requestId: id('disputed'),
      moves,
    });
  }
  if (owed.some((each) => each.state === 'claimed' && each !== second)) {
    const claimIds = [...new Set(owed.map((each) => each.claim_id))];
    const body = { requestId: id('decided'), partner, claimIds };
    await routes.call('claims', addDays(period.to, after.decided), '/settlement/decide', body);
  }
  if (second?.state === 'contested') {
    const { claim_id: claimId, line } = second;
    const moves = [{ claimId, line, state: 'accepted', reason: 'accepted' }];
    await routes.call('claims', addDays(period.to, after.accepted), '/settlement/moves', {
      requestId: id('accepted'),
      moves,
    });
  }
}

async function contest({ node, routes, period }: Quarter, lines: readonly LineOfQuarter[]): Promise<void> {
  const line = lines.find((each) => each.side === 'creditor' && each.state === 'disputed' && each.reason === why);
  if (line) {
    const requestId = idOf('contested', node.cover.options.country, period.name);
    const moves = [{ claimId: line.claim_id, line: line.line, state: 'contested', note: answered }];
    await routes.call('claims', addDays(period.to, after.contested), '/settlement/moves', { requestId, moves });
  }
}

/** The statement: drawn up by the country that is last in the alphabet, signed by the other, paid, confirmed. */
async function conclude({ node, routes, meeting, partner, agreement, period }: Quarter): Promise<string | undefined> {
  const statement = await node.database
    .selectFrom('settlement_statement')
    .select(['statement_id', 'state', 'drawn_up_by'])
    .where('partner', '=', partner)
    .where('period', '=', period.name)
    .where('state', 'not in', ['differs', 'superseded'])
    .executeTakeFirst();
  const { country } = node.cover.options;
  const id = (act: string) => idOf(act, country, period.name);
  if (!statement) {
    if (meeting.here.country > meeting.there.country) {
      const body = { requestId: id('drawn-up'), partner, agreement: agreement.id, period: period.name };
      await routes.call('fund', addDays(period.to, after.drawnUp), '/settlement/statements', body);
    }
    return undefined;
  }
  const { statement_id: statementId, state } = statement;
  if (state === 'settled') {
    return 'settled';
  }
  if (state === 'proposed' && statement.drawn_up_by === partner) {
    await routes.call('fund', addDays(period.to, after.signed), '/settlement/statements/sign', {
      ...{ requestId: id('signed'), statementId },
    });
  }
  if (state === 'signed' || state === 'paid') {
    await pay({ node, routes, partner, agreement, period }, statementId);
  }
  return undefined;
}

type Paying = Pick<Quarter, 'node' | 'routes' | 'partner' | 'agreement' | 'period'>;

async function pay(of: Paying, statementId: string): Promise<void> {
  const { node, routes, period } = of;
  const { country } = node.cover.options;
  const payments = await node.database
    .selectFrom('settlement_payment')
    .innerJoin('settlement_statement', 'settlement_statement.statement_id', 'settlement_payment.statement_id')
    .select(['payer', 'receiver', 'paid_on', 'received_on', 'amount_minor', 'settlement_statement.currency'])
    .where('settlement_payment.statement_id', '=', statementId)
    .execute();
  for (const payment of payments) {
    const amount = amountText({ minor: BigInt(payment.amount_minor), currency: payment.currency });
    const id = (act: string) => idOf(act, country, period.name);
    if (payment.payer === country && payment.paid_on === null) {
      const paidOn = addDays(period.to, after.paid);
      await buy(of, { minor: BigInt(payment.amount_minor), currency: payment.currency }, paidOn);
      const body = { requestId: id('paid'), statementId, paidOn, reference: `BT-${period.name}`, amount };
      await routes.call('fund', paidOn, '/settlement/paid', body);
    }
    if (payment.receiver === country && payment.paid_on !== null && payment.received_on === null) {
      const receivedOn = addDays(period.to, after.received);
      await routes.call('fund', receivedOn, '/settlement/received', {
        requestId: id('received'),
        statementId,
        receivedOn,
        amount,
      });
    }
  }
}

/** Money of the statement's currency, bought with the fund's own: a little more than is needed, in whole hundreds. */
async function buy({ node, routes, partner, agreement, period }: Paying, wanted: Money, day: Day): Promise<void> {
  const { options } = node.cover;
  const { schemeId } = booksOf(options, agreement, partner);
  const own = options.schemes.find((scheme) => scheme.id === schemeId)!.currency;
  const worth = await convert(node.database, wanted, own, day);
  if (worth.ok && wanted.currency !== own) {
    const hundred = 100n * 10n ** BigInt(minorDigits(own));
    const given = { minor: (worth.value.value.minor / hundred + 1n) * hundred, currency: own };
    await routes.call('fund', day, '/fund/exchange', {
      requestId: idOf('bought', options.country, period.name),
      ...{ schemeId, given: moneyText(given), currency: wanted.currency, day, reference: `BT-${period.name}` },
    });
  }
}
