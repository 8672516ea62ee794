import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** What a claim is refused for before anything is written. What adjudication finds of a line is a numbered reason instead. */
export const claimsRefusals = defineRefusals('claims', {
  'claims.not-own-facility': {
    status: 422,
    sentence: 'A facility claims for its own patients only. Leave the provider out, or name your own facility.',
  },
  'claims.unknown-provider': {
    status: 422,
    sentence: 'This provider is not one the fund knows. Check the facility code.',
  },
  'claims.unknown-scheme': {
    status: 422,
    sentence: 'There is no such scheme on the day of care. Check the scheme and the dates.',
  },
  'claims.unknown-member': {
    status: 422,
    sentence: 'No member has this number. Check it on the card, or ask for eligibility by name.',
  },
  'claims.another-patient': {
    status: 422,
    sentence: 'The patient and the insured of this claim are two different people. Claim for the one who was treated.',
  },
  'claims.future': {
    status: 422,
    sentence: 'The care lies in the future. Claim once it was given.',
  },
  'claims.dates-reversed': {
    status: 422,
    sentence: 'The last day of care is before the first. Check the dates.',
  },
  'claims.period-absurd': {
    status: 422,
    sentence: 'The care lasts longer than a year. Claim for each year apart.',
  },
  'claims.wrong-currency': {
    status: 422,
    sentence: 'Claims of this scheme are made in {currency}. State every amount in it.',
  },
  'claims.no-lines': {
    status: 422,
    sentence: 'A claim has 1 to 200 lines, each numbered once.',
  },
  'claims.quantity': {
    status: 422,
    sentence: 'A quantity is above 0 and at most 10,000, with at most 3 digits after the point.',
  },
  'claims.price': {
    status: 422,
    sentence: 'A price is not below 0 and cannot be as high as this one. Check it.',
  },
  'claims.unknown-code': {
    status: 422,
    sentence:
      'The catalogue of this scheme does not have this code, or has it as the other kind. Choose from the catalogue.',
  },
  'claims.diagnosis': {
    status: 422,
    sentence: 'A claim has 1 to 12 diagnoses, as ICD-10 codes like J18.9.',
  },
  'claims.total-differs': {
    status: 422,
    sentence: 'The total stated is not the sum of the lines. Correct one of them.',
  },
  'claims.duplicate-number': {
    status: 409,
    sentence: 'This facility has used this claim number before. Each claim has a number of its own.',
  },
  'claims.preauthorisation': {
    status: 422,
    sentence: 'There is no such preauthorisation in force for this member, facility and scheme.',
  },
  'claims.not-in-review': {
    status: 409,
    sentence: 'This claim is not waiting for review. Load it again to see where it stands.',
  },
  'claims.unknown-line': {
    status: 422,
    sentence: 'The claim has no such line, or it is named twice.',
  },
  'claims.above-claimed': {
    status: 422,
    sentence: 'A review lowers what a line is worth; it cannot raise it above what was claimed.',
  },
  'claims.four-eyes': {
    status: 409,
    sentence: 'A claim of this value is decided by two people. Someone else must decide this step.',
  },
  'claims.wrong-status': {
    status: 409,
    sentence: 'A claim that is {status} does not allow this. Load it again to see where it stands.',
  },
  'claims.appeal-open': {
    status: 409,
    sentence: 'An appeal against this claim is open already. Wait for its decision.',
  },
  'claims.feedback-given': {
    status: 409,
    sentence: 'Feedback on this claim was given already, or none was asked for.',
  },
  'claims.no-relative-prices': {
    status: 422,
    sentence: 'This scheme has no relative prices on that day. Choose one that has, or another day.',
  },
  'claims.period-open': {
    status: 409,
    sentence: 'The period lasts until {to}. Close it when it is over.',
  },
});
