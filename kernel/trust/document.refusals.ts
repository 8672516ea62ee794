import { defineRefusals } from '../base/refusal.ts';

/** Why a signature over a document is not accepted. Order is precedence. */
export const documentRefusals = defineRefusals('document', {
  'document.unreadable': { status: 400, sentence: 'This is not a document signature of this network.' },
  'document.untrusted-signer': {
    status: 403,
    sentence: 'The signer is not in the trust list, is suspended, or did not publish the key it signed with.',
  },
  'document.tampered': { status: 403, sentence: 'The signature was changed after it was made.' },
  'document.other-kind': { status: 403, sentence: 'The signature was made for another kind of document.' },
  'document.not-yet-valid': {
    status: 403,
    sentence: 'The signature is dated in the future. Check the clocks of both nodes.',
    retry: true,
  },
  'document.changed': { status: 403, sentence: 'The document is not the one that was signed.' },
});

export type DocumentRefusalCode = keyof typeof documentRefusals;
