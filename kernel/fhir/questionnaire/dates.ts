/** Whether a FHIR date (a year, a month or a day) is on the calendar. */
export function isCalendarDate(date: string): boolean {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(date);
  if (!parts) {
    return false;
  }
  const [, year, month, day] = parts;
  return !day || new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() >= Number(day);
}

/** A day so many days later (or earlier), as `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
