import type { Account, NormalSide } from '@serai/kernel/ledger/types.ts';

/** The chart of accounts (DOMAIN F.5): a row is a kind of account; a scheme has one of each for every currency it meets. */

export type AccountKind = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

interface ChartRow {
  readonly kind: AccountKind;
  /** Against the side of its kind: what takes away from its kind, like money recovered from claims expense. */
  readonly normal?: NormalSide;
  /** Money in it can be tied to a purpose; then it never goes below zero if it is cash. */
  readonly restrictable?: true;
  /** One for each partner scheme. */
  readonly byPartner?: true;
  /** Worth another amount in the fund's own currency when rates move. */
  readonly monetary?: true;
}

export const chart = {
  cash: { kind: 'asset', restrictable: true, monetary: true },
  'contributions-receivable': { kind: 'asset', monetary: true },
  'reinsurer-receivable': { kind: 'asset', monetary: true },
  'due-from-partner': { kind: 'asset', byPartner: true, monetary: true },
  'unearned-contributions': { kind: 'liability' },
  'outstanding-claims': { kind: 'liability', monetary: true },
  'claims-payable': { kind: 'liability', monetary: true },
  ibnr: { kind: 'liability', monetary: true },
  'due-to-partner': { kind: 'liability', byPartner: true, monetary: true },
  'voucher-liability': { kind: 'liability', restrictable: true, monetary: true },
  'voucher-payable': { kind: 'liability', restrictable: true, monetary: true },
  'emergency-payable': { kind: 'liability', restrictable: true, monetary: true },
  capital: { kind: 'equity' },
  'solvency-reserve': { kind: 'equity' },
  exchange: { kind: 'equity' },
  'contribution-revenue': { kind: 'income' },
  'subsidy-revenue': { kind: 'income', restrictable: true },
  'claims-recovered': { kind: 'income' },
  'ceded-recoveries': { kind: 'income' },
  'interest-income': { kind: 'income' },
  'exchange-gain': { kind: 'income' },
  'claims-expense': { kind: 'expense' },
  'claims-expense-ibnr': { kind: 'expense' },
  'claims-abroad-expense': { kind: 'expense' },
  'emergency-expense': { kind: 'expense', restrictable: true },
  'reinsurance-expense': { kind: 'expense' },
  'voucher-expense': { kind: 'expense', restrictable: true },
  'bad-debt': { kind: 'expense' },
  'contributions-waived': { kind: 'expense' },
  'interest-expense': { kind: 'expense' },
  administration: { kind: 'expense' },
  'exchange-loss': { kind: 'expense' },
} as const satisfies Record<string, ChartRow>;

export type AccountCode = keyof typeof chart;

export const accountCodes = Object.keys(chart) as AccountCode[];

/** Balances that are worth another amount when rates move. */
export const monetaryCodes = accountCodes.filter((code) => (chart[code] as ChartRow).monetary);

export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(chart, code);
}

export function kindOf(code: AccountCode): AccountKind {
  return chart[code].kind;
}

function normalOf(row: ChartRow): NormalSide {
  return row.normal ?? (row.kind === 'asset' || row.kind === 'expense' ? 'debit' : 'credit');
}

/** Which account of a scheme is meant. */
export interface AccountOf {
  readonly schemeId: string;
  readonly code: AccountCode;
  readonly currency: string;
  /** Needed where the chart has one for each partner; ignored elsewhere. */
  readonly partner?: string | undefined;
  /** The purpose of restricted money; ignored where the chart does not restrict. */
  readonly restrictedTo?: string | undefined;
}

/** What every account of every scheme begins with. */
export const allAccounts = 'fund:';

/** Everything a scheme's accounts begin with. */
export function accountPrefix(schemeId: string): string {
  return `${allAccounts}${schemeId}:`;
}

/** `fund:sch:th:migrant-health-insurance:cash:THB`, with the partner or the purpose after it where it has one. */
export function accountOf({ schemeId, code, currency, partner, restrictedTo }: AccountOf): Account {
  const row: ChartRow = chart[code];
  const tag = row.restrictable && restrictedTo ? restrictedTo : undefined;
  const suffix = row.byPartner ? `:${partner ?? 'unnamed'}` : tag ? `:for:${tag}` : '';
  return {
    id: `${accountPrefix(schemeId)}${code}:${currency}${suffix}`,
    currency,
    code,
    normal: normalOf(row),
    // Given money can be spent once: there is no overdraft on a purpose.
    ...(code === 'cash' && tag && { neverNegative: true }),
    ...(tag && { restrictedTo: tag }),
  };
}

/** What an account's id says of it; undefined for an account of another chart. */
export function accountParts(
  id: string,
):
  | { readonly schemeId: string; readonly code: AccountCode; readonly currency: string; readonly of?: string }
  | undefined {
  const match = /^fund:(.+):([a-z-]+):([A-Z]{3})(?::(?:for:)?([A-Za-z0-9-]+))?$/.exec(id);
  const [, schemeId, code, currency, of] = match ?? [];
  return code !== undefined && isAccountCode(code)
    ? { schemeId: schemeId!, code, currency: currency!, ...(of !== undefined && { of }) }
    : undefined;
}

/**
 * Whether an entry takes what was given for a purpose out of it without spending it: the fund's own account on one side, that
 * of a purpose on the other, and what is taken is neither an expense nor the payment of a debt. So restricted money never
 * becomes the fund's own cash, capital or income, neither when it is given nor later; to undo an entry is another thing.
 */
export function losesPurpose([debit, credit]: readonly [Account, Account]): boolean {
  const leaves = credit.restrictedTo !== undefined && debit.restrictedTo === undefined;
  const kind = isAccountCode(debit.code) ? kindOf(debit.code) : undefined;
  return leaves && kind !== 'expense' && kind !== 'liability';
}
