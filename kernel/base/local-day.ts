import { type Day, dayOfInstant } from './days.ts';

/** Minutes a country's clocks are ahead of UTC; none of these keeps summer time. Source: IANA time zone database. */
const minutesAhead: Readonly<Record<string, number>> = {
  ...{ TH: 420, LA: 420, KH: 420, VN: 420, MM: 390 },
  ...{ KZ: 300, KG: 360, TJ: 300, UZ: 300, TM: 300, PK: 300, CN: 480 },
};

/** The day an instant falls on in a country; of a country that is not known here, the day in UTC. */
export function localDayOf(at: Date, country: string): Day {
  return dayOfInstant(new Date(at.getTime() + (minutesAhead[country] ?? 0) * 60_000));
}
