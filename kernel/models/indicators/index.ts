import type { Model } from '../model.ts';
import { followThroughModel, mipexModel, uhcModel, voucherModel } from './services.models.ts';
import { contactsModel, continuityModel, endTbModel, tbIndicatorsModel } from './tb.models.ts';

/** Every indicator, in the order a list shows them. */
export const indicatorModels: readonly Model[] = [
  tbIndicatorsModel,
  contactsModel,
  continuityModel,
  endTbModel,
  followThroughModel,
  voucherModel,
  uhcModel,
  mipexModel,
];
