import type { Model } from '../model.ts';
import { diseasesModel, metapopulationModel, seirModel } from './outbreak.model.ts';
import { reproductionModel, serialIntervalModel, wallingaTeunisModel } from './reproduction.model.ts';

export const epidemicModels: Model[] = [
  reproductionModel,
  wallingaTeunisModel,
  serialIntervalModel,
  seirModel,
  metapopulationModel,
  diseasesModel,
];
