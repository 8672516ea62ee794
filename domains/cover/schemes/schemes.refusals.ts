import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why a scheme cannot be bought as asked. Order is precedence. */
export const schemesRefusals = defineRefusals('schemes', {
  'schemes.unknown': {
    status: 404,
    sentence: 'No scheme of this country has this id, or none of its versions is in force on this day.',
  },
  'schemes.not-on-sale': {
    status: 422,
    sentence: 'This version of the scheme is not sold on this day. Choose the version that is in force.',
  },
  'schemes.no-members': { status: 422, sentence: 'Cover is for somebody: name at least one member.' },
  'schemes.no-holder': {
    status: 422,
    sentence: 'Exactly one of the members is the holder; the others are dependants.',
  },
  'schemes.too-many-members': { status: 422, sentence: 'The scheme does not take so many members on one policy.' },
  'schemes.born-later': { status: 422, sentence: 'A member is not born yet on this day. Check the date of birth.' },
  'schemes.not-entitled': { status: 422, sentence: 'The scheme is not for people of this entitlement category.' },
  'schemes.age': { status: 422, sentence: 'A member is outside the ages the scheme takes.' },
  'schemes.relation': { status: 422, sentence: 'The scheme does not cover a dependant of this relation or age.' },
  'schemes.too-many-dependants': { status: 422, sentence: 'The scheme does not take so many dependants.' },
  'schemes.left-behind': { status: 422, sentence: 'The scheme does not cover dependants who live in another country.' },
  'schemes.industry': { status: 422, sentence: 'The scheme is not for this industry.' },
  'schemes.no-length': {
    status: 422,
    sentence: 'The scheme is not sold for this length of time. Choose one of its lengths.',
  },
  'schemes.no-rate': {
    status: 422,
    sentence: 'The scheme has no contribution for a member of this age and this length.',
  },
  'schemes.wage-needed': { status: 422, sentence: 'The contribution is a share of the wage: say the monthly wage.' },
  'schemes.too-many-instalments': { status: 422, sentence: 'The scheme does not take so many instalments.' },
});

export type SchemesRefusalCode = keyof typeof schemesRefusals;
