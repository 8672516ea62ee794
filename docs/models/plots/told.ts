import type { z } from 'zod';
import { type Model, runModel, type TidyRow } from '../../../kernel/models/model.ts';

/** The columns that are drawn, typed as the models' own column lists describe them. */
export interface Told {
  readonly id: string;
  readonly action: string | null;
  readonly antigen: string;
  readonly area: string;
  readonly band: string;
  readonly date: string | null;
  readonly decision: string;
  readonly diagnosedPerCase: number;
  readonly dueDate: string;
  readonly exam: string;
  readonly gestation: string;
  readonly high: number | null;
  readonly indicator: string;
  readonly item: string;
  readonly low: number | null;
  readonly mg: string | null;
  readonly outcome: string;
  readonly past: boolean | null;
  readonly phase: string;
  readonly planned: boolean;
  readonly regimen: string;
  readonly result: string;
  readonly score: number;
  readonly screen: string;
  readonly status: string;
  readonly tests: string;
  readonly units: number;
  readonly value: number | null;
  readonly yearlyFallNeeded: number | null;
  readonly z: number;
}

/** Runs a model whose rows are declared without their columns' types. */
export const told = <Schema extends z.ZodType, Row extends TidyRow>(
  model: Model<Schema, Row>,
  input: z.input<Schema>,
): Told[] => runModel(model, input) as unknown as Told[];
