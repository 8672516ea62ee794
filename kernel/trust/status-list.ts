import { createHeaderAndPayload, StatusList } from '@sd-jwt/jwt-status-list';
import { invariant } from '../base/invariant.ts';
import type { RandomBytes } from './encoding.ts';
import { signJws } from './jws.ts';
import type { NodeKey } from './keys.ts';
import { STATUS, STATUS_LIST_TYP } from './status-list-reading.ts';

/**
 * Token Status List (draft-ietf-oauth-status-list): one signed, compressed list says which cards stand. Whoever checks
 * a card fetches the whole list now and then, so the issuer never learns which card is being checked.
 */

export * from './status-list-reading.ts';

/** Two bits a card: valid, revoked, suspended. */
const BITS = 2;
/** How many cards one list holds unless told: large enough that an index tells nothing about its holder. */
export const STATUS_LIST_SIZE = 131_072;

/**
 * Signs a status list.
 *
 * @param list.revoked indexes of revoked cards; `suspended` of those withheld for a while; all others are valid.
 * @param list.uri where the list is served: the `status.status_list.uri` of the cards in it.
 */
export function signStatusList(
  list: {
    readonly uri: string;
    readonly node: string;
    readonly size?: number;
    readonly revoked: Iterable<number>;
    readonly suspended?: Iterable<number>;
  },
  key: NodeKey,
  now: number,
  options: { readonly validSeconds?: number; readonly refreshSeconds?: number } = {},
): Promise<string> {
  invariant(key.use === 'card', 'status lists are signed with a card key');
  const statuses = new Array<number>(list.size ?? STATUS_LIST_SIZE).fill(STATUS.valid);
  const mark = (indexes: Iterable<number>, status: number) => {
    for (const index of indexes) {
      invariant(index in statuses, `index ${index} is inside the status list`);
      statuses[index] = status;
    }
  };
  mark(list.suspended ?? [], STATUS.suspended);
  mark(list.revoked, STATUS.revoked);
  const { payload } = createHeaderAndPayload(
    new StatusList(statuses, BITS),
    {
      iss: list.node,
      sub: list.uri,
      iat: now,
      exp: now + (options.validSeconds ?? 30 * 86_400),
      ttl: options.refreshSeconds ?? 3_600,
    },
    { alg: 'ES256', typ: STATUS_LIST_TYP },
  );
  return signJws(payload, STATUS_LIST_TYP, key);
}

/**
 * Draws a free index at random: an index counted upwards would tell when, and so perhaps to whom, a card was issued.
 * Undefined when the list is so full that a free one was not met: begin a new list.
 *
 * @param taken whether an index is given out already; the store must also hold it unique.
 */
export async function drawStatusIndex(
  random: RandomBytes,
  taken: (index: number) => boolean | Promise<boolean>,
  size = STATUS_LIST_SIZE,
): Promise<number | undefined> {
  // Draws above the largest multiple of `size` are thrown away, so that every index is equally likely.
  const limit = Math.floor(0x1_0000_0000 / size) * size;
  for (let attempt = 0; attempt < 64; attempt++) {
    const bytes = random(4);
    const draw = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (draw < limit && !(await taken(draw % size))) {
      return draw % size;
    }
  }
  return undefined;
}
