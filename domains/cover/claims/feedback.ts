/** The five questions of openIMIS (DOMAIN F.3), answered by the insured about care that was claimed for them. */
export interface FeedbackAnswers {
  readonly careRendered: boolean;
  readonly paymentAsked: boolean;
  readonly drugsPrescribed: boolean;
  readonly drugsReceived: boolean;
  /** 0 to 5: six levels. */
  readonly rating: number;
}

/** Where what the insured says and what the facility claimed are not of one mind. */
export function feedbackMismatches(
  answers: FeedbackAnswers,
  claim: { readonly itemsClaimed: boolean; readonly memberPays: boolean },
): string[] {
  return [
    ...(answers.careRendered ? [] : ['care-not-rendered']),
    // Asked to pay where the scheme leaves nothing to pay.
    ...(answers.paymentAsked && !claim.memberPays ? ['payment-asked'] : []),
    ...(claim.itemsClaimed && !answers.drugsPrescribed ? ['drugs-not-prescribed'] : []),
    ...(claim.itemsClaimed && answers.drugsPrescribed && !answers.drugsReceived ? ['drugs-not-received'] : []),
  ];
}
