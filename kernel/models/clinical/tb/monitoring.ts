import { addMonths, formatDay, parseDay } from '../../calendar.ts';
import type { Provenance } from '../provenance.ts';
import {
  completionWindowDays,
  type MonitoringRow,
  type MonitoringTable,
  monitoringTables,
} from './monitoring.table.ts';

export interface MonitoringInput {
  readonly regimen: string;
  /** ISO date of the first dose. */
  readonly startDate: string;
  /** Planned months of treatment: how long the repeated examinations go on. */
  readonly months: number;
  /** ISO date on which cured or completed was assigned; left out, the planned end, marked as planned. */
  readonly outcomeDate?: string | undefined;
}

export interface MonitoringExam {
  readonly exam: MonitoringRow['exam'];
  readonly why: string;
  readonly triggerDate: string;
  readonly dueDate: string;
  readonly overdueFrom: string;
  readonly expiresOn: string;
  /** Done between these dates (inclusive), the examination counts for this due date. */
  readonly windowFrom: string;
  readonly windowTo: string;
  /** Counted from a planned end that may still move. */
  readonly planned: boolean;
}

/**
 * The monitoring examinations of one treatment, by due date. Empty for a regimen without a schedule.
 *
 * Months are calendar months and each is counted from the first trigger, so that a start on the 31st does not creep.
 *
 * @throws RangeError for a date that is not one.
 */
export function monitoringSchedule(input: MonitoringInput): readonly MonitoringExam[] {
  const table = tableOf(input.regimen);
  if (!table) {
    return [];
  }
  const start = dayOf(input.startDate, 'startDate');
  const planned = input.outcomeDate === undefined;
  const end = planned ? addMonths(start, input.months) : dayOf(input.outcomeDate, 'outcomeDate');
  const exams = table.rows.flatMap((row) => {
    const anchor = row.from === 'start' ? start : end;
    return triggers(row, anchor, start, end).map((trigger): MonitoringExam & { readonly due: number } => {
      const due = trigger + row.dueDays;
      const expires = row.expiresMonths ? addMonths(due, row.expiresMonths) : due + (row.expiresDays ?? 0);
      return {
        exam: row.exam,
        why: row.why,
        triggerDate: formatDay(trigger),
        dueDate: formatDay(due),
        overdueFrom: formatDay(due + 1),
        expiresOn: formatDay(expires),
        windowFrom: formatDay(due - completionWindowDays),
        windowTo: formatDay(due + completionWindowDays),
        planned: planned && row.from === 'outcome',
        due,
      };
    });
  });
  return exams.sort((a, b) => a.due - b.due).map(({ due: _, ...exam }) => exam);
}

/** Where the schedule of a regimen comes from. */
export function monitoringSource(regimen: string): Provenance | undefined {
  const table = tableOf(regimen);
  return table && { source: table.source, effectiveFrom: table.effectiveFrom, jurisdiction: table.jurisdiction };
}

/**
 * Whether a positive smear or culture asks for susceptibility testing: failure is suspected from month 2
 * (drug-susceptible), 4 (BPaLM/BPaL) or 6 (nine months) of treatment. Undefined for a regimen without a schedule.
 *
 * @throws RangeError for a date that is not one.
 */
export function susceptibilityTestDue(regimen: string, startDate: string, positiveDate: string): boolean | undefined {
  const table = tableOf(regimen);
  return (
    table &&
    dayOf(positiveDate, 'positiveDate') >= addMonths(dayOf(startDate, 'startDate'), table.susceptibilityTestFromMonth)
  );
}

const tableOf = (regimen: string): MonitoringTable | undefined =>
  monitoringTables.find((table) => table.regimens.includes(regimen));

function triggers(row: MonitoringRow, anchor: number, start: number, end: number): number[] {
  const first = addMonths(anchor, row.months) + row.days;
  if (!row.every) {
    return [first];
  }
  const stop = row.untilMonths === undefined ? end : Math.min(end, addMonths(start, row.untilMonths));
  const found: number[] = [];
  for (let n = 0; ; n++) {
    const trigger = row.every.months
      ? addMonths(addMonths(anchor, row.months) + row.days, n * row.every.months)
      : first + n * row.every.days!;
    if (trigger >= stop) {
      return found;
    }
    found.push(trigger);
  }
}

function dayOf(iso: string | undefined, field: string): number {
  const day = parseDay(iso ?? '');
  if (Number.isNaN(day)) {
    throw new RangeError(`${field} is not a calendar date (YYYY-MM-DD).`);
  }
  return day;
}
