import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { runSerai } from './command.ts';

/*
 * The how-to pages are run: every `sh` block whose lines are `npx serai …`, in order, on the repository's own data. A block
 * that names a file (```json schema.json) is that file; a `text` block after a run is what it prints, `…` standing for
 * whatever is left out.
 */
const root = join(import.meta.dirname, '../..');
const pages = join(root, 'docs/howto');

interface Block {
  readonly kind: string;
  readonly file: string | undefined;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(pages, page), 'utf8');
  return [...text.matchAll(/^```(\w*)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, kind, file, body]) => ({
    kind: kind!,
    file,
    text: body!,
  }));
}

const isRun = ({ kind, text }: Block) => kind === 'sh' && text.startsWith('npx serai ');

/** Words of a command line; a redirection apart. */
function wordsOf(line: string): { readonly args: string[]; readonly into: string | undefined } {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const arrow = words.indexOf('>');
  const args = words.slice(2, arrow < 0 ? undefined : arrow);
  return { args, into: arrow < 0 ? undefined : words[arrow + 1] };
}

/** Files of the repository stay where they are, all others are in the test's own folder. */
const placed = (folder: string) => (word: string) =>
  word.replace(/(^|=)((?:[\w.-]+\/)*[\w.-]+\.(?:csv|json|txt))/, (_, before, file) =>
    file.startsWith('tests/') ? `${before}${join(root, file)}` : `${before}${join(folder, file)}`,
  );

async function run(args: string[]) {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += chunk;
      return true;
    });
  }
  try {
    const status = await runSerai(args, join(import.meta.dirname, 'commands'));
    return { status, ...said };
  } finally {
    vi.restoreAllMocks();
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const runnable = readdirSync(pages).filter((page) => page.endsWith('.md') && blocksOf(page).some(isRun));

test('each command of the science room is shown', () => {
  const shown = runnable.flatMap((page) =>
    blocksOf(page)
      .filter(isRun)
      .flatMap(({ text }) =>
        text
          .trim()
          .split('\n')
          .map((line) => line.split(' ')[2]),
      ),
  );
  expect(new Set(shown)).toEqual(new Set(['model', 'link', 'encode', 'match-encoded', 'names']));
});

describe.each(runnable)('%s', (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'serai-howto-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('its commands do what it says', async () => {
    let printed = '';
    let ran = false;
    for (const block of blocksOf(page)) {
      if (block.file) {
        writeFileSync(join(folder, block.file), block.text);
      } else if (isRun(block)) {
        printed = '';
        for (const line of block.text.trim().split('\n')) {
          const { args, into } = wordsOf(line);
          const result = await run(args.map(placed(folder)));
          expect(result, line).toMatchObject({ status: 0 });
          if (into) {
            writeFileSync(join(folder, into), result.stdout);
          } else {
            printed += result.stdout;
          }
        }
      } else if (block.kind === 'text' && ran) {
        const told = block.text.split(/^…\n/m).map(escaped).join('[^]*?');
        expect(printed, page).toMatch(new RegExp(told));
      }
      ran = isRun(block);
    }
  });
});
