import type { ColumnType } from 'kysely';
import type { StudyKind, StudyReport } from './api.ts';

/** Tables of `0110-cover-actuary.ts`. */
export type ActuaryTables = {
  cover_study: {
    study_id: string;
    kind: StudyKind;
    scheme_id: string | null;
    input: ColumnType<Readonly<Record<string, unknown>>, string, never>;
    seed: ColumnType<string, number, never>;
    job_id: string;
    asked_by: string;
    created: ColumnType<Date, Date, never>;
    report: ColumnType<StudyReport | null, string | null | undefined, string>;
  };
};
