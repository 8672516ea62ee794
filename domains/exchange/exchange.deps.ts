import type { KeySet } from '@serai/kernel/trust/keys.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import type { Actor, Facts, PurposeOfUse } from '@serai/policy/types.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyRequest } from 'fastify';
import type { ExchangeDatabase } from './exchange.tables.ts';
import type { TrustBook } from './trust/trust-book.ts';

/** What the exchange is given by the node it runs in. */
export interface ExchangeOptions {
  readonly country: string;
  /** Base URL of this node: its name between nodes. */
  readonly self: string;
  readonly database: ExchangeDatabase;
  readonly agreements: readonly Agreement[];
  readonly trust: TrustBook;
  readonly keySet: () => KeySet;
  /** Secret of the pairwise pseudonyms. */
  readonly locatorSecret: Uint8Array;
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  /** A partner's view of this node's record: the same door, with the actor its keys say it is. */
  readonly storeForPartner: (
    actor: Actor,
    purpose: PurposeOfUse,
    facts: Omit<Facts, 'person'>,
    id: string,
  ) => RequestStore;
  readonly facilityName: (reference: string) => Promise<string | undefined>;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
  /** Posts a signed message to a partner. @throws PartnerError */
  readonly post: (url: string, body: string) => Promise<string>;
}

/** A partner did not answer, in time or at all. */
export class PartnerError extends Error {
  override name = 'PartnerError';
  readonly why: 'unreachable' | 'slow' | 'garbage';
  /** The refusal code in an unsigned answer: a hint for the screen, believed for nothing else. */
  readonly code: string | undefined;
  constructor(why: 'unreachable' | 'slow' | 'garbage', code?: string) {
    super(why);
    this.why = why;
    this.code = code;
  }
}

export function epochSeconds(clock: () => Date): number {
  return Math.floor(clock().getTime() / 1000);
}
