import type { Transaction } from '@serai/store/types.ts';

/**
 * Long work as steps: each step is one transaction that does a bounded piece and says how far it came. A process that is
 * killed loses at most the step under way; the next one goes on from the cursor. Cancelling takes effect between steps.
 */
export interface JobHandler<Input = unknown, Cursor = unknown, Answer = unknown> {
  /** `claims.adjudicate`, `actuary.solvency`. */
  readonly kind: string;
  /** Rows a step may be expected to take, for the progress shown; called once. */
  readonly total: (input: Input, tx: Transaction) => Promise<number | undefined>;
  /** @throws Error whose message is shown to whoever asked: a sentence without personal data. */
  readonly step: (work: JobStep<Input, Cursor>) => Promise<JobProgress<Cursor, Answer>>;
}

export interface JobStep<Input, Cursor> {
  readonly jobId: string;
  readonly input: Input;
  /** undefined at the first step. */
  readonly cursor: Cursor | undefined;
  readonly tx: Transaction;
  /** Who asked for it (`Practitioner/…`). */
  readonly askedBy: string;
}

export type JobProgress<Cursor, Answer> =
  | { readonly next: Cursor; readonly did: number }
  | { readonly finished: Answer; readonly did: number };
