import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serai-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function serai(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'serai.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  return { status, stdout, stderr };
}
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

describe('asked wrongly: a sentence and exit code 2', () => {
  test.each<[string, string[], string]>([
    ['unknown command', ['modle'], 'There is no command "modle". Did you mean "serai model"?'],
    ['a path for a name', ['../serai'], 'There is no command'],
    ['unknown model', ['model', 'who-grwth'], 'Did you mean "who-growth"?'],
    ['unknown option', ['model', 'who-growth', '--speed'], "Unknown option '--speed'"],
    ['no input', ['model', 'who-growth'], 'Give --input file.json'],
    ['no such file', ['model', 'who-growth', '--input', 'absent.json'], 'absent.json: there is no such file.'],
    ['a folder', ['model', 'who-growth', '--input', '.'], '.: it is a folder.'],
    ['a seed that is no number', ['model', 'who-growth', '--input', 'x', '--seed', 'one'], '--seed is a whole number'],
    ['two models', ['model', 'who-growth', 'phq-9'], 'one word too many'],
  ])('%s', (_, args, sentence) => {
    const result = serai(args);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(sentence);
  });
});

describe('a bad file: its line and a sentence', () => {
  test.each<[string, string, string | undefined, string]>([
    ['not JSON', '{\n "children": [\n}', undefined, 'in.json line 3, column 1: this is not valid JSON.'],
    [
      'a wrong value',
      '{\n "children": [\n  { "sex": "male" },\n  { "sex": "m" }\n ]\n}',
      undefined,
      'in.json line 4, children[1].sex: Sex is "male" or "female"',
    ],
    ['a CSV cell', '{}', 'sex,weightKg\nmale,12\nfemale,heavy\n', 'in.csv line 3, column weightKg: Give Weight in kg'],
    ['a CSV line too long', '{}', 'sex,weightKg\nmale,12,13\n', 'in.csv line 2: 3 cells, but the header has 2.'],
    ['a CSV column nobody knows', '{}', 'sex,wieght\nmale,12\n', 'in.csv line 1: there is no column "wieght"'],
    ['an empty CSV', '{}', '', 'in.csv line 1: the file is empty.'],
  ])('%s', (_, json, csv, sentence) => {
    const args = ['model', 'who-growth', '--input', file('in.json', json)];
    const result = serai(csv === undefined ? args : [...args, '--csv', `children=${file('in.csv', csv)}`]);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(sentence);
  });

  test('no more than twenty sentences', () => {
    const csv = `sex\n${'x\n'.repeat(50)}`;
    const { stderr } = serai(['model', 'who-growth', '--csv', `children=${file('many.csv', csv)}`]);
    expect(stderr.trim().split('\n')).toHaveLength(21);
    expect(stderr).toContain('and 30 more.');
  });
});

test('rows to standard output, as JSON or as a table, from a file, a CSV or standard input', () => {
  const { stdout: example } = serai(['model', 'who-growth', '--example']);
  const fromFile = serai(['model', 'who-growth', '--input', file('e.json', example), '--json']);
  expect(fromFile).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(fromFile.stdout).map((row: { z: number }) => row.z)).toEqual([-6.09, 0.24]);
  expect(serai(['model', 'who-growth', '--input', '-', '--json'], example).stdout).toBe(fromFile.stdout);
  const csv = 'id,sex,ageDays,weightKg,lengthHeightCm,position\na,male,987,,72.86,lying\nb,female,1522,17,,\n';
  expect(serai(['model', 'who-growth', '--csv', `children=${file('c.csv', csv)}`, '--json']).stdout).toBe(
    fromFile.stdout,
  );
  expect(serai(['model', 'who-growth', '--input', 'e.json']).stdout).toContain('72.16  -6.09');
});

test('the list, the schema and the help name what there is', () => {
  expect(serai([]).stdout).toContain('model ');
  expect(JSON.parse(serai(['model', 'list', '--json']).stdout)).toContainEqual(
    expect.objectContaining({ name: 'who-growth', family: 'clinical' }),
  );
  expect(JSON.parse(serai(['model', 'who-growth', '--schema']).stdout).properties.children.type).toBe('array');
  expect(serai(['model', 'who-growth', '--help']).stdout).toContain('children[].sex');
});
