import type { Model } from '../model.ts';
import { adverseSelectionModel } from './adverse-selection.model.ts';
import { aggregateLossModel } from './aggregate.model.ts';
import { bornhuetterFergusonModel } from './bornhuetter-ferguson.model.ts';
import { chainLadderModel } from './chain-ladder.model.ts';
import { claimsSimulationModel } from './claims-simulation.model.ts';
import { credibilityModel } from './credibility.model.ts';
import { financialProtectionModel, tbCostModel } from './financial-protection.model.ts';
import { frequencyFitModel } from './frequency.model.ts';
import { benefitCashFlowsModel, lifeBenefitsModel } from './life.model.ts';
import { munichModel } from './munich.model.ts';
import { highRiskPoolModel, poolingGainModel } from './pooling.model.ts';
import { premiumModel } from './premium.model.ts';
import { pricingModel } from './pricing.model.ts';
import { reserveBootstrapModel } from './reserve-bootstrap.model.ts';
import { riskMeasuresModel } from './risk-measures.model.ts';
import { ruinModel } from './ruin.model.ts';
import { severityFitModel } from './severity.model.ts';
import { solvencyModel } from './solvency.model.ts';

/** Every actuarial model, in the order an actuary meets them: fit, price, reserve, aggregate, survive, protect. */
export const actuarialModels: Model[] = [
  frequencyFitModel,
  severityFitModel,
  pricingModel,
  credibilityModel,
  premiumModel,
  chainLadderModel,
  munichModel,
  bornhuetterFergusonModel,
  reserveBootstrapModel,
  aggregateLossModel,
  claimsSimulationModel,
  riskMeasuresModel,
  ruinModel,
  poolingGainModel,
  highRiskPoolModel,
  solvencyModel,
  adverseSelectionModel,
  financialProtectionModel,
  tbCostModel,
  lifeBenefitsModel,
  benefitCashFlowsModel,
];
