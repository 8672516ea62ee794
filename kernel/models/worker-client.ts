import { ModelInputError, type RunOptions, type TidyRow } from './model.ts';
import type { WorkerAnswer, WorkerRequest } from './worker-protocol.ts';

/** What both a page's `Worker` and the adapter of a Node.js one offer. */
export interface ModelWorker {
  postMessage(message: WorkerRequest): void;
  addEventListener(type: 'message', listen: (event: { readonly data: WorkerAnswer }) => void): void;
  removeEventListener(type: 'message', listen: (event: { readonly data: WorkerAnswer }) => void): void;
}

let runs = 0;

/** Starts a worker of a page. The address is written out so that a bundler finds it. */
export function startModelWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

/**
 * Runs a model in a worker.
 *
 * @throws ModelInputError when the input was refused; the signal's reason when it was cancelled; Error with the
 * worker's sentence otherwise.
 */
export function runInWorker(
  worker: ModelWorker,
  model: string,
  input: unknown,
  { seed, signal, onProgress }: RunOptions = {},
): Promise<readonly TidyRow[]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const id = `run-${++runs}`;
    const cancel = () => worker.postMessage({ kind: 'cancel', id });
    const end = () => {
      worker.removeEventListener('message', listen);
      signal?.removeEventListener('abort', cancel);
    };
    const listen = ({ data }: { readonly data: WorkerAnswer }) => {
      if (data.id !== id) {
        return;
      }
      if (data.kind === 'progress') {
        onProgress?.(data.fraction);
        return;
      }
      end();
      switch (data.kind) {
        case 'rows':
          return resolve(data.rows);
        case 'issues':
          return reject(new ModelInputError(data.issues));
        case 'cancelled':
          return reject(signal?.reason);
        case 'failed':
          return reject(new Error(data.sentence));
      }
    };
    worker.addEventListener('message', listen);
    signal?.addEventListener('abort', cancel);
    worker.postMessage({ kind: 'run', id, model, input, ...(seed !== undefined && { seed }) });
  });
}
