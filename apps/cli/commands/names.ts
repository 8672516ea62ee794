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
    const names = positionals.length === 1 && positionals[0] === '-' ? await standardInput() : positionals;
    if (names.length === 0) {
      throw new UsageError('Give at least one name.');
    }
    if (values.compare) {
      const rows = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, similarity: compareNames(a, b) })));
      await writeLines(
        process.stdout,
        values.json
          ? rows.map((row) => JSON.stringify(row))
          : ['a,b,similarity', ...rows.map((row) => formatRow([row.a, row.b, Number(row.similarity.toFixed(4))]))],
      );
      return 0;
    }
    const rows = names.map((text) => ({ text, ...nameKeys(text) }));
    await writeLines(
      process.stdout,
      values.json
        ? rows.map((row) => JSON.stringify(row))
        : [
            'text,script,romanised,keys',
            ...rows.map((row) => formatRow([row.text, row.script, row.romanised.join(' | '), row.keys.join(' ')])),
          ],
    );
    return 0;
  });
}

async function standardInput(): Promise<string[]> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk;
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
