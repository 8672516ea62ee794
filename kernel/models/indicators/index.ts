import type { Model } from '../model.ts';

/** Every indicator, in the order a list shows them. */
export const indicatorModels: readonly Model[] = [];
