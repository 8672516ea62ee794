/** Where the node serves the worker that opens the console without a network (`apps/console/offline`). */
const worker = '/console/sw.js';

/**
 * Keeps the console on this device, so that it opens without a network, and asks the browser not to throw away what is
 * kept here. Once is enough; again, it looks for a newer build.
 *
 * @returns whether it is kept: not on a page that is not secure, nor in a browser that keeps nothing.
 */
export async function keepConsole(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) {
    return false;
  }
  try {
    await navigator.storage?.persist?.();
    await navigator.serviceWorker.register(worker, { scope: '/console/' });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
