/**
 * Refusals: expected "no"s, as values with a stable code.
 *
 * A code is declared once, in a `*.refusals.ts` table beside the rule that gives it. The table is the
 * documentation (`docs/reference/errors.md` is generated from it) and the HTTP status.
 */

export interface RefusalSpec {
  /** HTTP status the refusal is answered with. */
  readonly status: number;
  /** What happened and what to do about it, in English; screens translate by code. */
  readonly sentence: string;
  /** Whether the same request can succeed later without being changed. */
  readonly retry?: boolean;
}

export interface Refusal<Code extends string = string> {
  readonly ok: false;
  readonly code: Code;
  /** Values that make the sentence concrete. Never personal data. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** FHIRPath of the input that was refused, where one is to blame. */
  readonly expression?: string;
}

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T, Code extends string = string> = Ok<T> | Refusal<Code>;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function refuse<Code extends string>(
  code: Code,
  details?: Refusal['details'],
  expression?: string,
): Refusal<Code> {
  return { ok: false, code, ...(details && { details }), ...(expression && { expression }) };
}

const registry = new Map<string, RefusalSpec>();

/**
 * Declares an area's refusal codes (`area.reason`). Order is precedence: where two reasons hold, the earlier is given.
 *
 * @throws Error when a code does not start with its area or is declared twice.
 */
export function defineRefusals<const T extends Record<`${string}.${string}`, RefusalSpec>>(area: string, table: T): T {
  for (const [code, spec] of Object.entries(table)) {
    if (!code.startsWith(`${area}.`)) {
      throw new Error(`Refusal code ${code} must start with "${area}."`);
    }
    if (registry.has(code)) {
      throw new Error(`Refusal code ${code} is declared twice`);
    }
    registry.set(code, spec);
  }
  return table;
}

/** Every declared refusal, for documentation and the HTTP edge. */
export function refusalSpecs(): ReadonlyMap<string, RefusalSpec> {
  return registry;
}
