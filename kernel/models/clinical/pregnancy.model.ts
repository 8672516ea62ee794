import { z } from 'zod';
import { each, isoDate, labelOf, listOf, oneOf, optional, rowId, whole, yesNo } from '../fields.ts';
import { defineModel, type TidyRow } from '../model.ts';
import { datePregnancy } from './pregnancy.ts';

const pregnancy = z
  .strictObject({
    id: rowId,
    asOf: isoDate('Today'),
    lastPeriod: optional(isoDate('The last period'), 'First day of the last period, YYYY-MM-DD'),
    cycleDays: optional(whole('The cycle', 20, 45), 'Length of the cycle, days; left out, 28'),
    rule: optional(oneOf('Rule', ['280-days', 'naegele']), 'How the last period is counted; left out, 280-days'),
    ultrasoundDate: optional(isoDate('The ultrasound'), 'Day of an ultrasound, YYYY-MM-DD'),
    ultrasoundWeeks: optional(whole('Weeks by ultrasound', 4, 42), 'Completed weeks by ultrasound'),
    ultrasoundDays: optional(whole('Days by ultrasound', 0, 6), 'Days over the weeks; left out, 0'),
    multiple: optional(yesNo('More than one child'), 'More than one child'),
  })
  .refine((row) => row.lastPeriod !== undefined || row.ultrasoundDate !== undefined, {
    path: ['lastPeriod'],
    error: 'Give the last period or an ultrasound.',
  })
  .refine((row) => (row.ultrasoundDate === undefined) === (row.ultrasoundWeeks === undefined), {
    path: ['ultrasoundWeeks'],
    error: 'An ultrasound needs both its day and its weeks.',
  });

/** Gestational age, expected birth and antenatal contacts. */
export const pregnancyModel = defineModel({
  name: 'pregnancy-dates',
  family: 'clinical',
  title: 'Gestational age, expected birth, antenatal contacts',
  input: z.strictObject({ pregnancies: listOf(pregnancy, 'Pregnancies', 300_000) }),
  example: { pregnancies: [{ id: 'a', asOf: '2024-06-01', lastPeriod: '2024-01-01' }] },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'item', description: 'dating, or contact with its week' },
    { name: 'date', description: 'Expected birth, or day of the contact' },
    { name: 'method', description: 'last-period or ultrasound' },
    { name: 'gestation', description: 'Completed weeks and days today' },
    { name: 'trimester', description: 'Trimester' },
    { name: 'differenceDays', description: 'Ultrasound against last period', unit: 'days' },
    { name: 'implausible', description: 'Before conception or past 44 weeks: check the dates' },
    { name: 'airTravel', description: 'no-restriction, letter or not-advised' },
    { name: 'past', description: 'The contact was due before today' },
  ],
  *run({ pregnancies }) {
    const rows: TidyRow[] = [];
    yield* each(pregnancies, ({ id, ultrasoundDate, ultrasoundWeeks, ultrasoundDays, ...input }, i) => {
      const dating = datePregnancy({
        ...input,
        ...(ultrasoundDate !== undefined && {
          ultrasound: { date: ultrasoundDate, weeks: ultrasoundWeeks!, days: ultrasoundDays ?? 0 },
        }),
      });
      const { method, gestation, trimester, differenceDays, implausible, airTravel } = dating;
      const base = { id: labelOf({ id }, i), method, gestation, trimester, differenceDays, implausible, airTravel };
      rows.push({ ...base, item: 'dating', date: dating.expectedBirth, past: null });
      for (const contact of dating.contacts) {
        rows.push({ ...base, item: `contact-${contact.week}-weeks`, date: contact.date, past: contact.past });
      }
    });
    return rows;
  },
});
