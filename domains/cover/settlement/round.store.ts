import type { OwnCoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { partnersOf } from './agreed.ts';
import { lapseRequests } from './certificate-asked.store.ts';
import { endDisputes } from './disputes.store.ts';
import { sendClaims } from './enter-claim.store.ts';
import { accrueInterest } from './payments.store.ts';

/** The days already done by this process, so that a round in between asks the database nothing. */
const done = new WeakMap<OwnCoverOptions, string>();

/**
 * What settlement does by itself, once a day: sends what waits for each partner, ends disputes whose time is
 * over as the agreement says, waits no longer for certificates whose day is over, reckons interest on what is overdue.
 * Where an agreement is suspended, what waits for it is kept.
 */
export async function settlementRound(options: OwnCoverOptions): Promise<void> {
  const day = localDay(options);
  if (done.get(options) === day) {
    return;
  }
  await options.ownStore().transaction(async (tx) => {
    await tx.inbox.once(`settlement-round:${day}`, async () => {
      for (const partner of partnersOf(options.agreements, options.country)) {
        await sendClaims(options, tx, partner);
        await endDisputes(options, tx, partner);
        await lapseRequests(options, tx, partner);
      }
      await accrueInterest(options, tx);
    });
  });
  done.set(options, day);
}
