import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { ColumnType } from 'kysely';
import type { ApprovalKind } from './approvals.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json<T> = ColumnType<T, string, string>;

export type ApprovalTables = {
  cover_approval: {
    approval_id: string;
    kind: ApprovalKind;
    subject: string;
    scheme_id: string | null;
    input: Json<Readonly<Record<string, unknown>>>;
    amounts: Json<readonly MoneyText[]>;
    because: string;
    proposed_by: string;
    proposed: Timestamp;
    expires: Timestamp;
    state: ColumnType<'proposed' | 'approved' | 'declined' | 'expired', 'proposed' | undefined, string>;
    decided_by: string | null;
    decided: Timestamp | null;
    outcome: Json<Readonly<Record<string, unknown>>> | null;
  };
};
