import { ensureConsole } from '@serai/server/corridor/console-build.ts';

/** The console is built once, before the files that open it run beside one another. */
export default function setup(): Promise<void> {
  return ensureConsole(() => {});
}
