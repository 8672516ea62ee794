import { randomUUID } from 'node:crypto';
import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../corridor.ts';
import { expectReconciled } from '../cover-claims.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { type Given, giveCard, givePerson } from './given.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/**
 * What the fund is for, as people do it at their screens, on two nodes: enrolled and paid for at home, found covered
 * abroad, treated and claimed there, judged line by line at home, put on a statement both sign, paid, and on both ledgers
 * alike. And the same person's care at home: claimed, reviewed, paid by two.
 */
let corridor: Corridor;
let browser: Browser;
let desks: Desk[] = [];
let given: Given;
let cardText = '';
let memberNumber = '';
let payment = '';

const scheme = 'sch:mm:workers-abroad';
const tables = (node: TestNode) => node.node.database as unknown as CoverDatabase;

/** A browser believes no cookie that ended before its own day, so the journey begins tomorrow. */
const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const [year, quarter] = [Number(today.slice(0, 4)), Math.ceil(Number(today.slice(5, 7)) / 3)];
const period = `${year}-Q${quarter}`;
const lastDay = new Date(Date.UTC(year, quarter * 3, 0)).toISOString().slice(0, 10);
const afterwards = new Date(Date.UTC(year, quarter * 3, 3)).toISOString().slice(0, 10);

/** Moves the clocks of both nodes, and of every screen opened from now on. */
async function day(text: string): Promise<void> {
  vi.setSystemTime(new Date(`${text}T04:00:00Z`));
  await corridor?.renewTrust();
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await day(today);
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  given = await givePerson(corridor);
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
  vi.useRealTimers();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await keepPictures(desks, task.name);
  }
  const open = desks;
  desks = [];
  for (const desk of open) {
    await desk.context.close();
  }
  for (const desk of open) {
    desk.mustBeQuiet();
  }
});

/** Someone of the node's staff, signed in at the first screen they have. */
async function at(node: TestNode, username: string): Promise<Page> {
  const desk = await openDesk(browser, node.url);
  desks.push(desk);
  await desk.context.clock.setFixedTime(new Date());
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, username, password);
  await desk.page.locator('#screen-title').first().waitFor();
  return desk.page;
}

async function typeDay(page: Page, id: string, text: string): Promise<void> {
  const [years, month, date] = text.split('-');
  await page.locator(`#${id} [role="spinbutton"]`).first().click();
  await page.keyboard.type(`${date}${month}${years}`);
}

/** Narrow, whole, and in the reader's own language. */
async function stands(page: Page, name: string): Promise<void> {
  await picture(page, name, true);
  await page.setViewportSize({ width: 360, height: 720 });
  for (const language of ['en', 'th', 'my'] as const) {
    await chooseLanguage(page, language);
    expect.soft([name, language, await faults(page, language)]).toEqual([name, language, []]);
  }
  await chooseLanguage(page, 'en');
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Both nodes work until nothing more is on its way. */
async function exchange(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await corridor.th.node.work();
    await corridor.mm.node.work();
  }
}

/** What stands with the partner on a node's books, on its normal side, by currency. */
async function withPartner(node: TestNode, code: 'due-from-partner' | 'due-to-partner'): Promise<object> {
  const found: Record<string, bigint> = {};
  for (const each of await accountBalances(tables(node), { prefix: 'fund:' })) {
    const minor = (each.debitsPosted - each.creditsPosted) * (code === 'due-from-partner' ? 1n : -1n);
    if (each.code === code && minor !== 0n) {
      found[each.currency] = (found[each.currency] ?? 0n) + minor;
    }
  }
  return found;
}

async function expectMirrored(owed: Record<string, bigint>): Promise<void> {
  expect(await withPartner(corridor.th, 'due-from-partner')).toEqual(owed);
  expect(await withPartner(corridor.mm, 'due-to-partner')).toEqual(owed);
  for (const node of [corridor.th, corridor.mm]) {
    expect((await trialBalance(tables(node))).filter((row) => row.difference !== 0n)).toEqual([]);
  }
}

test('enrolled at home by the card, paid for, in force; the next card carries the cover', async () => {
  const page = await at(corridor.mm, 'enrolment-officer');
  await goTo(page, '/cover/enrol');
  await page.getByLabel('Scheme', { exact: true }).selectOption(scheme);
  await page.getByLabel(/^Name/).fill(given.name);
  await page.getByRole('radio', { name: 'Year', exact: true }).check();
  await page.getByRole('textbox', { name: /^Year/ }).fill('1991');
  await page.getByRole('radio', { name: 'Female' }).check();
  await page.getByLabel(/^Works as/).selectOption({ label: 'Contract worker' });
  await page.getByLabel(/^Card: the square/).fill(given.card.printed.text);
  await page.getByRole('button', { name: 'See the price' }).click();
  await page.getByRole('heading', { name: 'What it comes to' }).waitFor();
  await stands(page, 'journey-enrol');
  await page.getByRole('button', { name: 'Enrol now' }).click();
  await page.getByRole('button', { name: 'Open the member' }).click();
  await page.getByText('Waits for payment').waitFor();
  await page.getByText('Linked: the next card carries the cover').waitFor();
  // In two parts: the second is another payment, not a repeat of the first.
  for (const [amount, reference] of [
    ['20000.00', 'agent slip 17'],
    [undefined, 'agent slip 18'],
  ] as const) {
    await page.getByRole('button', { name: 'Take a payment' }).click();
    const dialog = page.getByRole('dialog');
    if (amount) {
      await dialog.getByLabel(/^Amount/).fill(amount);
    }
    await dialog.getByLabel('How it came').selectOption('agent');
    await dialog.getByLabel(/^Reference or slip/).fill(reference);
    await dialog.getByRole('button', { name: 'Take a payment' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.getByText('In force').first().waitFor();
  await page.getByRole('button', { name: 'Take a payment' }).waitFor({ state: 'detached' });
  memberNumber = (
    await tables(corridor.mm)
      .selectFrom('cover_member')
      .select('member_number')
      .where('person_id', '=', given.personId)
      .executeTakeFirstOrThrow()
  ).member_number;
  await stands(page, 'journey-member');
  cardText = (await giveCard(corridor, given.personId, ['name', 'birthYear', 'cover'])).printed.text;
});

let claimNumber = '';

test('abroad: the card is shown, the home fund answers under its clause, the care is claimed and sent', async () => {
  const page = await at(corridor.th, 'doctor');
  await goTo(page, '/cover/abroad');
  await page.getByLabel(/^Text of the card/).fill(cardText);
  await page.getByRole('button', { name: 'Ask the home country' }).click();
  await page.getByText(/^Covered by Myanmar until/).waitFor();
  await page.getByText('agr:MM-TH:cover#art-3-1').waitFor();
  await stands(page, 'journey-abroad');

  claimNumber = `J-${randomUUID().slice(0, 6)}`;
  await page.getByLabel(/^Claim number/).fill(claimNumber);
  await page.getByLabel(/^Diagnosis/).fill('B54');
  for (const [i, [code, quantity]] of (
    [
      ['OPD-VISIT', '1'],
      ['MALARIA-RDT', '1'],
      ['AMOXICILLIN-500', '20'],
    ] as const
  ).entries()) {
    if (i > 0) {
      await page.getByRole('button', { name: 'Another line' }).click();
    }
    await page.locator(`#line-${i}-code`).selectOption(code);
    await page.locator(`#line-${i}-quantity`).fill(quantity);
  }
  await page.getByRole('button', { name: 'Enter the claim' }).click();
  // A tenth of 300 + 60 + 50 is paid by the insured.
  await page.getByText(/^Entered: .*369\.00/).waitFor();
  await page.getByRole('link', { name: claimNumber }).waitFor();

  const officer = await at(corridor.th, 'claims-officer');
  await goTo(officer, '/cover/settlement');
  await officer.getByRole('button', { name: 'Send waiting claims now' }).click();
  await officer.getByText('Sent: 1').waitFor();
  await stands(officer, 'journey-partners');
  await exchange();
});

test('at home it is judged line by line; what is disputed comes back with its reason, and is withdrawn', async () => {
  const officer = await at(corridor.mm, 'claims-officer');
  await goTo(officer, '/cover/settlement/claims/TH');
  await officer.getByRole('link', { name: claimNumber }).click();
  await officer.getByRole('heading', { level: 1, name: new RegExp(claimNumber) }).waitFor();
  await stands(officer, 'journey-claim');
  const line = (n: number) => officer.locator('main tbody tr').nth(n - 1);
  const answer = async (n: number, state: string, fill?: () => Promise<void>) => {
    await line(n).getByRole('button', { name: 'Answer…' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByRole('radio', { name: state, exact: true }).check();
    await fill?.();
    await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await line(n).getByText(state, { exact: true }).waitFor();
  };
  await answer(1, 'accepted');
  await answer(2, 'disputed', async () => {
    await officer
      .getByRole('dialog')
      .getByLabel(/^Reason/)
      .selectOption('duplicate');
    await officer.getByRole('dialog').getByLabel(/^Note/).fill('Which result did the test have?');
  });
  await answer(3, 'accepted');
  await exchange();

  const abroad = await at(corridor.th, 'claims-officer');
  await goTo(abroad, '/cover/settlement/claims/MM');
  await abroad.getByRole('link', { name: claimNumber }).click();
  await abroad.getByText('claimed before · Which result did the test have?').first().waitFor();
  await stands(abroad, 'journey-disputed');
  await abroad.getByRole('button', { name: 'Answer…' }).click();
  const dialog = abroad.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'withdrawn', exact: true }).check();
  await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await exchange();
  // 270 and 45 baht are agreed; the same on both books.
  await expectMirrored({ THB: 31_500n });
});

test('her care at home: claimed by the clinic, reviewed by keyboard, paid by two', async () => {
  const nurse = await at(corridor.mm, 'nurse');
  await goTo(nurse, '/cover/provider/new');
  const number = `H-${randomUUID().slice(0, 6)}`;
  await nurse.getByLabel(/^Member number/).fill(memberNumber);
  await nurse.getByLabel(/^Your claim number/).fill(number);
  await nurse.getByLabel('Scheme').selectOption(scheme);
  await typeDay(nurse, 'claim-from', today);
  await nurse.getByLabel(/^Diagnoses/).fill('J06.9');
  await nurse.getByLabel(/^Item or service/).fill('IMG-ULTRASOUND');
  await nurse.getByLabel(/^Price each/).fill('20000.00');
  await nurse.getByRole('button', { name: 'Check cover and amounts' }).click();
  // Four fifths of what is above the 5,000 she pays first.
  await nurse.getByText(/the scheme would pay 12,000\.00/).waitFor();
  await nurse.getByRole('button', { name: 'Submit the claim' }).click();
  await nurse.getByText(`Claim ${number} was submitted.`).waitFor();

  const officer = await at(corridor.mm, 'claims-officer');
  await goTo(officer, '/cover/claims');
  await officer.getByRole('searchbox').fill(number);
  await officer.getByRole('link', { name: number }).waitFor();
  // One in twenty is drawn for review anyhow.
  if ((await officer.getByRole('cell', { name: 'In review' }).count()) === 0) {
    await officer.getByLabel('Choose this row').check();
    await officer.getByRole('button', { name: 'Send to review' }).click();
    await officer.getByLabel(/^Reason/).fill('a second look');
    await officer.getByRole('dialog').getByRole('button', { name: 'Send to review' }).click();
    await officer.getByText('Done for 1; not for 0.').waitFor();
    await officer.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  }
  await goTo(officer, '/cover/claims/review');
  await officer.getByRole('button', { name: 'Deliver the review' }).focus();
  await officer.keyboard.press('a');
  await officer.keyboard.press('Control+Enter');
  await officer.getByText('Review done').waitFor();

  const proposer = await at(corridor.mm, 'fund-manager');
  await goTo(proposer, '/cover/payments');
  await proposer.getByLabel(/^Scheme/).selectOption(scheme);
  await typeDay(proposer, 'run-up-to', today);
  await proposer.getByRole('button', { name: 'See what it would pay' }).click();
  await proposer.getByRole('button', { name: 'Propose the run' }).click();
  await proposer.getByRole('heading', { level: 1, name: 'Payment run' }).waitFor();
  const second = await at(corridor.mm, 'second-fund-manager');
  await goTo(second, new URL(proposer.url()).pathname.replace('/console', ''));
  await second.getByRole('button', { name: 'Approve' }).click();
  await second.getByRole('button', { name: 'Pay', exact: true }).click();
  await second.getByText('Paid', { exact: true }).first().waitFor();
  await expectReconciled(corridor.mm);
});

test('the quarter over: one draws the statement up, the other signs it', async () => {
  await day(afterwards);
  const drawing = await at(corridor.th, 'fund-manager');
  await goTo(drawing, '/cover/settlement');
  // Two rates one after the other are two acts of one screen.
  const enterRates = async (page: Page) => {
    for (const [from, value] of [
      ['thb', '0.0285'],
      ['mmk', '0.00047619'],
    ] as const) {
      await page.getByRole('button', { name: 'Enter an exchange rate' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^One unit of/).fill(from);
      await dialog.getByLabel(/^is, in/).fill(value);
      await typeDay(page, 'rate-day', lastDay);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
  };
  const signing = await at(corridor.mm, 'fund-manager');
  await goTo(signing, '/cover/settlement');
  await enterRates(drawing);
  await enterRates(signing);
  for (const node of [corridor.th, corridor.mm]) {
    expect(await tables(node).selectFrom('settlement_rate').select('day').execute()).toHaveLength(2);
  }
  await drawing.getByLabel(/^Period/).selectOption(period);
  await drawing.getByRole('button', { name: 'Draw up and sign a statement' }).click();
  await drawing.getByRole('heading', { level: 1, name: `Statement ${period} with Myanmar` }).waitFor();
  await drawing.getByText('waits for a signature').waitFor();
  await stands(drawing, 'journey-statement');
  await exchange();

  await signing.reload();
  await signing.getByRole('link', { name: period }).click();
  await signing.getByRole('button', { name: 'Check and sign' }).click();
  await signing.getByText('signed by both', { exact: true }).waitFor();
  await exchange();
  await drawing.reload();
  await drawing.getByText('signed by both', { exact: true }).waitFor();
  // 315.00 THB at 0.0285.
  await drawing
    .getByText(/Myanmar pays .*8\.98/)
    .first()
    .waitFor();
  payment = '8.98';
  await expectMirrored({ USD: 898n });
});

test('paid by one, confirmed by the other: nothing is owed on either ledger', async () => {
  const paying = await at(corridor.mm, 'fund-manager');
  await goTo(paying, '/cover/settlement');
  await paying.getByRole('link', { name: period }).click();
  await paying.getByRole('button', { name: 'Note our payment' }).click();
  await typeDay(paying, 'payment-day', afterwards);
  await paying
    .getByRole('dialog')
    .getByLabel(/^Bank reference/)
    .fill('BT-118');
  expect(
    await paying
      .getByRole('dialog')
      .getByLabel(/^Amount/)
      .inputValue(),
  ).toBe(payment);
  await paying.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await paying.getByText('paid', { exact: true }).first().waitFor();
  await exchange();

  const receiving = await at(corridor.th, 'fund-manager');
  await goTo(receiving, '/cover/settlement');
  await receiving.getByRole('link', { name: period }).click();
  await receiving.getByText('BT-118').waitFor();
  await receiving.getByRole('button', { name: 'Confirm it has come' }).click();
  await typeDay(receiving, 'payment-day', afterwards);
  await receiving.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await receiving.getByText('settled', { exact: true }).first().waitFor();
  await exchange();
  await paying.reload();
  await paying.getByText('settled', { exact: true }).first().waitFor();
  await stands(receiving, 'journey-settled');
  await expectMirrored({});
});
