import { convertMoney, type Money, money, moneyText, zero } from '@serai/kernel/base/money.ts';
import type { DirectedRate, Rate } from '@serai/kernel/ledger/exchange.ts';
import { type AccountCode, kindOf } from './accounts.ts';
import type { PositionRow, Together } from './api.ts';

/** What the fund has, owes and could pay at once, by currency and all together. */

export interface CodeBalance {
  readonly code: AccountCode;
  readonly restrictedTo?: string;
  /** On the normal side. */
  readonly balance: Money;
}

/** Partners are paid by statements, what is owed both ways set off against each other: not in this currency, and not now. */
const payableNow: readonly AccountCode[] = ['claims-payable', 'voucher-payable', 'emergency-payable'];
const payableToAll: readonly AccountCode[] = [...payableNow, 'due-to-partner'];

export function positions(balances: readonly CodeBalance[]): PositionRow[] {
  return currenciesOf(balances).map((currency) =>
    positionOf(
      balances.filter(({ balance }) => balance.currency === currency),
      currency,
      payableNow,
    ),
  );
}

/**
 * Everything in one currency, at the rates of the day; what is owed to partners counts as to be paid.
 *
 * @param rateTo the latest rate into `currency`; undefined where none is known: that currency is left out and named.
 */
export function positionTogether(
  balances: readonly CodeBalance[],
  currency: string,
  rateTo: (from: string) => DirectedRate | undefined,
): Together {
  const rates: Rate[] = [];
  const missing: string[] = [];
  const worth: CodeBalance[] = balances.filter(({ balance }) => balance.currency === currency);
  for (const from of currenciesOf(balances).filter((each) => each !== currency)) {
    const found = rateTo(from);
    if (found) {
      rates.push(found.rate);
      const held = balances.filter(({ balance }) => balance.currency === from);
      worth.push(...held.map((each) => ({ ...each, balance: convertMoney(each.balance, found.ratio, currency) })));
    } else {
      missing.push(from);
    }
  }
  return { ...positionOf(worth, currency, payableToAll), rates, missing };
}

function positionOf(balances: readonly CodeBalance[], currency: string, payables: readonly AccountCode[]): PositionRow {
  const sum = (wanted: (code: AccountCode) => boolean) =>
    balances.reduce((total, { code, balance }) => (wanted(code) ? total + balance.minor : total), zero(currency).minor);
  const assets = sum((code) => kindOf(code) === 'asset');
  const liabilities = sum((code) => kindOf(code) === 'liability');
  const cash = sum((code) => code === 'cash');
  const payable = sum((code) => payables.includes(code));
  const text = (minor: bigint) => moneyText(money(minor, currency));
  return {
    currency,
    assets: text(assets),
    liabilities: text(liabilities),
    net: text(assets - liabilities),
    ...(liabilities > 0n && { solvency: Number(assets) / Number(liabilities) }),
    ...(payable > 0n && { liquidity: Number(cash) / Number(payable) }),
  };
}

function currenciesOf(balances: readonly CodeBalance[]): string[] {
  return [...new Set(balances.map(({ balance }) => balance.currency))].sort();
}
