import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const schemesProblemMessages = defineMessages({});
