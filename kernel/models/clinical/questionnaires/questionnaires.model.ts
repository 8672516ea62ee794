import { z } from 'zod';
import { each, labelOf, listOf, optional, rowId, whole, yesNo } from '../../fields.ts';
import { defineModel, type TidyRow } from '../../model.ts';
import { questionnaireTables } from './questionnaires.table.ts';
import { questionnaire, scoreQuestionnaire } from './questionnaires.ts';

const ids = questionnaireTables.map((table) => table.id) as [string, ...string[]];
/** As many as the longest questionnaire has. */
const itemNames = [
  'item1',
  'item2',
  'item3',
  'item4',
  'item5',
  'item6',
  'item7',
  'item8',
  'item9',
  'item10',
  'item11',
  'item12',
  'item13',
  'item14',
] as const;

const response = z
  .strictObject({
    id: rowId,
    questionnaire: z.enum(ids, `Questionnaire is one of: ${ids.join(', ')}.`).describe('Questionnaire'),
    ...(Object.fromEntries(
      itemNames.map((name, i) => [
        name,
        optional(whole(`Item ${i + 1}`, 0, 5), `Item ${i + 1}; left out, not answered`),
      ]),
    ) as Record<(typeof itemNames)[number], ReturnType<typeof optional<z.ZodNumber>>>),
    thermometer: optional(whole('The thermometer', 0, 10), 'Distress thermometer of RHS-15, 0 to 10'),
    language: optional(z.string('Language is a tag like ar or my-Mymr.'), 'Language version used, BCP-47'),
    agreement: optional(yesNo('Utilisation agreement held'), 'Utilisation agreement held, where one is needed'),
  })
  .superRefine((row, context) => {
    const table = questionnaire(row.questionnaire);
    itemNames.forEach((name, i) => {
      const answer = row[name];
      if (table && answer !== undefined && (i >= table.items || answer > table.itemHighest)) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message:
            i >= table.items
              ? `${table.id} has ${table.items} items.`
              : `Item ${i + 1} of ${table.id} is a whole number from 0 to ${table.itemHighest}.`,
        });
      }
    });
  });

/** Questionnaires scored, a row for each response. */
export const questionnaireModel = defineModel({
  name: 'questionnaire-score',
  family: 'clinical',
  title: 'PHQ-9, PHQ-2, GAD-7, K6, WHO-5, RHS-15 and RHS-13: scores, missing items, safety',
  input: z.strictObject({ responses: listOf(response, 'Responses') }),
  example: {
    responses: [
      {
        id: 'a',
        questionnaire: 'phq-9',
        item1: 1,
        item2: 2,
        item3: 1,
        item4: 1,
        item5: 0,
        item6: 1,
        item7: 1,
        item8: 0,
        item9: 1,
      },
      { id: 'b', questionnaire: 'who-5', item1: 2, item2: 3, item3: 2, item4: 3, item5: 3 },
    ],
  },
  columns: [
    { name: 'id', description: 'The label, or the row number' },
    { name: 'questionnaire', description: 'Questionnaire' },
    { name: 'status', description: 'scored, prorated, incomplete or not-usable' },
    { name: 'score', description: 'Raw score' },
    { name: 'reported', description: 'As reported; WHO-5 in percent' },
    { name: 'band', description: 'Band of the score' },
    { name: 'screen', description: 'positive or negative' },
    { name: 'missing', description: 'Items not answered' },
    { name: 'safety', description: 'act-now opens the safety path; ask: the safety question was not answered' },
    { name: 'reasons', description: 'Codes' },
  ],
  *run({ responses }) {
    const rows: TidyRow[] = [];
    yield* each(responses, (row, i) => {
      const table = questionnaire(row.questionnaire)!;
      const result = scoreQuestionnaire({
        questionnaire: row.questionnaire,
        answers: itemNames.slice(0, table.items).map((name) => row[name] ?? null),
        thermometer: row.thermometer !== undefined && table.thermometer ? row.thermometer : null,
        language: row.language,
        agreement: row.agreement,
      });
      rows.push({
        id: labelOf(row, i),
        questionnaire: row.questionnaire,
        status: result.status,
        score: result.score,
        reported: result.reported,
        band: result.band,
        screen: result.screen,
        missing: result.missing.join(' '),
        safety: result.safety,
        reasons: result.reasons.join(' '),
      });
    });
    return rows;
  },
});
