import { actuarialModels } from './actuarial/index.ts';
import { clinicalModels } from './clinical/index.ts';
import { epidemicModels } from './epidemic/index.ts';
import { indicatorModels } from './indicators/index.ts';
import { mobilityModels } from './mobility/index.ts';
import type { Model } from './model.ts';
import { surveillanceModels } from './surveillance/index.ts';

/** Every model there is, by family. Names are unique (a test holds it). */
export const models: readonly Model[] = [
  ...actuarialModels,
  ...epidemicModels,
  ...surveillanceModels,
  ...mobilityModels,
  ...clinicalModels,
  ...indicatorModels,
];

/** The model called `name`, if there is one. */
export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name);
}
