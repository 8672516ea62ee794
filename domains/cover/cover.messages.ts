import { actuaryProblemMessages } from './actuary/actuary.messages.ts';
import { approvalsProblemMessages } from './approvals/approvals.messages.ts';
import { claimsProblemMessages } from './claims/claims.messages.ts';
import { eligibilityProblemMessages } from './eligibility/eligibility.messages.ts';
import { enrolmentProblemMessages } from './enrolment/enrolment.messages.ts';
import { fundProblemMessages } from './fund/fund.messages.ts';
import { paymentsProblemMessages } from './payments/payments.messages.ts';
import { schemesProblemMessages } from './schemes/schemes.messages.ts';
import { settlementProblemMessages } from './settlement/settlement.messages.ts';
import { vouchersProblemMessages } from './vouchers/vouchers.messages.ts';

/** The sentence for each refusal of cover; the key is its code. */
export const coverProblemMessages = {
  ...schemesProblemMessages,
  ...enrolmentProblemMessages,
  ...eligibilityProblemMessages,
  ...claimsProblemMessages,
  ...paymentsProblemMessages,
  ...settlementProblemMessages,
  ...vouchersProblemMessages,
  ...fundProblemMessages,
  ...actuaryProblemMessages,
  ...approvalsProblemMessages,
};
