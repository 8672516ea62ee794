import type { MoneyText } from '@serai/kernel/base/money.ts';

export type RunState = 'proposed' | 'approved' | 'paid' | 'reversed';

export interface RunSummary {
  readonly runId: string;
  readonly schemeId: string;
  readonly upTo: string;
  readonly state: RunState;
  /** Pays claims, or a month of care by head. */
  readonly kind: 'claims' | 'capitation';
  readonly claims: number;
  readonly amount: MoneyText;
  readonly madeBy: string;
  readonly approvedBy?: string;
  readonly created: string;
  readonly paidOn?: string;
}

export interface ProviderPayment {
  readonly provider: string;
  readonly claims: number;
  readonly amount: MoneyText;
  readonly takenBack: MoneyText;
}

export interface RunPreview {
  readonly claims: number;
  readonly amount: MoneyText;
  readonly providers: readonly ProviderPayment[];
}

export interface RunInFull extends RunSummary {
  readonly providers: readonly ProviderPayment[];
  /** Of a month of care by head. */
  readonly heads: readonly (HeadsView & { readonly provider: string })[];
}

/** Members of one band of ages that a facility is paid for. */
export interface HeadsView {
  /** Empty: those in no band. */
  readonly band: string;
  readonly members: number;
  readonly rate: MoneyText;
  readonly amount: MoneyText;
}

export interface CapitationPreview {
  readonly month: string;
  readonly members: number;
  readonly amount: MoneyText;
  readonly heads: readonly (HeadsView & { readonly provider: string })[];
}

/** What a facility is told with a payment: which claims it is for, and why each is what it is. */
export interface Remittance {
  readonly runId: string;
  readonly schemeId: string;
  readonly provider: string;
  readonly state: RunState;
  readonly paidOn?: string;
  readonly amount: MoneyText;
  readonly lines: readonly RemittanceLine[];
  readonly heads: readonly HeadsView[];
}

export interface RemittanceLine {
  readonly claimId: string;
  readonly claimNumber: string;
  readonly from: string;
  readonly claimedOn: string;
  readonly claimed: MoneyText;
  readonly paid: MoneyText;
  /** Reasons of lines that were not accepted, each once. */
  readonly reasons: readonly number[];
}

export interface Statement {
  readonly provider: string;
  readonly from: string;
  readonly to: string;
  readonly totals: readonly {
    readonly schemeId: string;
    readonly claims: number;
    readonly rejected: number;
    readonly claimed: MoneyText;
    readonly payable: MoneyText;
    readonly settled: MoneyText;
    readonly owed: MoneyText;
  }[];
  readonly payments: readonly {
    readonly runId: string;
    readonly schemeId: string;
    readonly paidOn: string;
    readonly claims: number;
    readonly amount: MoneyText;
  }[];
  readonly delay: {
    readonly paid: number;
    readonly meanDays: number;
    readonly medianDays: number;
    readonly withinTarget: number;
    readonly targetDays: number;
  };
}

/** The claims sub-ledger beside the ledger, by scheme and currency. */
export interface Reconciliation {
  readonly at: string;
  readonly agrees: boolean;
  readonly rows: readonly {
    readonly schemeId: string;
    readonly currency: string;
    readonly account: 'outstanding-claims' | 'claims-payable';
    readonly claims: MoneyText;
    readonly ledger: MoneyText;
    readonly difference: MoneyText;
  }[];
}
