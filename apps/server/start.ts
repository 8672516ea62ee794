import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { generateSigningKey, type SigningKey } from '@serai/kernel/trust/jws.ts';
import { signTrustList } from '@serai/kernel/trust/trust-list.ts';
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from '@serai/store/embedded.ts';
import pg from 'pg';
import { ensureConsole } from './corridor/console-build.ts';
import { type Home, openHome, StartError } from './corridor/home.ts';
import { loadCountry } from './country.ts';
import { type DemoFile, type DemoNode, readDemoAccounts } from './demo/prepare.ts';
import { enrolNode } from './enrol.ts';

/**
 * `npm start`: the demonstration corridor. One PostgreSQL, two databases, two country nodes, each a process of its own;
 * a corridor authority that signs the trust list; accounts and example records. Everything is kept in `.serai/` and
 * everything started here is stopped here.
 */
const started = performance.now();
const countries = ['th', 'mm'] as const;
const say = (line: string) => console.log(line);

interface RunningChild {
  readonly country: string;
  process: ChildProcess;
  restarts: number;
}

let home: Home | undefined;
let database: EmbeddedDatabase | undefined;
const children: RunningChild[] = [];
let stopping = false;

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

try {
  await start();
} catch (error) {
  console.error(
    error instanceof StartError || error instanceof EmbeddedDatabaseError
      ? error.message
      : `Serai could not start: ${(error as Error).stack}`,
  );
  await stop(1);
}

async function start(): Promise<void> {
  const basePort = Number(process.env.SERAI_PORT ?? 4101);
  if (!Number.isInteger(basePort) || basePort < 1 || basePort > 65_534) {
    throw new StartError(
      'SERAI_PORT must be a whole number from 1 to 65534: the first node’s port; the second takes the next.',
    );
  }
  const ports = { th: basePort, mm: basePort + 1 };
  home = openHome(resolve(process.env.SERAI_HOME ?? '.serai'));
  if (home.wasKilled) {
    say('The last run did not end in good order; recovering.');
    await stopOrphan(home);
  }
  for (const country of countries) {
    await mustBeFree(ports[country]);
  }
  const [urls] = await Promise.all([openDatabases(home), ensureConsole(say)]);
  const clock = () => new Date();

  const secrets = await home.keep('secrets.json', () => ({
    nodes: Object.fromEntries(countries.map((country) => [country, randomBytes(32).toString('base64url')])),
  }));
  const authority = await home.keep<SigningKey>('authority.json', () => generateSigningKey());
  const demo = await home.keep<DemoFile>('demo.json', () => newDemoFile(ports));
  home.write('demo.json', JSON.stringify(withAddresses(demo, ports), null, 2));

  const nodes = await Promise.all(
    countries.map((country) =>
      enrolNode({
        country: country.toUpperCase(),
        name: loadCountry(country).name.en,
        publicUrl: addressOf(ports[country]),
        databaseUrl: urls[country],
        nodeSecret: secrets.nodes[country]!,
        clock,
      }),
    ),
  );
  const now = Math.floor(Date.now() / 1000);
  home.write(
    'trust-list.jwt',
    await signTrustList({ issuer: 'serai-demonstration', version: now, nodes }, authority, now),
  );

  await Promise.all(
    countries.map((country) =>
      startNode(country, {
        SERAI_COUNTRY: country,
        SERAI_PORT: String(ports[country]),
        SERAI_PUBLIC_URL: addressOf(ports[country]),
        DATABASE_URL: urls[country],
        SERAI_NODE_SECRET: secrets.nodes[country]!,
        SERAI_TRUST_LIST: home!.path('trust-list.jwt'),
        SERAI_AUTHORITY_KEY: JSON.stringify(authority.publicJwk),
        SERAI_DEMONSTRATION: '1',
        SERAI_DEMO_FILE: home!.path('demo.json'),
        SERAI_LOG_LEVEL: process.env.SERAI_LOG_LEVEL ?? 'warn',
        SERAI_HOME: home!.folder,
        ...(country === 'mm' && { SERAI_DEMO_RECORDS: '1' }),
      }),
    ),
  );
  welcome(withAddresses(demo, ports));
  watchDatabase(home);
}

/** One embedded PostgreSQL, or the server of `DATABASE_URL`; a database for each node. */
async function openDatabases(at: Home): Promise<Record<(typeof countries)[number], string>> {
  const given = process.env.DATABASE_URL;
  if (!given) {
    database = await startEmbedded(at.path('database'), { settings: { max_connections: '80' } });
  }
  const base = new URL(given ?? database!.url);
  const client = new pg.Client({ connectionString: base.href });
  try {
    await client.connect();
  } catch {
    throw new StartError(
      'The database does not answer at DATABASE_URL. Start it, correct the address, or unset it to use the embedded one.',
    );
  }
  const urls = {} as Record<(typeof countries)[number], string>;
  for (const country of countries) {
    const name = `serai_${country}`;
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${name}`);
    }
    const url = new URL(base);
    url.pathname = `/${name}`;
    urls[country] = url.href;
  }
  await client.end();
  return urls;
}

/** A database left behind by a start that was killed is stopped in good order, so that it can be started again. */
async function stopOrphan(at: Home): Promise<void> {
  const lock = at.path('database/cluster/postmaster.pid');
  if (!existsSync(lock)) {
    return;
  }
  const processId = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const command = existsSync(`/proc/${processId}/cmdline`) ? readFileSync(`/proc/${processId}/cmdline`, 'utf8') : '';
  if (!command.includes('postgres')) {
    return;
  }
  process.kill(processId, 'SIGINT');
  for (let waited = 0; waited < 100 && existsSync(lock); waited++) {
    await new Promise((done) => setTimeout(done, 100));
  }
}

function startNode(country: string, env: Record<string, string>): Promise<void> {
  const child: RunningChild = { country, restarts: 0, process: launch() };
  children.push(child);
  return new Promise((ready, fail) => watch(ready, fail));

  function launch(): ChildProcess {
    return fork(join(import.meta.dirname, 'main.ts'), [], {
      // Only what the node needs: the caller's environment stays the caller's.
      env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, TZ: 'UTC', ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  function watch(ready: () => void, fail: (error: Error) => void): void {
    child.process.on(
      'message',
      (message: { listening?: number; loaded?: { bundles: number; resources: number; seconds: number } }) => {
        if (message.listening) {
          ready();
        } else if (message.loaded && message.loaded.bundles > 0) {
          const { bundles, resources, seconds } = message.loaded;
          say(`${country}: ${bundles} example bundles loaded, ${resources} resources, in ${seconds.toFixed(1)} s.`);
        }
      },
    );
    child.process.once('exit', (code) => {
      if (stopping) {
        return;
      }
      if (code === 2 || child.restarts >= 5) {
        fail(new StartError(`The node ${country} does not run; see the sentence above.`));
        void stop(1);
        return;
      }
      child.restarts++;
      say(`The node ${country} ended unexpectedly; starting it again.`);
      setTimeout(() => {
        if (!stopping) {
          child.process = launch();
          watch(ready, fail);
        }
      }, 500 * child.restarts);
    });
  }
}

/** A database that was killed is started again on the same port; the nodes find it there. */
function watchDatabase(at: Home): void {
  if (!database) {
    return;
  }
  const timer = setInterval(async () => {
    if (stopping || !database || isRunning(database.processId)) {
      return;
    }
    clearInterval(timer);
    say('The database ended unexpectedly; starting it again.');
    try {
      database = await startEmbedded(at.path('database'), { port: database.port, settings: { max_connections: '80' } });
      watchDatabase(at);
    } catch (error) {
      console.error((error as Error).message);
      await stop(1);
    }
  }, 1000);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !/^State:\s+Z/m.test(
      existsSync(`/proc/${processId}/status`) ? readFileSync(`/proc/${processId}/status`, 'utf8') : '',
    );
  } catch {
    return false;
  }
}

async function mustBeFree(port: number): Promise<void> {
  await new Promise<void>((free, taken) => {
    const probe = createServer();
    probe.once('error', () =>
      taken(
        new StartError(
          `Port ${port} is taken by another program. Stop it, or choose two free ports in a row: SERAI_PORT=5101 npm start.`,
        ),
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}

async function stop(code: number): Promise<void> {
  if (stopping) {
    return;
  }
  stopping = true;
  await Promise.all(
    children.map(
      (child) =>
        new Promise<void>((ended) => {
          if (child.process.exitCode !== null || child.process.signalCode !== null) {
            ended();
            return;
          }
          const impatience = setTimeout(() => child.process.kill('SIGKILL'), 12_000);
          child.process.once('exit', () => {
            clearTimeout(impatience);
            ended();
          });
          child.process.kill('SIGTERM');
        }),
    ),
  );
  await database?.stop().catch(() => {});
  home?.release();
  process.exit(code);
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function newDemoFile(ports: Record<string, number>): DemoFile {
  const accounts = readDemoAccounts();
  // Four words' worth of letters that are easy to tell apart and to type.
  const word = () =>
    Array.from(randomBytes(16), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-');
  return {
    nodes: countries.map(
      (country): DemoNode => ({
        country,
        baseUrl: addressOf(ports[country]!),
        fhirUrl: `${addressOf(ports[country]!)}/fhir/R4`,
        tokenUrl: `${addressOf(ports[country]!)}/oidc/token`,
        clients: accounts.clients.map(({ role, clientId }) => ({ role, clientId, clientSecret: word() })),
        users: accounts.staff.map(({ role, username }) => ({ role, username, password: word() })),
      }),
    ),
  };
}

/** The same accounts and passwords at today's addresses; accounts that are new since get passwords. */
function withAddresses(demo: DemoFile, ports: Record<string, number>): DemoFile {
  const fresh = newDemoFile(ports);
  return {
    nodes: fresh.nodes.map((node) => {
      const before = demo.nodes.find((each) => each.country === node.country);
      return {
        ...node,
        clients: node.clients.map((client) => before?.clients.find((each) => each.role === client.role) ?? client),
        users: node.users.map((user) => before?.users.find((each) => each.role === user.role) ?? user),
      };
    }),
  };
}

function welcome(demo: DemoFile): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`\nSerai is up in ${seconds} s. A demonstration: it states no government's position.\n`);
  for (const node of demo.nodes) {
    const password = (role: string) => node.users.find((user) => user.role === role)?.password ?? '';
    say(`  ${loadCountry(node.country).name.en.padEnd(9)} ${node.baseUrl}/console/`);
    say(`            nurse ${password('nurse')}   doctor ${password('doctor')}   operator ${password('operator')}`);
  }
  say(
    `\nAll accounts: ${home!.path('demo.json')}. Try the main job over HTTP: npm run journey. Ctrl-C stops everything.\n`,
  );
}
