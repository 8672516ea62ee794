import type { ReasonRow } from './reason-rows.ts';
import { edgeRows } from './reasons-at-edges.ts';
import { ourRows } from './reasons-of-ours.ts';
import { lineRows } from './reasons-of-the-line.ts';
import { productRows } from './reasons-of-the-product.ts';

export const reasonRows: readonly ReasonRow[] = [...lineRows, ...productRows, ...ourRows, ...edgeRows];
