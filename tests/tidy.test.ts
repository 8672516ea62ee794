import { existsSync } from 'node:fs';
import { dirname, join, matchesGlob, normalize } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEventKinds, errorsPage, policiesPage, refusalTables } from '../scripts/build-reference.ts';
import config from '../vitest.config.ts';
import { exceptions, ratchets } from './tidy/exceptions.ts';
import { instead, isPure, isTimeless, roomOf, rooms, runsAtBuildTime, sees } from './tidy/rooms.ts';
import { find, isProof, read, root, type Source, sources } from './tidy/sources.ts';

/** The house rules. Each failure says where, why, and what to do instead. */

// Reading and parsing every source takes a second, and more on a busy machine.
beforeAll(() => {
  sources();
}, 120_000);

const used = new Set<(typeof exceptions)[number]>();

function isExcepted(file: string, what: string): boolean {
  const exception = exceptions.find((each) => each.file === file && each.what === what);
  if (exception) {
    used.add(exception);
  }
  return exception !== undefined;
}

/** The path of ours an import leads to; undefined for a package. */
function targetOf(source: Source, from: string): string | undefined {
  if (from.startsWith('.')) {
    return normalize(join(dirname(source.path), from)).replaceAll('\\', '/');
  }
  const [, workspace, rest] = /^@serai\/([^/]+)\/(.+)$/.exec(from) ?? [];
  if (!workspace) {
    return undefined;
  }
  return `${['server', 'console', 'cli'].includes(workspace) ? 'apps/' : ''}${workspace}/${rest}`;
}

/** Nothing but the list, so that a failure reads as sentences. */
function expectNone(breaks: readonly string[]): void {
  expect(breaks.length === 0 ? '' : `\n${breaks.join('\n')}\n`).toBe('');
}

describe('who may import whom', () => {
  test('a room sees itself and what its row of the table names', () => {
    const breaks: string[] = [];
    for (const source of sources()) {
      const room = roomOf(source.path);
      for (const { from, line } of source.imports) {
        const target = targetOf(source, from);
        if (
          !room ||
          !target ||
          !roomOf(target) ||
          sees(room, target, isProof(source.path)) ||
          isExcepted(source.path, from)
        ) {
          continue;
        }
        breaks.push(
          `${source.path}:${line} imports ${from}: ${room} does not see ${roomOf(target)}. ${advice(room, target)}`,
        );
      }
    }
    expectNone(breaks);
  });

  test('what runs in a browser imports nothing of the server', () => {
    const breaks: string[] = [];
    for (const source of sources().filter(
      ({ path }) =>
        !isProof(path) && !runsAtBuildTime(path) && (path.endsWith('.tsx') || /^(ui|apps\/console)\//.test(path)),
    )) {
      for (const { from, line, typeOnly } of source.imports) {
        const target = targetOf(source, from);
        const ofServer =
          from.startsWith('node:') ||
          (target !== undefined && /^store\/|^apps\/server\/|\.(routes|store|tables|deps)\.ts$/.test(target));
        if (ofServer && !typeOnly && !isExcepted(source.path, from)) {
          breaks.push(
            `${source.path}:${line} imports ${from}, which does not exist in a browser. Import its types only, or move the rule to a pure x.ts that both can use.`,
          );
        }
      }
    }
    expectNone(breaks);
  });

  test('a package is named by the workspace that imports it', () => {
    const breaks: string[] = [];
    const manifests = new Map(
      ['kernel', 'policy', 'store', 'ui', 'domains', 'apps/server', 'apps/console', 'apps/cli'].map((workspace) => {
        const json = JSON.parse(read(`${workspace}/package.json`));
        return [workspace, { ...json.dependencies, ...json.devDependencies, [json.name]: '' }];
      }),
    );
    const shared = JSON.parse(read('package.json')).devDependencies;
    for (const source of sources()) {
      const workspace = [...manifests.keys()].find((each) => source.path.startsWith(`${each}/`));
      if (!workspace) {
        continue;
      }
      for (const { from, line } of source.imports) {
        const name = /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(from)?.[1];
        if (
          name &&
          !name.startsWith('node:') &&
          !(name in manifests.get(workspace)!) &&
          !(name in shared) &&
          !ratchets.unnamedPackages[workspace]?.includes(name)
        ) {
          breaks.push(
            `${source.path}:${line} imports ${name}, which ${workspace}/package.json does not name. It is there only because another workspace asked for it: add it.`,
          );
        }
      }
    }
    expectNone(breaks);
  });

  test.each([
    ['domains/care', 'domains/registry/person.ts', false],
    ['kernel/trust', 'kernel/fhir/search-index.ts', false],
    ['kernel/trust', 'kernel/base/refusal.ts', true],
    ['kernel/base', 'kernel/trust/keys.ts', false],
    ['store', 'policy/decide.ts', false],
    ['store', 'policy/types.ts', true],
    ['ui', 'policy/types.ts', false],
    ['domains/care', 'apps/server/app.ts', false],
    ['apps/server', 'apps/cli/serai.ts', false],
    ['apps/server', 'countries/mm/country.json', false],
    ['domains/care', 'tests/database.ts', false],
  ])('%s sees %s: %s', (room, path, expected) => {
    expect(sees(room, path, false)).toBe(expected);
  });

  test('the table names only rooms that exist', () => {
    const known = new Set(sources().map(({ path: each }) => roomOf(each)));
    const missing = rooms
      .map(({ room }) => room)
      .filter(
        (room) =>
          !(room.endsWith('/*') ? [...known].some((each) => each?.startsWith(room.slice(0, -1))) : known.has(room)),
      );
    expect(missing).toEqual([]);
  });
});

function advice(room: string, target: string): string {
  if (target.startsWith('countries/')) {
    return 'A country is data: read the file when the program runs, so that a country needs no code.';
  }
  if (room.startsWith('domains/') && target.startsWith('domains/')) {
    return 'Domains speak through the record, the outbox or money; what both need is a rule: move it to the kernel.';
  }
  if (target.startsWith('apps/')) {
    return 'Nothing imports an app: move the part that is shared to a domain or the kernel, or take it as an argument.';
  }
  if (room.startsWith('kernel/') && target.startsWith('kernel/')) {
    return 'Rooms of the kernel do not see each other: take the function or the table as an argument, or move what both need to kernel/base.';
  }
  return 'The table is in tests/tidy/rooms.ts; take what you need as an argument from whoever may see both.';
}

describe('pure files', () => {
  test('have no clock, chance, network or Node.js of their own', () => {
    const breaks: string[] = [];
    for (const source of sources().filter(({ path: each }) => !isProof(each))) {
      const pure = isPure(source.path);
      const found = [
        ...(pure || isTimeless(source.path) ? source.calls : []),
        ...(pure
          ? source.imports
              .filter(({ from }) => from.startsWith('node:'))
              .map(({ from, line }) => ({ what: from, line }))
          : []),
      ].filter(({ what }) => pure || what !== 'process.env');
      for (const { what, line } of found) {
        if (!isExcepted(source.path, what)) {
          breaks.push(
            `${source.path}:${line} uses ${what}: its answer would not be the same twice, or not exist in a browser. Instead: ${instead[what.startsWith('node:') ? 'node:' : what]}.`,
          );
        }
      }
    }
    expectNone(breaks);
  });
});

describe('refusals', () => {
  test('a code is declared once, in a table whose area it begins with', async () => {
    const seen = new Map<string, string>();
    const breaks: string[] = [];
    for (const { file, area, refusals } of await refusalTables()) {
      for (const { code } of refusals) {
        const before = seen.get(code);
        if (before) {
          breaks.push(`${code} is declared in ${before} and again in ${file}: two "no"s must be two codes.`);
        }
        if (!code.startsWith(`${area}.`)) {
          breaks.push(`${code} in ${file} must begin with "${area}.".`);
        }
        seen.set(code, file);
      }
    }
    expectNone(breaks);
    expect(seen.size).toBeGreaterThan(30);
  });

  test('a code that is given is declared', async () => {
    const declared = new Set((await refusalTables()).flatMap(({ refusals }) => refusals.map(({ code }) => code)));
    expectNone(
      sources()
        .filter(({ path: each }) => !isProof(each))
        .flatMap((source) =>
          source.refusals
            .filter(({ what }) => !declared.has(what) && !isExcepted(source.path, what))
            .map(
              ({ what, line }) =>
                `${source.path}:${line} refuses with ${what}, which no *.refusals.ts declares: whoever gets it would read only "Refused.".`,
            ),
        ),
    );
  });

  test('docs/reference/errors.md says what the tables say', async () => {
    expectCurrent('docs/reference/errors.md', await errorsPage());
  });
});

test('docs/reference/policies.md says what the policies and agreements say', () => {
  expectCurrent('docs/reference/policies.md', policiesPage());
});

test('every kind of evidence is described in docs/reference/audit-events.md', () => {
  const page = read('docs/reference/audit-events.md');
  expectNone(
    auditEventKinds()
      .filter((kind) => !page.includes(`## \`${kind}\``))
      .map(
        (kind) =>
          `The kind "${kind}" of store/types.ts has no section in docs/reference/audit-events.md: say what it holds, in the clear and sealed.`,
      ),
  );
});

function expectCurrent(file: string, page: string): void {
  const current = existsSync(join(root, file)) && read(file) === page;
  expect(current, `${file} is not what its sources say. Write it anew: node scripts/build-reference.ts`).toBe(true);
}

test('the number of a decision record is its own, and in its title', () => {
  const records = find('docs/adr/*.md');
  const breaks: string[] = [];
  const seen = new Map<string, string>();
  for (const file of records) {
    const number = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1];
    if (!number) {
      breaks.push(`${file}: a record is called NNNN-the-decision-itself.md.`);
      continue;
    }
    if (seen.has(number)) {
      breaks.push(`${file} has the number of ${seen.get(number)}: take the next free one.`);
    }
    seen.set(number, file);
    const text = read(file);
    if (!text.startsWith(`# ${number} `)) {
      breaks.push(`${file}: the first line must be "# ${number} " and the decision.`);
    }
    for (const part of ['Context', 'Decision', 'Turned down', 'Consequences']) {
      if (!text.includes(`**${part}.**`)) {
        breaks.push(`${file} has no "**${part}.**".`);
      }
    }
  }
  expectNone(breaks);
  expect(records.length).toBeGreaterThan(5);
});

test('a link in our papers leads somewhere', () => {
  const breaks: string[] = [];
  for (const file of find(
    '{*.md,docs/**/*.md,{kernel,policy,store,ui,domains,apps,countries,bench,tests}/**/README.md}',
  )) {
    for (const [, link] of read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      // A formula like f[x](M) is no link: ours name a file or a folder.
      if (/[./]/.test(link!) && !/^[a-z]+:/.test(link!) && !existsSync(join(root, dirname(file), link!))) {
        breaks.push(`${file} points to ${link}, which is not there.`);
      }
    }
  }
  expectNone(breaks);
});

test('what STYLE.md holds up as ours stands where it says', () => {
  const examples = [...read('STYLE.md').matchAll(/```ts\n[\s\S]*?\n(.+) \/\/ (\S+)\n```/g)];
  const breaks = examples.flatMap(([, example, file]) => {
    const line = example!.replace(/;$/, '').replace(/, async \(\) => \{\}\)$/, ', async');
    return existsSync(join(root, file!)) && read(file!).includes(line)
      ? []
      : [`STYLE.md shows a line that ${file} does not hold: show one that it does. ${line}`];
  });
  expectNone(breaks);
  expect(examples.length).toBeGreaterThan(5);
});

test('nothing we wrote knows the machine it was written on', () => {
  const place = new RegExp(`(?<![\\w./:-])(/${['work', 'home', 'Users', 'root'].join('/|/')}/)\\w|[A-Z]:\\\\Users`);
  expectNone(
    find(
      '{*.{ts,json,md,mjs},.ci/*,{kernel,policy,store,ui,domains,apps,countries,docs,tests,bench,scripts}/**/*.{ts,tsx,css,html,md,mjs,json,cedar}}',
    )
      .filter((file) => !file.startsWith('tests/vectors/') && file !== 'package-lock.json')
      .filter((file) => place.test(read(file)))
      .map((file) => `${file} holds a path of somebody's machine: build paths from import.meta.dirname.`),
  );
});

test('nothing is left for later in the code', () => {
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b`);
  expectNone(
    find('{kernel,policy,store,ui,domains,apps,tests,bench,scripts}/**/*.{ts,tsx,css,html,mjs,cedar}').flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, i) =>
          marks.test(line)
            ? [`${file}:${i + 1} leaves work for later: do it, or open an issue and say here what is true today.`]
            : [],
        ),
    ),
  );
});

test('a day is of a country, or of where the reader stands', () => {
  const cut = /toISOString\(\)\s*\.(slice\(0, 10\)|split\('T'\)|substring\(0, 10\))/;
  const ofClock = /dayOfInstant\((options\.)?clock\(\)\)/;
  expectNone(
    find('domains/**/*.{ts,tsx}')
      .filter((file) => !isProof(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .flatMap((line, i) =>
            cut.test(line) || (file.startsWith('domains/cover/') && ofClock.test(line))
              ? [
                  `${file}:${i + 1} takes the day in UTC: at two in the morning in Bangkok it is yesterday’s. Use localDay (domains/cover/local-day.ts), localDayOf (kernel), or today of ui/today.ts on a screen.`,
                ]
              : [],
          ),
      ),
  );
});

test('every test file belongs to exactly one kind of test', () => {
  const projects = (config.test?.projects ?? []) as readonly {
    readonly test: { readonly name: string; readonly include: readonly string[]; readonly exclude?: readonly string[] };
  }[];
  const matches = (file: string, globs: readonly string[] | undefined) =>
    globs?.some((glob) => matchesGlob(file, glob)) ?? false;
  const files = find('**/*.test.{ts,tsx}');
  expectNone(
    files.flatMap((file) => {
      const kinds = projects
        .filter(({ test: each }) => matches(file, each.include) && !matches(file, each.exclude))
        .map(({ test: each }) => each.name);
      return kinds.length === 1
        ? []
        : [
            `${file} ${kinds.length === 0 ? 'is run by nobody' : `is run by ${kinds.join(' and ')}`}: see the projects of vitest.config.ts.`,
          ];
    }),
  );
  expect(files.length).toBeGreaterThan(20);
});

describe('what may only get smaller', () => {
  test('functions of more than 70 lines', () => {
    const long = sources()
      .filter(({ path: each }) => !isProof(each))
      .flatMap((source) =>
        source.functions
          .filter(({ lines }) => lines > 70)
          .map(({ what, line, lines }) => ({
            room: source.path.split('/')[0]!,
            lines,
            at: `${source.path}:${line} ${what}`,
          })),
      );
    const breaks = Object.entries(Object.groupBy(long, ({ room }) => room)).flatMap(([room, found = []]) => {
      const allowed = ratchets.longFunctions[room] ?? 0;
      return found.length <= allowed
        ? []
        : [
            `${room} has ${found.length} functions of more than 70 lines, ${allowed} were there. What does not fit on a screen is not seen whole: name its parts.`,
            ...found.sort((a, b) => b.lines - a.lines).map(({ lines, at }) => `  ${lines} lines: ${at}`),
          ];
    });
    expectNone(breaks);
  });

  test('gaps of the lockfile, which must install anywhere and name no address', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
    const gaps = Object.entries(lock.packages).flatMap(([holder, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(lock.packages, holder, name))
        .map((name) => `${name}, wanted by ${holder}`),
    );
    if (gaps.length > ratchets.lockfileGaps) {
      expectNone([
        'The lockfile has no entry for these; npm ci refuses it. Write it anew on a complete registry.',
        ...gaps,
      ]);
    }
    expectNone(
      Object.entries(lock.packages)
        .filter(([, { resolved, link }]) => resolved && !link)
        .map(
          ([name]) =>
            `package-lock.json says where ${name} was fetched: .npmrc has omit-lockfile-registry-resolved, so that any registry will do.`,
        ),
    );
  });

  test('exceptions: one that is no longer needed is taken out', () => {
    expectNone(
      exceptions
        .filter((each) => !used.has(each))
        .map(
          ({ file, what }) =>
            `${file} no longer breaks a rule with ${what}: take the line out of tests/tidy/exceptions.ts.`,
        ),
    );
  });
});

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

/** Node's own rule: a package is looked for beside its holder, then one folder up, and so on. */
function isLocked(packages: Record<string, LockedPackage>, holder: string, name: string): boolean {
  for (let base = holder; ; base = base.replace(/\/?(node_modules\/)?[^/]*$/, '')) {
    if (`${base ? `${base}/` : ''}node_modules/${name}` in packages) {
      return true;
    }
    if (base === '') {
      return false;
    }
  }
}
