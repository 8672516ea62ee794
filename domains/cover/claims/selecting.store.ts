import { digestText } from '@serai/kernel/trust/encoding.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { Claim } from '../cover.ts';
import { fourEyesFrom } from './four-eyes.ts';
import type { ClaimsOptions, Selection } from './submit.store.ts';

/** One claim in twenty is looked at whatever it is (DOMAIN F.3). */
const randomShare = 0.05;

/** What a person should look at before it is paid, with what the database knows of claims like it. */
export async function selectionOf(_tx: Transaction, options: ClaimsOptions, claim: Claim): Promise<Selection> {
  const drawn = await drawOf(claim.claimId);
  return (_input, adjudication) => {
    const high = adjudication.paidMinor >= fourEyesFrom(options.schemes, claim.schemeId, adjudication.currency).minor;
    return [...(drawn < randomShare ? ['random'] : []), ...(high ? ['value'] : [])];
  };
}

/** A number from 0 to 1 that belongs to the claim: the same draw whenever it is made. */
async function drawOf(claimId: string): Promise<number> {
  const digest = await digestText(`review ${claimId}`);
  let number = 0;
  for (const character of digest.slice(0, 8)) {
    number =
      (number * 64 + 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(character)) % 2 ** 48;
  }
  return number / 2 ** 48;
}
