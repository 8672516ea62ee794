import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * Which of the node's addresses a screen calls, read from its source: from the panel's default export along every function,
 * component and constant it names, within its own file and the files it takes them from. For tests.
 */

const root = join(import.meta.dirname, '..');

/** A file taken apart: its declarations by name, and what it takes from which other file, by the name it has here. */
interface Parts {
  readonly declared: ReadonlyMap<string, string>;
  readonly taken: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const known = new Map<string, Parts>();

function partsOf(file: string): Parts {
  const before = known.get(file);
  if (before) {
    return before;
  }
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const declared = new Map<string, string>();
  for (const part of text.split(/^(?=(?:export )?(?:default )?(?:async )?(?:function|const)\b)/m)) {
    const head = /^(?:export )?(default )?(?:async )?(?:function|const)\s+(\w+)?/.exec(part);
    if (head) {
      declared.set(head[2] ?? 'default', part);
      if (head[1]) {
        declared.set('default', part);
      }
    }
  }
  const taken = new Map<string, { file: string; name: string }>();
  for (const [, names, path] of text.matchAll(/^import \{([^}]*)\} from '(\.[^']+)';/gm)) {
    for (const each of names!.split(',')) {
      const [name, here] = each.trim().split(/\s+as\s+/);
      if (name && !name.startsWith('type ')) {
        taken.set(here ?? name, { file: normalize(join(dirname(file), path!)), name });
      }
    }
  }
  const parts = { declared, taken };
  known.set(file, parts);
  return parts;
}

/** Every declaration that opening a panel may run, by file and name. */
function reached(file: string, name: string, seen: Map<string, { file: string; text: string }>) {
  const { declared, taken } = partsOf(file);
  const text = declared.get(name);
  if (text === undefined || seen.has(`${file}#${name}`)) {
    return seen;
  }
  seen.set(`${file}#${name}`, { file, text });
  for (const [word] of text.matchAll(/\b[A-Za-z]\w*\b/g)) {
    if (declared.has(word)) {
      reached(file, word, seen);
    }
    const from = taken.get(word);
    if (from && /\.tsx?$/.test(from.file)) {
      reached(from.file, from.name, seen);
    }
  }
  return seen;
}

/** What is put before a shortened address, by the folder of who writes it. */
const bases: Readonly<Record<string, readonly string[]>> = {
  enrolment: ['enrolment/', 'settlement/certificates/'],
  vouchers: ['vouchers/'],
  fund: ['fund/'],
};

/** Addresses put together out of parts of their own, by file and name. */
const putTogether: Readonly<Record<string, readonly string[]>> = {
  'domains/cover/enrolment/console/change-act.tsx#useChange': [
    ...['preview', 'members', 'leave', 'end', 'transfer', 'take-back'].map(
      (act) => `POST enrolment/policies/:id/${act}`,
    ),
  ],
  'domains/cover/enrolment/console/rosters.panel.tsx#useTaking': [
    ...['rosters', 'rosters/preview', 'payrolls', 'payrolls/preview'].map((path) => `POST enrolment/${path}`),
  ],
  'domains/cover/enrolment/console/policy-queue.tsx#PolicyQueue': [
    'POST enrolment/queues/renewals',
    'POST enrolment/queues/arrears',
  ],
  'domains/cover/fund/overview.panel.tsx#FundOverview': ['GET fund/overview'],
  'domains/cover/payments/run.panel.tsx#Steps': [
    ...['approve', 'pay', 'reverse'].map((act) => `POST payment-runs/:id/${act}`),
  ],
  'domains/cover/payments/remittance.panel.tsx#RemittanceAdvice': ['GET payment-runs/:id/remittance/:provider/fhir'],
};

const reads = /(\.get|useFund)(<[^()]*>)?\(\s*$/;
const asksOrActs = /(\.(change|ask|upload)|useFundAct|useAct)(<[^()]*>)?\(\s*$/;
const isText = /\bt\(\s*$/;

/** How an address is called, by what stands before it; both ways where that does not say. */
function methodsAt(text: string, index: number): readonly string[] {
  const ahead = text.slice(Math.max(0, index - 160), index);
  const onlyReads = /\.get\b/.test(text) && !/\.(change|ask|upload)\b/.test(text);
  if (reads.test(ahead) || (onlyReads && !asksOrActs.test(ahead))) {
    return ['GET'];
  }
  return asksOrActs.test(ahead) ? ['POST'] : isText.test(ahead) ? [] : ['GET', 'POST'];
}

/** What a declaration calls: addresses as `GET claims/:/fhir`, with what its folder puts before them. */
function addressesIn({ file, text }: { readonly file: string; readonly text: string }): string[] {
  return [...text.matchAll(/'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`/g)].flatMap(
    ({ 1: plain, 2: template, index }) => {
      const said = (plain ?? template!).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ':').replace(/\?.*/s, '');
      const address = said.replace(/^\/api\/cover\//, '').replace(/^:?\//, '');
      const before = said.startsWith('/api/cover/') ? [''] : (bases[file.split('/')[2]!] ?? []);
      return address === ''
        ? []
        : methodsAt(text, index).flatMap((method) => before.map((base) => `${method} ${base}${address}`));
    },
  );
}

/** The source of a panel's reachable declarations, and which of the routes (`GET claims/:id`) it calls. */
export function callsOf(
  panel: string,
  routes: readonly string[],
): { readonly source: string; readonly calls: readonly string[] } {
  const parts = [...reached(panel, 'default', new Map())];
  const called = [...new Set(parts.flatMap(([, part]) => addressesIn(part)))];
  const composed = parts.flatMap(([name]) => putTogether[name] ?? []);
  return {
    source: parts.map(([, { text }]) => text).join('\n'),
    calls: routes.filter((route) => composed.includes(route) || called.includes(route.replace(/:\w+/g, ':'))),
  };
}

/** The panel's file of each screen of a `*.screens.ts`, by the screen's address. */
export function panelsOf(screens: string): Map<string, string> {
  const text = readFileSync(join(root, screens), 'utf8');
  return new Map(
    [...text.matchAll(/path: '([^']+)'[\s\S]*?import\('([^']+)'\)/g)].map(([, path, panel]) => [
      path!,
      normalize(join(dirname(screens), panel!)),
    ]),
  );
}
