import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Payer, QuoteLine } from './premium.ts';
import type { Scheme } from './scheme.ts';

/** `GET /api/cover/schemes`. */
export interface SchemeList {
  readonly schemes: readonly SchemeSummary[];
}

export interface SchemeSummary {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly kind: Scheme['kind'];
  readonly country: string;
  readonly currency: string;
  readonly versions: readonly SchemeVersion[];
}

export interface SchemeVersion {
  readonly version: number;
  readonly validFrom: string;
  readonly validTo?: string;
  /** Holds for care of today. */
  readonly inForce: boolean;
}

/** `GET /api/cover/schemes/:id`: every version, oldest first, as the files have them. */
export interface SchemeVersions {
  readonly versions: readonly Scheme[];
  /** Version number that holds today; absent where none does. */
  readonly current?: number;
}

/** `POST /api/cover/schemes/:id/quote`. Ages are enough: nobody is asked for a name. */
export interface AskQuote {
  readonly members: readonly {
    readonly relation: 'holder' | 'spouse' | 'child' | 'parent' | 'other';
    readonly age: number;
  }[];
  readonly on?: string;
  readonly months?: number;
  readonly days?: number;
  /** Monthly, of every member who earns. */
  readonly wage?: string;
  readonly stage?: 'new' | 'renewal';
  readonly previousExpiresOn?: string;
  readonly groupMembers?: number;
  readonly instalments?: number;
}

export interface QuoteView {
  readonly version: number;
  readonly premium: MoneyText;
  readonly lines: readonly (Omit<QuoteLine, 'amount'> & { readonly amount: MoneyText })[];
  readonly payers: readonly { readonly by: Payer; readonly amount: MoneyText }[];
  /** First and last day, were it bought on that day. */
  readonly startsOn: string;
  readonly expiresOn: string;
  readonly instalments: readonly { readonly due: string; readonly graceUntil: string; readonly amount: MoneyText }[];
}
