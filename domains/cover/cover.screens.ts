import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { actuaryScreens } from './actuary/actuary.screens.ts';
import { approvalsScreens } from './approvals/approvals.screens.ts';
import { claimsScreens } from './claims/claims.screens.ts';
import { eligibilityScreens } from './eligibility/eligibility.screens.ts';
import { enrolmentScreens } from './enrolment/enrolment.screens.ts';
import { fundScreens } from './fund/fund.screens.ts';
import { paymentsScreens } from './payments/payments.screens.ts';
import { schemesScreens } from './schemes/schemes.screens.ts';
import { settlementScreens } from './settlement/settlement.screens.ts';
import { vouchersScreens } from './vouchers/vouchers.screens.ts';

/** The screens of cover, in the order of the navigation. */
export const coverScreens: readonly ConsoleScreen[] = [
  ...fundScreens,
  ...enrolmentScreens,
  ...eligibilityScreens,
  ...claimsScreens,
  // After the desks whose work it is: nobody begins the day with what others propose.
  ...paymentsScreens,
  ...settlementScreens,
  ...vouchersScreens,
  ...schemesScreens,
  ...actuaryScreens,
  // Last: nobody's first screen.
  ...approvalsScreens,
];
