import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file of `commands/`: its name is what is typed after `serai`. */
export interface Command {
  /** One line for the list. */
  readonly summary: string;
  /** Answers the exit code: 0 done, 1 failed, 2 asked wrongly, 130 cancelled. */
  run(args: string[]): Promise<number>;
}

/** Asked wrongly: the sentence goes to standard error and the exit code is 2. Never holds personal data. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Dispatches `serai <name> args` to `commands/<name>.ts`; `serai help <name>` is `serai <name> --help`. */
export async function runSerai(args: readonly string[], folder: string): Promise<number> {
  const names = commandNames(folder);
  const asksHelp = args[0] === 'help' && args[1] !== undefined;
  const [name, ...rest] = asksHelp ? [args[1], '--help'] : args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(await listing(folder, names));
    return 0;
  }
  if (!names.includes(name)) {
    const near = nearest(name, names);
    process.stderr.write(
      `There is no command "${name}".${near ? ` Did you mean "serai ${near}"?` : ''} "serai help" lists them.\n`,
    );
    return 2;
  }
  try {
    return await (await load(folder, name)).run(rest);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

/** The closest of `candidates` within two edits, for "did you mean". */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= 2 || candidate.startsWith(word))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

function commandNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file))
    .map((file) => basename(file, '.ts'))
    .sort();
}

async function load(folder: string, name: string): Promise<Command> {
  return (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Command;
}

async function listing(folder: string, names: readonly string[]): Promise<string> {
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(width)}  ${await summaryOf(folder, name)}`),
  );
  return `serai <command> [options]\n\n${lines.join('\n')}\n`;
}

/** A command that cannot be loaded (a library missing, say) does not take the list of the others with it. */
async function summaryOf(folder: string, name: string): Promise<string> {
  try {
    return (await load(folder, name)).summary;
  } catch {
    return '(cannot be loaded here; run it to see why)';
  }
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1);
    }
    previous = current;
  }
  return previous[b.length]!;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
