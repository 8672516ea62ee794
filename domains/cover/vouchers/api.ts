import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { IndicatorRow } from './indicators.ts';
import type { VoucherProgramme } from './programme.ts';
import type { VoucherState } from './voucher.ts';
import type { Place, RedemptionOutcome } from './vouchers.tables.ts';

/** What the voucher desk sends and is sent. */

export interface ProgrammesView {
  readonly programmes: readonly VoucherProgramme[];
}

export interface HolderLine {
  readonly group: string;
  readonly name: string;
  readonly village: string;
  readonly birthDate?: string;
  readonly phone?: string;
  readonly language: string;
  readonly anyway?: boolean;
}

export interface LinesAnswer {
  readonly lines: readonly { readonly line: number; readonly holderId?: string; readonly refused?: string }[];
}

export interface HolderView {
  readonly holderId: string;
  readonly group: string;
  readonly name: string;
  readonly village: string;
  readonly birthDate?: string;
  readonly hasPhone: boolean;
  readonly booklet?: {
    readonly bookletId: string;
    readonly bookletNumber: string;
    readonly channel: 'print' | 'sms';
    readonly expiresOn: string;
    readonly left: number;
    readonly of: number;
    readonly activated: boolean;
  };
}

export interface HoldersView {
  readonly holders: readonly HolderView[];
  readonly more: boolean;
}

export interface BookletsAnswer {
  readonly booklets: readonly {
    readonly holderId: string;
    readonly booklet?: { readonly bookletId: string; readonly bookletNumber: string; readonly vouchers: number };
    readonly refused?: string;
  }[];
}

export interface SheetView {
  readonly programme: Readonly<Record<string, string>>;
  readonly booklets: readonly {
    readonly bookletId: string;
    readonly bookletNumber: string;
    readonly code: string;
    readonly title: Readonly<Record<string, string>>;
    readonly holder: string;
    readonly language: string;
    readonly expiresOn: string;
    readonly vouchers: readonly {
      readonly service: string;
      readonly title: Readonly<Record<string, string>>;
      readonly pictogram: string;
      readonly number: number;
      readonly shortCode: string;
      readonly text: string;
    }[];
  }[];
}

export interface VoucherCheck {
  readonly programmeId: string;
  readonly programme: Readonly<Record<string, string>>;
  readonly country: string;
  readonly service: string;
  readonly title: Readonly<Record<string, string>>;
  readonly number: number;
  readonly state: VoucherState | 'foreign';
  readonly expiresOn: string;
  /** Shown only with the booklet's code: the person before you should be called so. */
  readonly holder?: string;
  readonly needsBirth: boolean;
}

export interface RedemptionView {
  readonly redemptionId: string;
  readonly voucherId: string;
  readonly service: string;
  readonly number: number;
  readonly on: string;
  readonly outcome: RedemptionOutcome;
  readonly refused?: string;
  readonly state?: VoucherState;
  readonly offline: boolean;
  readonly abroad?: string;
  readonly amount?: MoneyText;
  readonly place?: Place;
}

export interface QueueRow {
  readonly voucherId: string;
  readonly redemptionId: string;
  readonly service: string;
  readonly number: number;
  readonly provider: string;
  readonly village: string;
  readonly on: string;
  readonly amount: MoneyText;
  readonly state: VoucherState;
  readonly reasons: readonly string[];
  readonly sampled: boolean;
  readonly called: boolean;
  readonly offline: boolean;
  readonly disputed: boolean;
  /** For the call, where it was drawn. */
  readonly holder?: { readonly name: string; readonly phone?: string };
}

export interface DisputeView {
  readonly disputeId: string;
  readonly kind: 'double' | 'contested';
  readonly because: string;
  readonly voucherId: string;
  readonly service: string;
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly decision?: string;
  readonly openedAt: string;
  readonly takings: readonly {
    readonly redemptionId: string;
    readonly role: 'accepted' | 'other';
    readonly provider: string;
    readonly at: string;
    readonly receivedAt: string;
    readonly on: string;
    readonly device?: string;
    readonly counter: number;
    readonly outcome: RedemptionOutcome;
    /** What the device signed: the evidence. */
    readonly statement?: string;
  }[];
}

export interface BatchJson {
  readonly batchId: string;
  readonly state: 'proposed' | 'paid' | 'cancelled';
  readonly vouchers: number;
  readonly amount: MoneyText;
  readonly upTo: string;
  readonly paidOn?: string;
  readonly mine: boolean;
  readonly byProvider: readonly { readonly provider: string; readonly vouchers: number; readonly amount: MoneyText }[];
}

/** A device that redeems without a network. */
export interface DeviceView {
  readonly deviceId: string;
  readonly label: string;
  readonly facility: string;
  readonly state: 'in-use' | 'held' | 'revoked';
  readonly setUpAt: string;
  readonly setUpBy?: string;
  readonly lastSync?: string;
  /** When its list runs out, after which it takes nothing. */
  readonly kitUntil?: string;
  /** Redemptions the node has of it. */
  readonly sent: number;
  /** The most it may have taken that the node has not heard of. */
  readonly mayHold: number;
  /** That many at the dearest tariff. */
  readonly mayHoldWorth?: MoneyText;
  /** Vouchers it took that wait for a person's decision. */
  readonly waitsForPerson: number;
  readonly heldBecause?: string;
  readonly revoked?: {
    readonly at: string;
    readonly by?: string;
    readonly because?: string;
    readonly inHandUntil: string;
  };
}

export interface DevicesView {
  readonly devices: readonly DeviceView[];
  /** The most copied vouchers could take, for each programme of this node; only for officers. */
  readonly bounds: readonly (IndicatorsView['bound'] & { readonly programmeId: string })[];
}

/** What an expiry today would write off, and what follows. */
export interface LapsedView {
  readonly programmeId: string;
  /** Days after a voucher's last in which redemptions taken offline may still come in. */
  readonly graceDays: number;
  readonly vouchers: number;
  readonly amount: MoneyText;
  readonly rows: readonly {
    readonly expiresOn: string;
    readonly service: string;
    readonly vouchers: number;
    readonly amount: MoneyText;
  }[];
  readonly soon: { readonly days: number; readonly vouchers: number; readonly amount: MoneyText };
}

export type IndicatorJson = Omit<IndicatorRow, 'money'> & { readonly money?: MoneyText };

export interface IndicatorsView {
  readonly programmeId: string;
  readonly asOf: string;
  readonly indicators: readonly IndicatorJson[];
  readonly states: Readonly<Record<string, number>>;
  readonly bound: {
    readonly devices: number;
    readonly outstanding: number;
    readonly perDevice: number;
    readonly services: number;
    readonly worth: MoneyText;
  };
}
