import { policyRoutes } from '@serai/domains/cover/enrolment/policies.routes.ts';
import { actRoutes } from '@serai/domains/cover/fund/acts.routes.ts';
import { settlementRoutes } from '@serai/domains/cover/settlement/settlement.routes.ts';
import type { Actor } from '@serai/policy/types.ts';
import fastify from 'fastify';
import type { RunningNode } from '../node.ts';
import { readDemoAccounts } from './prepare.ts';

/** Someone of the demonstration's staff, by what they are signed in as. */
export type Staff = 'nurse' | 'claims' | 'fund' | 'enrolment';

export interface RoutesOfADay {
  /**
   * Posts to a route of settlement, of policies or of the fund, as a member of staff would have on a day.
   * @param path below `/api/cover`.
   * @throws RefusedOnTheDay
   */
  readonly call: <T>(as: Staff, day: string, path: string, body: object) => Promise<T>;
  readonly close: () => Promise<void>;
}

export class RefusedOnTheDay extends Error {
  readonly code: string;
  constructor(path: string, code: string) {
    super(`${path} answers ${code}`);
    this.code = code;
  }
}

/**
 * The node's own routes of settlement, policies and the fund under a clock that stands on a day: the same rules, roles and postings, so that weeks of
 * two funds' work can be done in minutes. What the partner sends is taken when it comes, as always.
 */
export function routesOfADay(node: RunningNode): RoutesOfADay {
  const { options } = node.cover;
  let now = { actor: actorOf(node, 'nurse'), at: options.clock() };
  const app = fastify();
  const storeFor = () => node.storeAs(now.actor, now.actor.id === 'staff-enrolment' ? 'COVERAGE' : 'HPAYMT');
  const onTheDay = { ...options, clock: () => now.at, storeFor };
  app.register((scope) => actRoutes(scope, onTheDay));
  app.register((scope) => settlementRoutes(scope, onTheDay));
  app.register((scope) => policyRoutes(scope, onTheDay));
  return {
    close: () => app.close(),
    async call<T>(as: Staff, day: string, path: string, body: object): Promise<T> {
      now = { actor: actorOf(node, as), at: new Date(`${day}T09:00:00Z`) };
      const url = `/api/cover${path}`;
      const answer = await app.inject({ method: 'POST', url, payload: body });
      const told = answer.json<{ ok?: boolean; value?: T; code?: string; message?: string }>();
      if (answer.statusCode >= 400 || told.ok === false) {
        throw new RefusedOnTheDay(path, told.code ?? `${answer.statusCode} ${told.message ?? ''}`);
      }
      return (told.ok === true ? told.value : told) as T;
    },
  };
}

function actorOf(node: RunningNode, username: Staff): Actor {
  const { country, facilities } = node.cover.options;
  const account = readDemoAccounts().staff.find((each) => each.username === username)!;
  const facility = account.facility === undefined ? undefined : facilities[account.facility]?.id;
  return {
    id: `staff-${username}`,
    class: account.class as Actor['class'],
    roles: account.roles,
    country,
    ...(facility !== undefined && { facility: `Organization/${facility}` }),
  };
}
