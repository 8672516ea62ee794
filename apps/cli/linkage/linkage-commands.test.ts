import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { run as encode } from '../commands/encode.ts';
import { run as link } from '../commands/link.ts';
import { run as matchEncoded } from '../commands/match-encoded.ts';
import { run as names } from '../commands/names.ts';

const people = join(import.meta.dirname, '../../../tests/vectors/splink/fake_1000_from_splink_demos.csv');
let folder: string;
let out: string;
let err: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serai-linkage-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('link writes pairs, clusters and a summary, and reuses what it trained', async () => {
  const head = readFileSync(people, 'utf8').split('\n').slice(0, 301).join('\n');
  const input = file('people.csv', head);
  const pairs = join(folder, 'pairs.csv');
  const model = join(folder, 'model.json');
  expect(await link([input, '--out', pairs, '--model-out', model, '--threshold', '0.8'])).toBe(0);
  expect(out).toMatch(/^measure,value\nrecords,300\n/);
  const lines = readFileSync(pairs, 'utf8').trim().split('\n');
  expect(lines[0]).toBe('left_id,right_id,probability,weight,cluster,explanation');
  expect(lines.length).toBeGreaterThan(100);
  expect(lines[1]).toContain('prior');
  expect(readFileSync(join(folder, 'pairs.clusters.csv'), 'utf8').trim().split('\n')).toHaveLength(301);
  out = '';
  expect(await link([input, '--config', model, '--threshold', '0.8'])).toBe(0);
  expect(out.trim().split('\n').length).toBe(lines.length);
});

const schema = {
  version: 3,
  clkConfig: { l: 1024, kdf: { type: 'HKDF' } },
  features: [
    { identifier: 'id', ignored: true },
    {
      identifier: 'name',
      format: { type: 'string' },
      hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 200 } },
    },
    {
      identifier: 'born',
      format: { type: 'date', format: '%Y-%m-%d' },
      hashing: { comparison: { type: 'ngram', n: 1, positional: true }, strategy: { bitsPerFeature: 200 } },
    },
  ],
};

test('two files encoded apart are matched', async () => {
  const schemaFile = file('schema.json', JSON.stringify(schema));
  const secret = file('secret', 'a secret of some length\n');
  const encoded = async (name: string, text: string, ...more: string[]) => {
    out = '';
    expect(await encode([file(`${name}.csv`, text), '--schema', schemaFile, '--secret-file', secret, ...more])).toBe(0);
    return file(`${name}-codes.csv`, out);
  };
  const left = await encoded('a', 'id,name,born\n1,anna eriksson,1985-03-12\n2,boris petrov,1970-01-02\n');
  const right = await encoded(
    'b',
    'id,name,born\nx,boris petrof,1970-01-02\ny,ana eriksson,1985-03-12\nz,somebody else,2001-09-09\n',
  );
  out = '';
  expect(await matchEncoded([left, right, '--threshold', '0.7'])).toBe(0);
  expect(
    out
      .split('\n')
      .slice(1, 3)
      .map((line) => line.split(',').slice(0, 2))
      .sort(),
  ).toEqual([
    ['1', 'y'],
    ['2', 'x'],
  ]);
});

test('faults name file, line and what to do, and never the value', async () => {
  const schemaFile = file('schema.json', JSON.stringify(schema));
  const secret = file('secret', 'a secret of some length');
  const bad = file('bad.csv', 'id,name,born\n1,anna,1985-03-12\n2,boris,12th of May\n');
  expect(await encode([bad, '--schema', schemaFile, '--secret-file', secret])).toBe(2);
  expect(err).toMatch(/bad\.csv: line 3: born: /);
  expect(err).not.toContain('May');
  err = '';
  expect(await encode([bad, '--schema', schemaFile, '--secret-file', secret, '--skip-bad-rows'])).toBe(0);
  expect(err).toContain('1 left out');
  err = '';
  expect(await link([file('ragged.csv', 'a,b\n1,2\n3\n')])).toBe(2);
  expect(err).toMatch(/ragged\.csv: line 3: /);
  expect(await link([join(folder, 'absent.csv')])).toBe(2);
  expect(await link([])).toBe(2);
  expect(await matchEncoded([bad, bad])).toBe(2);
  expect(await link([people, '--threshold', '7'])).toBe(2);
  writeFileSync(join(folder, 'latin1.csv'), Buffer.from([0x61, 0x0a, 0xe9, 0x0a]));
  err = '';
  expect(await link([join(folder, 'latin1.csv')])).toBe(2);
  expect(err).toMatch(/line 2: this is not UTF-8/);
});

test('names prints rows', async () => {
  expect(await names([])).toBe(2);
  expect(await names(['Юлия', '--json'])).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ text: 'Юлия', script: 'Cyrl' });
  out = '';
  expect(await names(['--compare', 'محمد', 'Mohamed'])).toBe(0);
  expect(Number(out.trim().split(',').at(-1))).toBeGreaterThan(0.85);
});
