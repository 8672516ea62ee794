import { answerFrom, cachePrefix, type Kept, outdated } from './answering.ts';

/**
 * Opens the console on a device that was set up to work without a network (`ui/keep-console.ts` registers it there and
 * nowhere else). It keeps the files of one build, whole, before it is used; a newer build takes over once every page of the
 * older one is closed. It keeps no answer of the node.
 */
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  readonly location: Location;
}

const scope = globalThis as unknown as Scope;
/** Written by the build (`kept-files.ts`). */
const kept = JSON.parse('%KEPT%') as Kept;
const cacheName = cachePrefix + kept.version;
/** A network that does not answer for so long is none. */
const patienceMilliseconds = 4000;

async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  const page = new Request(kept.page, { cache: 'reload', credentials: 'omit' });
  await cache.addAll([page, ...kept.files.map((file) => new Request(file, { credentials: 'omit' }))]);
}

async function forget(): Promise<void> {
  const old = outdated(await caches.keys(), kept);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromHere(path: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(path);
}

async function page(request: Request): Promise<Response> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), patienceMilliseconds);
  try {
    const answer = await fetch(request, { signal: impatience.signal });
    return answer.status < 500 ? answer : ((await fromHere(kept.page)) ?? answer);
  } catch (error) {
    const here = await fromHere(kept.page);
    if (here) {
      return here;
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

scope.addEventListener('install', (event) => event.waitUntil(keep()));
scope.addEventListener('activate', (event) => event.waitUntil(forget()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const from = answerFrom(request, scope.location.origin, kept);
  if (from === 'page') {
    event.respondWith(page(request));
  } else if (from === 'kept') {
    event.respondWith(fromHere(new URL(request.url).pathname).then((here) => here ?? fetch(request)));
  }
});
