import type { Model } from '../model.ts';
import { cusumModel } from './cusum.model.ts';
import { earsModel } from './ears.model.ts';
import { farringtonFlexibleModel, farringtonModel } from './farrington.model.ts';
import { bayesModel, rkiModel } from './history.model.ts';
import { nowcastModel } from './nowcast.model.ts';
import { thresholdsModel } from './thresholds.model.ts';

export const surveillanceModels: Model[] = [
  earsModel,
  farringtonModel,
  farringtonFlexibleModel,
  cusumModel,
  rkiModel,
  bayesModel,
  thresholdsModel,
  nowcastModel,
];
