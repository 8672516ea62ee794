import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import type { CoveredMember, Instalment, Member, Policy, Standing } from '../cover.ts';
import type { PolicyInFull } from './members.store.ts';
import { type ArrearsAge, arrearsAge } from './payments.ts';
import { owedMinor, standing, unpaidMinor } from './policy.ts';

/** What is answered of members and policies: amounts as decimal strings, days as text. The console imports these shapes. */

export interface MemberView extends Member {
  readonly phone?: string;
  readonly groupId?: string;
  readonly groupName?: string;
  readonly groupReference?: string;
}

export interface InstalmentView {
  readonly instalmentId: string;
  readonly number: number;
  readonly due: string;
  readonly graceUntil: string;
  readonly amount: MoneyText;
  readonly paid: MoneyText;
  readonly writtenOff: MoneyText;
  readonly waived: MoneyText;
  readonly owed: MoneyText;
  readonly age: ArrearsAge;
}

export interface PolicyView extends Omit<Policy, 'premium'> {
  readonly premium: MoneyText;
  readonly standing: Standing;
  readonly owed: MoneyText;
  /** With what was written off and may be paid after all. */
  readonly unpaid: MoneyText;
  readonly instalments: readonly InstalmentView[];
}

export type CoveredView = CoveredMember & { readonly name: string; readonly memberNumber: string };

export function instalmentView(instalment: Instalment, on: string): InstalmentView {
  return {
    instalmentId: instalment.instalmentId,
    number: instalment.number,
    due: instalment.due,
    graceUntil: instalment.graceUntil,
    amount: moneyText(instalment.amount),
    paid: moneyText(instalment.paid),
    writtenOff: moneyText(
      money(instalment.writtenOff.minor - (instalment.waived?.minor ?? 0n), instalment.amount.currency),
    ),
    waived: moneyText(instalment.waived ?? money(0n, instalment.amount.currency)),
    owed: moneyText(money(owedMinor(instalment), instalment.amount.currency)),
    age: arrearsAge(instalment, on),
  };
}

export function policyView(policy: PolicyInFull, on: string): PolicyView {
  const owed = policy.instalments.reduce((sum, each) => sum + owedMinor(each), 0n);
  const unpaid = policy.instalments.reduce((sum, each) => sum + unpaidMinor(each), 0n);
  return {
    ...policy,
    premium: moneyText(policy.premium),
    standing: standing(policy, policy.instalments, on),
    owed: moneyText(money(owed, policy.premium.currency)),
    unpaid: moneyText(money(unpaid, policy.premium.currency)),
    instalments: policy.instalments.map((each) => instalmentView(each, on)),
  };
}
