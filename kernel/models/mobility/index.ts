import type { Model } from '../model.ts';
import { privateCountsModel, roundingModel, suppressionModel } from './disclosure.model.ts';
import {
  effectiveDistanceModel,
  flowFitModel,
  gravityModel,
  importationModel,
  radiationModel,
} from './movement.model.ts';
import { flowEstimateModel, siteRankingModel } from './sites.model.ts';

export const mobilityModels: Model[] = [
  importationModel,
  effectiveDistanceModel,
  gravityModel,
  radiationModel,
  flowFitModel,
  siteRankingModel,
  flowEstimateModel,
  roundingModel,
  suppressionModel,
  privateCountsModel,
];
