import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import {
  type Binaries,
  chooseLauncher,
  EmbeddedDatabaseError,
  findBinaries,
  folderFault,
  freeFolder,
  freePort,
  type Launcher,
  noteOwner,
  prepareFolder,
  readOrMakePassword,
} from './embedded-system.ts';

export { EmbeddedDatabaseError, type EmbeddedDatabaseFault } from './embedded-system.ts';

/**
 * A real PostgreSQL server from npm's binaries, on one folder. Started as root it runs as an unprivileged user
 * (PostgreSQL refuses root); after a crash or a kill it recovers by its own write-ahead log.
 */
export interface EmbeddedDatabase {
  /** `postgres://…` of the database `serai`, over loopback with a password. */
  readonly url: string;
  readonly port: number;
  /** Of the server's first process. */
  readonly processId: number;
  /** Finishes what is under way and stops the server. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Tried first; another free one is taken when it is in use. */
  readonly port?: number;
  /** Server settings beside ours, such as `{ max_connections: '50' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives the server's log lines. */
  readonly log?: (line: string) => void;
}

const USER = 'serai';
const DATABASE = 'serai';

/**
 * Starts PostgreSQL on `dataFolder`, making the cluster the first time.
 *
 * @throws EmbeddedDatabaseError
 */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const folder = resolve(dataFolder);
  const cluster = join(folder, 'cluster');
  const binaries = findBinaries();
  prepareFolder(folder);
  const launcher = chooseLauncher(folder, cluster, binaries);
  const password = readOrMakePassword(folder);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    rmSync(cluster, { recursive: true, force: true });
    initialise(cluster, launcher, binaries, password, folder);
  }
  await freeFolder(folder, cluster);
  const port = await freePort(options.port);
  const server = await startServer(cluster, port, launcher, binaries, options);
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  try {
    noteOwner(folder);
    await ensureDatabase(url);
  } catch (error) {
    server.kill('SIGQUIT');
    if (/^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code))) {
      throw folderFault(folder, error);
    }
    throw new EmbeddedDatabaseError(
      'start-failed',
      `The embedded database in ${folder} started but refuses our password.`,
      {
        cause: error,
      },
    );
  }
  // A process that ends without stopping it takes the database down with it, as far as a signal can.
  const onExit = () => server.kill('SIGQUIT');
  process.once('exit', onExit);
  return {
    url: url(DATABASE),
    port,
    processId: server.pid!,
    stop: async () => {
      process.off('exit', onExit);
      if (server.exitCode === null && server.signalCode === null) {
        server.ref();
        const ended = new Promise<void>((done) => server.once('exit', () => done()));
        // Fast shutdown: open transactions are rolled back, committed ones are safe.
        server.kill('SIGINT');
        await ended;
      }
    },
  };
}

function initialise(cluster: string, launcher: Launcher, binaries: Binaries, password: string, folder: string): void {
  const passwordFile = join(folder, `.initial-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (launcher.identity) {
      chownSync(cluster, launcher.identity.uid, launcher.identity.gid);
      chownSync(passwordFile, launcher.identity.uid, launcher.identity.gid);
    }
    const result = run(launcher, binaries.initdb, [
      `--pgdata=${cluster}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    if (result.status !== 0) {
      const output = `${result.stderr ?? ''}${result.stdout ?? ''}`;
      rmSync(cluster, { recursive: true, force: true });
      if (/No space left|Disk quota/i.test(output)) {
        throw folderFault(folder, { code: 'ENOSPC' });
      }
      throw new EmbeddedDatabaseError(
        'start-failed',
        `The embedded database could not be made in ${folder}: ${lastLine(output) || result.error?.message || 'no reason given'}`,
      );
    }
  } catch (error) {
    throw error instanceof EmbeddedDatabaseError ? error : folderFault(folder, error);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function run(launcher: Launcher, command: string, args: readonly string[]) {
  const [first, ...rest] = [...launcher.prefix, command, ...args];
  return spawnSync(first!, rest, { ...spawnOptions(launcher), encoding: 'utf8' });
}

function spawnOptions(launcher: Launcher): { uid?: number; gid?: number; env: NodeJS.ProcessEnv; cwd: string } {
  const as = launcher.identity && launcher.prefix.length === 0 ? launcher.identity : {};
  return { ...as, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }, cwd: '/' };
}

const lastLine = (output: string) => output.trim().split('\n').at(-1)?.trim() ?? '';

async function startServer(
  cluster: string,
  port: number,
  launcher: Launcher,
  binaries: Binaries,
  options: EmbeddedOptions,
): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [first, ...rest] = [...launcher.prefix, binaries.postgres, '-D', cluster, '-p', String(port), ...flags];
  const server = spawn(first!, rest, {
    ...spawnOptions(launcher),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own group: Ctrl-C in a terminal reaches us, and we stop it in order.
    detached: true,
  });
  const output: string[] = [];
  await new Promise<void>((done, fail) => {
    const ended = () => {
      const text = output.join('');
      const folder = dirname(cluster);
      if (/No space left/i.test(text)) {
        fail(folderFault(folder, { code: 'ENOSPC' }));
      } else if (/Read-only file system/i.test(text)) {
        fail(folderFault(folder, { code: 'EROFS' }));
      } else if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/i.test(text)) {
        fail(
          new EmbeddedDatabaseError(
            'already-running',
            `The embedded database in ${folder} is still in use by another process: stop it, or use another SERAI_HOME.`,
          ),
        );
      } else {
        fail(
          new EmbeddedDatabaseError(
            'start-failed',
            `The embedded database in ${folder} did not start: ${lastLine(text)}`,
          ),
        );
      }
    };
    server.once('error', (error) =>
      fail(
        new EmbeddedDatabaseError('start-failed', `PostgreSQL could not be run: ${error.message}`, { cause: error }),
      ),
    );
    server.once('exit', ended);
    server.stderr!.setEncoding('utf8');
    server.stderr!.on('data', (chunk: string) => {
      options.log?.(chunk);
      if (output.length < 200) {
        output.push(chunk);
      }
      if (chunk.includes('ready to accept connections')) {
        server.off('exit', ended);
        done();
      }
    });
  });
  server.unref();
  (server.stderr as unknown as { unref(): void }).unref();
  return server;
}

async function ensureDatabase(url: (database: string) => string): Promise<void> {
  const client = new Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) {
      await client.query(`create database ${DATABASE}`);
    }
  } finally {
    await client.end();
  }
}
