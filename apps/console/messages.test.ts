import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { languages, type Messages } from '@serai/kernel/i18n/i18n.ts';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = await Promise.all(
  globSync('{ui,domains,apps/console}/**/*.messages.ts', { cwd: root })
    .filter((path) => !path.includes('node_modules'))
    .map(async (path) => ({
      path,
      module: (await import(pathToFileURL(join(root, path)).href)) as Record<string, Messages>,
    })),
);

interface Row {
  readonly name: string;
  readonly texts: Messages[string];
}

const rows: readonly Row[] = modules.flatMap(({ path, module }) =>
  Object.entries(module).flatMap(([table, messages]) =>
    Object.entries(messages).map(([key, texts]) => ({ name: `${path} ${table} ${key}`, texts })),
  ),
);

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
/** Names of things are the same in every language. */
const sameEverywhere = new Set(['Serai']);

describe('every text of every screen', () => {
  it('is found', () => {
    expect(rows.length).toBeGreaterThan(500);
  });

  it('is there in every language', () => {
    const empty = rows.filter(({ texts }) => languages.some((language) => !texts[language]?.trim()));
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  it('is written in the script of its language', () => {
    const wrong = rows.filter(
      ({ texts }) =>
        !sameEverywhere.has(texts.en) &&
        (!/\p{Script=Thai}/u.test(texts.th) || !/\p{Script=Myanmar}/u.test(texts.my)) &&
        /[a-z]{2}/i.test(texts.en.replace(/\{\w+\}/g, '')),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('does not mix in the other script', () => {
    const mixed = rows.filter(({ texts }) => /\p{Script=Myanmar}/u.test(texts.th) || /\p{Script=Thai}/u.test(texts.my));
    expect(mixed.map(({ name }) => name)).toEqual([]);
  });

  it('has the same values to fill in in every language', () => {
    const differing = rows.filter(({ texts }) =>
      languages.some((language) => placeholders(texts[language]).join() !== placeholders(texts.en).join()),
    );
    expect(differing.map(({ name }) => name)).toEqual([]);
  });

  it('is in Unicode’s composed form, and Burmese never in the old Zawgyi encoding', () => {
    const decomposed = rows.filter(({ texts }) =>
      languages.some((language) => texts[language] !== texts[language].normalize('NFC')),
    );
    expect(decomposed.map(({ name }) => name)).toEqual([]);
    // Zawgyi stores the vowel E before its consonant; Unicode stores it after.
    const zawgyi = rows.filter(({ texts }) => /(?:^|[\s(])\u1031/u.test(texts.my));
    expect(zawgyi.map(({ name }) => name)).toEqual([]);
  });
});
