import { describe, expect, it } from 'vitest';
import { createClient, requestIdAfter } from './client.ts';
import { Problem, refusalSystem } from './problem.ts';

function answering(...answers: (Response | Error)[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  const client = createClient({
    token: () => 'token-1',
    wait: async () => {},
    fetch: async (url, init) => {
      calls.push({ url: String(url), init: init! });
      const answer = answers.shift()!;
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  });
  return { client, calls };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('expected a problem');
    },
    (problem: Problem) => problem,
  );

describe('the client', () => {
  it('sends the token in a header and never the body in the address', async () => {
    const { client, calls } = answering(json(200, { persons: [] }));
    await client.ask('/api/persons/find', { text: 'Ma Hla' });
    expect(calls[0]!.url).toBe('/api/persons/find');
    expect(new Headers(calls[0]!.init.headers).get('authorization')).toBe('Bearer token-1');
    expect(calls[0]!.init.body).toContain('Ma Hla');
  });

  it('repeats a change after a broken line with the very same request id', async () => {
    const { client, calls } = answering(new TypeError('failed'), json(503, {}), json(201, { id: '1' }));
    await expect(client.change('/api/persons', { requestId: 'r-1' })).resolves.toEqual({ id: '1' });
    expect(calls.map((call) => JSON.parse(String(call.init.body)).requestId)).toEqual(['r-1', 'r-1', 'r-1']);
  });

  it('gives up after three attempts and says the line is down', async () => {
    const { client, calls } = answering(new TypeError('a'), new TypeError('b'), new TypeError('c'));
    const problem = await caught(client.get('/api/me'));
    expect(problem.code).toBe('offline');
    expect(problem.canRetry).toBe(true);
    expect(calls).toHaveLength(3);
  });

  it('does not repeat a refusal, and keeps its code and field', async () => {
    const { client, calls } = answering(
      json(422, {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'invalid',
            details: { coding: [{ system: refusalSystem, code: 'registry.birth-invalid' }], text: 'No such day.' },
            expression: ['birth'],
          },
        ],
      }),
    );
    const problem = await caught(client.change('/api/persons', { requestId: 'r-1' }));
    expect(problem.code).toBe('registry.birth-invalid');
    expect(problem.issues[0]).toEqual({ code: 'registry.birth-invalid', text: 'No such day.', expression: 'birth' });
    expect(problem.canRetry).toBe(false);
    expect(calls).toHaveLength(1);
  });

  it('does not repeat a refusal that travels with a gateway status', async () => {
    const { client, calls } = answering(
      json(503, {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'transient',
            details: { coding: [{ system: refusalSystem, code: 'crossing.partner-unreachable' }] },
          },
        ],
      }),
    );
    const problem = await caught(client.change('/api/crossings', { requestId: 'r-1' }));
    expect(problem.code).toBe('crossing.partner-unreachable');
    expect(problem.canRetry).toBe(true);
    expect(calls).toHaveLength(1);
  });

  it.each([
    [401, 'signed-out'],
    [403, 'not-found'],
    [404, 'not-found'],
    [409, 'conflict'],
    [412, 'conflict'],
    [413, 'too-large'],
    [422, 'invalid'],
    [500, 'server'],
  ])('judges an answer %i without an outcome as %s', async (status, code) => {
    const { client } = answering(new Response('<html>', { status }));
    expect((await caught(client.get('/api/me'))).code).toBe(code);
  });

  it('refuses an answer that is not JSON', async () => {
    const { client } = answering(new Response('<html>hello', { status: 200 }));
    expect((await caught(client.get('/api/me'))).code).toBe('unreadable-answer');
  });

  it.each([
    [new Problem('offline', 0), true],
    [new Problem('timeout', 0), true],
    [new Problem('server', 502), true],
    [new Problem('signed-out', 401), true],
    [new Problem('registry.duplicate-unseen', 409), false],
    [new Problem('crossing.partner-unreachable', 503), false],
  ])('keeps the request id after %s: %s', (problem, kept) => {
    expect(requestIdAfter('r-1', problem) === 'r-1').toBe(kept);
  });
});
