import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { signIn } from '../http/sign-in.ts';

/** What every part of the journey uses: the two nodes, people who sign in, calls over HTTP, and a line a step. */

export interface DemoNode {
  readonly country: string;
  readonly baseUrl: string;
  readonly fhirUrl: string;
  readonly tokenUrl: string;
  readonly clients: readonly { role: string; clientId: string; clientSecret: string }[];
  readonly users: readonly { role: string; username: string; password: string }[];
}

/** Where a person is registered and insured, and where they go. */
export interface Corridor {
  readonly home: DemoNode;
  readonly abroad: DemoNode;
}

/** The nodes that `npm start` brought up; ends the command with exit code 2 where it did not. */
export function openDemonstration(): Corridor {
  const demoFile = join(resolve(process.env.SERAI_HOME ?? '.serai'), 'demo.json');
  if (!existsSync(demoFile)) {
    console.error(`There is no ${demoFile}: start the demonstration first with npm start.`);
    process.exit(2);
  }
  const { nodes } = JSON.parse(readFileSync(demoFile, 'utf8')) as { nodes: DemoNode[] };
  const of = (country: string) => nodes.find((node) => node.country === country)!;
  return { home: of('mm'), abroad: of('th') };
}

/** @returns the access token of whoever has this role in the node. */
export function signedIn(node: DemoNode, role: string): Promise<string> {
  const { username, password } = node.users.find((user) => user.role === role)!;
  return signIn(node.baseUrl, username, password);
}

let steps = 0;
const begun = performance.now();

/** Does one step and prints it with its milliseconds; the first that fails ends the command with exit code 1. */
export async function step<T>(what: string, work: () => Promise<T>, tell?: (value: T) => string): Promise<T> {
  const started = performance.now();
  steps++;
  const line = () => `${String(steps).padStart(2)} ${(performance.now() - started).toFixed(0).padStart(6)} ms  ${what}`;
  try {
    const value = await work();
    console.log(`${line()}${tell ? `: ${tell(value)}` : ''}`);
    return value;
  } catch (error) {
    console.error(`${line()}: FAILED, ${(error as Error).message}`);
    process.exit(1);
  }
}

/** The last line: how many steps, and how long they took together. */
export function allDone(): void {
  console.log(`\n${steps} steps, all done in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}

/** A caller of one node with one token, and one purpose where it is not the usual one of whoever calls. */
export interface Caller {
  readonly node: DemoNode;
  readonly token: string | undefined;
  readonly purpose?: string;
}

export function raw(by: Caller, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${by.node.baseUrl}${path}`, {
    method,
    headers: {
      ...(by.token && { authorization: `Bearer ${by.token}` }),
      ...(by.purpose && { 'x-purpose-of-use': by.purpose }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'accept-language': 'en',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** A call that must answer 2xx. @throws Error with what the node said. */
export async function call<T>(by: Caller, method: string, path: string, body?: unknown): Promise<T> {
  const response = await raw(by, method, path, body);
  const text = await response.text();
  if (!response.ok) {
    const outcome = JSON.parse(text || '{}') as { issue?: { details?: { text?: string }; expression?: string[] }[] };
    const said = outcome.issue
      ?.map((issue) => `${issue.expression?.join() ?? ''} ${issue.details?.text ?? ''}`.trim())
      .join('; ');
    throw new Error(`${method} ${path} answered ${response.status}: ${said || text.slice(0, 200)}`);
  }
  return JSON.parse(text) as T;
}

/** A call that must be refused with this code. @throws Error with what the node answered instead. */
export async function refused(by: Caller, path: string, body: unknown, code: string): Promise<void> {
  const response = await raw(by, 'POST', path, body);
  const text = await response.text();
  mustBe(!response.ok && text.includes(code), `answered ${response.status}: ${text.slice(0, 160)}`);
}

export function mustBe(condition: unknown, otherwise: string): asserts condition {
  if (!condition) {
    throw new Error(otherwise);
  }
}

/** Asks again until there is an answer; what crosses a border takes the outbox a moment. @throws Error after ten seconds. */
export async function eventually<T>(look: () => Promise<T | undefined>, otherwise: string): Promise<T> {
  for (let waited = 0; waited < 100; waited++) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(otherwise);
}

export const today = new Date().toISOString().slice(0, 10);
