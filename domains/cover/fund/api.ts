import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import type { JournalKind, NormalSide } from '@serai/kernel/ledger/types.ts';
import type { AccountCode, AccountKind } from './accounts.ts';
import type { Control } from './reconcile.store.ts';

/** What `/api/cover/fund/*` answers. Money is decimal text with its currency. */

export interface SchemeName {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly currency: string;
}

export interface TrialRow {
  readonly currency: string;
  readonly accounts: number;
  readonly debits: MoneyText;
  readonly credits: MoneyText;
  readonly pending: MoneyText;
  /** Zero, always. */
  readonly difference: MoneyText;
}

export interface AccountRow {
  readonly id: string;
  readonly code: AccountCode;
  readonly kind: AccountKind;
  readonly normal: NormalSide;
  readonly currency: string;
  readonly restrictedTo?: string;
  readonly partner?: string;
  readonly debits: MoneyText;
  readonly credits: MoneyText;
  /** On the account's normal side. */
  readonly balance: MoneyText;
  /** Promised away or promised, not moved yet. */
  readonly pending: MoneyText;
}

export interface Accounts {
  readonly accounts: readonly AccountRow[];
  readonly trial: readonly TrialRow[];
}

export type AlertCode =
  | 'trial-balance'
  | 'records-differ'
  | 'cash-below-payable'
  | 'cash-below-all'
  | 'cash-overdrawn'
  | 'proposals-waiting'
  | 'period-open'
  | 'rate-missing'
  | 'not-earned'
  | 'runs-waiting'
  | 'approvals-waiting'
  | 'reviews-waiting'
  | 'claims-waiting'
  | 'appeals-waiting'
  | 'abroad-waiting'
  | 'arrears'
  | 'authorisations-open';

export interface Alert {
  readonly code: AlertCode;
  /** `routine`: work that is there every day. */
  readonly weight: 'grave' | 'notable' | 'routine';
  /** What fills the sentence. */
  readonly values: Readonly<Record<string, string | number>>;
  /** What it comes to, where the sentence says so. */
  readonly amount?: MoneyText;
}

export interface Overview {
  readonly schemes: readonly SchemeName[];
  readonly day: string;
  readonly membersInForce: number;
  readonly policiesInForce: number;
  /** Of the calendar year, by currency. */
  readonly year: readonly YearRow[];
  readonly claims: readonly {
    readonly status: string;
    readonly count: number;
    readonly claimed: readonly MoneyText[];
  }[];
  readonly cash: readonly { readonly amount: MoneyText; readonly restrictedTo?: string }[];
  readonly position: readonly PositionRow[];
  /** The same in the schemes' own currency; absent where nothing is held or owed in another. */
  readonly together?: Together;
  readonly trial: readonly TrialRow[];
  readonly alerts: readonly Alert[];
}

export interface YearRow {
  readonly currency: string;
  readonly written: MoneyText;
  readonly paid: MoneyText;
  readonly owed: MoneyText;
  readonly earned: MoneyText;
  readonly incurred: MoneyText;
  /** Administration. */
  readonly expenses: MoneyText;
  /** Claims and administration over contributions earned; absent where nothing is earned. */
  readonly combinedRatio?: number;
  /** Claims incurred over contributions earned; absent where nothing is earned. */
  readonly lossRatio?: number;
}

/** Assets, what is owed, and how far the one covers the other. */
export interface PositionRow {
  readonly currency: string;
  readonly assets: MoneyText;
  readonly liabilities: MoneyText;
  readonly net: MoneyText;
  /** Assets over liabilities. */
  readonly solvency?: number;
  /** Cash over what is to be paid now: payable claims, vouchers, emergencies. */
  readonly liquidity?: number;
}

/** Every currency in one. What is owed to partners counts as to be paid. */
export interface Together extends PositionRow {
  readonly rates: readonly Rate[];
  /** Currencies without a rate: not counted. */
  readonly missing: readonly string[];
}

export interface JournalEntryRow {
  readonly id: string;
  readonly number: string;
  readonly kind: JournalKind;
  readonly event: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: MoneyText;
  readonly valueDay: string;
  readonly reference: string;
  readonly restrictedTo?: string;
  readonly reverses?: string;
  readonly reversedBy?: string;
  readonly postedAt: string;
}

export interface JournalPage {
  readonly rows: readonly JournalEntryRow[];
  readonly next?: string;
}

export interface StatementView {
  readonly account: string;
  readonly from: string;
  readonly to: string;
  readonly opening: MoneyText;
  readonly closing: MoneyText;
  readonly more: boolean;
  readonly lines: readonly {
    readonly id: string;
    readonly valueDay: string;
    readonly event: string;
    readonly reference: string;
    readonly other: string;
    readonly debit: MoneyText;
    readonly credit: MoneyText;
    readonly balance: MoneyText;
  }[];
}

export interface PeriodRow {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly transfers: number;
  readonly moved: readonly MoneyText[];
  readonly closedAt?: string;
  readonly closedBy?: string;
}

export interface PeriodPreview {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Refusal codes; empty when it can be closed. */
  readonly against: readonly string[];
  readonly pending: readonly string[];
  readonly trial: readonly TrialRow[];
}

export interface RateRow {
  readonly from: string;
  readonly to: string;
  readonly value: string;
  readonly source: string;
  readonly at: string;
}

export interface RevaluationRow {
  readonly account: string;
  readonly balance: MoneyText;
  readonly value: MoneyText;
  /** Above zero a gain of the fund, below a loss. */
  readonly gain: MoneyText;
  readonly rate: RateRow;
}

export interface ControlRow {
  readonly control: Control;
  /** One scheme's own, where it differs. */
  readonly schemeId?: string;
  readonly ledger: MoneyText;
  readonly records: MoneyText;
  readonly difference: MoneyText;
}

/** What recording a subsidy would do to the two accounts it moves. */
export interface SubsidyPreview {
  readonly debit: SubsidySide;
  readonly credit: SubsidySide;
}
interface SubsidySide {
  readonly code: AccountCode;
  readonly restrictedTo?: string;
  readonly before: MoneyText;
  readonly after: MoneyText;
}
