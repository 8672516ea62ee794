import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** A client in its own thread: keeps `connections` requests under way until `count` are answered; says how long it took. */
const { url, connections, count } = workerData as { url: string; connections: number; count: number };
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function ask(): Promise<void> {
  return new Promise((done, fail) => {
    request(url, { agent }, (response) => {
      response.on('end', () =>
        response.statusCode === 200 ? done() : fail(new Error(`status ${response.statusCode}`)),
      );
      response.resume();
    })
      .on('error', fail)
      .end();
  });
}

let left = count;
const started = performance.now();
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (left-- > 0) {
      await ask();
    }
  }),
);
parentPort!.postMessage((performance.now() - started) / 1000);
agent.destroy();
