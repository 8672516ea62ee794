import { type Money, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { exchangeTransfers } from '@serai/kernel/ledger/exchange.ts';
import type { Account, LedgerTransfer } from '@serai/kernel/ledger/types.ts';
import { readTransfer } from '@serai/store/ledger/books.ts';
import { accountBalances, type LedgerSql, postTransfers } from '@serai/store/ledger/ledger.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type AccountCode, accountOf, allAccounts, losesPurpose } from './accounts.ts';
import type { SubsidyPreview } from './api.ts';
import { type FundEvent, postEvent, transferOf } from './postings.ts';

/** Entries that no event of cover makes: by hand, between currencies, and what an actuary proposes. */

/** Manual entries carry this event, and can be reversed by hand. */
export const manualEvent = 'manual';

export interface ManualSide {
  readonly code: AccountCode;
  readonly partner?: string | undefined;
  readonly restrictedTo?: string | undefined;
}

export interface ManualEntry {
  readonly id: string;
  readonly schemeId: string;
  readonly debit: ManualSide;
  readonly credit: ManualSide;
  readonly amount: Money;
  readonly day: string;
  readonly reference: string;
}

function sidesOf(entry: Pick<ManualEntry, 'schemeId' | 'debit' | 'credit' | 'amount'>): [Account, Account] {
  const of = (side: ManualSide) => accountOf({ schemeId: entry.schemeId, currency: entry.amount.currency, ...side });
  return [of(entry.debit), of(entry.credit)];
}

function transferOfEntry(
  entry: ManualEntry,
  more: Pick<LedgerTransfer, 'id' | 'kind' | 'event'>,
): {
  readonly transfer: LedgerTransfer;
  readonly accounts: readonly Account[];
} {
  const accounts = sidesOf(entry);
  const restrictedTo = accounts[0].restrictedTo ?? accounts[1].restrictedTo;
  return {
    accounts,
    transfer: {
      ...more,
      debit: accounts[0].id,
      credit: accounts[1].id,
      amount: entry.amount,
      valueDay: entry.day,
      reference: entry.reference,
      ...(restrictedTo && { restrictedTo }),
    },
  };
}

export async function postManual(db: LedgerSql, entry: ManualEntry, at: Date): Promise<Result<{ transferId: string }>> {
  if (losesPurpose(sidesOf(entry))) {
    return refuse('ledger.fund-restricted');
  }
  const { transfer, accounts } = transferOfEntry(entry, { id: `manual:${entry.id}`, kind: 'post', event: manualEvent });
  const result = await postTransfers(db, [transfer], at, accounts);
  return result.ok ? ok({ transferId: transfer.id }) : result;
}

/** Who gives a subsidy, as schemes name them. */
export const subsidisers = ['government', 'donor', 'employer'] as const;

export interface Subsidy {
  readonly id: string;
  readonly schemeId: string;
  readonly by: (typeof subsidisers)[number];
  readonly amount: Money;
  /** The purpose it was given for; absent: the fund may spend it on anything. */
  readonly restrictedTo?: string | undefined;
  readonly day: string;
  readonly reference: string;
}

/** Subsidies recorded at the desk, which can be undone there; those that come with a contribution are of the contribution. */
const subsidyTransfer = 'subsidy-received:desk-';

export function subsidyEvent({ id, by, restrictedTo, reference, ...subsidy }: Subsidy): FundEvent {
  return {
    ...subsidy,
    event: 'subsidy-received',
    id: `desk-${id}`,
    reference: `${by}: ${reference}`,
    ...(restrictedTo !== undefined && { restrictedTo }),
  };
}

/** What recording a subsidy would do: both accounts before and after. */
export async function previewSubsidy(db: LedgerSql, subsidy: Subsidy): Promise<SubsidyPreview> {
  const { accounts, transfer } = transferOf(subsidyEvent(subsidy));
  const sides = await Promise.all(
    accounts.map(async (account) => {
      const known = (await accountBalances(db, { prefix: account.id })).find((each) => each.id === account.id);
      const posted = known ? known.debitsPosted - known.creditsPosted : 0n;
      const before = account.normal === 'debit' ? posted : -posted;
      const text = (minor: bigint) => moneyText(money(minor, account.currency));
      return {
        code: account.code as AccountCode,
        ...(account.restrictedTo !== undefined && { restrictedTo: account.restrictedTo }),
        before: text(before),
        after: text(before + transfer.amount.minor),
      };
    }),
  );
  return { debit: sides[0]!, credit: sides[1]! };
}

export async function postSubsidy(
  tx: Transaction,
  subsidy: Subsidy,
  at: Date,
): Promise<Result<{ transferId: string }>> {
  const event = subsidyEvent(subsidy);
  await postEvent(tx, event, at);
  return ok({ transferId: `${event.event}:${event.id}` });
}

/** Undoes an entry made by hand, on a day that is open. */
export async function reverseManual(
  db: LedgerSql,
  { id, transferId, day }: { readonly id: string; readonly transferId: string; readonly day: string },
  at: Date,
): Promise<Result<{ transferId: string }>> {
  const row = await readTransfer(db, transferId);
  if (!row?.debit.startsWith(allAccounts)) {
    return refuse('fund.transfer-unknown');
  }
  if (row.event !== manualEvent && row.event !== 'exchange' && !transferId.startsWith(subsidyTransfer)) {
    return refuse('fund.not-manual');
  }
  const pair = row.event === 'exchange' ? await otherLeg(db, transferId) : [];
  const rows = [row, ...pair];
  const result = await postTransfers(
    db,
    rows.map((each, i) => ({
      id: `reversal:${id}:${i}`,
      kind: 'post',
      debit: each.credit,
      credit: each.debit,
      amount: { minor: each.amountMinor, currency: each.currency },
      event: each.event,
      valueDay: day,
      reference: each.reference,
      reverses: each.id,
      ...(each.restrictedTo && { restrictedTo: each.restrictedTo }),
    })),
    at,
  );
  return result.ok ? ok({ transferId: `reversal:${id}:0` }) : result;
}

/** What was given and what was got are undone together. */
async function otherLeg(db: LedgerSql, transferId: string) {
  const other = transferId.endsWith(':given')
    ? transferId.replace(/:given$/, ':got')
    : transferId.replace(/:got$/, ':given');
  const row = await readTransfer(db, other);
  return row ? [row] : [];
}

/** Cash of one currency for cash of another, at the latest rate of the day. */
export async function postExchange(
  db: LedgerSql,
  exchange: {
    readonly id: string;
    readonly schemeId: string;
    readonly given: Money;
    readonly currency: string;
    readonly day: string;
    readonly reference: string;
  },
  at: Date,
): Promise<Result<{ readonly got: Money }>> {
  const { schemeId, given, currency, day } = exchange;
  if (given.currency === currency) {
    return refuse('fund.currency-same');
  }
  const known = await ratesBetween(db, given.currency, currency, new Date(`${day}T23:59:59.999Z`));
  const rate = rateOnDay(known, given.currency, currency, day);
  if (!rate) {
    return refuse('ledger.rate-missing', { from: given.currency, to: currency, day });
  }
  const account = (code: AccountCode, of: string) => accountOf({ schemeId, code, currency: of });
  const accounts = [
    account('cash', given.currency),
    account('cash', currency),
    account('exchange', given.currency),
    account('exchange', currency),
  ] as const;
  const [from, to, exchangeOfGiven, exchangeOfGot] = accounts;
  const transfers = exchangeTransfers({
    id: `exchange:${exchange.id}`,
    given,
    from: from.id,
    to: to.id,
    exchangeOfGiven: exchangeOfGiven.id,
    exchangeOfGot: exchangeOfGot.id,
    currency,
    rate,
    valueDay: day,
    reference: exchange.reference,
  });
  const result = await postTransfers(db, transfers, at, accounts);
  return result.ok ? ok({ got: transfers[1].amount }) : result;
}

/** What an actuary may propose, by the event it becomes. */
export const proposable = {
  'ibnr-raised': { debit: { code: 'claims-expense-ibnr' }, credit: { code: 'ibnr' } },
  'ibnr-released': { debit: { code: 'ibnr' }, credit: { code: 'claims-expense-ibnr' } },
} as const satisfies Record<string, Pick<ManualEntry, 'debit' | 'credit'>>;

export type Proposable = keyof typeof proposable;

export interface Proposal {
  readonly id: string;
  readonly event: Proposable;
  readonly schemeId: string;
  readonly amount: Money;
  readonly day: string;
  readonly reference: string;
}

/** A pending transfer that the fund manager posts or voids: it moves nothing until then. */
export async function propose(db: LedgerSql, proposal: Proposal, at: Date): Promise<Result<{ transferId: string }>> {
  const { transfer, accounts } = transferOfEntry(
    { ...proposal, ...proposable[proposal.event] },
    { id: `proposal:${proposal.id}`, kind: 'pending', event: proposal.event },
  );
  const result = await postTransfers(db, [transfer], at, accounts);
  return result.ok ? ok({ transferId: transfer.id }) : result;
}

/** Posts a proposal, in whole or in part, or sets it aside. */
export async function decideProposal(
  db: LedgerSql,
  decision: {
    readonly id: string;
    readonly transferId: string;
    readonly post: boolean;
    /** Less than was proposed; absent: all of it. */
    readonly amount?: Money | undefined;
    readonly day: string;
  },
  at: Date,
): Promise<Result<{ transferId: string }>> {
  const row = await readTransfer(db, decision.transferId);
  if (row?.kind !== 'pending' || !row.id.startsWith('proposal:')) {
    return refuse('fund.transfer-unknown');
  }
  if (decision.amount && decision.amount.currency !== row.currency) {
    return refuse('ledger.currency-mismatch', undefined, 'amount');
  }
  const id = `decided:${decision.id}`;
  const result = await postTransfers(
    db,
    [
      {
        id,
        kind: decision.post ? 'post-pending' : 'void-pending',
        debit: row.debit,
        credit: row.credit,
        amount: {
          minor: decision.post ? (decision.amount?.minor ?? row.amountMinor) : row.amountMinor,
          currency: row.currency,
        },
        event: row.event,
        valueDay: decision.day,
        reference: row.reference,
        pendingId: row.id,
        ...(row.restrictedTo && { restrictedTo: row.restrictedTo }),
      },
    ],
    at,
  );
  return result.ok ? ok({ transferId: id }) : result;
}
