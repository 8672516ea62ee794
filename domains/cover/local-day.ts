import type { Day } from '@serai/kernel/base/days.ts';
import { localDayOf } from '@serai/kernel/base/local-day.ts';

export { localDayOf };

/**
 * The day it is in a country: what care given, money taken, vouchers redeemed and cover asked for "today" mean to whoever
 * stands there. In Thailand a day begins seven hours before it does in UTC.
 */
export function localDay({ country, clock }: { readonly country: string; readonly clock: () => Date }): Day {
  return localDayOf(clock(), country);
}
