import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** What the actuary's desk refuses, in order of precedence. */
export const actuaryRefusals = defineRefusals('actuary', {
  'actuary.scheme-unknown': { status: 422, sentence: 'This country has no scheme of that id.' },
  'actuary.months-reversed': { status: 422, sentence: 'The last month comes before the first.' },
  'actuary.span-too-long': { status: 422, sentence: 'At most 120 months are looked at together.' },
  'actuary.month-not-over': {
    status: 422,
    sentence: 'The last month must be over: a month cut short looks like claims that did not come.',
  },
  'actuary.triangle-thin': {
    status: 409,
    sentence: 'There are too few claims for a chain ladder; no reserve can be proposed from them.',
  },
  'actuary.reserve-as-booked': {
    status: 409,
    sentence: 'What is booked and proposed already comes to this reserve; there is nothing to propose.',
  },
  'actuary.benefit-unknown': { status: 422, sentence: 'The scheme has no benefit of that id; it has {benefits}.' },
  'actuary.no-experience': {
    status: 409,
    sentence: 'The scheme has no members or claims in these months; there is nothing to study.',
  },
});

export type ActuaryCode = keyof typeof actuaryRefusals;
