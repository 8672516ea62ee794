import { defineRefusals } from '../base/refusal.ts';

/** Why a key set or a trust list is not believed, or a key in them not used. Order is precedence. */
export const trustRefusals = defineRefusals('trust', {
  'trust.unreadable': { status: 400, sentence: 'This is not a signed key set or trust list.' },
  'trust.wrong-signer': {
    status: 403,
    sentence: 'The list is not signed by the key that is pinned for it. Compare the pinned key with its owner.',
  },
  'trust.tampered': { status: 403, sentence: 'The signature does not fit the content: it was changed on the way.' },
  'trust.malformed': { status: 400, sentence: 'The list is signed, but its content is not of the expected shape.' },
  'trust.wrong-node': { status: 403, sentence: 'The key set speaks for another node than the one it was asked of.' },
  'trust.not-yet-valid': {
    status: 403,
    sentence: 'The list is dated in the future. Check the clocks of both nodes.',
    retry: true,
  },
  'trust.expired': { status: 403, sentence: 'The list has expired. Fetch a fresh one.', retry: true },
  'trust.rolled-back': { status: 403, sentence: 'The list is older than one already known, and is not accepted.' },
  'trust.node-unknown': { status: 403, sentence: 'No node of the trust list has this address.' },
  'trust.node-suspended': { status: 403, sentence: 'The node is suspended in the trust list.' },
  'trust.key-unknown': {
    status: 403,
    sentence: 'No trusted node has published this key. Fetch its key set again.',
    retry: true,
  },
  'trust.key-ambiguous': { status: 403, sentence: 'Two nodes publish the same key; neither is believed.' },
  'trust.key-retired': { status: 403, sentence: 'The key is not in force at this time.' },
  'trust.class-not-allowed': {
    status: 403,
    sentence: 'The trust list does not allow this node to act in the class of this key.',
  },
});

export type TrustRefusalCode = keyof typeof trustRefusals;
