import { randomUUID } from 'node:crypto';
import { clientToken } from '@serai/cli/http/sign-in.ts';
import { putAccount } from '@serai/domains/access/accounts.store.ts';
import type { Actor, PurposeOfUse } from '@serai/policy/types.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../tests/corridor.ts';

/**
 * The firewall, proven by enumeration: every route the running app has registered × every enforcement principal ×
 * every purpose answers "not found", in the same bytes as a thing that does not exist, and is logged. A route added
 * later is walked by itself.
 */
const purposes: (PurposeOfUse | 'nonsense' | '')[] = [
  ...(['TREAT', 'ETREAT', 'BTG', 'COC', 'HPAYMT', 'COVERAGE', 'PUBHLTH', 'HOPERAT', 'PATADMIN', 'HSYSADMIN'] as const),
  ...(['PATRQT', 'HRESCH', 'GOV', 'HLEGAL', 'MILCDM', 'THREAT', 'FRAUD', 'HMARKT', 'MLTRAINING', 'x-ENFORCE'] as const),
  'nonsense',
  '',
];

let corridor: Corridor;
let app: FastifyInstance;
let personId: string;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  const { mm } = corridor;
  app = mm.node.app;
  const nurse = await mm.token('nurse');
  const person = await mm.call(nurse, 'POST', '/api/persons', {
    requestId: randomUUID(),
    name: { text: 'Someone to protect' },
    birth: { kind: 'year', year: 1990 },
    sex: 'unknown',
    language: 'en',
    consents: [{ purpose: 'TREAT', decision: 'permit' }],
  });
  personId = person.json.id;
  tokens.officer = await mm.token('enforcement');
  for (const [name, roles] of [
    ['police', ['border-police', 'admin', 'operator']],
    ['bureau', ['immigration-bureau', 'system']],
  ] as const) {
    await putAccount(mm.node.database as never, {
      id: name,
      kind: 'client',
      username: `client:${name}`,
      secret: 'a secret that is long enough',
      name,
      class: 'enforcement' satisfies Actor['class'],
      roles,
      facility: 'Organization/myawaddy-clinic',
      language: 'en',
      personId,
    });
    tokens[name] = await clientToken(`${mm.url}/oidc/token`, name, 'a secret that is long enough');
  }
});
afterAll(() => corridor?.close());

/** Real addresses for a route: parameters filled with what exists, wildcards with what lies behind them. */
function addressesOf(url: string): string[] {
  const filled = url.replace(':uid', 'x').replace(':list', '1').replace(/:id\b/g, personId).replace(/:\w+/g, personId);
  if (!filled.includes('*')) {
    return [filled];
  }
  const behind = filled.startsWith('/fhir')
    ? [
        `Patient/${personId}`,
        `Patient/${personId}/_history`,
        `Patient/${personId}/_history/1`,
        'Patient',
        'Patient?_has:Observation:patient:code=1',
        `Patient?_id=${personId}&_include=*`,
        'Observation?_count=5&_summary=count',
        'Observation?subject:Patient.name=a',
        'Patient/_search',
        '$graphql',
        'AuditEvent',
        'Subscription',
        `Patient/${personId}/$everything`,
        '$export',
      ]
    : ['', 'index.html', 'auth', 'token'];
  return behind.map((each) => filled.replace('*', each));
}

describe('enforcement finds nothing', () => {
  test('on any route, with any method, for any purpose', async () => {
    const { text: missing } = await corridor.mm.call(
      await corridor.mm.token('nurse'),
      'GET',
      `/fhir/R4/Patient/${randomUUID()}`,
    );
    const walked = new Set<string>();
    let asked = 0;
    for (const route of app.listedRoutes) {
      for (const address of addressesOf(route.url)) {
        // All at once: what each attempt leaves in the log shares its way to the disk.
        const attempts = Object.entries(tokens).flatMap(([name, token]) =>
          purposes.map(async (purpose) => {
            const answer = await app.inject({
              method: route.method as 'GET',
              url: address,
              headers: {
                authorization: `Bearer ${token}`,
                'x-purpose-of-use': purpose,
                'content-type': 'application/json',
              },
              ...(['POST', 'PUT', 'PATCH'].includes(route.method) && { payload: '{"resourceType":"Patient"}' }),
            });
            const where = `${route.method} ${address} as ${name} for ${purpose || 'no purpose'}`;
            expect(answer.statusCode, where).toBe(404);
            if (route.method !== 'HEAD') {
              expect(answer.body, where).toBe(missing);
            }
          }),
        );
        await Promise.all(attempts);
        asked += attempts.length;
        walked.add(`${route.method} ${route.url}`);
      }
    }
    expect(walked.size).toBe(new Set(app.listedRoutes.map((route) => `${route.method} ${route.url}`)).size);
    expect(asked).toBeGreaterThan(3000);

    const counters = await corridor.mm.call(undefined, 'GET', '/evidence/counters');
    expect(counters.json.disclosed.enforcement).toBe(0);
    expect(counters.json.enforcementRefused).toBe(asked);
  }, 240_000);

  test('on methods and addresses nobody registered', async () => {
    for (const [method, url] of [
      ['PUT', '/healthz'],
      ['DELETE', '/api/persons'],
      ['GET', '/nowhere'],
      ['OPTIONS', '/fhir/R4/Patient'],
      ['GET', '/fhir/R4/../../api/config'],
      ['GET', '//fhir/R4/Patient'],
      ['GET', `/fhir/R4/Patient/${personId}%00`],
    ] as const) {
      const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${tokens.police}` } });
      expect([400, 404], `${method} ${url}`).toContain(answer.statusCode);
      expect(answer.body).not.toContain(personId);
    }
  });

  test('and the attempt is on the person’s page', async () => {
    const nurse = await corridor.mm.token('nurse');
    const { json } = await corridor.mm.call(nurse, 'GET', `/api/persons/${personId}/disclosures`);
    expect(json.disclosures).toContainEqual(
      expect.objectContaining({ recipientClass: 'enforcement', outcome: 'refused', reason: 'firewall.class' }),
    );
    expect(
      json.disclosures.filter((each: any) => each.recipientClass === 'enforcement' && each.outcome === 'permitted'),
    ).toEqual([]);
  });
});

describe('others are told apart', () => {
  test('without a token only what is open answers', async () => {
    for (const route of app.listedRoutes) {
      const [address] = addressesOf(route.url) as [string];
      const answer = await app.inject({ method: route.method as 'GET', url: address });
      if (route.open) {
        expect(answer.statusCode, `${route.method} ${route.url}`).not.toBe(401);
      } else {
        expect(answer.statusCode, `${route.method} ${route.url}`).toBe(401);
      }
      expect(answer.body).not.toContain('Someone to protect');
    }
  });

  test('a token that is expired, of another node, or made up opens nothing', async () => {
    const elsewhere = await corridor.th.token('nurse');
    for (const token of [elsewhere, 'x', `${elsewhere}x`, 'a.b.c']) {
      const answer = await corridor.mm.call(token, 'GET', `/fhir/R4/Patient/${personId}`);
      expect(answer.status).toBe(401);
    }
    corridor.mm.clockOffsetSeconds = 3600;
    const nurse = await corridor.mm.token('nurse');
    expect((await corridor.mm.call(nurse, 'GET', '/api/me')).status).toBe(401);
    corridor.mm.clockOffsetSeconds = 0;
  });

  test('an operator runs the node and sees no one', async () => {
    const operator = await corridor.mm.token('operator');
    expect((await corridor.mm.call(operator, 'GET', '/api/operator/outbox')).status).toBe(200);
    expect((await corridor.mm.call(operator, 'GET', `/fhir/R4/Patient/${personId}`)).status).toBe(404);
    expect((await corridor.mm.call(operator, 'GET', `/api/persons/${personId}`)).status).toBe(404);
    const nurse = await corridor.mm.token('nurse');
    expect((await corridor.mm.call(nurse, 'GET', '/api/operator/outbox')).status).toBe(404);
  });
});

describe('sign-in', () => {
  test('a wrong name and a wrong password are answered alike, and slowed alike', async () => {
    const attempt = (username: string) =>
      corridor.th.token(username).then(
        () => 'in',
        (error: Error) => error.message,
      );
    // `token` always sends the right password, so a name nobody has stands for both.
    const answers: string[] = [];
    for (let i = 0; i < 7; i++) {
      answers.push(await attempt('nobody-by-this-name'));
    }
    expect(answers.slice(0, 4)).toEqual(Array(4).fill('the name or the password is not right'));
    expect(answers.slice(4)).toContain('too many attempts with this name');
    expect(await attempt('nurse')).toBe('in');
  });
});
