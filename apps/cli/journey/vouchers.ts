import { randomUUID } from 'node:crypto';
import type { BookletsAnswer, LinesAnswer, SheetView } from '@serai/domains/cover/vouchers/api.ts';
import type { Taken } from '@serai/domains/cover/vouchers/redeem.store.ts';
import { type Corridor, call, mustBe, refused, signedIn, step, today } from './steps.ts';

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';

/** A voucher's way: handed to someone without a document, redeemed once at a clinic, and never again. */
export async function giveVouchers({ home }: Corridor): Promise<void> {
  const purpose = 'COVERAGE';
  const officer = { node: home, token: await signedIn(home, 'voucher-officer'), purpose };
  const booklet = await step(
    'the voucher officer registers a pregnant woman and issues her booklet',
    async () => {
      const name = `ဒေါ်မြမြ ${Date.now().toString(36)}`;
      const lines = [{ group: 'pregnant', name, village: 'kk-01', language: 'my' }];
      const registered = await call<LinesAnswer>(officer, 'POST', `${base}/holders`, {
        ...{ requestId: randomUUID(), programmeId, lines },
      });
      const issued = await call<BookletsAnswer>(officer, 'POST', `${base}/booklets`, {
        ...{ requestId: randomUUID(), programmeId, channel: 'print', activate: true },
        holderIds: [registered.lines[0]!.holderId],
      });
      const bookletIds = [issued.booklets[0]!.booklet!.bookletId];
      const sheet = await call<SheetView>(officer, 'POST', `${base}/sheet`, { programmeId, bookletIds });
      return sheet.booklets[0]!;
    },
    ({ vouchers, expiresOn }) => `${vouchers.length} vouchers, until ${expiresOn}`,
  );
  const first = booklet.vouchers.find((each) => each.service === 'anc' && each.number === 1)!;
  const nurse = { node: home, token: await signedIn(home, 'nurse'), purpose };
  const redemption = () => ({
    ...{ requestId: randomUUID(), voucher: first.shortCode, bookletCode: booklet.code },
    ...{ service: 'anc', on: today },
  });
  const taken = await step(
    'the clinic redeems the first by its short code and the code of the booklet',
    () => call<Taken>(nurse, 'POST', `${base}/redemptions`, redemption()),
    ({ service, number, outcome }) => `${service} ${number} ${outcome}`,
  );
  mustBe(taken.outcome === 'accepted', `it was ${taken.outcome}`);
  await step('shown again, it is refused', () =>
    refused(nurse, `${base}/redemptions`, redemption(), 'vouchers.already-redeemed'),
  );
}
