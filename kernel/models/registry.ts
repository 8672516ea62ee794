import { clinicalModels } from './clinical/index.ts';
import { indicatorModels } from './indicators/index.ts';
import type { Model } from './model.ts';

/** Every model there is, by family. Names are unique (a test holds it). */
export const models: readonly Model[] = [...clinicalModels, ...indicatorModels];

/** The model called `name`, if there is one. */
export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name);
}
