import { badRequest, getStatus, notFound, OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome } from '@medplum/fhirtypes';
import { type Refusal, type RefusalSpec, refusalSpecs, refuse } from '@serai/kernel/base/refusal.ts';
import type { storeRefusals } from './store.refusals.ts';
import './store.refusals.ts';

/** Faults: what a caller did wrong or may not know, as OperationOutcomes. */

/** The one answer for what is absent, refused, or of a kind that is refused: byte for byte the same. */
export const absent = (): OperationOutcomeError => new OperationOutcomeError(notFound);

export const invalid = (sentence: string, expression?: string): OperationOutcomeError =>
  new OperationOutcomeError(badRequest(sentence, expression));

/** A refusal that cuts through a transaction: nothing of it is kept. */
export class RefusedError extends OperationOutcomeError {
  override name = 'RefusedError';
  readonly refusal: Refusal;
  readonly status: number;
  /** @param given a code of the store's own, or a refusal of a rule that a transaction rests on. */
  constructor(given: keyof typeof storeRefusals | Refusal, options?: { cause?: unknown }) {
    const refusal = typeof given === 'string' ? refuse(given) : given;
    const { code } = refusal;
    const spec: RefusalSpec = refusalSpecs().get(code)!;
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
    this.refusal = refusal;
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
