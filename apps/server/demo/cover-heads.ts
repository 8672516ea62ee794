import { makeCapitationRun, registerMembers } from '@serai/domains/cover/payments/capitation.store.ts';
import { approveRun, payRun } from '@serai/domains/cover/payments/payments.store.ts';
import { addMonths, type Day } from '@serai/kernel/base/days.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { RunningNode } from '../node.ts';

/** The months before today that are paid by head; the last of them waits for whoever approves it. */
const monthsPaid = 3;

type Once = (act: string, work: (tx: Transaction) => Promise<void>) => Promise<unknown>;

/**
 * Care paid by head: members of the schemes that pay so are registered with the facilities that are paid so, three of five
 * with the first, and the months that began are run as the fund's people would run them.
 */
export async function payByHead(node: RunningNode, once: Once, until: Day): Promise<void> {
  const { schemes, clock } = node.cover.options;
  const now = clock();
  const thisMonth = `${until.slice(0, 7)}-01`;
  const months = Array.from({ length: monthsPaid + 1 }, (_, i) => addMonths(thisMonth, i - monthsPaid));
  const byHead = schemes.filter((scheme) => scheme.tariffs.some((tariff) => tariff.capitation));
  for (const schemeId of new Set(byHead.map((scheme) => scheme.id))) {
    const scheme = byHead.findLast((each) => each.id === schemeId)!;
    const facilities = facilitiesOf(node, scheme.tariffs);
    if (facilities.length === 0) {
      continue;
    }
    await once(`registrations-${schemeId}`, (tx) => register(node, tx, { schemeId, facilities, from: months[0]! }));
    for (const month of months) {
      const then = new Date(`${month.slice(0, 8)}05T05:00:00Z`);
      const options = { ...node.cover.options, clock: () => (then < now ? then : now) };
      await once(`heads-${schemeId}-${month}`, async (tx) => {
        const made = await makeCapitationRun(tx, options, { schemeId, month: month.slice(0, 7) }, 'staff-fund');
        if (made.ok && month !== thisMonth) {
          await approveRun(tx, made.value.runId, 'staff-fund2');
          await payRun(tx, options, made.value.runId, 'staff-fund');
        }
      });
    }
  }
}

/** Codes of the facilities whose level a tariff pays by head, the two largest. */
function facilitiesOf(
  node: RunningNode,
  tariffs: RunningNode['cover']['options']['schemes'][number]['tariffs'],
): string[] {
  const { country, facilities } = node.cover.options;
  const levels = new Set(tariffs.flatMap((tariff) => (tariff.capitation ? (tariff.levels ?? []) : [])));
  return facilities
    .filter((facility) => levels.has(facility.level))
    .map((facility) => `${country}:${facility.id}`)
    .slice(0, 2);
}

async function register(
  node: RunningNode,
  tx: Transaction,
  of: { readonly schemeId: string; readonly facilities: readonly string[]; readonly from: Day },
): Promise<void> {
  const members = await node.database
    .selectFrom('cover_member')
    .innerJoin('cover_policy_member', 'cover_policy_member.member_id', 'cover_member.member_id')
    .select('cover_member.member_number')
    .where('cover_policy_member.scheme_id', '=', of.schemeId)
    .distinct()
    .orderBy('cover_member.member_number')
    .execute();
  const numbers = members.map((each) => each.member_number);
  for (const [i, provider] of of.facilities.entries()) {
    const own = numbers.filter((_, n) => (n % 5 < 3 ? 0 : 1) === i);
    await registerMembers(
      tx,
      node.cover.options,
      { schemeId: of.schemeId, memberNumbers: own, provider, from: of.from },
      'staff-enrolment',
    );
  }
}
