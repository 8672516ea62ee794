import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json = ColumnType<unknown, string | null, string | null>;

export type JobTables = {
  job: {
    job_id: string;
    kind: string;
    input: ColumnType<unknown, string, string>;
    state: ColumnType<JobState, JobState, JobState>;
    done: ColumnType<number, number | undefined, number>;
    total: number | null;
    cursor: Json;
    result: Json;
    sentence: string | null;
    cancel: ColumnType<boolean, boolean | undefined, boolean>;
    asked_by: string;
    attempts: ColumnType<number, number | undefined, number>;
    leased_until: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    created: Timestamp;
    finished: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  };
};

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
