import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { StartError } from './home.ts';

/** What a node tells whoever started it. */
interface Message {
  readonly listening?: number;
  readonly loaded?: { readonly bundles: number; readonly resources: number; readonly seconds: number };
  readonly year?: {
    readonly members: number;
    readonly covered: number;
    readonly claims: number;
    readonly seconds: number;
  };
  readonly vouchers?: { readonly booklets: number; readonly redeemed: number; readonly seconds: number };
  /** The demonstration has everything it will have. */
  readonly lived?: boolean;
}

/** The configuration was wrong (`main.ts`): starting again would not help. */
const wrongConfiguration = 2;
const restartsAtMost = 5;

/** One country node in a process of its own: started again when it ends by itself, stopped in good order. */
export interface NodeProcess {
  readonly stop: () => Promise<void>;
}

/**
 * Starts a node and waits until it listens.
 * @param lost is called when it cannot be kept running.
 * @throws StartError when it does not come up.
 */
export async function startNode(
  country: string,
  env: Readonly<Record<string, string>>,
  tell: { readonly say: (line: string) => void; readonly lost: (error: StartError) => void },
): Promise<NodeProcess> {
  let child: ChildProcess;
  let stopping = false;
  let restarts = 0;

  await new Promise<void>((ready, fail) => {
    const launch = () => {
      child = fork(join(import.meta.dirname, '../main.ts'), [], {
        // Only what the node needs: the caller's environment stays the caller's.
        env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, TZ: 'UTC', ...env },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child.on('message', ({ listening, loaded, year, vouchers, lived }: Message) => {
        if (listening) {
          ready();
        } else if (loaded && loaded.bundles > 0) {
          const { bundles, resources, seconds } = loaded;
          tell.say(
            `${country}: ${bundles} example bundles loaded, ${resources} resources, in ${seconds.toFixed(1)} s.`,
          );
        } else if (year) {
          const { members, covered, claims, seconds } = year;
          tell.say(
            `${country}: a year of cover loaded, ${members} people enrolled, ${covered} of them covered today, ${claims} claims, in ${seconds.toFixed(0)} s.`,
          );
        } else if (vouchers) {
          const { booklets, redeemed, seconds } = vouchers;
          tell.say(
            `${country}: a year of vouchers loaded, ${booklets} booklets and ${redeemed} redeemed vouchers, in ${seconds.toFixed(0)} s.`,
          );
        } else if (lived) {
          tell.say(
            `${country}: its people have done their weeks; every screen of cover has its work. Nothing more is loaded.`,
          );
        }
      });
      child.once('exit', ended);
    };
    const ended = (code: number | null) => {
      if (stopping) {
        return;
      }
      if (code === wrongConfiguration || restarts >= restartsAtMost) {
        const error = new StartError(`The node ${country} does not run; see the sentence above.`);
        fail(error);
        tell.lost(error);
        return;
      }
      restarts++;
      tell.say(`The node ${country} ended unexpectedly; starting it again.`);
      setTimeout(() => stopping || launch(), 500 * restarts);
    };
    launch();
  });

  return {
    stop: () =>
      new Promise((gone) => {
        stopping = true;
        if (child.exitCode !== null || child.signalCode !== null) {
          gone();
          return;
        }
        const impatience = setTimeout(() => child.kill('SIGKILL'), 12_000);
        child.once('exit', () => {
          clearTimeout(impatience);
          gone();
        });
        child.kill('SIGTERM');
      }),
  };
}
