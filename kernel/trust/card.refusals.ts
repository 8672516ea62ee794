import { defineRefusals } from '../base/refusal.ts';

/** Why a card is not accepted. Order is precedence: what the card says is asked only once its signature holds. */
export const cardRefusals = defineRefusals('card', {
  'card.unreadable': { status: 400, sentence: 'This is not a Serai card, or it was read badly. Scan it again.' },
  'card.stale-trust': {
    status: 503,
    sentence: 'The trust list kept here has expired. Connect once to renew it, then scan again.',
    retry: true,
  },
  'card.wrong-issuer': {
    status: 422,
    sentence: 'The issuer is not in the trust list, is suspended, or does not own the key that signed.',
  },
  'card.tampered': { status: 422, sentence: 'The signature does not fit: the card was changed after it was issued.' },
  'card.wrong-audience': { status: 422, sentence: 'The holder made this presentation for someone else.' },
  'card.replayed': {
    status: 422,
    sentence: 'This presentation was used before or is too old. Ask the holder to show the card anew.',
  },
  'card.holder-not-proven': {
    status: 422,
    sentence: 'The card was shown without proof that the phone holding it is the one it was issued to.',
  },
  'card.not-yet-valid': { status: 422, sentence: 'The card is dated in the future. Check the clock of this device.' },
  'card.expired': { status: 422, sentence: 'The card has expired. The person can ask the issuer for a new one.' },
  'card.status-unknown': {
    status: 503,
    sentence: 'No list of revoked cards of this issuer is kept here. Connect once to fetch it, then scan again.',
    retry: true,
  },
  'card.revoked': { status: 422, sentence: 'The issuer has revoked or suspended this card.' },
});

export type CardRefusalCode = keyof typeof cardRefusals;
