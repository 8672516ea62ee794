import type { Model } from '../model.ts';
import { whoGrowthModel } from './growth/growth.model.ts';

/** Every clinical model, in the order a list shows them. */
export const clinicalModels: readonly Model[] = [whoGrowthModel];
