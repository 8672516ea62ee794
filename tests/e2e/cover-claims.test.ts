import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { dayBefore, expectReconciled, insured } from '../cover-claims.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { faults, goTo } from './screens.ts';

/** A claim from the clinic's screen to its money: entered, reviewed by keyboard, paid by two people, seen on the statement. */
let corridor: Corridor;
let browser: Browser;
let memberNumber: string;
const desks: Record<string, Desk> = {};

beforeAll(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  memberNumber = (await insured(corridor.th)).memberNumber;
  for (const username of ['nurse', 'claims-officer', 'fund-manager', 'second-fund-manager', 'enrolment-officer']) {
    const desk = await openDesk(browser, corridor.th.url);
    desks[username] = desk;
    await desk.page.goto('/console/');
    await typeCredentials(desk.page, username, password);
    await desk.page.locator('#screen-title').first().waitFor();
  }
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await keepPictures(Object.values(desks), task.name);
  }
});

const at = (who: string): Page => desks[who]!.page;

async function typeDay(page: Page, id: string, day: string): Promise<void> {
  const [year, month, date] = day.split('-');
  await page.locator(`#${id} [role="spinbutton"]`).first().click();
  await page.keyboard.type(`${date}${month}${year}`);
}

/** Narrow and still whole. */
async function fits(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 720 });
  expect(await faults(page, 'en')).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
}

let claimNumber = '';

test('a nurse enters a claim, sees what would be paid, and submits it', async () => {
  const page = at('nurse');
  await goTo(page, '/cover/provider/new');
  claimNumber = `E2E-${memberNumber}`;
  await page.getByLabel(/^Member number/).fill(memberNumber);
  await page.getByLabel(/^Your claim number/).fill(claimNumber);
  await page.getByLabel('Scheme').selectOption('sch:th:migrant-health-insurance');
  await typeDay(page, 'claim-from', dayBefore(2));
  await page.getByLabel(/^Diagnoses/).fill('J06.9');
  await page.getByLabel(/^Item or service/).fill('CON-GENERAL');
  await page.getByLabel(/^Price each/).fill('70.00');
  await page.getByRole('button', { name: 'Check cover and amounts' }).click();
  await page.getByText(/the scheme would pay 40\.00/).waitFor();
  await picture(page, 'cover-new-claim', true);
  await fits(page);
  await page.getByRole('button', { name: 'Submit the claim' }).click();
  await page.getByText(`Claim ${claimNumber} was submitted.`).waitFor();
  await page.getByRole('link', { name: claimNumber }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(claimNumber) }).waitFor();
  await page.getByText('Accepted.').first().waitFor();
  await fits(page);
  desks.nurse!.mustBeQuiet();
});

test('a claims officer finds it, sends it to review in bulk, and decides its line by keyboard', async () => {
  const page = at('claims-officer');
  await goTo(page, '/cover/claims');
  await page.getByRole('searchbox').fill(claimNumber);
  await page.getByRole('link', { name: claimNumber }).waitFor();
  await fits(page);
  const inReview = await page.getByRole('cell', { name: 'In review' }).count();
  if (inReview === 0) {
    await page.getByLabel('Choose this row').check();
    await page.getByRole('button', { name: 'Send to review' }).click();
    await page.getByLabel(/^Reason/).fill('a second look');
    await page.getByRole('dialog').getByRole('button', { name: 'Send to review' }).click();
    await page.getByText('Done for 1; not for 0.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  }
  await goTo(page, '/cover/claims/review');
  await page
    .getByRole('group', { name: /General/ })
    .first()
    .waitFor();
  await fits(page);
  await page.getByRole('button', { name: 'Deliver the review' }).focus();
  await page.keyboard.press('r');
  await page.getByLabel(/^Reason/).fill('no note in the file');
  await picture(page, 'cover-review', true);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Review done').waitFor();
  desks['claims-officer']!.mustBeQuiet();
});

test('a clerk enters line after line by keyboard, keeps what was typed over a reload, and begins the next as a copy', async () => {
  const page = at('nurse');
  await goTo(page, '/cover/provider/new');
  await page.locator('#member-number:focus').waitFor();
  await page.keyboard.type(memberNumber);
  await page.getByLabel('Scheme').selectOption('sch:th:migrant-health-insurance');
  await typeDay(page, 'claim-from', dayBefore(3));
  await page.getByLabel(/^Diagnoses/).fill('J06.9');
  // By its name, in whatever case.
  await page.getByLabel(/^Item or service/).fill('general consultation');
  await expect.poll(() => page.getByLabel(/^Item or service/).inputValue()).toBe('CON-GENERAL');
  await page.getByLabel(/^Price each/).fill('70.00');
  await page.keyboard.press('Enter');
  await page.locator('#code-2:focus').waitFor();
  await page.keyboard.type('MED-PARACETAMOL');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('10.50');
  await page.getByText('Claimed: 80.50').waitFor();
  await fits(page);
  await page.getByText('What you typed stays').waitFor();
  await page.reload();
  await page.getByText('Claimed: 80.50').waitFor();
  expect(await page.getByLabel(/^Member number/).inputValue()).toBe(memberNumber);
  await page.locator('#price-2').focus();
  // A last Enter opens a line that nobody fills: it is not sent, and holds nothing up.
  await page.keyboard.press('Enter');
  await page.locator('#code-3:focus').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Claim .* was submitted\.$/).waitFor();
  const link = page.locator('main .acts a');
  await link.click();
  await page.getByRole('link', { name: 'New claim like this' }).click();
  await page.getByText(/^Begun as a copy of/).waitFor();
  expect(await page.getByLabel(/^Member number/).inputValue()).toBe(memberNumber);
  expect(await page.locator('#code-2').inputValue()).toBe('MED-PARACETAMOL');
  expect(await page.getByRole('button', { name: 'Submit the claim' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Begin again' }).click();
  await page.locator('#member-number:focus').waitFor();
  expect(await page.getByLabel(/^Member number/).inputValue()).toBe('');
  await page.reload();
  await page.locator('#member-number').waitFor();
  expect(await page.getByLabel(/^Member number/).inputValue()).toBe('');
  desks.nurse!.mustBeQuiet();
});

test('the queue is narrowed by why claims were chosen, in words', async () => {
  const page = at('claims-officer');
  await goTo(page, '/cover/claims');
  await page.locator('#claims-because option').nth(5).waitFor({ state: 'attached' });
  const told = await page.locator('#claims-because option').allTextContents();
  expect(told.filter((text) => /^(rule|suspicion|because)|-/.test(text) && !text.includes(' '))).toEqual([]);
  expect(told).toContain('By lot');
  expect(told.length).toBeGreaterThan(10);
  await page.getByLabel('Chosen for').selectOption({ label: 'Sent by an officer' });
  await fits(page);
  desks['claims-officer']!.mustBeQuiet();
});

test('the nurse appeals; batches, appeals and feedback have their screens', async () => {
  const nurse = at('nurse');
  await goTo(nurse, '/cover/provider/claims');
  await nurse.getByRole('link', { name: claimNumber }).click();
  await nurse.getByText('Rejected by the medical officer.').first().waitFor();
  await nurse.getByRole('button', { name: 'Appeal' }).click();
  await nurse.getByLabel(/^Why the decision is wrong/).fill('The note is in the file.');
  await nurse.getByRole('dialog').getByRole('button', { name: 'Appeal' }).click();
  await nurse.getByRole('heading', { name: 'Appeals' }).waitFor();
  await goTo(nurse, '/cover/provider/import');
  await fits(nurse);
  desks.nurse!.mustBeQuiet();
  const officer = at('claims-officer');
  await goTo(officer, '/cover/claims/appeals');
  await officer.getByText('The note is in the file.').waitFor();
  await fits(officer);
  await goTo(officer, '/cover/claims/batches');
  await fits(officer);
  desks['claims-officer']!.mustBeQuiet();
  const enrolment = at('enrolment-officer');
  await goTo(enrolment, '/cover/feedback');
  await fits(enrolment);
  desks['enrolment-officer']!.mustBeQuiet();
});

test('what is due is proposed, approved by another, paid, and stands on the statement', async () => {
  const officer = at('claims-officer');
  await goTo(officer, '/cover/claims/review');
  const nurse = at('nurse');
  await goTo(nurse, '/cover/provider/new');
  await nurse.getByLabel(/^Member number/).fill((await insured(corridor.th)).memberNumber);
  await nurse.getByLabel('Scheme').selectOption('sch:th:migrant-health-insurance');
  await typeDay(nurse, 'claim-from', dayBefore(2));
  await nurse.getByLabel(/^Diagnoses/).fill('J06.9');
  await nurse.getByLabel(/^Item or service/).fill('CON-GENERAL');
  await nurse.getByLabel(/^Price each/).fill('70.00');
  await nurse.getByRole('button', { name: 'Submit the claim' }).click();
  await nurse.getByText(/was submitted/).waitFor();
  // One in twenty is drawn for review; then it is let pass.
  await corridor.th.call(
    await corridor.th.token('claims-officer'),
    'POST',
    '/api/cover/claims/bulk',
    {
      requestId: crypto.randomUUID(),
      act: 'bypass',
      claimIds: (
        await corridor.th.call(
          await corridor.th.token('claims-officer'),
          'POST',
          '/api/cover/claims/find',
          { status: ['checked', 'valuated'] },
          { 'x-purpose-of-use': 'HPAYMT' },
        )
      ).json.rows.map((row: { claimId: string }) => row.claimId),
      reason: 'drawn by lot',
    },
    { 'x-purpose-of-use': 'HPAYMT' },
  );
  const page = at('fund-manager');
  await goTo(page, '/cover/payments');
  await page.getByText('Claims and ledger agree.').waitFor();
  await page.getByLabel(/^Scheme/).selectOption('sch:th:migrant-health-insurance');
  await typeDay(page, 'run-up-to', dayBefore(0));
  await page.getByRole('button', { name: 'See what it would pay' }).click();
  await page.getByRole('button', { name: 'Propose the run' }).click();
  await page.getByRole('heading', { level: 1, name: 'Payment run', exact: true }).waitFor();
  await fits(page);
  const run = new URL(page.url()).pathname.replace('/console', '');
  const second = at('second-fund-manager');
  await goTo(second, run);
  await second.getByRole('button', { name: 'Approve' }).click();
  await second.getByRole('button', { name: 'Pay', exact: true }).click();
  await second.getByText('Paid', { exact: true }).first().waitFor();
  await picture(second, 'cover-payment-run', true);
  await second.getByRole('link', { name: /Mae Sot border clinic/ }).click();
  await second.getByRole('heading', { level: 1, name: 'Remittance advice' }).waitFor();
  await fits(second);
  await goTo(nurse, '/cover/provider/statement');
  await nurse.getByText(/claims paid after/).waitFor();
  await fits(nurse);
  desks['fund-manager']!.mustBeQuiet();
  desks.nurse!.mustBeQuiet();
  await expectReconciled(corridor.th);
});
