import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the demonstration keeps its state: `.serai/` or `SERAI_HOME`. One start at a time. */
export interface Home {
  readonly folder: string;
  readonly path: (name: string) => string;
  /** A JSON file, made by `create` the first time; readable by its owner only. */
  readonly keep: <T>(name: string, create: () => T | Promise<T>) => Promise<T>;
  readonly write: (name: string, content: string) => void;
  readonly release: () => void;
  /** True when the last start did not end in good order. */
  readonly wasKilled: boolean;
}

/** Why there can be no start here, in one sentence. */
export class StartError extends Error {
  override name = 'StartError';
}

/**
 * Takes the folder for this process.
 * @throws StartError when it cannot be written, or another start is running there.
 */
export function openHome(folder: string): Home {
  const path = (name: string) => join(folder, name);
  const lock = path('start.pid');
  let wasKilled = false;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (existsSync(lock)) {
      const process_ = Number(readFileSync(lock, 'utf8'));
      if (process_ !== process.pid && isAlive(process_)) {
        throw new StartError(
          `Serai already runs here (process ${process_}, folder ${folder}). Stop it with Ctrl-C, or give another SERAI_HOME.`,
        );
      }
      wasKilled = true;
    }
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    throw error instanceof StartError ? error : folderError(folder, error);
  }

  const write = (name: string, content: string) => {
    try {
      const temporary = path(`.${name}.${randomBytes(4).toString('hex')}`);
      writeFileSync(temporary, content, { mode: 0o600 });
      renameSync(temporary, path(name));
    } catch (error) {
      throw folderError(folder, error);
    }
  };
  return {
    folder,
    path,
    wasKilled,
    write,
    async keep<T>(name: string, create: () => T | Promise<T>): Promise<T> {
      if (!existsSync(path(name))) {
        write(name, JSON.stringify(await create(), null, 2));
      }
      chmodSync(path(name), 0o600);
      return JSON.parse(readFileSync(path(name), 'utf8')) as T;
    },
    release: () => rmSync(lock, { force: true }),
  };
}

export function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) {
    return false;
  }
  try {
    process.kill(processId, 0);
    // A number that was given to some other program since is not us.
    const command = existsSync(`/proc/${processId}/cmdline`)
      ? readFileSync(`/proc/${processId}/cmdline`, 'utf8')
      : 'start.ts';
    return command.includes('start.ts');
  } catch {
    return false;
  }
}

function folderError(folder: string, error: unknown): StartError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StartError(
      `The disk that holds ${folder} is full. Free some space and start again; nothing was changed.`,
    );
  }
  return new StartError(
    `The folder ${folder} cannot be written (${code ?? 'unknown reason'}). Make it writable, or give another one in SERAI_HOME.`,
  );
}
