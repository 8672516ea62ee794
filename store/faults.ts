import { badRequest, getStatus, notFound, OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome } from '@medplum/fhirtypes';
import { type Refusal, type RefusalSpec, refuse } from '@serai/kernel/base/refusal.ts';
import { storeRefusals } from './store.refusals.ts';

/** Faults: what a caller did wrong or may not know, as OperationOutcomes. */

/** The one answer for what is absent, refused, or of a kind that is refused: byte for byte the same. */
export const absent = (): OperationOutcomeError => new OperationOutcomeError(notFound);

export const invalid = (sentence: string, expression?: string): OperationOutcomeError =>
  new OperationOutcomeError(badRequest(sentence, expression));

/** A refusal that cuts through a transaction: nothing of it is kept. */
export class RefusedError extends OperationOutcomeError {
  override name = 'RefusedError';
  readonly refusal: Refusal<keyof typeof storeRefusals>;
  readonly status: number;
  constructor(code: keyof typeof storeRefusals, options?: { cause?: unknown }) {
    const spec: RefusalSpec = storeRefusals[code];
    const outcome: OperationOutcome = {
      resourceType: 'OperationOutcome',
      id: spec.status === 409 ? 'conflict' : 'unavailable',
      issue: [
        {
          severity: 'error',
          code: spec.retry ? 'transient' : 'conflict',
          details: { coding: [{ code }], text: spec.sentence },
        },
      ],
    };
    super(outcome, options);
    this.refusal = refuse(code);
    this.status = spec.status;
  }
}

/** What went wrong inside, told to the caller without a word of what or where. */
export function internal(cause: unknown): OperationOutcomeError {
  return new OperationOutcomeError(
    {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'exception', details: { text: 'The request could not be completed.' } }],
    },
    { cause },
  );
}

/** HTTP status of an outcome: Medplum's table, and 503 for what can succeed later. */
export function statusOf(outcome: OperationOutcome): number {
  return outcome.issue[0]?.code === 'transient' ? 503 : getStatus(outcome);
}
