import { sql } from 'kysely';
import { RefusedError } from './faults.ts';
import type { Scope } from './session.ts';
import type { RequestContext } from './types.ts';

/** Once for each id: the id is taken first, so that a concurrent repeat waits for this transaction and then replays. */
export async function once<T>(
  scope: Scope,
  requestId: string,
  context: RequestContext,
  fingerprint: string,
  work: () => Promise<T>,
): Promise<T> {
  const actorId = context.actor.id;
  const { rows: taken } = await sql`
    insert into request (request_id, actor_id, fingerprint, created)
    values (${requestId}, ${actorId}, ${fingerprint}, ${context.clock().toISOString()}::timestamptz)
    on conflict (request_id) do nothing returning request_id`.execute(scope.sql);
  if (taken.length === 0) {
    const { rows } = await sql<{ actor_id: string; fingerprint: string; answer: { value?: T } }>`
      select actor_id, fingerprint, answer from request where request_id = ${requestId}`.execute(scope.sql);
    const before = rows[0];
    if (before?.actor_id !== actorId || before.fingerprint !== fingerprint) {
      throw new RefusedError('store.request-id-reused');
    }
    return before.answer.value as T;
  }
  const value = await work();
  const answer = JSON.stringify({ value });
  await sql`update request set answer = ${answer}::jsonb where request_id = ${requestId}`.execute(scope.sql);
  // Both the first caller and a repeat get what JSON keeps of the answer.
  return (JSON.parse(answer) as { value?: T }).value as T;
}
