import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why a record does not cross. Order is precedence, from what is noticed here to what the home node answers. */
export const crossingRefusals = defineRefusals('crossing', {
  'crossing.own-card': {
    status: 422,
    sentence: 'This card was issued here. Open the person’s record directly.',
  },
  'crossing.no-locator': {
    status: 422,
    sentence: 'The card does not carry what this country needs to ask for the record. The issuer can make a new one.',
  },
  'crossing.no-agreement': {
    status: 422,
    sentence:
      'No agreement in force lets this facility ask for this, for this purpose. Choose another clause, or treat without the record.',
  },
  'crossing.partner-unreachable': {
    status: 503,
    sentence: 'The other country’s node cannot be reached. Nothing was sent on. Try again in a moment.',
    retry: true,
  },
  'crossing.partner-slow': {
    status: 503,
    sentence: 'The other country’s node takes too long to answer. Try again.',
    retry: true,
  },
  'crossing.bad-answer': {
    status: 502,
    sentence: 'The other country’s node gave an answer that cannot be understood. Nothing of it was kept.',
    retry: true,
  },
  'crossing.bad-signature': {
    status: 502,
    sentence: 'The answer is not signed by the other country’s node. Nothing of it was kept. Tell the operator.',
  },
  'crossing.clock': {
    status: 502,
    sentence: 'The clocks of the two nodes are too far apart. Tell the operator; then try again.',
    retry: true,
  },
  'crossing.agreement-suspended': {
    status: 422,
    sentence: 'The agreement is suspended or not in force. The record cannot be shared until it is again.',
  },
  'crossing.agreement-differs': {
    status: 422,
    sentence: 'The two countries hold different versions of the agreement. Tell the operator.',
  },
  'crossing.consent-withdrawn': {
    status: 422,
    sentence:
      'The person has not agreed to sharing, or has withdrawn it. The person can change this at any clinic at home.',
  },
  'crossing.person-unknown': {
    status: 404,
    sentence: 'The other country knows nobody under this card.',
  },
  'crossing.refused': {
    status: 422,
    sentence: 'The other country’s node does not release the record to this facility for this purpose.',
  },
});

export type CrossingRefusalCode = keyof typeof crossingRefusals;
