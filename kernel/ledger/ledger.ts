import type { LedgerCode } from './ledger.refusals.ts';
import './ledger.refusals.ts';
import { shapeRefusal } from './shape.ts';
import type { Account, Balance, ClosedPeriod, JournalKind, LedgerTransfer, TransferAnswer } from './types.ts';

/**
 * The ledger as a pure function: what the database does (`store/ledger`), written a second time without one, in the words
 * of its rules. The two are held against each other by random batches.
 */
export interface LedgerState {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly balances: ReadonlyMap<string, Balance>;
  /** By id, in the order they were posted. */
  readonly journal: ReadonlyMap<string, JournalEntry>;
  /** What settled a pending transfer, by the id of what it settled. */
  readonly settled: ReadonlyMap<string, JournalEntry>;
  /** Ids of what was reversed. */
  readonly reversed: ReadonlySet<string>;
  readonly closed: readonly ClosedPeriod[];
}

/** A transfer as it stands in the books. */
export type JournalEntry = Omit<LedgerTransfer, 'kind' | 'linked'> & { readonly kind: JournalKind };

export interface Applied {
  readonly state: LedgerState;
  /** One for each transfer of the batch, in its order. */
  readonly answers: readonly TransferAnswer[];
}

/** Empty books with these accounts open. */
export function openLedger(accounts: readonly Account[], closed: readonly ClosedPeriod[] = []): LedgerState {
  return {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    balances: new Map(accounts.map(({ id, currency }) => [id, nothing(id, currency)])),
    journal: new Map(),
    settled: new Map(),
    reversed: new Set(),
    closed,
  };
}

function nothing(account: string, currency: string): Balance {
  return { account, currency, debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n };
}

/**
 * Posts what of a batch can be posted, in order. Holds whose time has passed end first. Transfers linked to the next stand
 * or fall with it. What is refused leaves nothing behind.
 *
 * @param at the instant (ISO) of posting: what expires is judged by it.
 */
export function apply(state: LedgerState, batch: readonly LedgerTransfer[], at: string): Applied {
  let now = expire(state, at);
  const answers: TransferAnswer[] = [];
  for (const chain of chains(batch)) {
    const after = applyChain(now, chain, at);
    now = after.state;
    answers.push(...after.answers);
  }
  return { state: now, answers };
}

/** Ends holds whose time has passed at an instant (ISO). */
export function expire(state: LedgerState, at: string): LedgerState {
  const due = [...state.journal.values()]
    .filter((entry) => entry.kind === 'pending' && !state.settled.has(entry.id) && isPast(entry.expiresAt, at))
    .sort((a, b) => Date.parse(a.expiresAt!) - Date.parse(b.expiresAt!) || (a.id < b.id ? -1 : 1));
  return due.reduce((before, { expiresAt: _, rate: __, ...hold }) => {
    const end = { ...hold, id: `expired:${hold.id}`, kind: 'expire-pending', valueDay: at.slice(0, 10) } as const;
    return record(before, { ...end, pendingId: hold.id });
  }, state);
}

function isPast(expiresAt: string | undefined, at: string): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(at);
}

/** Runs of transfers that are linked to the next, each with the one that ends it. */
function chains(batch: readonly LedgerTransfer[]): LedgerTransfer[][] {
  const found: LedgerTransfer[][] = [];
  let open: LedgerTransfer[] = [];
  for (const transfer of batch) {
    open.push(transfer);
    if (!transfer.linked) {
      found.push(open);
      open = [];
    }
  }
  return open.length > 0 ? [...found, open] : found;
}

function applyChain(before: LedgerState, chain: readonly LedgerTransfer[], at: string): Applied {
  let state = before;
  const answers: TransferAnswer[] = [];
  const refuseAll = (failed: LedgerTransfer, code: LedgerCode): Applied => ({
    state: before,
    answers: chain.map((each) =>
      each === failed
        ? { id: each.id, answer: 'refused', code }
        : standsAlready(before, each)
          ? { id: each.id, answer: 'replayed' }
          : { id: each.id, answer: 'refused', code: 'ledger.linked-refused' },
    ),
  });
  const last = chain.at(-1)!;
  if (last.linked) {
    return refuseAll(last, 'ledger.chain-open');
  }
  for (const transfer of chain) {
    const judged = judge(state, transfer, at);
    if (judged !== 'new' && judged !== 'replayed') {
      return refuseAll(transfer, judged);
    }
    if (judged === 'new') {
      state = record(state, transfer);
    }
    answers.push({ id: transfer.id, answer: judged === 'new' ? 'posted' : 'replayed' });
  }
  return { state, answers };
}

function standsAlready(state: LedgerState, transfer: LedgerTransfer): boolean {
  const known = state.journal.get(transfer.id);
  return known !== undefined && contentOf(known) === contentOf(transfer);
}

/** Everything a transfer says, so that two can be held against each other. */
function contentOf(entry: JournalEntry | LedgerTransfer): string {
  const { rate } = entry;
  return JSON.stringify([
    entry.kind,
    entry.debit,
    entry.credit,
    String(entry.amount.minor),
    entry.amount.currency,
    entry.event,
    entry.valueDay,
    entry.reference,
    entry.pendingId ?? null,
    entry.expiresAt === undefined ? null : Date.parse(entry.expiresAt),
    entry.restrictedTo ?? null,
    rate ? [rate.value, rate.from, rate.to, rate.source, rate.at] : null,
    entry.reverses ?? null,
  ]);
}

type Judged = 'new' | 'replayed' | LedgerCode;

/** The questions a transfer is asked, in the order of the table of refusals. */
function judge(state: LedgerState, transfer: LedgerTransfer, at: string): Judged {
  const shape = shapeRefusal(transfer);
  if (shape === 'ledger.id-malformed') {
    return shape;
  }
  if (state.journal.has(transfer.id)) {
    return standsAlready(state, transfer) ? 'replayed' : 'ledger.id-reused';
  }
  return (
    shape ??
    judgeAccounts(state, transfer) ??
    judgeTimes(state, transfer, at) ??
    judgeSettlement(state, transfer) ??
    judgeReversal(state, transfer) ??
    judgeLimits(state, transfer) ??
    'new'
  );
}

function judgeAccounts(state: LedgerState, { debit, credit, amount, restrictedTo }: LedgerTransfer) {
  const sides = [state.accounts.get(debit), state.accounts.get(credit)];
  if (sides.includes(undefined)) {
    return 'ledger.account-unknown';
  }
  if (sides.some((side) => side!.currency !== amount.currency)) {
    return 'ledger.currency-mismatch';
  }
  // Restricted accounts take and give money of their purpose alone; no purpose is claimed without such an account.
  const purposes = new Set(sides.map((side) => side!.restrictedTo).filter((each) => each !== undefined));
  const fits = purposes.size === 0 ? restrictedTo === undefined : purposes.size === 1 && purposes.has(restrictedTo!);
  return fits ? undefined : 'ledger.fund-restricted';
}

function judgeTimes(state: LedgerState, { valueDay, kind, expiresAt }: LedgerTransfer, at: string) {
  if (state.closed.some(({ firstDay, lastDay }) => firstDay <= valueDay && valueDay <= lastDay)) {
    return 'ledger.period-closed';
  }
  return kind === 'pending' && isPast(expiresAt, at) ? 'ledger.expiry-past' : undefined;
}

function judgeSettlement(state: LedgerState, transfer: LedgerTransfer) {
  if (transfer.pendingId === undefined) {
    return undefined;
  }
  const hold = state.journal.get(transfer.pendingId);
  if (hold?.kind !== 'pending') {
    return 'ledger.pending-unknown';
  }
  const differs =
    hold.debit !== transfer.debit || hold.credit !== transfer.credit || hold.restrictedTo !== transfer.restrictedTo;
  if (differs || (transfer.kind === 'void-pending' && hold.amount.minor !== transfer.amount.minor)) {
    return 'ledger.pending-mismatch';
  }
  const settled = state.settled.get(hold.id);
  if (settled) {
    return settled.kind === 'expire-pending' ? 'ledger.pending-expired' : 'ledger.pending-settled';
  }
  return transfer.amount.minor > hold.amount.minor ? 'ledger.pending-exceeded' : undefined;
}

function judgeReversal(state: LedgerState, transfer: LedgerTransfer) {
  if (transfer.reverses === undefined) {
    return undefined;
  }
  const undone = state.journal.get(transfer.reverses);
  if (undone?.kind !== 'post' && undone?.kind !== 'post-pending') {
    return 'ledger.reversal-unknown';
  }
  if (undone.reverses !== undefined) {
    return 'ledger.reversal-of-reversal';
  }
  const mirrors =
    undone.debit === transfer.credit &&
    undone.credit === transfer.debit &&
    undone.amount.minor === transfer.amount.minor &&
    undone.restrictedTo === transfer.restrictedTo;
  if (!mirrors) {
    return 'ledger.reversal-mismatch';
  }
  return state.reversed.has(undone.id) ? 'ledger.already-reversed' : undefined;
}

function judgeLimits(state: LedgerState, transfer: LedgerTransfer) {
  const after = record(state, transfer);
  // Only who gives can fall below zero.
  const debit = state.accounts.get(transfer.debit)!;
  const credit = state.accounts.get(transfer.credit)!;
  const broken =
    (debit.normal === 'credit' && isBelowZero(debit, after)) ||
    (credit.normal === 'debit' && isBelowZero(credit, after));
  return broken ? 'ledger.limit' : undefined;
}

function isBelowZero(account: Account, state: LedgerState): boolean {
  return account.neverNegative === true && room(account, state.balances.get(account.id)!) < 0n;
}

/** What an account can still give: what is posted on its normal side, less what is posted or promised away. */
export function room(account: Account, balance: Balance): bigint {
  return account.normal === 'debit'
    ? balance.debitsPosted - balance.creditsPosted - balance.creditsPending
    : balance.creditsPosted - balance.debitsPosted - balance.debitsPending;
}

function record(state: LedgerState, transfer: LedgerTransfer | JournalEntry): LedgerState {
  const { linked: _, ...entry } = transfer as LedgerTransfer & { kind: JournalKind };
  const { posted, pending } = moves(state, transfer);
  const debit = state.balances.get(transfer.debit)!;
  const credit = state.balances.get(transfer.credit)!;
  const balances = new Map(state.balances)
    .set(debit.account, {
      ...debit,
      debitsPosted: debit.debitsPosted + posted,
      debitsPending: debit.debitsPending + pending,
    })
    .set(credit.account, {
      ...credit,
      creditsPosted: credit.creditsPosted + posted,
      creditsPending: credit.creditsPending + pending,
    });
  return {
    ...state,
    balances,
    journal: new Map(state.journal).set(entry.id, entry),
    settled: entry.pendingId === undefined ? state.settled : new Map(state.settled).set(entry.pendingId, entry),
    reversed: entry.reverses === undefined ? state.reversed : new Set([...state.reversed, entry.reverses]),
  };
}

/** What a transfer adds to the posted and to the pending side of its accounts. */
function moves(state: LedgerState, transfer: LedgerTransfer | JournalEntry): { posted: bigint; pending: bigint } {
  const { minor } = transfer.amount;
  switch (transfer.kind) {
    case 'post':
      return { posted: minor, pending: 0n };
    case 'pending':
      return { posted: 0n, pending: minor };
    case 'post-pending':
      return { posted: minor, pending: -state.journal.get(transfer.pendingId!)!.amount.minor };
    default:
      return { posted: 0n, pending: -minor };
  }
}

/** Debits less credits of each currency, posted and pending together: zero, always. */
export function trialBalanceOf(state: LedgerState): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, ...each } of state.balances.values()) {
    const difference = each.debitsPosted + each.debitsPending - each.creditsPosted - each.creditsPending;
    sums.set(currency, (sums.get(currency) ?? 0n) + difference);
  }
  return sums;
}
