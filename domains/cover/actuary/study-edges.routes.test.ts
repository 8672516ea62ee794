import { randomUUID } from 'node:crypto';
import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { loadSmallYear } from '../../../tests/cover-year.ts';
import { type StudyKind, studyKinds } from './api.ts';
import type { FigureTable } from './figures.ts';
import { studyOf } from './studies.store.ts';

/** Every field of every study: what is wrong is refused by a sentence that names it; what is just allowed is made. */

let corridor: Corridor;
let th: TestNode;
let token = '';
const scheme = 'sch:th:migrant-health-insurance';
const until = addDays(firstOfMonth(new Date().toISOString().slice(0, 10)), -1);
const span = { from: addMonths(firstOfMonth(until), -11).slice(0, 7), to: until.slice(0, 7) };

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  await loadSmallYear(th, { scheme, members: 300, until });
  await th.node.work();
  token = await th.token('actuary');
}, 180_000);
afterAll(() => corridor?.close());

const payment = { 'x-purpose-of-use': 'HPAYMT' };
const ask = (kind: StudyKind, input: Record<string, unknown>): Promise<Called> =>
  th.call(
    token,
    'POST',
    '/api/cover/actuary/studies',
    { requestId: randomUUID(), kind, input: { ...(kind !== 'gaps' && { schemeId: scheme, ...span }), ...input } },
    payment,
  );

interface Field {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}
const fieldsOf = (kind: StudyKind): [string, Field][] =>
  Object.entries(
    z.toJSONSchema(studyOf(kind).input, { io: 'input', unrepresentable: 'any' }).properties as Record<string, Field>,
  );

const numeric = ({ type }: Field) => type === 'number' || type === 'integer';

/** Of nobody's study, whatever the field. */
const nonsense: readonly unknown[] = [null, [], {}, true, [[1]], { value: 1 }];
const notNumbers: readonly unknown[] = [...nonsense, '', 'NaN', '1', '-', '1e400', -1e300, 1e300, '๑๐'];
const notTexts: readonly unknown[] = [
  ...nonsense,
  7,
  'x'.repeat(10_000),
  '\u0000',
  "'; drop table job; --",
  '2026-13',
  'ไทย',
];

/** Tables that say of something that it is not there, or never reached. */
const mayBeEmpty = new Set([
  'solvency.months',
  'gaps.matrix',
  'gaps.pairs',
  'gaps.options',
  'gaps.list',
  'pool.needed',
  'premium.claims',
]);

describe.each(studyKinds)('%s', (kind) => {
  it('refuses each field that is wrong, names it, and starts nothing', async () => {
    const jobs = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from job`.execute(th.node.database)).rows[0]!.n;
    const before = await jobs();
    const wrong: unknown[] = [];
    for (const [name, field] of fieldsOf(kind)) {
      for (const value of numeric(field) ? notNumbers : notTexts) {
        const { status, json, code } = await ask(kind, { [name]: value });
        const said = JSON.stringify(json?.issue ?? '');
        // A text of no scheme is refused by its own sentence.
        const named = said.includes(name) || code === 'actuary.scheme-unknown' || code === 'actuary.benefit-unknown';
        if (!((status === 400 || status === 422) && named && json.resourceType === 'OperationOutcome')) {
          wrong.push([name, value, status, code]);
        }
      }
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = field;
      const outside = [
        ...(minimum !== undefined ? [minimum - 1e-3] : []),
        ...(maximum !== undefined && maximum < 2 ** 52 ? [maximum * (1 + 1e-9) + 1e-3] : []),
        ...[exclusiveMinimum, exclusiveMaximum].filter((each) => each !== undefined),
      ];
      for (const value of numeric(field) ? outside : []) {
        const { status } = await ask(kind, { [name]: value });
        if (status !== 400) {
          wrong.push([name, value, status]);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await jobs()).toBe(before);
    const unheard = await ask(kind, { unheardOf: 1, ['x'.repeat(5000)]: 2 });
    expect([unheard.status, JSON.stringify(unheard.json).includes('unheardOf')]).toEqual([400, true]);
  }, 120_000);

  it('is made at the edge of each field, in figures that are numbers, or says why not', async () => {
    const quick = kind === 'solvency' ? { paths: 100, months: 6 } : {};
    const bad: unknown[] = [];
    for (const [name, field] of fieldsOf(kind).filter(([, each]) => numeric(each))) {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = field;
      const edges = [
        minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1e-6),
        maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 1e-6),
      ].filter((each) => each !== undefined);
      for (const value of edges) {
        const asked = await ask(kind, { ...quick, [name]: value });
        expect([name, value, asked.status]).toEqual([name, value, 200]);
        await th.node.work();
        const job = (await th.call(token, 'GET', `/api/cover/jobs/${asked.json.jobId}`, undefined, payment)).json;
        const { json } = await th.call(
          token,
          'GET',
          `/api/cover/actuary/studies/${asked.json.studyId}`,
          undefined,
          payment,
        );
        const made = job.state === 'done' && json.report.tables.length > 0;
        if (!made && !(job.state === 'failed' && /^[A-Z].*\.$/.test(job.sentence ?? ''))) {
          bad.push([name, value, job.state, job.sentence]);
        }
        // What is no number becomes null in JSON: nothing is null but where there is nothing to say.
        for (const { id, columns, rows } of made ? (json.report.tables as FigureTable[]) : []) {
          const lost = columns.filter((_, i) => rows.some((row) => row[i] === null)).map((column) => column.id);
          if (lost.length > 0 && !mayBeEmpty.has(id)) {
            bad.push([name, value, id, lost]);
          }
        }
      }
    }
    expect(bad).toEqual([]);
  }, 300_000);
});
