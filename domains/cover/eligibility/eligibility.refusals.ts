import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why a question about cover is not answered. Order is precedence. */
export const eligibilityRefusals = defineRefusals('eligibility', {
  'eligibility.day': {
    status: 422,
    sentence: 'Ask about a day within the last ten years or the next one.',
  },
  'eligibility.unknown-facility': {
    status: 422,
    sentence: 'This country has no such facility. Leave it out to ask for your own.',
  },
  'eligibility.card-without-person': {
    status: 404,
    sentence: 'The card is one of this country, but not of anyone who is known here any more. Ask by member number.',
  },
  'eligibility.unknown-member': {
    status: 404,
    sentence: 'No member of this country’s schemes has this number or record. In an emergency ask for an emergency.',
  },
});

export type EligibilityRefusalCode = keyof typeof eligibilityRefusals;
