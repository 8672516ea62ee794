import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { signJws } from './jws.ts';
import { signingKey } from './keys.ts';
import { messageRefusals } from './message.refusals.ts';
import {
  type AskedOf,
  type DisclosureRequest,
  disclosed,
  disclosureAnswerShape,
  disclosureRequestShape,
  documentOf,
  MESSAGE_LIFETIME_SECONDS,
  type MessageContext,
  type SentMessage,
  signMessage,
  verifyDisclosureAnswer,
  verifyMessage,
} from './messages.ts';
import {
  createCorridor,
  flip,
  MM,
  NOW,
  random,
  type TestCorridor,
  TH,
  trustedNode,
  trustListOf,
  value,
} from './testing/corridor.ts';

let corridor: TestCorridor;
let request: SentMessage;

const body: DisclosureRequest = {
  requestId: '0b6fba1e-53d3-4d0e-9c07-2f6a8f3e7a11',
  purpose: 'TREAT',
  requester: { role: 'doctor', id: 'p-4711' },
  facility: { id: 'Organization/1', name: 'Border clinic' },
  agreement: { id: 'agr:MM-TH:care', version: 1, digest: 'A'.repeat(43) },
  clause: 'art-4-2',
  locator: 'B'.repeat(22),
  cardProof: 'SR1:…',
  language: 'th',
};

const document = { resourceType: 'Bundle' as const, type: 'document', entry: [{ text: 'မြန်မာ' }] };

beforeAll(async () => {
  corridor = await createCorridor();
  const key = signingKey(corridor.th, 'message', NOW, 'care');
  request = await signMessage({ kind: 'request', from: TH, to: MM, body }, key, NOW, random);
});

function context(changes: Partial<MessageContext> = {}): MessageContext {
  return { self: MM, now: NOW, trustList: corridor.trustList, keySets: corridor.keySets, ...changes };
}

async function codeOf(text: string, changes: Partial<MessageContext> = {}): Promise<string> {
  const result = await verifyMessage(text, 'request', disclosureRequestShape, context(changes));
  return result.ok ? 'ok' : result.code;
}

describe('a request', () => {
  test('arrives whole, and its sender is whoever signed', async () => {
    const verified = value(await verifyMessage(request.text, 'request', disclosureRequestShape, context()));
    expect(verified.body).toEqual(body);
    expect(verified.sender).toMatchObject({ country: 'TH', class: 'care' });
    expect(verified.binding).toEqual(request.binding);
  });

  test('cannot name its own class or country', async () => {
    const key = signingKey(corridor.th, 'message', NOW, 'care');
    const claiming = { ...body, class: 'system', country: 'MM' };
    const sent = await signMessage({ kind: 'request', from: TH, to: MM, body: claiming }, key, NOW, random);
    const verified = value(await verifyMessage(sent.text, 'request', disclosureRequestShape, context()));
    expect(verified.sender).toMatchObject({ country: 'TH', class: 'care' });
    expect(verified.body).toEqual(body);
  });

  test('of a newer node: what is added is left aside, but what it calls critical is refused', async () => {
    const key = signingKey(corridor.th, 'message', NOW, 'care');
    const sent = async (more: object) =>
      (await signMessage({ kind: 'request', from: TH, to: MM, body: { ...body, ...more } }, key, NOW, random)).text;
    const newer = {
      episode: 'E-1',
      facility: { ...body.facility, floor: 2 },
      agreement: { ...body.agreement, annex: 'B' },
    };
    const verified = value(await verifyMessage(await sent(newer), 'request', disclosureRequestShape, context()));
    expect(verified.body).toEqual(body);
    expect(await codeOf(await sent({ ...newer, critical: ['episode'] }))).toBe('message.not-understood');
    // What is known is as strict as before.
    expect(await codeOf(await sent({ ...newer, purpose: 7 }))).toBe('message.malformed');
    expect(await codeOf(await sent({ facility: { id: 'x' } }))).toBe('message.malformed');
  });

  test('is refused for one reason at a time, in the order of the table', async () => {
    const key = signingKey(corridor.th, 'message', NOW, 'care');
    const sign = async (message: object, now = NOW) =>
      (await signMessage({ kind: 'request', from: TH, to: MM, body, ...message }, key, now, random)).text;
    const suspended = await trustListOf(corridor.authority, [trustedNode(corridor.th, { status: 'suspended' })]);
    const stale = { ...corridor.trustList, expiresAt: NOW };
    const seen = () => true;
    // Each row holds every later fault as well, so only the order decides.
    const late = NOW + MESSAGE_LIFETIME_SECONDS + 60;
    const rows: [string, () => Promise<string>][] = [
      ['message.unreadable', () => codeOf('x.y.z', { trustList: stale, seen })],
      ['message.stale-trust', () => codeOf(flip(request.text, request.text.length - 9), { trustList: stale, seen })],
      [
        'message.untrusted-sender',
        () => codeOf(flip(request.text, request.text.length - 9), { trustList: suspended, self: 'x', seen }),
      ],
      ['message.tampered', () => codeOf(flip(request.text, request.text.length - 9), { self: 'x', seen })],
      ['message.wrong-audience', () => codeOf(request.text, { self: TH, now: late, seen })],
      ['message.not-yet-valid', async () => codeOf(await sign({ body: {} }, NOW + 61), { seen })],
      ['message.expired', async () => codeOf(await sign({ body: {} }), { now: late, seen })],
      ['message.malformed', async () => codeOf(await sign({ body: {} }), { seen })],
      ['message.replayed', () => codeOf(request.text, { seen })],
      ['ok', () => codeOf(request.text, { seen: () => false })],
    ];
    const order = Object.keys(messageRefusals);
    const positions = rows.slice(0, -1).map(([code]) => order.indexOf(code));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    for (const [code, run] of rows) {
      expect(await run()).toBe(code);
    }
  });

  test('clocks a minute apart still agree; the window ends where it is said to', async () => {
    expect(await codeOf(request.text, { now: NOW - 60 })).toBe('ok');
    expect(await codeOf(request.text, { now: NOW - 61 })).not.toBe('ok');
    expect(await codeOf(request.text, { now: NOW + 179 })).toBe('ok');
    expect(await codeOf(request.text, { now: NOW + 180 })).toBe('message.expired');
  });

  test('a sender cannot give its message a longer life', async () => {
    const key = signingKey(corridor.th, 'message', NOW, 'care');
    const text = await signJws(
      { iss: TH, aud: MM, iat: NOW, exp: NOW + 86_400, jti: 'A'.repeat(22), body },
      'serai-request+jwt',
      key,
    );
    expect(await codeOf(text, { now: NOW + 200 })).toBe('message.expired');
  });

  test('a card key signs no messages, and another node’s key is not the sender’s', async () => {
    const claims = { iss: TH, aud: MM, iat: NOW, exp: NOW + 60, jti: 'A'.repeat(22), body };
    const card = await signJws(claims, 'serai-request+jwt', signingKey(corridor.th, 'card', NOW));
    const other = await signJws(claims, 'serai-request+jwt', signingKey(corridor.mm, 'message', NOW, 'care'));
    expect(await codeOf(card)).toBe('message.untrusted-sender');
    expect(await codeOf(other)).toBe('message.untrusted-sender');
  });

  test('every changed character is noticed', async () => {
    for (let at = 0; at < request.text.length; at += 7) {
      expect(await codeOf(flip(request.text, at))).not.toBe('ok');
    }
    for (let at = request.text.length - 3; at < request.text.length; at++) {
      expect(await codeOf(flip(request.text, at))).not.toBe('ok');
    }
  });

  test('a notice is not a request', async () => {
    const key = signingKey(corridor.th, 'message', NOW, 'care');
    const notice = await signMessage({ kind: 'notice', from: TH, to: MM, body }, key, NOW, random);
    expect(await codeOf(notice.text)).toBe('message.unreadable');
    expect(await verifyMessage(notice.text, 'notice', z.looseObject({}), context())).toMatchObject({ ok: true });
  });
});

describe('an answer', () => {
  const asked = (): AskedOf => ({ node: MM, binding: request.binding, requestId: body.requestId });
  const answerText = async (changes: { re?: object; body?: object } = {}) => {
    const answer = await disclosed({
      requestId: body.requestId,
      categories: ['problems'],
      clause: 'art-4-2',
      document,
    });
    const key = signingKey(corridor.mm, 'message', NOW, 'system');
    const sent = await signMessage(
      {
        kind: 'answer',
        from: MM,
        to: TH,
        body: { ...answer, ...changes.body },
        re: { ...request.binding, ...changes.re },
      },
      key,
      NOW,
      random,
    );
    return sent.text;
  };
  const codeOfAnswer = async (text: string, of = asked()) => {
    const result = await verifyDisclosureAnswer(text, of, context({ self: TH }));
    return result.ok ? result.value.body.outcome : result.code;
  };

  test('is bound to its request', async () => {
    expect(await codeOfAnswer(await answerText())).toBe('disclosed');
    expect(await codeOfAnswer(await answerText({ re: { jti: 'C'.repeat(22) } }))).toBe('message.wrong-answer');
    expect(await codeOfAnswer(await answerText({ re: { digest: 'C'.repeat(43) } }))).toBe('message.wrong-answer');
    expect(await codeOfAnswer(await answerText(), { ...asked(), node: 'https://la.example' })).toBe(
      'message.wrong-answer',
    );
    expect(await codeOfAnswer(await answerText({ body: { requestId: '7b6fba1e-53d3-4d0e-9c07-2f6a8f3e7a11' } }))).toBe(
      'message.wrong-answer',
    );
  });

  test('its document is the one of its digest; a refusal brings none', async () => {
    const refusal = { outcome: 'exchange.consent', document: undefined, documentDigest: undefined, categories: [] };
    expect(await codeOfAnswer(await answerText({ body: refusal }))).toBe('exchange.consent');
    expect(await codeOfAnswer(await answerText({ body: { outcome: 'exchange.consent' } }))).toBe('message.malformed');
    expect(await codeOfAnswer(await answerText({ body: { document: undefined } }))).toBe('message.malformed');
    expect(
      await codeOfAnswer(await answerText({ body: { document: JSON.stringify({ ...document, type: 'searchset' }) } })),
    ).toBe('message.document-changed');
  });

  test('brings its document as text, and gives it back as it was', async () => {
    const answer = await disclosed({ requestId: body.requestId, categories: [], clause: 'c', document });
    expect(disclosureAnswerShape.safeParse(answer).success).toBe(true);
    expect(documentOf(answer)).toEqual(document);
    expect(documentOf({ document: '{"resourceType":"Patient"}' })).toBeUndefined();
    expect(documentOf({ document: 'no JSON' })).toBeUndefined();
    expect(documentOf({})).toBeUndefined();
  });
});
