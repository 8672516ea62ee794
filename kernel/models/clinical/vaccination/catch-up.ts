import { formatDay, parseDay } from '../../calendar.ts';
import { type SeriesDose, schedules, type VaccinationSchedule, type VaccineSeries } from './schedule.table.ts';

export interface GivenDose {
  readonly antigen: string;
  /** ISO date. */
  readonly date: string;
  /** Without reliable proof a dose does not count: the person is treated as unvaccinated. */
  readonly documented: boolean;
}

export interface CatchUpInput {
  readonly birthDate: string;
  readonly asOf: string;
  readonly given: readonly GivenDose[];
  readonly schedule?: string | undefined;
  /** Live vaccines are not given: pregnancy or severe immunosuppression. */
  readonly noLiveVaccines?: boolean | undefined;
  /** Only these antigens; left out, all of the schedule. */
  readonly antigens?: readonly string[] | undefined;
}

export interface CatchUpRow {
  readonly antigen: string;
  /** Number of the dose in its series; null for a recorded dose that does not count. */
  readonly dose: number | null;
  readonly status:
    | 'given'
    | 'not-counted'
    /** May and should be given today. */
    | 'due'
    /** Due, and past the age the programme aims for by more than four weeks. */
    | 'overdue'
    | 'later'
    | 'too-old'
    | 'contraindicated';
  /** The day it was given, or the first day it should be: not before the recommended age. */
  readonly date: string | null;
  /** Why it does not count: `not-documented`, `too-young`, `interval`, `live-interval`, `before-birth`, `in-the-future`, `series-complete`, `unknown-antigen`, `too-old`. */
  readonly reason: string | null;
}

const overdueAfterDays = 28;

/** The schedule called `id`, if there is one. */
export function vaccinationSchedule(id: string): VaccinationSchedule | undefined {
  return schedules.find((schedule) => schedule.id === id);
}

/**
 * What counts of the doses given, and when each missing one is to be given: at the recommended age, or as soon as
 * intervals allow for whoever is past it. A series is continued, never
 * begun again; several vaccines may be given the same day; live ones of different kinds otherwise 28 days apart.
 *
 * @throws RangeError for a date that is not one, or a schedule nobody wrote.
 */
export function vaccinationCatchUp(input: CatchUpInput): readonly CatchUpRow[] {
  const schedule = vaccinationSchedule(input.schedule ?? 'who-epi');
  if (!schedule) {
    throw new RangeError(`There is no schedule "${input.schedule}".`);
  }
  const birth = dayOf(input.birthDate, 'birthDate');
  const today = dayOf(input.asOf, 'asOf');
  const given = input.given
    .map((row) => ({ ...row, day: dayOf(row.date, 'date of a dose') }))
    .sort((a, b) => a.day - b.day);
  const series = schedule.series.filter((row) => input.antigens?.includes(row.antigen) ?? true);

  const rows: CatchUpRow[] = given
    .filter((row) => !schedule.series.some((known) => known.antigen === row.antigen))
    .map((row) => notCounted(row, 'unknown-antigen'));
  const histories = series.map((row) => ({ series: row, ...count(row, given, { schedule, birth, today }) }));
  for (const history of histories) {
    rows.push(...history.rows);
  }
  // The last live dose of each kind, given on a day of its own, holds the others back.
  const liveDays = given
    .filter((row) => row.documented && row.day <= today && isLive(schedule, row.antigen))
    .map((row) => ({ antigen: row.antigen, day: row.day }));
  for (const { series: row, counted } of histories) {
    rows.push(...plan(row, counted, liveDays, { schedule, birth, today, noLive: input.noLiveVaccines ?? false }));
  }
  return rows;
}

interface Frame {
  readonly schedule: VaccinationSchedule;
  readonly birth: number;
  readonly today: number;
}

type Dated = GivenDose & { readonly day: number };

function count(series: VaccineSeries, given: readonly Dated[], { schedule, birth, today }: Frame) {
  const rows: CatchUpRow[] = [];
  const counted: number[] = [];
  for (const dose of given) {
    if (dose.antigen !== series.antigen && !series.countsAlso?.includes(dose.antigen)) {
      continue;
    }
    const borrowed = dose.antigen !== series.antigen;
    const rule = series.doses[counted.length];
    const age = dose.day - birth;
    const live = given.find(
      (other) =>
        series.live &&
        other.documented &&
        other.antigen !== dose.antigen &&
        isLive(schedule, other.antigen) &&
        other.day < dose.day &&
        dose.day - other.day < schedule.liveIntervalDays - schedule.graceDays,
    );
    const reason = !dose.documented
      ? 'not-documented'
      : dose.day > today
        ? 'in-the-future'
        : age < 0
          ? 'before-birth'
          : !rule
            ? 'series-complete'
            : !borrowed && age < rule.minimumAgeDays - schedule.graceDays
              ? 'too-young'
              : counted.length > 0 && dose.day - counted.at(-1)! < rule.minimumIntervalDays - schedule.graceDays
                ? 'interval'
                : live
                  ? 'live-interval'
                  : null;
    if (reason === null) {
      counted.push(dose.day);
      if (!borrowed) {
        rows.push({ antigen: series.antigen, dose: counted.length, status: 'given', date: dose.date, reason: null });
      }
    } else if (!borrowed) {
      rows.push(notCounted(dose, reason));
    }
  }
  return { rows, counted };
}

function plan(
  series: VaccineSeries,
  counted: readonly number[],
  liveDays: readonly { readonly antigen: string; readonly day: number }[],
  { schedule, birth, today, noLive }: Frame & { readonly noLive: boolean },
): CatchUpRow[] {
  const age = today - birth;
  const begun = counted[0] === undefined ? Math.max(age, series.doses[0]!.minimumAgeDays) : counted[0] - birth;
  const wanted = Math.min(
    series.doses.length,
    series.fewerDoses?.findLast((row) => begun >= row.beginFromDays)?.doses ?? series.doses.length,
  );
  const rows: CatchUpRow[] = [];
  const say = (dose: number, status: CatchUpRow['status'], day: number | null, reason: string | null) =>
    rows.push({ antigen: series.antigen, dose, status, date: day === null ? null : formatDay(day), reason });
  if (series.fromDays !== undefined && age < series.fromDays) {
    return rows;
  }
  let previous = counted.at(-1);
  for (let n = counted.length; n < wanted; n++) {
    const rule = series.doses[n]!;
    const planned = plannedDay(rule, previous, series, liveDays, { schedule, birth, today });
    const tooOld =
      (n === 0 && series.beginBelowDays !== undefined && planned - birth >= series.beginBelowDays) ||
      (series.endDays !== undefined && planned - birth >= series.endDays);
    if (tooOld) {
      say(n + 1, 'too-old', null, 'too-old');
      return rows;
    }
    if (series.live && noLive) {
      say(n + 1, 'contraindicated', null, 'live-vaccine');
      return rows;
    }
    if (planned > today) {
      say(n + 1, 'later', planned, null);
    } else {
      say(n + 1, today - birth - rule.recommendedAgeDays > overdueAfterDays ? 'overdue' : 'due', today, null);
    }
    previous = planned;
  }
  return rows;
}

/** The recommended age, or as soon as may be for whoever is past it. */
function plannedDay(
  rule: SeriesDose,
  previous: number | undefined,
  series: VaccineSeries,
  liveDays: readonly { readonly antigen: string; readonly day: number }[],
  { schedule, birth, today }: Frame,
): number {
  let day = Math.max(today, birth + rule.recommendedAgeDays);
  if (previous !== undefined) {
    day = Math.max(day, previous + rule.minimumIntervalDays);
  }
  if (series.live) {
    for (const other of liveDays) {
      // The same day is allowed.
      if (other.antigen !== series.antigen && other.day !== day) {
        day = Math.max(day, other.day + schedule.liveIntervalDays);
      }
    }
  }
  return day;
}

const isLive = (schedule: VaccinationSchedule, antigen: string) =>
  schedule.series.some((row) => row.antigen === antigen && row.live);

const notCounted = (dose: GivenDose, reason: string): CatchUpRow => ({
  antigen: dose.antigen,
  dose: null,
  status: 'not-counted',
  date: dose.date,
  reason,
});

function dayOf(iso: string, field: string): number {
  const day = parseDay(iso);
  if (Number.isNaN(day)) {
    throw new RangeError(`The ${field} is not a calendar date (YYYY-MM-DD).`);
  }
  return day;
}
