import type { Model } from '../model.ts';
import {
  contactsModel,
  continuityModel,
  endTbModel,
  followThroughModel,
  mipexModel,
  tbIndicatorsModel,
  uhcModel,
  voucherModel,
} from './indicators.models.ts';

/** Every indicator, in the order a list shows them. */
export const indicatorModels: readonly Model[] = [
  tbIndicatorsModel,
  contactsModel,
  continuityModel,
  followThroughModel,
  voucherModel,
  uhcModel,
  endTbModel,
  mipexModel,
];
