import { notFound, OperationOutcomeError } from '@medplum/core';
import { isDay } from '@serai/kernel/base/days.ts';
import { parseInput } from '@serai/kernel/base/input.ts';
import { money, moneyText } from '@serai/kernel/base/money.ts';
import { checkClosing, type JournalRow, journal, openHolds, periods, statement } from '@serai/store/ledger/books.ts';
import { accountBalances, type TrialBalance, trialBalance } from '@serai/store/ledger/ledger.ts';
import { rates } from '@serai/store/ledger/rates.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { type AccountCode, accountPrefix, allAccounts, isAccountCode, kindOf } from './accounts.ts';
import type {
  AccountRow,
  Accounts,
  ControlRow,
  JournalEntryRow,
  JournalPage,
  Overview,
  PeriodPreview,
  PeriodRow,
  RateRow,
  SchemeName,
  StatementView,
} from './api.ts';
import { overview, trialRow } from './overview.store.ts';
import { reconcile } from './reconcile.store.ts';

const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const text = z.string().min(1).max(200);
const scheme = z.strictObject({ scheme: text.optional() });
const journalQuery = z.strictObject({
  scheme: text.optional(),
  account: text.optional(),
  event: text.optional(),
  reference: text.optional(),
  from: day.optional(),
  to: day.optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/, 'must be a number of the journal')
    .optional(),
});
const statementQuery = z.strictObject({ account: text, from: day, to: day });
const monthQuery = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"'),
});

const prefixOf = (schemeId: string | undefined) => (schemeId === undefined ? allAccounts : accountPrefix(schemeId));

const pageRows = 50;
const statementRows = 500;

/** The schemes of this country, each once, under its latest name. */
export function schemeNames({ schemes }: Pick<CoverOptions, 'schemes'>): SchemeName[] {
  const latest = new Map(schemes.map(({ id, title, currency }) => [id, { id, title, currency }]));
  return [...latest.values()];
}

export function journalEntry(row: JournalRow): JournalEntryRow {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    event: row.event,
    debit: row.debit,
    credit: row.credit,
    amount: moneyText(money(row.amountMinor, row.currency)),
    valueDay: row.valueDay,
    reference: row.reference,
    ...(row.restrictedTo && { restrictedTo: row.restrictedTo }),
    ...(row.reverses && { reverses: row.reverses }),
    ...(row.reversedBy && { reversedBy: row.reversedBy }),
    postedAt: row.postedAt.toISOString(),
  };
}

/** What is read: overview, accounts, journal, statements, periods, rates, proposals, control totals. */
export async function readRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { database, storeFor, clock } = options;
  const today = () => localDay(options);
  const mayRead = (request: FastifyRequest) => requireCover(storeFor(request), 'read', 'Account');

  app.get(
    '/api/cover/fund/overview',
    { config: { summary: 'How the fund stands today.' } },
    async (request): Promise<Overview> => {
      const { scheme: schemeId } = parseInput(scheme, request.query);
      await mayRead(request);
      return overview(database, { schemes: schemeNames(options), schemeId, day: today(), at: clock() });
    },
  );

  app.get(
    '/api/cover/fund/accounts',
    { config: { summary: 'Accounts with their balances, and the trial balance of every currency.' } },
    async (request): Promise<Accounts> => {
      const { scheme: schemeId } = parseInput(scheme, request.query);
      await mayRead(request);
      return readAccounts(options, schemeId);
    },
  );

  app.get(
    '/api/cover/fund/journal',
    { config: { summary: 'Entries of the ledger, the latest first.' } },
    async (request): Promise<JournalPage> => {
      const { scheme: schemeId, ...question } = parseInput(journalQuery, request.query);
      await mayRead(request);
      const rows = await journal(database, {
        ...question,
        prefix: prefixOf(schemeId),
        limit: pageRows + 1,
      });
      const page = rows.slice(0, pageRows);
      return {
        rows: page.map(journalEntry),
        ...(rows.length > pageRows && { next: page.at(-1)!.number }),
      };
    },
  );

  app.get(
    '/api/cover/fund/statement',
    { config: { summary: 'What moved on an account, with its balance after each line.' } },
    async (request): Promise<StatementView> => {
      const question = parseInput(statementQuery, request.query);
      await mayRead(request);
      return readStatement(options, question);
    },
  );

  await app.register(deskRoutes, options);
  await app.register(periodRoutes, options);
}

/** What the fund manager looks after: rates, proposals, control totals. */
async function deskRoutes(app: FastifyInstance, { database, storeFor, clock }: CoverOptions): Promise<void> {
  const mayRead = (request: FastifyRequest) => requireCover(storeFor(request), 'read', 'Account');

  app.get(
    '/api/cover/fund/rates',
    { config: { summary: 'Rates with their source and time, the latest first.' } },
    async (request): Promise<{ rates: RateRow[] }> => {
      await mayRead(request);
      return { rates: await rates(database, 200) };
    },
  );

  app.get(
    '/api/cover/fund/proposals',
    { config: { summary: 'Entries proposed and not decided.' } },
    async (request): Promise<{ rows: JournalEntryRow[] }> => {
      await mayRead(request);
      const rows = await openHolds(database, { prefix: allAccounts, limit: 500 });
      return { rows: rows.filter(({ id }) => id.startsWith('proposal:')).map(journalEntry) };
    },
  );

  app.get(
    '/api/cover/fund/reconciliation',
    { config: { summary: 'What the working tables say is owed, against the ledger.' } },
    async (request): Promise<{ controls: ControlRow[] }> => {
      await mayRead(request);
      const totals = await reconcile(database, clock());
      return {
        controls: totals.map(({ control, schemeId, currency, ledgerMinor, recordsMinor, differenceMinor }) => ({
          control,
          ...(schemeId !== undefined && { schemeId }),
          ledger: moneyText(money(ledgerMinor, currency)),
          records: moneyText(money(recordsMinor, currency)),
          difference: moneyText(money(differenceMinor, currency)),
        })),
      };
    },
  );
}

async function periodRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { database, storeFor } = options;
  app.get(
    '/api/cover/fund/periods',
    { config: { summary: 'Months of the books, open and closed.' } },
    async (request): Promise<{ periods: PeriodRow[] }> => {
      await requireCover(storeFor(request), 'read', 'Account');
      const all = await periods(database);
      return {
        periods: all.map(({ moved, closedAt, ...period }) => ({
          ...period,
          moved: moved.map(({ currency, minor }) => moneyText(money(minor, currency))),
          ...(closedAt && { closedAt: closedAt.toISOString() }),
        })),
      };
    },
  );

  app.get(
    '/api/cover/fund/periods/check',
    { config: { summary: 'What closing a month would find.' } },
    async (request): Promise<PeriodPreview> => {
      const { month } = parseInput(monthQuery, request.query);
      await requireCover(storeFor(request), 'read', 'Account');
      const check = await checkClosing(database, `${month}-01`, localDay(options));
      return { ...check, trial: (await trialBalance(database)).map(trialRow) };
    },
  );
}

async function readAccounts({ database }: CoverOptions, schemeId: string | undefined): Promise<Accounts> {
  const balances = await accountBalances(database, {
    prefix: prefixOf(schemeId),
  });
  const accounts = balances
    .filter((each) => isAccountCode(each.code))
    .map((each): AccountRow => {
      const of = (minor: bigint) => moneyText(money(minor, each.currency));
      const code = each.code as AccountCode;
      const debitSide = each.normal === 'debit';
      const balance = debitSide ? each.debitsPosted - each.creditsPosted : each.creditsPosted - each.debitsPosted;
      const pending = debitSide ? each.debitsPending - each.creditsPending : each.creditsPending - each.debitsPending;
      const partner = each.restrictedTo ? undefined : each.id.split(`:${code}:${each.currency}:`)[1];
      return {
        id: each.id,
        code,
        kind: kindOf(code),
        normal: each.normal,
        currency: each.currency,
        ...(each.restrictedTo && { restrictedTo: each.restrictedTo }),
        ...(partner && { partner }),
        debits: of(each.debitsPosted),
        credits: of(each.creditsPosted),
        balance: of(balance),
        pending: of(pending),
      };
    });
  return { accounts, trial: trialOf(balances).map(trialRow) };
}

/** The two sides of the accounts shown: a scheme's accounts balance by themselves too. */
function trialOf(balances: Awaited<ReturnType<typeof accountBalances>>): TrialBalance[] {
  const currencies = [...new Set(balances.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const of = balances.filter((each) => each.currency === currency);
    const sum = (pick: (each: (typeof of)[number]) => bigint) => of.reduce((total, each) => total + pick(each), 0n);
    const debits = sum((each) => each.debitsPosted);
    const credits = sum((each) => each.creditsPosted);
    const held = sum((each) => each.debitsPending);
    return {
      currency,
      accounts: of.length,
      debits,
      credits,
      pending: held,
      difference: debits - credits + held - sum((each) => each.creditsPending),
    };
  });
}

async function readStatement(
  { database }: CoverOptions,
  question: z.output<typeof statementQuery>,
): Promise<StatementView> {
  const [account] = await accountBalances(database, { prefix: question.account });
  if (account?.id !== question.account || !account.id.startsWith(allAccounts)) {
    throw new OperationOutcomeError(notFound);
  }
  const { openingMinor, closingMinor, more, lines } = await statement(database, { ...question, limit: statementRows });
  const of = (minor: bigint) => moneyText(money(minor, account.currency));
  return {
    ...question,
    opening: of(openingMinor),
    closing: of(closingMinor),
    more,
    lines: lines.map((line) => ({
      id: line.id,
      valueDay: line.valueDay,
      event: line.event,
      reference: line.reference,
      other: line.other,
      debit: of(line.debitMinor),
      credit: of(line.creditMinor),
      balance: of(line.balanceMinor),
    })),
  };
}
