import type { Model } from '../model.ts';
import { whoGrowthModel } from './growth/growth.model.ts';
import { whoGrowthReferenceModel } from './growth/reference.model.ts';
import { ihrModel } from './ihr.model.ts';
import { pregnancyModel } from './pregnancy.model.ts';
import { questionnaireModel } from './questionnaires/questionnaires.model.ts';
import { screeningYieldModel, tbScreeningModel } from './screening.model.ts';
import { tbAdherenceModel, tbMonitoringModel, tbOutcomeModel } from './tb/course.models.ts';
import { tbDosesModel, tbPreventiveModel, tbRegimenModel } from './tb/treatment.models.ts';
import { preMigrationModel, travelModel } from './travel/travel.model.ts';
import { vaccinationModel } from './vaccination/catch-up.model.ts';

/** Every clinical model, in the order a list shows them. */
export const clinicalModels: readonly Model[] = [
  tbScreeningModel,
  screeningYieldModel,
  tbRegimenModel,
  tbDosesModel,
  tbMonitoringModel,
  tbPreventiveModel,
  tbAdherenceModel,
  tbOutcomeModel,
  whoGrowthModel,
  whoGrowthReferenceModel,
  questionnaireModel,
  vaccinationModel,
  pregnancyModel,
  preMigrationModel,
  travelModel,
  ihrModel,
];
