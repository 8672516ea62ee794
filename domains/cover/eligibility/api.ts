import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { CoverOnCard } from '@serai/kernel/trust/card-cover.ts';
import type { EligibilityAnswer } from './eligibility.ts';
import type { SchemeAnswer } from './under-scheme.ts';

/** `POST /api/cover/eligibility`: by one of member number, record or card. Nothing personal stands in the address. */
export interface AskEligibility {
  readonly memberNumber?: string;
  readonly personId?: string;
  /** The text of a scanned card. */
  readonly card?: string;
  /** Absent: today. */
  readonly on?: string;
  readonly code?: string;
  /** Decimal text; absent: 1. */
  readonly quantity?: string;
  readonly visit?: 'other' | 'referral' | 'emergency';
  /** ICD-10. */
  readonly diagnosis?: string;
  /** A facility of this country; absent: the asker's own. */
  readonly facility?: string;
  readonly estimate?: MoneyText;
}

type AsText<T> = {
  readonly [K in keyof T]: T[K] extends { readonly minor: bigint } | undefined ? MoneyText | undefined : T[K];
};

export type SchemeView = Omit<AsText<SchemeAnswer>, 'remains'> & {
  readonly remains: Omit<SchemeAnswer['remains'], 'deductible' | 'ceiling'> &
    Readonly<Record<'deductible' | 'ceiling', Readonly<Record<'inPatient' | 'outPatient', MoneyText | undefined>>>>;
};

export interface EligibilityView extends Omit<EligibilityAnswer, 'scheme'> {
  /** `card`: of another country, nobody there was asked; what it says holds as of its status list. */
  readonly evidence: 'record' | 'card';
  readonly member?: {
    readonly memberNumber: string;
    readonly name: string;
    readonly birthYear: string;
    readonly personId?: string;
  };
  readonly scheme?: SchemeView;
  readonly card?: {
    readonly issuerCountry: string;
    readonly name?: string;
    readonly cover?: CoverOnCard;
    readonly covered: boolean;
    /** How old the list is that says the card still holds. */
    readonly statusAgeSeconds: number;
  };
}

/** `GET /api/cover/eligibility/codes`: what may be asked about, in this country's schemes. */
export interface EligibilityCodes {
  readonly codes: readonly { readonly code: string; readonly title: Readonly<Record<string, string>> }[];
}
