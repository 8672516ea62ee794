import type { Prng } from '@serai/kernel/base/prng.ts';
import type { Refusal } from '@serai/kernel/base/refusal.ts';
import type { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Provenance, StudyKind, StudyReport } from './api.ts';

/**
 * A study: reads its facts once, works in parts that each have their own stream of the seed, and writes a report. Facts and
 * parts are JSON: a process that dies loses one part.
 */
export interface Study<Input = unknown, Facts = unknown, Part = unknown> {
  readonly kind: StudyKind;
  readonly input: z.ZodType<Input>;
  /** What is refused before any work. */
  readonly check: (options: Pick<CoverOptions, 'schemes' | 'country' | 'clock'>, input: Input) => Refusal | undefined;
  /** Refuses what the data does not bear. */
  readonly read: (
    options: Omit<CoverOptions, 'storeFor'>,
    db: CoverDatabase,
    input: Input,
  ) => Promise<Refusal | StudyFacts<Facts>>;
  readonly parts: (input: Input, facts: Facts) => number;
  readonly work: (of: StudyWork<Input, Facts>) => Part | Promise<Part>;
  /** Parts that only add up are kept as their sum, so that many parts stay small. */
  readonly fold?: (sum: Part, part: Part) => Part;
  readonly report: (input: Input, facts: Facts, parts: readonly Part[]) => Omit<StudyReport, 'provenance'>;
}

export interface StudyWork<Input, Facts> {
  readonly studyId: string;
  readonly input: Input;
  readonly facts: Facts;
  readonly part: number;
  readonly prng: Prng;
  readonly options: Omit<CoverOptions, 'storeFor'>;
  readonly db: CoverDatabase;
}

export interface StudyFacts<Facts> {
  readonly facts: Facts;
  readonly provenance: Provenance;
}

/** Gives a study its types back where all kinds are in one table. */
export function defineStudy<Input, Facts, Part>(study: Study<Input, Facts, Part>): Study<Input, Facts, Part> {
  return study;
}
