import { z } from 'zod';
import { each, labelOf, listOf, oneOf, optional, rowId } from '../fields.ts';
import { defineModel, type TidyRow } from '../model.ts';
import { alwaysAssessed, alwaysNotified, type IhrQuestion, ihrQuestions } from './ihr.table.ts';
import { assessIhrEvent } from './ihr.ts';

const answer = oneOf('An answer', ['yes', 'no', 'unknown']);

/** IHR Annex 2, a row for each event. */
export const ihrModel = defineModel({
  name: 'ihr-annex-2',
  family: 'clinical',
  title: 'IHR Annex 2: whether an event is notified to the WHO',
  input: z.strictObject({
    events: listOf(
      z.strictObject({
        id: rowId,
        disease: z
          .string('The disease is text.')
          .min(1, 'Name the disease or syndrome.')
          .describe(
            `Always notified: ${alwaysNotified.join(', ')}; always assessed: ${alwaysAssessed.join(', ')}; or any other`,
          ),
        ...(Object.fromEntries(
          ihrQuestions.map((question) => [question.id, optional(answer, `${question.text} Left out, not answered`)]),
        ) as Record<IhrQuestion, ReturnType<typeof optional<typeof answer>>>),
      }),
      'Events',
      100_000,
    ),
  }),
  example: {
    events: [{ id: 'a', disease: 'cholera', serious: 'yes', unusual: 'no', spread: 'yes', restrictions: 'no' }],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'decision', description: 'notify, keep-assessing, answer-first or not-notifiable' },
    { name: 'list', description: 'Which list the disease is on' },
    { name: 'yes', description: 'Questions answered yes' },
    { name: 'open', description: 'Questions not answered' },
    { name: 'withinHours', description: 'Hours from the assessment (notify) or the report', unit: 'hours' },
  ],
  *run({ events }) {
    const rows: TidyRow[] = [];
    yield* each(events, (event, i) => {
      const answers = Object.fromEntries(
        ihrQuestions.flatMap(({ id }) => (event[id] === undefined ? [] : [[id, event[id]]])),
      );
      const { decision, list, yes, open, withinHours } = assessIhrEvent({ disease: event.disease, answers });
      rows.push({ id: labelOf(event, i), decision, list, yes: yes.join(' '), open: open.join(' '), withinHours });
    });
    return rows;
  },
});
