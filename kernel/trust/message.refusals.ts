import { defineRefusals } from '../base/refusal.ts';

/** Why a message from another node is not acted on. Order is precedence. */
export const messageRefusals = defineRefusals('message', {
  'message.unreadable': { status: 400, sentence: 'This is not a signed message of this network.' },
  'message.stale-trust': {
    status: 503,
    sentence: 'The trust list or the partner’s key set has expired here. Fetch it again.',
    retry: true,
  },
  'message.untrusted-sender': {
    status: 403,
    sentence: 'The sender is not in the trust list, is suspended, or did not publish the key it signed with.',
  },
  'message.tampered': { status: 403, sentence: 'The signature does not fit the message: it was changed on the way.' },
  'message.wrong-audience': { status: 403, sentence: 'The message is addressed to another node.' },
  'message.not-yet-valid': {
    status: 403,
    sentence: 'The message is dated in the future. Check the clocks of both nodes.',
    retry: true,
  },
  'message.expired': {
    status: 403,
    sentence: 'The message is too old: it was delayed, or a clock is wrong. Send it anew.',
    retry: true,
  },
  'message.not-understood': {
    status: 422,
    sentence:
      'The sender says that {wants} must be understood, and this node does not know it yet: it is newer than this one.',
    retry: true,
  },
  'message.malformed': {
    status: 400,
    sentence: 'The message is signed, but its content is not of the expected shape.',
  },
  'message.replayed': { status: 409, sentence: 'This very message was received before.' },
  'message.wrong-answer': { status: 403, sentence: 'The answer belongs to another request.' },
  'message.document-changed': {
    status: 403,
    sentence: 'The document is not the one the answer’s digest was made of.',
  },
});

export type MessageRefusalCode = keyof typeof messageRefusals;
