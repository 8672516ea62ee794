import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/** Is someone covered, and by what rules: as a nurse and a fund manager see it, also on a narrow screen and in Burmese. */
let corridor: Corridor;
let browser: Browser;
let nurse: Desk;
let manager: Desk;

beforeAll(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  const db = corridor.th.node.database;
  await sql`insert into cover_member (member_id, member_number, name, name_key, birth_date, birth_precision, sex, entitlement, residence, created)
    values ('m', 'TH-1', 'မအေးအေး', 'ma aye aye', '1994-03-01', 'day', 'female', 'contract-worker', 'TH', now())`.execute(
    db,
  );
  await sql`insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on, effective_on, expires_on, premium_minor, currency, channel, created)
    values ('p', 'P-1', 'sch:th:migrant-health-insurance', 3, 'new', current_date - 30, current_date - 30, current_date - 30, current_date + 200, 0, 'THB', 'desk', now())`.execute(
    db,
  );
  await sql`insert into cover_policy_member (policy_id, member_id, scheme_id, relation, covered_from, covered_to, continuous_since)
    values ('p', 'm', 'sch:th:migrant-health-insurance', 'holder', current_date - 30, current_date + 200, current_date - 30)`.execute(
    db,
  );
  [nurse, manager] = [await openDesk(browser, corridor.th.url), await openDesk(browser, corridor.th.url)];
  for (const [desk, username] of [
    [nurse, 'nurse'],
    [manager, 'fund-manager'],
  ] as const) {
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
    await keepPictures([nurse, manager], task.name);
  }
});

test('a nurse asks by number for a service, and is told what the patient pays and what is left', async () => {
  const { page } = nurse;
  await goTo(page, '/cover/eligibility');
  await page.getByLabel('What for').selectOption('LAB-BLOOD-COUNT');
  await page.getByRole('textbox', { name: /^Member number/ }).fill('TH-1');
  await page.keyboard.press('Enter');
  await page.getByText('Covered', { exact: true }).waitFor();
  await page.getByText('မအေးအေး').waitFor();
  const facts = await page.locator('dl.facts').allInnerTexts();
  expect(facts.join('\n')).toMatch(/The patient pays\s+30\.00\sTHB/);
  await page.getByLabel('What for').selectOption('SURGERY-CATARACT');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('Not covered', { exact: true }).waitFor();
  await picture(page, 'cover-eligibility', true);
  await page.setViewportSize({ width: 360, height: 720 });
  expect(await faults(page, 'en')).toEqual([]);
  await chooseLanguage(page, 'my');
  expect(await faults(page, 'my')).toEqual([]);
  nurse.mustBeQuiet();
});

test('a fund manager reads a scheme, sees what changed and calculates', async () => {
  const { page } = manager;
  await goTo(page, '/cover/schemes');
  await page.getByRole('link', { name: /^Migrant health insurance/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Migrant health insurance/ }).waitFor();
  await page.getByLabel('Ages, the holder first').fill('34 31 6');
  await page.getByRole('button', { name: 'Calculate' }).click();
  // Two adults with their check-up, and a child at 365.
  await page
    .getByText(/4,565\.00/)
    .first()
    .waitFor();
  await page.getByText('contribution.rates.year-from-60.amount').waitFor();
  await picture(page, 'cover-scheme', true);
  await page.setViewportSize({ width: 360, height: 720 });
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByLabel('Version').selectOption('1');
  await page.getByText('There is no earlier version.').waitFor();
  manager.mustBeQuiet();
});
