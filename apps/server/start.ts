import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { generateSigningKey, type SigningKey } from '@serai/kernel/trust/jws.ts';
import { signTrustList } from '@serai/kernel/trust/trust-list.ts';
import { EmbeddedDatabaseError } from '@serai/store/embedded.ts';
import { ensureConsole } from './corridor/console-build.ts';
import { type Databases, openDatabases, stopOrphan } from './corridor/databases.ts';
import { addressOf, newDemoFile, withAddresses } from './corridor/demo-file.ts';
import { type Home, openHome, StartError } from './corridor/home.ts';
import { type NodeProcess, startNode } from './corridor/processes.ts';
import { loadCountry } from './country.ts';
import type { DemoFile } from './demo/prepare.ts';
import { enrolNode } from './enrol.ts';

/**
 * `npm start`: the demonstration corridor. One PostgreSQL, two databases, two country nodes, each a process of its own;
 * a corridor authority that signs the trust list; accounts and example records. Everything is kept in `.serai/` and
 * everything started here is stopped here.
 */
const started = performance.now();
const countries = ['th', 'mm'] as const;
/** Accounts told at the start, a line each: care, then the fund. */
const shown = [
  ['nurse', 'doctor', 'operator'],
  ['fund', 'claims', 'enrolment'],
] as const;
const say = (line: string) => console.log(line);

let home: Home | undefined;
let databases: Databases | undefined;
const nodes: NodeProcess[] = [];
let stopping = false;

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

try {
  await start();
} catch (error) {
  const foreseen = error instanceof StartError || error instanceof EmbeddedDatabaseError;
  console.error(foreseen ? error.message : `Serai could not start: ${(error as Error).stack}`);
  await stop(1);
}

async function start(): Promise<void> {
  const ports = portsFrom(process.env.SERAI_PORT ?? '4101');
  home = openHome(resolve(process.env.SERAI_HOME ?? '.serai'));
  if (home.wasKilled) {
    say('The last run did not end in good order; recovering.');
    await stopOrphan(home);
  }
  for (const port of Object.values(ports)) {
    await mustBeFree(port);
  }
  [databases] = await Promise.all([openDatabases(home, countries), ensureConsole(say)]);
  const demo = withAddresses(await home.keep<DemoFile>('demo.json', () => newDemoFile(ports)), ports);
  home.write('demo.json', JSON.stringify(demo, null, 2));
  const environments = await enrol(home, databases, ports);

  const lost = () => void stop(1);
  const running = await Promise.all(
    countries.map((country) => startNode(country, environments[country]!, { say, lost })),
  );
  nodes.push(...running);
  databases.watch(say, (error) => {
    console.error(error.message);
    lost();
  });
  welcome(demo);
}

/** Gives both nodes their identity, signs the trust list that names them, and says what each is started with. */
async function enrol(
  at: Home,
  { urls }: Databases,
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, Record<string, string>>> {
  const secrets = await at.keep('secrets.json', () => ({
    nodes: Object.fromEntries(countries.map((country) => [country, randomBytes(32).toString('base64url')])),
  }));
  const authority = await at.keep<SigningKey>('authority.json', () => generateSigningKey());
  const trusted = await Promise.all(
    countries.map((country) =>
      enrolNode({
        country: country.toUpperCase(),
        name: loadCountry(country).name.en,
        publicUrl: addressOf(ports[country]!),
        databaseUrl: urls[country]!,
        nodeSecret: secrets.nodes[country]!,
        clock: () => new Date(),
      }),
    ),
  );
  const now = Math.floor(Date.now() / 1000);
  at.write(
    'trust-list.jwt',
    await signTrustList({ issuer: 'serai-demonstration', version: now, nodes: trusted }, authority, now),
  );
  const environment = (country: string): Record<string, string> => ({
    SERAI_COUNTRY: country,
    SERAI_PORT: String(ports[country]),
    SERAI_PUBLIC_URL: addressOf(ports[country]!),
    DATABASE_URL: urls[country]!,
    SERAI_NODE_SECRET: secrets.nodes[country]!,
    SERAI_TRUST_LIST: at.path('trust-list.jwt'),
    SERAI_AUTHORITY_KEY: JSON.stringify(authority.publicJwk),
    SERAI_DEMONSTRATION: '1',
    SERAI_DEMO_FILE: at.path('demo.json'),
    SERAI_LOG_LEVEL: process.env.SERAI_LOG_LEVEL ?? 'warn',
    SERAI_HOME: at.folder,
    SERAI_DEMO_YEAR: process.env.SERAI_DEMO_YEAR ?? '1',
    ...(country === 'mm' && { SERAI_DEMO_RECORDS: '1' }),
  });
  return Object.fromEntries(countries.map((country) => [country, environment(country)]));
}

function portsFrom(text: string): Record<(typeof countries)[number], number> {
  const first = Number(text);
  if (!Number.isInteger(first) || first < 1 || first > 65_534) {
    throw new StartError(
      'SERAI_PORT must be a whole number from 1 to 65534: the first node’s port; the second takes the next.',
    );
  }
  return { th: first, mm: first + 1 };
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
  await Promise.all(nodes.map((node) => node.stop()));
  await databases?.stop();
  home?.release();
  process.exit(code);
}

function welcome(demo: DemoFile): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`\nSerai is up in ${seconds} s. A demonstration: it states no government's position.\n`);
  for (const node of demo.nodes) {
    const password = (username: string) => node.users.find((user) => user.username === username)?.password ?? '';
    say(`  ${loadCountry(node.country).name.en.padEnd(9)} ${node.baseUrl}/console/`);
    for (const usernames of shown) {
      say(`            ${usernames.map((username) => `${username} ${password(username)}`).join('   ')}`);
    }
  }
  say(
    `\nAll accounts: ${home!.path('demo.json')}. Try the main job over HTTP: npm run journey. Ctrl-C stops everything.\n`,
  );
}
