import { createInterface } from 'node:readline';
import { formatRow } from '@serai/kernel/linkage/csv.ts';
import { compareNames, nameKeys } from '@serai/kernel/linkage/names/names.ts';
import { readArgs, UsageError, withSentences, writeLines } from '../linkage/files.ts';

export const summary = 'Script, romanisations and index keys of names; likeness of every two with --compare';

const USAGE = `Usage: serai names <text…> [--compare] [--json]
  Each text is one name, in any script. With - one name a line is read from standard input.`;

export function run(args: string[]): Promise<number> {
  return withSentences(USAGE, async () => {
    const { values, positionals } = readArgs(args, {
      compare: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const piped = positionals.length === 1 && positionals[0] === '-';
    if (positionals.length === 0) {
      throw new UsageError('Give at least one name.');
    }
    if (values.compare) {
      const names = piped ? await compared(standardInput()) : positionals;
      await writeLines(process.stdout, pairLines(names, values.json ?? false));
      return 0;
    }
    await writeLines(process.stdout, keyLines(piped ? standardInput() : positionals, values.json ?? false));
    return 0;
  });
}

/** Every two names are compared: a thousand names are half a million rows. */
const comparedMax = 5000;

async function compared(lines: AsyncIterable<string>): Promise<string[]> {
  const names: string[] = [];
  for await (const name of lines) {
    names.push(name);
    if (names.length > comparedMax) {
      throw new UsageError(
        `--compare compares every two of at most ${comparedMax} names; use serai link for longer lists.`,
      );
    }
  }
  return names;
}

function* pairLines(names: readonly string[], json: boolean): Iterable<string> {
  if (!json) {
    yield 'a,b,similarity';
  }
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      const similarity = compareNames(a, b);
      yield json ? JSON.stringify({ a, b, similarity }) : formatRow([a, b, Number(similarity.toFixed(4))]);
    }
  }
}

async function* keyLines(names: Iterable<string> | AsyncIterable<string>, json: boolean): AsyncIterable<string> {
  if (!json) {
    yield 'text,script,romanised,keys';
  }
  for await (const text of names) {
    const { script, romanised, keys } = nameKeys(text);
    yield json
      ? JSON.stringify({ text, script, romanised, keys })
      : formatRow([text, script, romanised.join(' | '), keys.join(' ')]);
  }
}

/** Names of standard input as they come, one a line. */
async function* standardInput(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const name = line.trim();
    if (name !== '') {
      yield name;
    }
  }
}
