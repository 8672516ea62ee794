import type { Result } from '@serai/kernel/base/refusal.ts';
import type { CoverOnCard } from '@serai/kernel/trust/card-cover.ts';
import type { DocumentSignature } from '@serai/kernel/trust/document.ts';
import type { NodeClass } from '@serai/kernel/trust/keys.ts';
import type { MessageKind, VerifiedMessage } from '@serai/kernel/trust/messages.ts';
import type { Actor, Facts, PurposeOfUse } from '@serai/policy/types.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { z } from 'zod';
import type { TrustOnHand } from '../eligibility/card-kit.ts';

/**
 * How cover speaks with other nodes. Cards, keys and trust belong to the exchange; the node hands in what cover needs of
 * them, so that the two domains do not know each other.
 */
export interface PartnerLine {
  /** Whether a country is an active node of the trust list. */
  readonly knows: (country: string) => boolean;
  /** Base URL of a partner's node: its name between nodes. */
  readonly addressOf: (country: string) => string | undefined;
  /**
   * Asks and waits: signs, posts to `path`, verifies that the answer is the partner's and bound to this very request.
   * Refusals are `settlement.*` codes of what went wrong on the way.
   */
  readonly ask: <T extends { readonly requestId: string }>(
    country: string,
    path: string,
    request: {
      readonly kind: MessageKind;
      readonly answerKind: MessageKind;
      readonly as: NodeClass;
      readonly body: { readonly requestId: string };
    },
    shape: z.ZodType<T>,
  ) => Promise<Result<{ readonly answer: VerifiedMessage<T>; readonly text: string }>>;
  /** Posts a signed message that needs no answer. @throws Error when it did not arrive: the outbox tries again. */
  readonly tell: (country: string, path: string, kind: MessageKind, as: NodeClass, body: object) => Promise<void>;
  /** Reads and believes a partner's message, once. */
  readonly read: <T>(text: string, kind: MessageKind, shape: z.ZodType<T>) => Promise<Result<VerifiedMessage<T>>>;
  /** Signs the answer to a message that was read. */
  readonly answer: (to: VerifiedMessage<unknown>, kind: MessageKind, body: object) => Promise<string>;
  readonly sign: (kind: string, document: unknown) => Promise<string>;
  readonly verify: (kind: string, document: unknown, signature: string) => Promise<Result<DocumentSignature>>;
  /** Verifies a card for a reader; refusals are `card.*` codes. */
  readonly checkCard: (
    text: string,
    reader: { readonly id: string; readonly country: string; readonly audience: string },
  ) => Promise<Result<CheckedCard>>;
  /** What cards are checked with now: keys and lists this node verified, for a device that will be without a line. */
  readonly trustOnHand: () => TrustOnHand;
  /** The person of a card of this node, and the pseudonym `country` knows them by. */
  readonly personOfCard: (
    cardId: string,
    country: string,
  ) => Promise<{ readonly personId: string; readonly locator: string } | undefined>;
  /** The pseudonym a country knows a person of this node by. */
  readonly locatorOf: (personId: string, country: string) => Promise<string>;
  /** A partner's view of this node, under a clause. */
  readonly storeFor: (actor: Actor, purpose: PurposeOfUse, facts: Omit<Facts, 'person'>, id: string) => RequestStore;
  /** Someone of this node, in a form only this node can turn back into a name. */
  readonly pseudonym: (actorId: string) => Promise<string>;
  readonly facilityName: (reference: string) => Promise<string | undefined>;
}

export interface CheckedCard {
  readonly cardId: string;
  readonly issuerCountry: string;
  /** The person's pairwise pseudonym for the reader's country. */
  readonly locator: string | undefined;
  /** Name on the card, where the person chose to carry it. */
  readonly name: string | undefined;
  /** Cover on the card, where it carries any. */
  readonly cover: CoverOnCard | undefined;
  /** How old the list is that says the card still holds. */
  readonly statusAgeSeconds: number;
}
