/**
 * Who may import whom, as one table: always towards `kernel/base`. A room sees itself, and what its row names.
 * The drawing is in ARCHITECTURE.md; the rule that was turned into this table is in ADR 0021.
 */
export const rooms: readonly Room[] = [
  { room: 'kernel/base', sees: [] },
  { room: 'kernel/*', sees: ['kernel/base'] },
  { room: 'policy', sees: ['kernel/base', 'kernel/fhir', 'kernel/trust', 'kernel/i18n'] },
  { room: 'store', sees: ['kernel/*', 'policy/types.ts'] },
  { room: 'ui', sees: ['kernel/*'] },
  { room: 'domains/*', sees: ['kernel/*', 'policy', 'store', 'ui'] },
  { room: 'apps/*', sees: ['kernel/*', 'policy', 'store', 'ui', 'domains/*'] },
  { room: 'scripts', sees: ['kernel/*', 'policy', 'store', 'domains/*', 'apps/*'] },
  { room: 'bench', sees: ['kernel/*', 'policy', 'store', 'domains/*', 'apps/*', 'tests'] },
  { room: 'tests', sees: ['kernel/*', 'policy', 'store', 'ui', 'domains/*', 'apps/*', 'scripts', 'bench'] },
];

export interface Room {
  readonly room: string;
  /** Rooms, `room/*` for every room in it, or single files. */
  readonly sees: readonly string[];
}

/** What a file that only proves may see besides: the tests' own helpers, and the script whose output it checks. */
export const proofsSeeAlso: readonly string[] = ['tests', 'scripts'];

/** The room of a path; undefined for files that stand in none. */
export function roomOf(path: string): string | undefined {
  const [first, second, third] = path.split('/');
  if (first === 'kernel' || first === 'domains' || first === 'apps') {
    return third === undefined ? undefined : `${first}/${second}`;
  }
  return ['policy', 'store', 'ui', 'tests', 'bench', 'scripts', 'countries'].includes(first!) ? first : undefined;
}

export function sees(room: string, path: string, isProof: boolean): boolean {
  const target = roomOf(path);
  const row = rooms.find((each) => each.room === room) ?? rooms.find((each) => each.room === `${room.split('/')[0]}/*`);
  if (target === room || !row) {
    return target === room;
  }
  return [...row.sees, ...(isProof ? proofsSeeAlso : [])].some(
    (name) => name === path || name === target || (name.endsWith('/*') && target?.startsWith(name.slice(0, -1))),
  );
}

/**
 * Files whose answer depends on nothing but what they are given: no clock, no chance, no network, no Node.js. In a domain
 * the name says the environment: only `x.ts` is pure, `x.routes.ts`, `x.store.ts`, `x.panel.tsx` … are not.
 */
export function isPure(path: string): boolean {
  return (
    /^kernel\/.+\.tsx?$/.test(path) ||
    (/^policy\/[^/]+\.ts$/.test(path) && path !== 'policy/load.ts') ||
    /^domains\/(.+\/)?[^/.]+\.ts$/.test(path)
  );
}

/** Where time, chance and the network are handed in, though files and sockets may be used. */
export function isTimeless(path: string): boolean {
  return isPure(path) || /^(policy|store)\//.test(path) || /^domains\/.+\.(routes|store|tables|deps)\.ts$/.test(path);
}

/** Beside what runs in a browser, but used only to build it. */
export function runsAtBuildTime(path: string): boolean {
  return /^apps\/console\/(vite\.config|first-load|kept-files)\.ts$/.test(path);
}

/** What is called instead. */
export const instead: Readonly<Record<string, string>> = {
  'Date.now': 'take `now` or `clock` as an argument; apps/server hands it in',
  'new Date()': 'take `now` or `clock` as an argument; apps/server hands it in',
  'Math.random': 'take a generator of kernel/base/prng.ts, or `random: (length) => Uint8Array` for secrets',
  'fetch(…)': 'take a function that fetches; apps/server/partner-http.ts knows patience and limits',
  'process.env': 'take what it says as an option; apps/server/config.ts is the one place that reads the environment',
  'node:': 'move what needs Node.js to an `x.routes.ts` or `x.store.ts`, or take it as an argument',
};

/** A rule that is broken today, knowingly. One that no longer applies must be taken out. */
export interface Exception {
  readonly file: string;
  /** The import, the call or the refusal code. */
  readonly what: string;
  readonly since: string;
  readonly because: string;
}
