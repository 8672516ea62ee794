import { z } from 'zod';

/**
 * How a message of a newer node is read (ADR 0043): fields added since are left aside, at every depth, but those it names as
 * critical, which a reader knows or refuses the message for.
 */

/** Names of fields added since, by path and without numbers (`claims.episode`), which a reader must know or refuse. */
export const critical = z.array(z.string().min(1).max(120)).min(1).max(50).optional();

/** What of a message must be known and is not. @param understood fields added since its first version that are known here. */
export function notUnderstood(
  message: { readonly critical?: readonly string[] | undefined },
  understood: ReadonlySet<string>,
): string[] {
  return (message.critical ?? []).filter((name) => !understood.has(name));
}
