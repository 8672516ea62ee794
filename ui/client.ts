import { asProblem, Problem, problemFrom } from './problem.ts';

export interface ClientOptions {
  /** Where the node's API begins; empty for the page's own origin. */
  readonly baseUrl?: string;
  /** The token of whoever has signed in, or nothing. */
  readonly token: () => string | undefined;
  /** Called once for every answer that says the session has ended. */
  readonly onSignedOut?: () => void;
  /** The reader's language, for the texts the node itself writes. */
  readonly language?: () => string;
  readonly fetch?: typeof fetch;
  /** Waits between attempts; given in tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Why this is asked, where it is not the reason the reader's class exists. */
  readonly purpose?: string;
  readonly timeoutMilliseconds?: number;
}

export interface Client {
  readonly get: <Answer>(path: string, options?: CallOptions) => Promise<Answer>;
  /** A question in a body: safe to ask again. */
  readonly ask: <Answer>(path: string, body: unknown, options?: CallOptions) => Promise<Answer>;
  /**
   * A change. Its `requestId` was minted by the form, once: when the line breaks the same request is sent again and
   * the node answers with what it recorded the first time.
   */
  readonly change: <Answer>(
    path: string,
    body: { readonly requestId: string },
    options?: CallOptions,
  ) => Promise<Answer>;
  /** A file as the body. Sent again when the line breaks: what it does is done once, or is written nowhere. */
  readonly upload: <Answer>(path: string, file: Blob, options?: CallOptions) => Promise<Answer>;
}

const defaultTimeoutMilliseconds = 20_000;
const pausesMilliseconds = [400, 1500];

/**
 * The one door to the node's API: bearer token, time limit, repeats where they are safe, and every failure as a
 * {@link Problem}. Personal data goes in bodies, never in an address.
 */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  async function once<Answer>(method: 'GET' | 'POST', path: string, body: unknown, call: CallOptions): Promise<Answer> {
    const limit = AbortSignal.timeout(call.timeoutMilliseconds ?? defaultTimeoutMilliseconds);
    const token = options.token();
    const isFile = body instanceof Blob;
    let response: Response;
    let text: string;
    try {
      response = await send(`${options.baseUrl ?? ''}${path}`, {
        method,
        headers: {
          accept: 'application/fhir+json, application/json',
          ...(options.language && { 'accept-language': options.language() }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(call.purpose && { 'x-purpose-of-use': call.purpose }),
          ...(body !== undefined && {
            'content-type': isFile ? body.type || 'application/octet-stream' : 'application/json',
          }),
        },
        ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: call.signal ? AbortSignal.any([limit, call.signal]) : limit,
      });
      text = await response.text();
    } catch (thrown) {
      if (call.signal?.aborted) {
        throw thrown;
      }
      throw new Problem(limit.aborted ? 'timeout' : 'offline', 0);
    }
    const answer = parse(text);
    if (!response.ok) {
      if (response.status === 401) {
        options.onSignedOut?.();
      }
      throw problemFrom(response.status, answer);
    }
    if (answer === undefined && text !== '') {
      throw new Problem('unreadable-answer', response.status);
    }
    return answer as Answer;
  }

  async function persistently<Answer>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    call: CallOptions,
  ): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await once<Answer>(method, path, body, call);
      } catch (thrown) {
        const pause = pausesMilliseconds[attempt];
        if (call.signal?.aborted || pause === undefined || !worthRepeating(asProblem(thrown))) {
          throw thrown;
        }
        await wait(pause);
      }
    }
  }

  return {
    get: (path, call = {}) => persistently('GET', path, undefined, call),
    ask: (path, body, call = {}) => persistently('POST', path, body, call),
    change: (path, body, call = {}) => persistently('POST', path, body, call),
    upload: (path, file, call = {}) => persistently('POST', path, file, call),
  };
}

/** Only failures of the line or of the node itself; a refusal is an answer, and stays one until someone acts. */
function worthRepeating(problem: Problem): boolean {
  return (
    problem.code === 'offline' || ((problem.status === 502 || problem.status === 503) && problem.code === 'server')
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A request id, minted when a form opens so that a double click or a repeat is the same request. */
export function mintRequestId(): string {
  return crypto.randomUUID();
}

/**
 * The request id for the next attempt. A refusal is recorded under its request id and would only be replayed, so an
 * answered request needs a new one; a request nobody answered keeps its own, so that it cannot be carried out twice.
 */
export function requestIdAfter(requestId: string, thrown: unknown): string {
  const problem = asProblem(thrown);
  const unanswered =
    problem.status === 0 || ['server', 'busy', 'signed-out', 'unreadable-answer'].includes(problem.code);
  return unanswered ? requestId : mintRequestId();
}
