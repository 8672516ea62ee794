import { type InputIssue, type Model, ModelInputError, runModelInTurns, type TidyRow } from './model.ts';

/** What a page sends to a model worker. `id` is the page's own and comes back on every answer. */
export type WorkerRequest =
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly model: string;
      readonly input: unknown;
      readonly seed?: number;
    }
  | { readonly kind: 'cancel'; readonly id: string };

/** What a model worker answers. A run ends with exactly one of `rows`, `issues`, `cancelled`, `failed`. */
export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly id: string; readonly fraction: number }
  | { readonly kind: 'rows'; readonly id: string; readonly rows: readonly TidyRow[] }
  | { readonly kind: 'issues'; readonly id: string; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'cancelled'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly sentence: string };

/**
 * The worker's side of the conversation, apart from any platform's worker.
 *
 * A run takes turns with incoming messages at every yield of its model, so that a cancel is heard. An id that is still
 * running is refused with `failed`; cancelling an id that is not running does nothing.
 *
 * @returns what to call with each incoming message.
 */
export function serveModels(
  find: (name: string) => Model | undefined,
  answer: (message: WorkerAnswer) => void,
): (request: WorkerRequest) => Promise<void> {
  const running = new Map<string, AbortController>();
  return async (request) => {
    const { id } = request;
    if (request.kind === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const model = find(request.model);
    if (!model) {
      answer({ kind: 'failed', id, sentence: `There is no model named "${request.model}".` });
      return;
    }
    if (running.has(id)) {
      answer({ kind: 'failed', id, sentence: 'A run with this id is still going.' });
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const turns = openTurns();
    try {
      const rows = await runModelInTurns(model, request.input, {
        ...(request.seed !== undefined && { seed: request.seed }),
        signal: controller.signal,
        onProgress: (fraction) => answer({ kind: 'progress', id, fraction }),
        breathe: turns.breathe,
      });
      controller.signal.throwIfAborted();
      answer({ kind: 'rows', id, rows });
    } catch (error) {
      if (controller.signal.aborted) {
        answer({ kind: 'cancelled', id });
      } else if (error instanceof ModelInputError) {
        answer({ kind: 'issues', id, issues: error.issues });
      } else {
        answer({ kind: 'failed', id, sentence: error instanceof Error ? error.message : 'The model stopped.' });
      }
    } finally {
      running.delete(id);
      turns.close();
    }
  };
}

/** A turn of the event loop without a timer's least delay: a message to oneself queues behind those already waiting. */
function openTurns(): { readonly breathe: () => Promise<void>; readonly close: () => void } {
  const { port1, port2 } = new MessageChannel();
  let wake: () => void = () => {};
  port1.onmessage = () => wake();
  return {
    breathe: () =>
      new Promise((resolve) => {
        wake = resolve;
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
