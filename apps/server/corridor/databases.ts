import { existsSync, readFileSync } from 'node:fs';
import { type EmbeddedDatabase, startEmbedded } from '@serai/store/embedded.ts';
import pg from 'pg';
import { type Home, StartError } from './home.ts';

const settings = { max_connections: '80' };

/** The corridor's PostgreSQL: embedded unless `DATABASE_URL` names another; a database for each node. */
export interface Databases {
  readonly urls: Readonly<Record<string, string>>;
  /** Starts the embedded server again, on the same port, should it end; tells what it does. */
  readonly watch: (say: (line: string) => void, lost: (error: Error) => void) => void;
  readonly stop: () => Promise<void>;
}

/** @throws StartError, EmbeddedDatabaseError */
export async function openDatabases(home: Home, countries: readonly string[]): Promise<Databases> {
  const given = process.env.DATABASE_URL;
  const folder = home.path('database');
  let embedded: EmbeddedDatabase | undefined = given ? undefined : await startEmbedded(folder, { settings });
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const urls = await databasesFor(new URL(given ?? embedded!.url), countries);
  return {
    urls,
    watch(say, lost) {
      timer = setInterval(async () => {
        if (stopped || !embedded || isRunning(embedded.processId)) {
          return;
        }
        const { port } = embedded;
        embedded = undefined;
        say('The database ended unexpectedly; starting it again.');
        try {
          embedded = await startEmbedded(folder, { port, settings });
        } catch (error) {
          lost(error as Error);
        }
      }, 1000);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await embedded?.stop().catch(() => {});
    },
  };
}

async function databasesFor(server: URL, countries: readonly string[]): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: server.href });
  try {
    await client.connect();
  } catch {
    throw new StartError(
      'The database does not answer at DATABASE_URL. Start it, correct the address, or unset it to use the embedded one.',
    );
  }
  const urls: Record<string, string> = {};
  for (const country of countries) {
    const name = `serai_${country}`;
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${name}`);
    }
    const url = new URL(server);
    url.pathname = `/${name}`;
    urls[country] = url.href;
  }
  await client.end();
  return urls;
}

/** A database left behind by a start that was killed is stopped in good order, so that it can be started again. */
export async function stopOrphan(home: Home): Promise<void> {
  const lock = home.path('database/cluster/postmaster.pid');
  if (!existsSync(lock)) {
    return;
  }
  const processId = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const command = existsSync(`/proc/${processId}/cmdline`) ? readFileSync(`/proc/${processId}/cmdline`, 'utf8') : '';
  if (!command.includes('postgres')) {
    return;
  }
  process.kill(processId, 'SIGINT');
  for (let waited = 0; waited < 100 && existsSync(lock); waited++) {
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A process that has ended but was not yet taken note of (a zombie) no longer runs. */
function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    const status = `/proc/${processId}/status`;
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
