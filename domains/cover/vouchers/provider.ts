import type { RequestStore } from '@serai/store/types.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { Provider } from './voucher.ts';

/** The facility whoever asks acts for. Only called once the desk was allowed, which needs one. */
export function providerOf(options: CoverOptions, store: RequestStore): Provider {
  const facility = (store.context.actor.facility ?? '').replace(/^Organization\//, '');
  const level = options.facilities.find((each) => each.id === facility)?.level ?? 'other';
  return { country: options.country, facility, level };
}
