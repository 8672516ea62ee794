import { type Day, dayOfInstant } from '@serai/kernel/base/days.ts';

/** Minutes a country's clocks are ahead of UTC; none of these keeps summer time. Source: IANA time zone database. */
const minutesAhead: Readonly<Record<string, number>> = {
  ...{ TH: 420, LA: 420, KH: 420, VN: 420, MM: 390 },
  ...{ KZ: 300, KG: 360, TJ: 300, UZ: 300, TM: 300, PK: 300, CN: 480 },
};

/**
 * The day it is in a country: what care given, vouchers taken and cover asked for "today" mean to whoever stands there. In
 * Thailand a day begins seven hours before it does in UTC.
 */
export function localDay({ country, clock }: { readonly country: string; readonly clock: () => Date }): Day {
  return dayOfInstant(new Date(clock().getTime() + (minutesAhead[country] ?? 0) * 60_000));
}
