import type { MoneyRow } from './amount-rows.ts';
import { limitRows } from './amounts-of-limits.ts';
import { priceRows } from './amounts-of-prices.ts';

export const moneyRows: readonly MoneyRow[] = [...priceRows, ...limitRows];
