import type { CoverOptions } from '@serai/domains/cover/cover.deps.ts';
import { deliver } from '@serai/domains/cover/settlement/outgoing.store.ts';
import type { PartnerLine } from '@serai/domains/cover/settlement/partner-line.ts';
import { outboxTopic } from '@serai/domains/cover/settlement/wire.ts';
import { checkCard, statusListUri } from '@serai/domains/exchange/cards/cards.routes.ts';
import { cardById, currentStatusList, seenBefore } from '@serai/domains/exchange/cards/cards.store.ts';
import { type ExchangeOptions, epochSeconds, PartnerError } from '@serai/domains/exchange/exchange.deps.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { locatorFor } from '@serai/kernel/trust/card.ts';
import { readCoverFact } from '@serai/kernel/trust/card-cover.ts';
import { signDocument, verifyDocument } from '@serai/kernel/trust/document.ts';
import { type NodeClass, signingKey } from '@serai/kernel/trust/keys.ts';
import {
  answers,
  type MessageKind,
  signMessage,
  type VerifiedMessage,
  verifyMessage,
} from '@serai/kernel/trust/messages.ts';
import type { TrustedNode } from '@serai/kernel/trust/trust-list.ts';
import type { Outbox } from '@serai/store/outbox.ts';

/** Longer than a message can live anywhere, clocks apart included. */
const seenSeconds = 600;

type Parts = Omit<ExchangeOptions, 'storeFor'>;

/** What cover is given of the exchange: signed words with partners, cards, documents. */
export function partnerLineOf(exchange: Parts): PartnerLine {
  return {
    knows: (country) => exchange.trust.nodeOf(country)?.status === 'active',
    addressOf: (country) => exchange.trust.nodeOf(country)?.baseUrl,
    ask: (country, path, request, shape) => ask(exchange, country, path, request, shape),
    tell: async (country, path, kind, as, body) => {
      const node = activeNode(exchange, country);
      if (!node) {
        throw new Error('the partner is not, or no longer, an active node of the trust list');
      }
      await exchange.post(node.baseUrl + path, (await signed(exchange, node, kind, as, body)).text);
    },
    read: async (text, kind, shape) => {
      const first = await verifyMessage(text, kind, shape, { ...context(exchange), seen: seenOf(exchange) });
      if (first.ok || (first.code !== 'message.untrusted-sender' && first.code !== 'message.stale-trust')) {
        return first;
      }
      await exchange.trust.refresh();
      return verifyMessage(text, kind, shape, { ...context(exchange), seen: seenOf(exchange) });
    },
    answer: async (to, kind, body) => {
      const now = epochSeconds(exchange.clock);
      const message = { kind, from: exchange.self, to: to.sender.node.baseUrl, body, re: to.binding };
      return (await signMessage(message, signingKey(exchange.keySet(), 'message', now), now, exchange.random)).text;
    },
    sign: (kind, document) => {
      const now = epochSeconds(exchange.clock);
      return signDocument(kind, document, signingKey(exchange.keySet(), 'log', now), { node: exchange.self, now });
    },
    verify: (kind, document, signature) => verifyDocument(kind, document, signature, context(exchange)),
    checkCard: async (text, reader) => {
      const card = await checkCard({ ...exchange, storeFor: noRequest }, text, reader);
      if (!card.ok) {
        return card;
      }
      const { cardId, issuerCountry, locator, claims, statusAgeSeconds } = card.value;
      const cover = readCoverFact(claims.cover);
      return { ok: true, value: { cardId, issuerCountry, locator, name: claims.name, cover, statusAgeSeconds } };
    },
    trustOnHand: () => {
      const keySets = exchange.trust.keySets();
      const lists = keySets.map(({ node }) => exchange.trust.statusList(statusListUri(node, currentStatusList)));
      return {
        trustList: exchange.trust.trustList(),
        keySets,
        statusLists: lists.filter((list) => list !== undefined),
      };
    },
    personOfCard: async (id, country) => {
      const row = await cardById(exchange.database, id);
      return (
        row && {
          personId: row.person_id,
          locator: await locatorFor(exchange.locatorSecret, row.person_id, country),
        }
      );
    },
    locatorOf: (personId, country) => locatorFor(exchange.locatorSecret, personId, country),
    storeFor: exchange.storeForPartner,
    pseudonym: (actorId) => pseudonym(exchange, actorId),
    facilityName: exchange.facilityName,
  };
}

/** An hour between tries, for half a year: a partner may be away for days, and a claim is not forgotten for it. */
const attemptsMaximum = 4400;

/** Who delivers what funds tell each other. */
export function registerSettlement(outbox: Outbox, options: Omit<CoverOptions, 'storeFor'>): void {
  outbox.register(outboxTopic, (message) => deliver(options, message), { attemptsMaximum });
}

/** Checking a card asks nothing of a request. */
function noRequest(): never {
  throw new Error('there is no request here');
}

function activeNode(exchange: Parts, country: string): TrustedNode | undefined {
  const node = exchange.trust.nodeOf(country);
  return node?.status === 'active' ? node : undefined;
}

function context(exchange: Parts) {
  return {
    self: exchange.self,
    now: epochSeconds(exchange.clock),
    trustList: exchange.trust.trustList(),
    keySets: exchange.trust.keySets(),
  };
}

function seenOf(exchange: Parts): (id: string) => Promise<boolean> {
  return (id) => seenBefore(exchange.database, `message ${id}`, exchange.clock(), seenSeconds);
}

function signed(exchange: Parts, node: TrustedNode, kind: MessageKind, as: NodeClass, body: object) {
  const now = epochSeconds(exchange.clock);
  return signMessage(
    { kind, from: exchange.self, to: node.baseUrl, body },
    signingKey(exchange.keySet(), 'message', now, as),
    now,
    exchange.random,
  );
}

async function ask<T extends { readonly requestId: string }>(
  exchange: Parts,
  country: string,
  path: string,
  request: Parameters<PartnerLine['ask']>[2],
  shape: Parameters<typeof verifyMessage<T>>[2],
): Promise<Result<{ readonly answer: VerifiedMessage<T>; readonly text: string }>> {
  const node = activeNode(exchange, country);
  if (!node) {
    return refuse('settlement.no-agreement');
  }
  const sent = await signed(exchange, node, request.kind, request.as, request.body);
  let text: string;
  try {
    text = await exchange.post(node.baseUrl + path, sent.text);
  } catch (error) {
    return refuse(refusalOfPartner(error));
  }
  const read = () => verifyMessage(text, request.answerKind, shape, context(exchange));
  let answer = await read();
  if (!answer.ok && (answer.code === 'message.untrusted-sender' || answer.code === 'message.stale-trust')) {
    await exchange.trust.refresh(country);
    answer = await read();
  }
  if (!answer.ok) {
    return refuse(refusalOfMessage(answer.code));
  }
  const asked = { node: node.baseUrl, binding: sent.binding, requestId: request.body.requestId };
  return answers(answer.value, asked)
    ? { ok: true, value: { answer: answer.value, text } }
    : refuse('settlement.bad-signature');
}

function refusalOfPartner(error: unknown): string {
  if (!(error instanceof PartnerError)) {
    throw error;
  }
  if (error.code === 'message.expired' || error.code === 'message.not-yet-valid') {
    return 'settlement.clock';
  }
  const codes = {
    unreachable: 'settlement.partner-unreachable',
    slow: 'settlement.partner-slow',
    garbage: 'settlement.bad-answer',
  };
  return codes[error.why];
}

function refusalOfMessage(code: string): string {
  switch (code) {
    case 'message.expired':
    case 'message.not-yet-valid':
      return 'settlement.clock';
    case 'message.unreadable':
    case 'message.malformed':
      return 'settlement.bad-answer';
    case 'message.not-understood':
      return 'settlement.not-understood';
    case 'message.stale-trust':
      return 'settlement.partner-unreachable';
    default:
      return 'settlement.bad-signature';
  }
}

/** Who asked, in a form only this node can turn back into a name. */
async function pseudonym(exchange: Parts, actorId: string): Promise<string> {
  const secret = exchange.locatorSecret as BufferSource;
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`requester|${actorId}`));
  return Buffer.from(mac).subarray(0, 12).toString('base64url');
}
