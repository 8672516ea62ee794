import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

/** Everything the house rules look at, read and parsed once. Paths are relative to the root, with forward slashes. */

export const root = join(import.meta.dirname, '../..');

const notOurs = ['node_modules', 'dist', '.git', '.serai', 'coverage'];

/** Paths under the root that match. */
export function find(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: (name) => notOurs.includes(String(name)) })
    .map((path) => String(path).replaceAll('\\', '/'))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Calls of the clock, of chance, of the network and of the process, by the name they are banned under. */
  readonly calls: readonly Place[];
  readonly functions: readonly (Place & { readonly lines: number })[];
  /** Literal codes given to `refuse('…')`. */
  readonly refusals: readonly Place[];
}

export interface Import {
  readonly from: string;
  readonly line: number;
  /** Gone before the program runs: a type and nothing else. */
  readonly typeOnly: boolean;
}

export interface Place {
  readonly what: string;
  readonly line: number;
}

/** A file that proves rather than ships: a test, or what only tests use. */
export function isProof(path: string): boolean {
  return /\.(test|verify|bench)\.tsx?$|^(tests|bench)\/|\/testing\//.test(path);
}

let parsed: readonly Source[] | undefined;

/** Every TypeScript file of ours but the generated ones. */
export function sources(): readonly Source[] {
  parsed ??= [...find('{kernel,policy,store,ui,domains,apps,tests,bench,scripts}/**/*.{ts,tsx}'), 'vitest.config.ts']
    .filter((path) => !/\.generated\./.test(path) && !path.endsWith('.d.ts'))
    .map(parse);
  return parsed;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function parse(path: string): Source {
  const text = read(path);
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) {
    throw new Error(`${path} does not parse: ${errors[0]!.message}`);
  }
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle]! <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1;
  };

  const imports: Import[] = [];
  const calls: Place[] = [];
  const functions: (Place & { lines: number })[] = [];
  const refusals: Place[] = [];
  visit(program as unknown as Node, '(module)', (node, name) => {
    const line = lineAt(node.start);
    const from = importOf(node);
    if (from !== undefined) {
      imports.push({ from, line, typeOnly: isTypeOnly(node) });
    }
    const call = bannedCall(node);
    if (call) {
      calls.push({ what: call, line });
    }
    const refused = refusalCode(node);
    if (refused) {
      refusals.push({ what: refused, line });
    }
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) && node.body) {
      functions.push({ what: nameOf(node) ?? name, line, lines: lineAt(node.end) - line + 1 });
    }
  });
  return { path, text, imports, calls, functions, refusals };
}

function visit(value: unknown, name: string, see: (node: Node, name: string) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) {
      visit(each, name, see);
    }
    return;
  }
  if (value === null || typeof value !== 'object') {
    return;
  }
  const node = value as Node;
  if (typeof node.type !== 'string') {
    return;
  }
  see(node, name);
  const inner = /^(VariableDeclarator|Property|MethodDefinition|PropertyDefinition)$/.test(node.type)
    ? (nameOf(node) ?? name)
    : name;
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'type' && typeof child === 'object') {
      visit(child, inner, see);
    }
  }
}

function nameOf(node: Node): string | undefined {
  const id = (node.id ?? node.key) as Node | null | undefined;
  return typeof id?.name === 'string' ? id.name : undefined;
}

/** What a node imports, statically, dynamically or by passing it on. */
function importOf(node: Node): string | undefined {
  if (/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ImportExpression)$/.test(node.type)) {
    const source = node.source as Node | null | undefined;
    return typeof source?.value === 'string' ? source.value : undefined;
  }
  return undefined;
}

function isTypeOnly(node: Node): boolean {
  const kinds = (node.specifiers as readonly Node[] | undefined)?.map(
    (each) => each.importKind ?? each.exportKind ?? 'value',
  );
  return (
    node.importKind === 'type' ||
    node.exportKind === 'type' ||
    (kinds !== undefined && kinds.length > 0 && kinds.every((kind) => kind === 'type'))
  );
}

function bannedCall(node: Node): string | undefined {
  if (node.type === 'NewExpression' && isName(node.callee, 'Date') && (node.arguments as unknown[]).length === 0) {
    return 'new Date()';
  }
  if (node.type === 'CallExpression' && isName(node.callee, 'fetch')) {
    return 'fetch(…)';
  }
  if (node.type === 'MemberExpression') {
    const { object, property } = node;
    if (isName(object, 'Date') && isName(property, 'now')) {
      return 'Date.now';
    }
    if (isName(object, 'Math') && isName(property, 'random')) {
      return 'Math.random';
    }
    if (isName(object, 'process') && isName(property, 'env')) {
      return 'process.env';
    }
  }
  return undefined;
}

function refusalCode(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || !isName(node.callee, 'refuse')) {
    return undefined;
  }
  const [first] = node.arguments as readonly Node[];
  return typeof first?.value === 'string' ? first.value : undefined;
}

function isName(value: unknown, name: string): boolean {
  const node = value as Node | null | undefined;
  return node?.type === 'Identifier' && node.name === name;
}
