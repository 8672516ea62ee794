import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why something between two countries' funds is not done. Order is precedence. */
export const settlementRefusals = defineRefusals('settlement', {
  'settlement.own-country': {
    status: 422,
    sentence: 'This card was issued here. Look at the cover of this country instead.',
  },
  'settlement.no-agreement': {
    status: 422,
    sentence: 'No agreement in force lets this be asked of, claimed from or settled with that country.',
  },
  'settlement.agreement-suspended': {
    status: 422,
    sentence: 'The agreement is suspended or not in force. Nothing is sent until it is again; what waits is kept.',
    retry: true,
  },
  'settlement.agreement-differs': {
    status: 422,
    sentence: 'The two countries hold different versions of the agreement. Tell the operator.',
  },
  'settlement.not-understood': {
    status: 422,
    sentence: 'The message is of a newer version than this node. It is kept and sent again; tell the operator.',
    retry: true,
  },
  'settlement.no-locator': {
    status: 422,
    sentence: 'The card does not carry what this country needs to ask about cover. The issuer can make a new one.',
  },
  'settlement.partner-unreachable': {
    status: 503,
    sentence:
      'The other country’s node cannot be reached. Nothing was asked. Treat emergencies; try again in a moment.',
    retry: true,
  },
  'settlement.partner-slow': {
    status: 503,
    sentence: 'The other country’s node takes too long to answer. Treat emergencies; try again.',
    retry: true,
  },
  'settlement.bad-answer': {
    status: 502,
    sentence: 'The other country’s node gave an answer that cannot be understood. Nothing of it was kept.',
    retry: true,
  },
  'settlement.bad-signature': {
    status: 502,
    sentence: 'The answer is not signed by the other country’s node. Nothing of it was kept. Tell the operator.',
  },
  'settlement.clock': {
    status: 502,
    sentence: 'The clocks of the two nodes are too far apart. Tell the operator; then try again.',
    retry: true,
  },
  'settlement.person-unknown': {
    status: 404,
    sentence: 'The other country’s fund knows nobody under this card and number.',
  },
  'settlement.consent-withdrawn': {
    status: 422,
    sentence: 'The person has not agreed to this being shared, or has withdrawn it.',
  },
  'settlement.refused': {
    status: 422,
    sentence: 'The other country’s fund does not answer this facility for this purpose.',
  },
  'settlement.not-authorised': {
    status: 422,
    sentence: 'There is no answer of the other country’s fund that this claim can rest on. Ask about cover first.',
  },
  'settlement.wrong-currency': {
    status: 422,
    sentence: 'Prices are in another currency than the agreed price list of this country.',
  },
  'settlement.days-not-allowed': {
    status: 422,
    sentence: 'Care ends before it begins, lies in the future, or is older than the agreement.',
  },
  'settlement.claim-too-late': {
    status: 422,
    sentence: 'The agreement’s time for sending this claim is over.',
  },
  'settlement.claim-number-used': {
    status: 409,
    sentence: 'This facility has already used this claim number.',
  },
  'settlement.waived': {
    status: 422,
    sentence: 'Under the agreement each country bears this care itself: nothing is claimed.',
  },
  'settlement.nothing-to-claim': {
    status: 422,
    sentence: 'No line of this claim is paid under the agreement.',
  },
  'settlement.out-of-order': {
    status: 409,
    sentence: 'This message follows one that has not arrived yet. It is sent again later.',
    retry: true,
  },
  'settlement.contradiction': {
    status: 409,
    sentence: 'The two nodes hold different things under the same number. Tell the operator of both.',
  },
  'settlement.line-in-statement': {
    status: 409,
    sentence: 'The line stands in a signed statement. It can be taken back by a new claim in the next period.',
  },
  'settlement.move-not-allowed': {
    status: 409,
    sentence: 'It is not this country’s turn on this line, or the line does not go there from where it is.',
  },
  'settlement.amount-not-allowed': {
    status: 422,
    sentence: 'The amount is above what was claimed, below zero, or does not belong to this answer.',
  },
  'settlement.period-open': {
    status: 422,
    sentence: 'The period is not over yet.',
  },
  'settlement.rate-missing': {
    status: 422,
    sentence: 'No exchange rate of the agreed source is known for that day. Enter it, with its source and time.',
  },
  'settlement.rate-differs': {
    status: 409,
    sentence: 'Another rate is already kept for this day and source. Rates are not overwritten.',
  },
  'settlement.nothing-to-settle': {
    status: 422,
    sentence: 'No line is agreed and unsettled for this period.',
  },
  'settlement.statement-open': {
    status: 409,
    sentence: 'A statement of this period waits for the other country’s signature.',
  },
  'settlement.statement-state': {
    status: 409,
    sentence: 'The statement is not at the step this belongs to.',
  },
  'settlement.not-payer': {
    status: 422,
    sentence: 'Under this statement the other country pays.',
  },
  'settlement.payment-differs': {
    status: 422,
    sentence: 'The amount is not what the statement and its interest come to.',
  },
  'settlement.already-reversed': {
    status: 409,
    sentence: 'This claim was already taken back.',
  },
  'settlement.borne-state': {
    status: 409,
    sentence: 'Nothing of this claim is borne here, or it is already paid.',
  },
  'settlement.certificate-invalid': {
    status: 422,
    sentence: 'The certificate is not signed by the country it names, was changed, or is not about this person.',
  },
  'settlement.certificate-known': {
    status: 409,
    sentence: 'This certificate is already recorded.',
  },
  'settlement.rate-signed': {
    status: 409,
    sentence: 'A statement that waits for a signature or is signed was converted by this rate: it is not changed.',
  },
  'settlement.certificate-asked': {
    status: 409,
    sentence: 'This country has already been asked about this person, and its day to answer is not over.',
  },
  'settlement.certificate-answered': {
    status: 409,
    sentence: 'This request is already answered, or nothing was found to answer it with.',
  },
  'settlement.card-of-another-country': {
    status: 422,
    sentence: 'The card was not issued by the country that is asked.',
  },
  'settlement.no-periods': {
    status: 422,
    sentence: 'No insured periods that the agreement counts are known for this person.',
  },
});

export type SettlementRefusalCode = keyof typeof settlementRefusals;
