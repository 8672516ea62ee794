/** How the periods of a series lie in the year. */
export interface Calendar {
  readonly periodsPerYear: number;
  /** Days since 1 January 1970 of each period; undefined where periods are only counted. */
  readonly days?: Int32Array;
}

/**
 * Positions (0-based) of the same period 1, 2, … `years` years before position `t`, nearest first.
 * Without dates that is `periodsPerYear` back; with weekly dates the nearest same weekday to the same date, so that
 * years of 53 weeks do not shift the window; with daily dates the same date.
 * Without dates a position may lie before the series; with dates one that is not in it is far below zero.
 */
export function referencePositions(t: number, years: number, calendar: Calendar): number[] {
  const { days, periodsPerYear } = calendar;
  const positions: number[] = [];
  for (let year = 1; year <= years; year++) {
    if (!days || periodsPerYear === 12) {
      positions.push(t - year * periodsPerYear);
      continue;
    }
    const today = days[t]!;
    const sameDate = yearsEarlier(today, year);
    const day = periodsPerYear === 52 ? nearestSameWeekday(sameDate, today) : sameDate;
    positions.push(binarySearch(days, day));
  }
  return positions;
}

/** Days since 1 January 1970 of an ISO date (proleptic Gregorian), or NaN where it is not one. */
export function dayNumber(isoDate: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate);
  if (!match) {
    return Number.NaN;
  }
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const back = fromDayNumber(Math.round(time / 86_400_000));
  return back === isoDate ? Math.round(time / 86_400_000) : Number.NaN;
}

export function fromDayNumber(day: number): string {
  const { year, month, date } = civil(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The same date so many years earlier; 29 February becomes 1 March. */
function yearsEarlier(day: number, years: number): number {
  const { year, month, date } = civil(day);
  return Math.round(Date.UTC(year - years, month - 1, date) / 86_400_000);
}

function nearestSameWeekday(day: number, like: number): number {
  // 1 January 1970 was a Thursday; weekdays count from Sunday.
  const weekday = (value: number) => (((value + 4) % 7) + 7) % 7;
  const a = day - (weekday(day) - weekday(like));
  const b = a > day ? a - 7 : a + 7;
  return Math.abs(a - day) > Math.abs(b - day) ? b : a;
}

/** Year, month and date of a day number (Howard Hinnant's civil_from_days). */
function civil(day: number): { year: number; month: number; date: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

function binarySearch(days: Int32Array, wanted: number): number {
  let low = 0;
  let high = days.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (days[middle] === wanted) {
      return middle;
    }
    if (days[middle]! < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return Number.MIN_SAFE_INTEGER;
}
