import type { Change } from './case.ts';
export interface MoneyRow {
  readonly what: string;
  readonly change: Change;
  readonly lines: readonly (readonly [allowed: number, deducted: number, paid: number, memberPays: number])[];
}
export const moneyRows: readonly MoneyRow[] = [];
