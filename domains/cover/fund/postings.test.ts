import { money } from '@serai/kernel/base/money.ts';
import { directed, type Rate } from '@serai/kernel/ledger/exchange.ts';
import { apply, openLedger, trialBalanceOf } from '@serai/kernel/ledger/ledger.ts';
import { expect, test } from 'vitest';
import { accountMessages, eventMessages } from './accounts.messages.ts';
import { accountCodes, accountOf, accountParts, chart } from './accounts.ts';
import { type CodeBalance, positions, positionTogether } from './position.ts';
import { type FundEvent, type FundEventName, fundEventNames, transferOf } from './postings.ts';

const schemeId = 'sch:th:migrant-health-insurance';

function event(name: FundEventName, minor = 100, more: Partial<FundEvent> = {}): FundEvent {
  const settles = name === 'authorisation-released' ? { pendingId: '1' } : {};
  return {
    event: name,
    id: '1',
    schemeId,
    amount: money(minor, 'THB'),
    day: '2026-03-01',
    reference: 'Test/1',
    partner: 'MM',
    ...settles,
    ...more,
  };
}

/** DOMAIN F.5, row by row; what it writes in short is written out. */
test.each<[FundEventName, string, string]>([
  ['policy-issued', 'contributions-receivable', 'unearned-contributions'],
  ['contribution-paid', 'cash', 'contributions-receivable'],
  ['contribution-earned', 'unearned-contributions', 'contribution-revenue'],
  ['contribution-unearned', 'contribution-revenue', 'unearned-contributions'],
  ['subsidy-received', 'cash', 'subsidy-revenue'],
  ['claim-checked', 'claims-expense', 'outstanding-claims'],
  ['claim-adjusted-down', 'outstanding-claims', 'claims-expense'],
  ['claim-valuated', 'outstanding-claims', 'claims-payable'],
  ['claim-paid', 'claims-payable', 'cash'],
  ['claim-reversed', 'claims-payable', 'claims-expense'],
  ['capitation-due', 'claims-expense', 'claims-payable'],
  ['capitation-returned', 'claims-payable', 'claims-expense'],
  ['ibnr-raised', 'claims-expense-ibnr', 'ibnr'],
  ['ibnr-released', 'ibnr', 'claims-expense-ibnr'],
  ['partner-recovery-due', 'due-from-partner', 'claims-recovered'],
  ['partner-received', 'cash', 'due-from-partner'],
  ['partner-due', 'claims-abroad-expense', 'due-to-partner'],
  ['partner-paid', 'due-to-partner', 'cash'],
  ['settlement-interest-paid', 'interest-expense', 'cash'],
  ['settlement-interest-received', 'cash', 'interest-income'],
  ['reinsurance-premium', 'reinsurance-expense', 'cash'],
  ['reinsurance-recovery-due', 'reinsurer-receivable', 'ceded-recoveries'],
  ['reinsurance-recovery-received', 'cash', 'reinsurer-receivable'],
  ['administration-paid', 'administration', 'cash'],
  ['contribution-written-off', 'bad-debt', 'contributions-receivable'],
  ['contribution-waived', 'contributions-waived', 'contributions-receivable'],
  ['contribution-refunded', 'unearned-contributions', 'cash'],
  ['voucher-issued', 'voucher-expense', 'voucher-liability'],
  ['voucher-redeemed', 'voucher-liability', 'voucher-payable'],
  ['voucher-expired', 'voucher-liability', 'voucher-expense'],
  ['voucher-paid', 'voucher-payable', 'cash'],
  ['authorisation-held', 'claims-expense', 'outstanding-claims'],
  ['authorisation-released', 'claims-expense', 'outstanding-claims'],
])('%s: debit %s, credit %s', (name, debit, credit) => {
  const { transfer, accounts } = transferOf(event(name));
  expect(accountParts(transfer.debit)).toMatchObject({ schemeId, code: debit, currency: 'THB' });
  expect(accountParts(transfer.credit)).toMatchObject({ schemeId, code: credit, currency: 'THB' });
  expect(accounts.map(({ id }) => id)).toEqual([transfer.debit, transfer.credit]);
});

test('every event and every account has its name in every language', () => {
  expect(fundEventNames.filter((name) => !(name in eventMessages))).toEqual([]);
  expect(Object.keys(accountMessages).sort()).toEqual([...accountCodes].sort());
});

test('an account is found again in its id, with its partner or its purpose', () => {
  for (const code of accountCodes) {
    const { id } = accountOf({ schemeId, code, currency: 'MMK', partner: 'TH', restrictedTo: 'tb' });
    const of = 'byPartner' in chart[code] ? 'TH' : 'restrictable' in chart[code] ? 'tb' : undefined;
    expect(accountParts(id), id).toEqual({ schemeId, code, currency: 'MMK', ...(of && { of }) });
  }
  expect(accountParts('bench:1:cash')).toBeUndefined();
});

test('a year in small: what is left is what was taken in and not given out', () => {
  const story: FundEvent[] = [
    event('policy-issued', 120_000),
    event('contribution-paid', 100_000),
    event('contribution-earned', 30_000),
    event('contribution-written-off', 20_000),
    event('claim-checked', 9_000),
    event('claim-adjusted-down', 1_000),
    event('claim-valuated', 8_000),
    event('claim-paid', 8_000),
    event('partner-due', 2_000),
    event('authorisation-held', 500, { expiresAt: '2026-04-01T00:00:00Z' }),
    event('authorisation-released', 500),
    event('subsidy-received', 5_000, { restrictedTo: 'mothers' }),
    event('voucher-issued', 600, { restrictedTo: 'mothers' }),
    event('voucher-redeemed', 400, { restrictedTo: 'mothers' }),
    event('voucher-paid', 400, { restrictedTo: 'mothers' }),
    event('voucher-expired', 200, { restrictedTo: 'mothers' }),
  ];
  const made = story.map(transferOf);
  const books = openLedger([
    ...new Map(made.flatMap(({ accounts }) => accounts).map((each) => [each.id, each])).values(),
  ]);
  const { state, answers } = apply(
    books,
    made.map(({ transfer }) => transfer),
    '2026-03-01T08:00:00Z',
  );
  expect(answers.map(({ answer }) => answer)).toEqual(story.map(() => 'posted'));
  expect([...trialBalanceOf(state)]).toEqual([['THB', 0n]]);
  const balances = [...state.accounts.values()].map(({ id, normal, restrictedTo }) => {
    const { debitsPosted, creditsPosted } = state.balances.get(id)!;
    const minor = normal === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted;
    return { code: accountParts(id)!.code, balance: money(minor, 'THB'), ...(restrictedTo && { restrictedTo }) };
  });
  const [position] = positions(balances);
  // Cash 100,000 − 8,000 + 5,000 − 400; owed: unearned 90,000 and the partner's 2,000.
  expect(position).toMatchObject({
    assets: { amount: '966.00' },
    liabilities: { amount: '920.00' },
    net: { amount: '46.00' },
  });
  // The partner is paid by statement: no part of what is to be paid now, but of what is owed to all.
  expect(position).not.toHaveProperty('liquidity');
  expect(positionTogether(balances, 'THB', () => undefined)).toMatchObject({
    ...position,
    liquidity: 96_600 / 2_000,
    rates: [],
    missing: [],
  });
});

test('what a fund has and owes in several currencies, in its own, at rates that are told', () => {
  const rate = (from: string, value: string): Rate => ({
    from,
    to: 'THB',
    value,
    source: 'central-bank-mid',
    at: '2026-09-30T10:00:00Z',
  });
  const balances: CodeBalance[] = [
    { code: 'cash', balance: money(100_000, 'THB') },
    { code: 'cash', balance: money(1_000, 'USD') },
    { code: 'due-to-partner', balance: money(6_000_000, 'MMK') },
    { code: 'claims-payable', balance: money(50_000, 'THB') },
    { code: 'cash', balance: money(700, 'LAK') },
  ];
  const rates: Readonly<Record<string, Rate>> = { USD: rate('USD', '35'), MMK: rate('MMK', '0.0166') };
  const together = positionTogether(balances, 'THB', (from) => rates[from] && directed(rates[from], from, 'THB'));
  // 1,000 baht and 10 dollars of 35 baht; 60,000 kyat come to 996 baht beside the 500 of facilities.
  expect(together).toMatchObject({
    currency: 'THB',
    assets: { amount: '1350.00' },
    liabilities: { amount: '1496.00' },
    net: { amount: '-146.00' },
    solvency: 1350 / 1496,
    liquidity: 1350 / 1496,
    rates: [rates.MMK, rates.USD],
    missing: ['LAK'],
  });
  expect(positions(balances).find(({ currency }) => currency === 'MMK')).not.toHaveProperty('liquidity');
});
