import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runSerai } from './command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serai-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process: starting one costs a second on a busy machine. */
async function serai(args: string[]) {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += chunk;
      return true;
    });
  }
  const status = await runSerai(args, join(import.meta.dirname, 'commands'));
  vi.restoreAllMocks();
  return { status, ...said };
}
const program = join(import.meta.dirname, 'serai.ts');
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('asked wrongly: a sentence and exit code 2', () => {
  test.each<[string, string[], string]>([
    ['unknown command', ['modle'], 'There is no command "modle". Did you mean "serai model"?'],
    ['a path for a name', ['../serai'], 'There is no command'],
    ['unknown model', ['model', 'who-grwth'], 'Did you mean "who-growth"?'],
    ['unknown option', ['model', 'who-growth', '--speed'], "Unknown option '--speed'"],
    ['no input', ['model', 'who-growth'], 'Give --input file.json'],
    ['no such file', ['model', 'who-growth', '--input', 'absent.json'], 'absent.json: there is no such file.'],
    ['a folder', ['model', 'who-growth', '--input', import.meta.dirname], ': it is a folder.'],
    ['a seed that is no number', ['model', 'who-growth', '--input', 'x', '--seed', 'one'], '--seed is a whole number'],
    ['two models', ['model', 'who-growth', 'phq-9'], 'one word too many'],
  ])('%s', async (_, args, sentence) => {
    const result = await serai(args);
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
  ])('%s', async (_, json, csv, sentence) => {
    const args = ['model', 'who-growth', '--input', file('in.json', json)];
    const result = await serai(csv === undefined ? args : [...args, '--csv', `children=${file('in.csv', csv)}`]);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(sentence);
  });

  test('no more than twenty sentences', async () => {
    const csv = `sex\n${'x\n'.repeat(50)}`;
    const { stderr } = await serai(['model', 'who-growth', '--csv', `children=${file('many.csv', csv)}`]);
    expect(stderr.trim().split('\n')).toHaveLength(21);
    expect(stderr).toContain('and 30 more.');
  });
});

test('rows to standard output, as JSON or as a table, from a file or a CSV', async () => {
  const { stdout: example } = await serai(['model', 'who-growth', '--example']);
  const input = file('e.json', example);
  const fromFile = await serai(['model', 'who-growth', '--input', input, '--json']);
  expect(fromFile).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(fromFile.stdout).map((row: { z: number }) => row.z)).toEqual([-6.09, 0.24]);
  const csv = 'id,sex,ageDays,weightKg,lengthHeightCm,position\na,male,987,,72.86,lying\nb,female,1522,17,,\n';
  const fromCsv = await serai(['model', 'who-growth', '--csv', `children=${file('c.csv', csv)}`, '--json']);
  expect(fromCsv.stdout).toBe(fromFile.stdout);
  expect((await serai(['model', 'who-growth', '--input', input])).stdout).toContain('72.16  -6.09');
});

test('lists and null inside a cell', async () => {
  const csv =
    'rifampicin,ageYears,weightKg,sex,pulmonary,extrapulmonaryForms,severe,yearsSinceTreatment\n' +
    'susceptible,30,60,male,yes,-,no,null\nsusceptible,30,60,male,yes,pericardial|disseminated,no,3\n';
  const { status, stdout } = await serai(['model', 'tb-regimen', '--csv', `cases=${file('cases.csv', csv)}`, '--json']);
  expect(status).toBe(0);
  const rows = JSON.parse(stdout) as { id: string; regimen: string; status: string; because: string }[];
  const four = rows.filter((row) => row.regimen === '2HPMZ/2HPM');
  expect(four.map((row) => [row.id, row.status, row.because])).toEqual([
    ['1', 'eligible', ''],
    ['2', 'excluded', 'extrapulmonary'],
  ]);
});

test('the list, the schema and the help name what there is', async () => {
  expect((await serai([])).stdout).toContain('model ');
  expect((await serai(['help', 'model'])).stdout).toContain('serai model list');
  expect(JSON.parse((await serai(['model', 'list', '--json'])).stdout)).toContainEqual(
    expect.objectContaining({ name: 'who-growth', family: 'clinical' }),
  );
  expect(JSON.parse((await serai(['model', 'who-growth', '--schema'])).stdout).properties.children.type).toBe('array');
  expect((await serai(['model', 'who-growth', '--help'])).stdout).toContain('children[].sex');
});

const patience = 60_000;

test('the program itself, fed through a pipe', { timeout: patience }, () => {
  const input = JSON.stringify({ children: [{ sex: 'female', ageDays: 1522, weightKg: 17 }] });
  const { status, stdout } = spawnSync(program, ['model', 'who-growth', '--input', '-', '--json'], {
    encoding: 'utf8',
    input,
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ indicator: 'weight-for-age', z: 0.24 }]);
});

test('Ctrl-C stops a long run: nothing on standard output, exit code 130', { timeout: patience }, async () => {
  const courses = Array.from({ length: 60_000 }, () => ({ regimen: 'BPaLM', startDate: '2024-01-10', months: 24 }));
  const input = file('long.json', JSON.stringify({ courses }));
  const child = spawn(program, ['model', 'tb-monitoring', '--input', input]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  // The first progress says that the model is running.
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stderr.once('data', () => child.kill('SIGINT'));
  const [code] = await once(child, 'close');
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('%');
  expect(stderr).toContain('Cancelled; nothing was written.');
});
