/**
 * The model worker, for pages (`startModelWorker`) and for threads of Node.js alike
 * (`new Worker(new URL('./worker.ts', import.meta.url))`).
 * Speaks {@link WorkerRequest} in and {@link WorkerAnswer} out; `runInWorker` is the other side.
 */
import { findModel } from './registry.ts';
import { serveModels, type WorkerRequest } from './worker-protocol.ts';

/** Node.js hands a worker its port through a module; asked for by name, so that a browser's bundle has no trace of it. */
interface NodeHost {
  readonly process?: {
    getBuiltinModule?(name: string): {
      readonly parentPort: null | {
        postMessage(message: unknown): void;
        on(event: 'message', listen: (message: WorkerRequest) => void): void;
      };
    };
  };
}

const port = (globalThis as NodeHost).process?.getBuiltinModule?.('worker_threads').parentPort;
if (port) {
  const handle = serveModels(findModel, (message) => port.postMessage(message));
  port.on('message', (message) => void handle(message));
} else {
  const handle = serveModels(findModel, (message) => globalThis.postMessage(message));
  globalThis.addEventListener('message', (event) => void handle((event as MessageEvent<WorkerRequest>).data));
}
