import { preferredLanguage, translate } from '@serai/kernel/i18n/i18n.ts';
import { spokenCode } from './codes.ts';
import type { VoucherProgramme } from './programme.ts';
import { smsMessages } from './sms.messages.ts';

/** What is sent to a telephone: the number, and a text with the codes. It goes into the outbox, topic `sms`. */
export interface Sms {
  readonly to: string;
  readonly text: string;
}

/** A text with every short code of a booklet, in the holder's language: good at a provider with a network. */
export function smsOf(
  programme: VoucherProgramme,
  given: {
    readonly booklet: { readonly code: string; readonly expires_on: string };
    readonly vouchers: readonly { readonly service: string; readonly number: number; readonly short_code: string }[];
    readonly holder: { readonly phone: string | null; readonly language: string };
  },
): Sms {
  const language = preferredLanguage([given.holder.language]);
  const lines = given.vouchers.map((voucher) => {
    const title = programme.services.find((each) => each.code === voucher.service)?.title;
    return `${title?.[language] ?? title?.en ?? voucher.service} ${voucher.number}: ${spokenCode(voucher.short_code)}`;
  });
  const head = translate(smsMessages, language, 'sms.head', {
    programme: programme.title[language] ?? programme.title.en ?? programme.id,
    code: spokenCode(given.booklet.code),
    date: given.booklet.expires_on,
  });
  return { to: given.holder.phone ?? '', text: [head, ...lines].join('\n') };
}
