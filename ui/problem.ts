/**
 * What went wrong with a call, in one shape: the node's refusal, an invalid field, or no answer at all.
 * The node answers with a FHIR `OperationOutcome`; our code sits in `details.coding` of its first issue.
 */
export const refusalSystem = 'https://serai.example/CodeSystem/refusal';

export interface ProblemIssue {
  readonly code: string;
  /** The node's own English sentence, shown where this console has no translation of the code. */
  readonly text?: string;
  /** FHIRPath or JSON path of the input to blame. */
  readonly expression?: string;
}

export class Problem extends Error {
  /** A refusal code (`card.revoked`), or one of the general codes of {@link generalCode}. */
  readonly code: string;
  readonly status: number;
  readonly text: string | undefined;
  readonly issues: readonly ProblemIssue[];

  constructor(code: string, status: number, issues: readonly ProblemIssue[] = []) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.issues = issues;
    this.text = issues[0]?.text;
  }

  /** Whether the same request, unchanged, may succeed if it is sent again. */
  get canRetry(): boolean {
    return retryable.has(this.code) || this.status === 429 || this.status >= 500;
  }
}

const retryable = new Set([
  'offline',
  'timeout',
  'server',
  'busy',
  'crossing.partner-unreachable',
  'crossing.partner-slow',
  'crossing.bad-answer',
  'crossing.clock',
  'card.stale-trust',
  'store.evidence-unavailable',
  'store.unavailable',
  'card.status-unknown',
]);

/** The code of an answer that carries none of ours, by its HTTP status. */
export function generalCode(status: number): string {
  switch (status) {
    case 400:
    case 422:
      return 'invalid';
    case 401:
      return 'signed-out';
    case 403:
    case 404:
    case 410:
      return 'not-found';
    case 409:
    case 412:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return 'busy';
    default:
      return status >= 500 ? 'server' : 'invalid';
  }
}

interface OutcomeLike {
  readonly resourceType?: unknown;
  readonly issue?: unknown;
}

/** Reads the body of a failed answer. Anything that is not an outcome is judged by its status alone. */
export function problemFrom(status: number, body: unknown): Problem {
  const outcome = body as OutcomeLike | null;
  if (outcome?.resourceType !== 'OperationOutcome' || !Array.isArray(outcome.issue)) {
    return new Problem(generalCode(status), status);
  }
  const issues = outcome.issue.map((issue): ProblemIssue => {
    const code = (issue.details?.coding ?? []).find((coding: { system?: string }) => coding.system === refusalSystem);
    const text = issue.details?.text ?? issue.diagnostics;
    const expression = issue.expression?.[0];
    return {
      code: typeof code?.code === 'string' ? code.code : generalCode(status),
      ...(typeof text === 'string' && { text }),
      ...(typeof expression === 'string' && { expression }),
    };
  });
  const first = issues[0];
  // A session that has ended is told by the status, whatever words came with it.
  return new Problem(status === 401 ? 'signed-out' : (first?.code ?? generalCode(status)), status, issues);
}

/** Any thrown value as a problem, so that screens have one thing to show. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('unexpected', 0);
}
