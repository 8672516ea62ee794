import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { ApprovalKind } from './approvals.ts';

/** What an act answers where a second person must do it: nothing has happened yet. */
export interface Proposed {
  readonly proposed: { readonly approvalId: string; readonly expires: string };
}

/** A proposal that waits, `POST /api/cover/approvals/find`. */
export interface WaitingApproval {
  readonly approvalId: string;
  readonly kind: ApprovalKind;
  readonly schemeId?: string;
  readonly amounts: readonly MoneyText[];
  readonly because: string;
  readonly proposed: string;
  readonly expires: string;
  /** Proposed by whoever asks, who may set it aside and not approve it. */
  readonly mine: boolean;
  /** The payment it is about, by its receipt. */
  readonly receipt?: { readonly paymentId: string; readonly number: string };
  /** The claim whose appeal it is. */
  readonly claim?: { readonly claimId: string; readonly number: string };
  /** How many instalments. */
  readonly instalments?: number;
}

/** What became of it, `POST /api/cover/approvals/:id/decide`. */
export interface Decided {
  readonly approvalId: string;
  readonly state: 'approved' | 'declined';
  readonly kind: ApprovalKind;
  /** Where what was done can be taken back as one. */
  readonly batchId?: string;
}
