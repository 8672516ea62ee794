import { randomUUID } from 'node:crypto';
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

/** A person of Thailand with cover on her printed card. */
async function printedCard(name: string, date: string): Promise<{ text: string; cardId: string }> {
  const { th } = corridor;
  const [asNurse, asOfficer] = [await th.token('nurse'), await th.token('enrolment-officer')];
  const registered = await th.call(asNurse, 'POST', '/api/persons', {
    ...{ requestId: randomUUID(), name: { text: name }, birth: { kind: 'date', date } },
    ...{ sex: 'female', language: 'my', consents: [] },
  });
  const personId = registered.json.person?.id ?? registered.json.id;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await th.call(asOfficer, 'POST', '/fhir/R4/Coverage', {
    ...{ resourceType: 'Coverage', status: 'active', identifier: [{ value: 'TH-9' }], subscriberId: 'P-9' },
    beneficiary: { reference: `Patient/${personId}` },
    period: { start: day(-30), end: day(200) },
    payor: [{ display: 'fund' }],
    class: [{ type: { coding: [{ code: 'plan' }] }, value: 'sch:th:migrant-health-insurance' }],
  });
  const issued = await th.call(asNurse, 'POST', `/api/persons/${personId}/cards`, {
    requestId: randomUUID(),
    include: ['name', 'cover'],
  });
  return { text: issued.json.printed.text, cardId: issued.json.cardId };
}

async function readOffline(page: Desk['page'], text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Card/ }).fill(text);
  await page.getByRole('button', { name: 'Read the card' }).click();
}

test('with the line cut, cover is read from the card: on the open page, and on one opened anew', async () => {
  const [card, other] = [
    await printedCard(`Ma Khin ${randomUUID().slice(0, 4)}`, '1994-03-01'),
    await printedCard(`Nan Mo ${randomUUID().slice(0, 4)}`, '1988-11-20'),
  ];
  const asNurse = await corridor.th.token('nurse');
  const revoked = { requestId: randomUUID(), cardId: other.cardId, reason: 'lost' };
  expect((await corridor.th.call(asNurse, 'POST', '/api/cards/revoke', revoked)).status).toBe(200);
  const { page, context } = nurse;
  await chooseLanguage(page, 'en');
  await page.setViewportSize({ width: 360, height: 720 });
  await goTo(page, '/cover/eligibility');
  await page.getByText('This device is not set up to read cards without a network.').waitFor();
  await page.getByRole('button', { name: 'Set this device up' }).click();
  await page.getByText(/^Ready\. The lists are of/).waitFor();
  try {
    nurse.expectRefusals();
    await context.setOffline(true);
    corridor.th.fault = { kind: 'down' };
    await page.getByLabel('Card', { exact: true }).check();
    await page.getByRole('textbox', { name: /^Card/ }).fill(card.text);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('The card says: covered').waitFor({ timeout: 60_000 });
    await page.getByText(/^Nobody was asked\. The list of withdrawn cards is of/).waitFor();
    await page.getByText('what is left under the ceilings').waitFor();
    await page.getByText(/^Ma Khin/).waitFor();
    expect(await faults(page, 'en')).toEqual([]);
    await picture(page, 'eligibility-offline-open', true);

    // Opened anew with no network at all: nobody can sign in, and the card is read all the same.
    const anew = await context.newPage();
    await anew.setViewportSize({ width: 360, height: 720 });
    await anew.goto('/console/cover/eligibility');
    await anew.getByRole('heading', { level: 1, name: 'Read cover from a card without a network' }).waitFor();
    await readOffline(anew, card.text);
    await anew.getByText('The card says: covered').waitFor();
    for (const language of ['my', 'th', 'en'] as const) {
      await chooseLanguage(anew, language);
      expect.soft([language, await faults(anew, language)]).toEqual([language, []]);
      await picture(anew, `eligibility-offline-${language}`, true);
    }
    await readOffline(anew, other.text);
    await anew.getByText(/The card says: covered/).waitFor({ state: 'detached' });
    await anew.locator('.notice-bad[data-code="card.revoked"]').waitFor();
    await readOffline(anew, `${card.text.slice(0, -3)}AAA`);
    await anew.locator('.notice-bad[data-code^="card."]').last().waitFor();
    await readOffline(anew, 'no card at all');
    await anew.locator('.notice-bad[data-code="card.unreadable"]').waitFor();
    await anew.close();
  } finally {
    corridor.th.fault = { kind: 'none' };
    await context.setOffline(false);
  }
  nurse.mustBeQuiet();
});
