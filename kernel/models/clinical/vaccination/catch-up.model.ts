import { z } from 'zod';
import { atMost, each, isoDate, joinedByLabel, listOf, optional, yesNo } from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { vaccinationCatchUp } from './catch-up.ts';
import { schedules } from './schedule.table.ts';

const ids = schedules.map((schedule) => schedule.id) as [string, ...string[]];

/** Vaccination catch-up, a row for each dose given or due. */
export const vaccinationModel = defineModel({
  name: 'vaccination-catch-up',
  family: 'clinical',
  title: 'Vaccination catch-up: what counts, what is due, the earliest days',
  input: z
    .strictObject({
      people: listOf(
        z
          .strictObject({
            id: z.string('A person has a label, as the doses name it.').describe('Label of the person; not a name'),
            birthDate: isoDate('Birth'),
            asOf: isoDate('Today'),
            noLiveVaccines: optional(
              yesNo('No live vaccines'),
              'Live vaccines are contraindicated: pregnancy, severe immunosuppression',
            ),
          })
          .refine((row) => row.asOf >= row.birthDate, { path: ['birthDate'], error: 'Birth is after today.' }),
        'People',
        300_000,
      ),
      given: z
        .array(
          z.strictObject({
            id: z.string('A dose names its person.').describe('Label of the person'),
            antigen: z.string('An antigen is text.').describe('Antigen, as the schedule calls it'),
            date: isoDate('The dose'),
            documented: optional(yesNo('Documented'), 'Reliable proof; left out or false, the dose does not count'),
          }),
          'Doses are a list.',
        )
        .max(5_000_000, atMost(5_000_000, 'Doses', 'give the people in parts, each with their doses'))
        .default([])
        .describe('Doses given'),
      schedule: z
        .enum(ids, `Schedule is one of: ${ids.join(', ')}.`)
        .default('who-epi')
        .describe('Schedule of the country of stay'),
    })
    .superRefine(joinedByLabel('people', 'given')),
  example: {
    people: [{ id: 'a', birthDate: '2023-01-01', asOf: '2024-01-01' }],
    given: [{ id: 'a', antigen: 'dtp-hepb-hib', date: '2023-02-12', documented: true }],
  },
  columns: [
    { name: 'id', description: 'Label of the person' },
    { name: 'antigen', description: 'Antigen' },
    { name: 'dose', description: 'Number in the series' },
    { name: 'status', description: 'given, not-counted, due, overdue, later, too-old or contraindicated' },
    { name: 'date', description: 'Day given, or the first day it should be' },
    { name: 'reason', description: 'Why it does not count; a code' },
  ],
  *run({ people, given, schedule }) {
    const byPerson = Map.groupBy(given, (dose) => dose.id);
    const rows: TidyRow[] = [];
    yield* each(people, ({ id, ...person }) => {
      const doses = (byPerson.get(id) ?? []).map((dose) => ({ ...dose, documented: dose.documented ?? false }));
      for (const row of vaccinationCatchUp({ ...person, given: doses, schedule })) {
        rows.push({ id, ...row });
      }
    });
    return rows;
  },
});
