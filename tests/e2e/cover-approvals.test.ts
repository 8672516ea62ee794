import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { payment, scheme } from '../cover-claims.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/** A large write-off in a real browser: an officer proposes it, a fund manager does it on a telephone and takes it back. */

let corridor: Corridor;
let browser: Browser;
let officer: Desk;
let manager: Desk;
let memberId = '';

beforeAll(async () => {
  corridor = await openCorridor();
  const { th } = corridor;
  const token = await th.token('enrolment-officer');
  const newMember = { name: 'Zorkel Wimpas', birth: { kind: 'year', year: 1990 }, sex: 'female', residence: 'TH' };
  const made = await th.call(
    token,
    'POST',
    '/api/cover/enrolment/policies',
    {
      ...{ requestId: randomUUID(), schemeId: scheme },
      members: [{ relation: 'holder', newMember: { ...newMember, entitlement: 'contract-worker' } }],
    },
    payment,
  );
  expect(made.status, made.text).toBe(201);
  [memberId] = made.json.memberIds;
  // An old debt of a size that takes two people, as of a group that pays for many.
  const { policyId } = made.json;
  await sql`update cover_instalment set due = current_date - 60, grace_until = current_date - 50 where policy_id = ${policyId}`.execute(
    th.node.database as never,
  );
  await sql`update cover_policy set premium_minor = premium_minor * 20 where policy_id = ${policyId}`.execute(
    th.node.database as never,
  );
  await sql`update cover_instalment set amount_minor = amount_minor * 20 where policy_id = ${policyId}`.execute(
    th.node.database as never,
  );
  browser = await launch();
  officer = await arrive('enrolment-officer', { width: 1280, height: 800 });
  manager = await arrive('fund-manager', { width: 360, height: 740 });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async (context) => {
  if (context.task.result?.state === 'fail') {
    await keepPictures([officer, manager], context.task.name);
  }
});

async function arrive(username: string, viewport: { width: number; height: number }): Promise<Desk> {
  const desk = await openDesk(browser, corridor.th.url, { viewport });
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, username, password);
  await desk.page.locator('main h1').waitFor();
  return desk;
}

test('what is much is said to take two, and is proposed', async () => {
  const { page } = officer;
  await goTo(page, '/cover/arrears');
  await page.getByRole('row').filter({ hasText: 'Zorkel' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Write off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('a second person does it').waitFor();
  await dialog.getByLabel('Because').fill('the employer has closed');
  await dialog.getByRole('button', { name: 'Write off' }).click();
  await dialog.getByText('Nothing is done yet').waitFor();
  expect(await faults(page, 'en')).toEqual([]);
  await picture(page, 'approvals-proposed-en-1280');
  await page.keyboard.press('Escape');
  await goTo(page, '/cover/approvals');
  await page.getByRole('button', { name: 'Decide' }).click();
  await dialog.getByText('You proposed this').waitFor();
  expect(await dialog.getByRole('button', { name: 'Do it' }).count()).toBe(0);
  await picture(page, 'approvals-mine-en-1280');
  await page.keyboard.press('Escape');
  officer.mustBeQuiet();
});

test('another does it, and takes it back, on a telephone and in each language', async () => {
  const { page } = manager;
  await goTo(page, '/cover/approvals');
  for (const language of ['my', 'th', 'en'] as const) {
    await chooseLanguage(page, language);
    await page.locator('main:not(:has(.loading, .bone)) h1').waitFor();
    expect(await faults(page, language)).toEqual([]);
    await picture(page, `approvals-${language}-360`, true);
  }
  await page.getByRole('button', { name: 'Decide' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('the employer has closed').waitFor();
  await picture(page, 'approvals-deciding-en-360');
  await dialog.getByRole('button', { name: 'Do it' }).press('Enter');
  await page.getByText('It is done.').waitFor();
  await page.getByText('Nothing waits.').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).press('Enter');
  await page.getByText('It is taken back.').waitFor();
  expect(await faults(page, 'en')).toEqual([]);
  await goTo(page, `/cover/members/${memberId}`);
  await page.getByRole('button', { name: 'Take a payment' }).waitFor();
  manager.mustBeQuiet();
});

test('money is changed: not without a rate, and with what it comes to', async () => {
  const { page } = manager;
  await goTo(page, '/cover/fund/accounts');
  const panel = page.locator('section, .panel').filter({ has: page.getByRole('heading', { name: 'Change money' }) });
  const fill = async () => {
    await panel.getByLabel('Scheme').selectOption(scheme);
    await panel.getByLabel(/^Given/).fill('1000.00');
    await panel.getByLabel(/^Into/).fill('usd');
    await panel.getByLabel(/^Reference/).fill('slip 7');
  };
  await fill();
  await panel.getByText('No rate between these two is known on that day.').waitFor();
  await panel.getByRole('button', { name: 'Record it' }).click();
  await panel.locator('[data-code="ledger.rate-missing"]').waitFor();

  const rate = { from: 'THB', to: 'USD', value: '0.0285', source: 'bank', at: '2026-01-05T03:00:00Z' };
  const token = await corridor.th.token('fund-manager');
  const body = { requestId: randomUUID(), ...rate };
  expect((await corridor.th.call(token, 'POST', '/api/cover/fund/rates', body, payment)).status).toBeLessThan(300);
  await page.reload();
  await fill();
  await panel.getByText('Comes to 28.50 USD, at 0.0285 THB/USD of 5 Jan 2026').waitFor();
  for (const language of ['my', 'th', 'en'] as const) {
    await chooseLanguage(page, language);
    expect.soft([language, await faults(page, language)]).toEqual([language, []]);
  }
  await picture(page, 'fund-exchange', true);
  await panel.getByRole('button', { name: 'Record it' }).click();
  await panel.getByText(/^Recorded: /).waitFor();
  const { rows } = await sql<{ minor: string }>`select amount_minor::text as minor from ledger_transfer
    where event = 'exchange' order by currency`.execute(corridor.th.node.database as never);
  expect(rows.map(({ minor }) => minor)).toEqual(['100000', '2850']);
});
