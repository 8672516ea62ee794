import { notFound, OperationOutcomeError } from '@medplum/core';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { ok, type Refusal, type Result, refusalSpecs } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { JobFault } from '../jobs/jobs.store.ts';
import type { JobHandler, JobProgress } from '../jobs/jobs.ts';
import type { Assumption, Provenance, StudyKind, StudyLine, StudyReport, StudyView } from './api.ts';
import { gapStudy } from './gaps.study.ts';
import { poolingStudy } from './pooling.study.ts';
import { poolSizeStudy } from './poolsize.study.ts';
import { premiumStudy } from './premium.study.ts';
import { isRefusal } from './risk.store.ts';
import { solvencyStudy } from './solvency.study.ts';
import type { Study } from './study.ts';

/** Studies are asked for, done as jobs part by part, kept word for word, and opened again. */

/** A study whose types are its own affair. */
type AnyStudy = Study<Readonly<Record<string, unknown>>, unknown, unknown>;

const studies: Readonly<Record<StudyKind, AnyStudy>> = {
  pooling: poolingStudy as unknown as AnyStudy,
  solvency: solvencyStudy as unknown as AnyStudy,
  'pool-size': poolSizeStudy as unknown as AnyStudy,
  gaps: gapStudy as unknown as AnyStudy,
  premium: premiumStudy as unknown as AnyStudy,
};

export const studyOf = (kind: StudyKind): AnyStudy => studies[kind];

const jobKind = 'actuary.study';

interface Cursor {
  readonly facts: unknown;
  readonly provenance: Provenance;
  /** Parts made, and what came of them: each, or their sum where they add up. */
  readonly done: number;
  readonly parts: readonly unknown[];
}

/** Reading and the report are steps too. */
const stepsBeside = 2;

/** Each part has a stream of its own: how many steps a job took does not change its numbers. */
const seedOf = (seed: number, part: number) => seed * 1009 + part;

export function studyJob(
  options: Omit<CoverOptions, 'storeFor'>,
): JobHandler<{ studyId: string }, Cursor, { studyId: string }> {
  return {
    kind: jobKind,
    total: ({ studyId }, tx) => stepsOf(coverOf(tx), studyId),
    step: async ({ input: { studyId }, cursor, tx }): Promise<JobProgress<Cursor, { studyId: string }>> => {
      const db = coverOf(tx);
      const row = await db
        .selectFrom('cover_study')
        .selectAll()
        .where('study_id', '=', studyId)
        .executeTakeFirstOrThrow();
      const study = studyOf(row.kind);
      if (!cursor) {
        const read = await study.read(options, db, row.input);
        if (isRefusal(read)) {
          throw new JobFault(sentenceOf(read));
        }
        return { next: { ...read, done: 0, parts: [] }, did: 1 };
      }
      const part = cursor.done;
      if (part < study.parts(row.input, cursor.facts)) {
        const prng = createPrng(seedOf(Number(row.seed), part));
        const made = await study.work({ studyId, input: row.input, facts: cursor.facts, part, prng, options, db });
        const sum = cursor.parts[0];
        const parts = study.fold && part > 0 ? [study.fold(sum, made)] : [...cursor.parts, made];
        return { next: { ...cursor, done: part + 1, parts }, did: 1 };
      }
      const made = study.report(row.input, cursor.facts, cursor.parts);
      const report: StudyReport = {
        provenance: cursor.provenance,
        ...made,
        assumptions: made.assumptions.map((each) => saidBy(study, row.input, each)),
      };
      await db
        .updateTable('cover_study')
        .set({ report: JSON.stringify(report) })
        .where('study_id', '=', studyId)
        .execute();
      return { finished: { studyId }, did: 1 };
    },
  };
}

/** What the actuary left as it usually is, nobody set: the report says so. */
function saidBy(study: AnyStudy, input: Readonly<Record<string, unknown>>, said: Assumption): Assumption {
  const { schemeId, from, to } = input;
  const usual = study.input.safeParse(schemeId === undefined ? {} : { schemeId, from, to });
  return said.from === 'asked' && usual.success && usual.data[said.id] === input[said.id]
    ? { ...said, from: 'usual' }
    : said;
}

/** Known once the facts are read. */
async function stepsOf(db: CoverDatabase, studyId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('cover_study')
    .innerJoin('job', 'job.job_id', 'cover_study.job_id')
    .select(['cover_study.kind', 'cover_study.input', 'job.cursor'])
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  const cursor = row?.cursor as Cursor | null | undefined;
  return row && cursor ? studyOf(row.kind).parts(row.input, cursor.facts) + stepsBeside : undefined;
}

function sentenceOf(refusal: Refusal): string {
  return refusalSpecs().get(refusal.code)?.sentence ?? 'The data does not bear this study.';
}

export interface AskedStudy {
  readonly kind: StudyKind;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Puts a study in line. Its input is whole: what was left out stands in it with what was taken instead. */
export async function askStudy(
  tx: Transaction,
  options: CoverOptions,
  asked: AskedStudy,
  by: string,
): Promise<Result<{ studyId: string; jobId: string }>> {
  const refused = studyOf(asked.kind).check(options, asked.input);
  if (refused) {
    return refused;
  }
  const studyId = options.newId();
  const { jobId } = await options.enqueueJob(tx, jobKind, { studyId }, by);
  await coverOf(tx)
    .insertInto('cover_study')
    .values({
      study_id: studyId,
      kind: asked.kind,
      scheme_id: typeof asked.input.schemeId === 'string' ? asked.input.schemeId : null,
      input: JSON.stringify(asked.input),
      seed: Number(asked.input.seed ?? 1),
      job_id: jobId,
      asked_by: by,
      created: options.clock(),
    })
    .execute();
  return ok({ studyId, jobId });
}

const listed = 200;

function lines({ database }: Pick<CoverOptions, 'database'>) {
  return database
    .selectFrom('cover_study')
    .leftJoin('job', 'job.job_id', 'cover_study.job_id')
    .select(['study_id', 'cover_study.kind', 'scheme_id', 'cover_study.asked_by', 'cover_study.created', 'job.state'])
    .orderBy('cover_study.created', 'desc')
    .orderBy('study_id', 'desc');
}

function lineOf(row: Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number]): StudyLine {
  return {
    studyId: row.study_id,
    kind: row.kind,
    ...(row.scheme_id !== null && { schemeId: row.scheme_id }),
    askedBy: row.asked_by,
    createdAt: row.created.toISOString(),
    state: row.state === 'done' || row.state === 'failed' || row.state === 'cancelled' ? row.state : 'waiting',
  };
}

export async function listStudies(options: Pick<CoverOptions, 'database'>): Promise<StudyLine[]> {
  return (await lines(options).limit(listed).execute()).map(lineOf);
}

/** @throws OperationOutcomeError not found. */
export async function readStudy(options: Pick<CoverOptions, 'database'>, studyId: string): Promise<StudyView> {
  const line = await lines(options).where('study_id', '=', studyId).executeTakeFirst();
  const row = await options.database
    .selectFrom('cover_study')
    .selectAll()
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  if (!line || !row) {
    throw new OperationOutcomeError(notFound);
  }
  return {
    ...lineOf(line),
    jobId: row.job_id,
    seed: Number(row.seed),
    input: row.input,
    ...(row.report && { report: row.report }),
  };
}
