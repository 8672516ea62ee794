import { Agent, request } from 'node:http';

/**
 * A load of GET requests from a process of its own, so that what is measured has its thread to itself:
 * `node load.ts '{ "urls": […], "headers": {…}, "concurrency": 16, "seconds": 4 }'` prints `{ perSecond, p50, p95, failed }`.
 */
const { urls, headers, concurrency, seconds } = JSON.parse(process.argv[2]!) as {
  urls: string[];
  headers: Record<string, string>;
  concurrency: number;
  seconds: number;
};
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const times: number[] = [];
let failed = 0;
let turn = 0;
const started = performance.now();
const end = started + seconds * 1000;

await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      const status = await get(urls[turn++ % urls.length]!);
      times.push(performance.now() - begun);
      failed += status === 200 ? 0 : 1;
    }
  }),
);
const elapsed = (performance.now() - started) / 1000;
times.sort((a, b) => a - b);
const at = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))];
console.log(JSON.stringify({ perSecond: times.length / elapsed, p50: at(0.5), p95: at(0.95), failed }));
process.exit(0);

function get(url: string): Promise<number> {
  return new Promise((done, fail) => {
    const sent = request(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
    });
    sent.on('error', fail);
    sent.end();
  });
}
