/** A broken promise inside our own code: never caused by input, never caught and answered. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/**
 * States what must be true for the code below to make sense.
 * A client's mistake is a {@link Refusal} or a fault, never an invariant.
 *
 * @throws InvariantError when `condition` is false.
 */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) {
    throw new InvariantError(why);
  }
}
