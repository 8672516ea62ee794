import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/** Enrolment in a real browser: an officer enrols and takes the money, an employer sends its roster, on a phone too. */

let corridor: Corridor;
let browser: Browser;
let officer: Desk;
let employer: Desk;

beforeAll(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  await corridor.th.node.database
    .insertInto('cover_group')
    .values({
      group_id: 'employer-demo',
      kind: 'employer',
      name: 'Sea Food Works',
      country: 'TH',
      industry: null,
      workers: 40,
      created: new Date(),
    })
    .execute();
  officer = await openDesk(browser, corridor.th.url);
  employer = await openDesk(browser, corridor.th.url, { viewport: { width: 360, height: 740 } });
  await arrive(officer, 'enrolment-officer');
  await arrive(employer, 'employer');
});
/** Signs in somebody whose first screen is one of cover. */
async function arrive(desk: Desk, username: string): Promise<void> {
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, username, password);
  await desk.page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
}

afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await keepPictures([officer, employer], task.name);
  }
  for (const desk of [officer, employer]) {
    desk.mustBeQuiet();
  }
});

test('enrol without a document, see the price, take the payment, print the receipt', async () => {
  const { page } = officer;
  await goTo(page, '/cover/enrol');
  await page.getByLabel('Scheme', { exact: true }).selectOption('sch:th:migrant-health-insurance');
  await page.getByLabel(/^Name/).fill('မခင်လှ');
  await page.getByRole('textbox', { name: /^About how old/ }).fill('34');
  await page.getByRole('radio', { name: 'Female' }).check();
  await page.getByLabel(/^Works as/).selectOption({ label: 'Contract worker' });
  await expect.poll(() => page.getByLabel(/^Name/).inputValue()).toBe('မခင်လှ');
  // A draft survives a reload.
  await page.waitForTimeout(600);
  await page.reload();
  await page.getByText('What was entered earlier is here again.').waitFor();
  await page.getByRole('button', { name: 'See the price' }).click();
  await page.getByRole('heading', { name: 'What it comes to' }).waitFor();
  await picture(page, 'enrol');
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByRole('button', { name: 'Enrol now' }).click();
  await page.getByRole('button', { name: 'Open the member' }).click();
  await page.getByText('Waits for payment').waitFor();
  await page.getByRole('button', { name: 'Take a payment' }).click();
  await page.getByLabel(/^Reference or slip/).fill('slip 1');
  await page.getByRole('dialog').getByRole('button', { name: 'Take a payment' }).click();
  await page.getByText('In force').first().waitFor();
  await picture(page, 'member');
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByRole('link', { name: 'Receipt' }).first().click();
  await page.getByRole('heading', { name: /^Receipt R-/ }).waitFor();
  await page.getByText(/received .* for P-/).waitFor();
});

test('an employer sends a roster from a phone: seen first, the good lines taken, again nothing', async () => {
  const { page } = employer;
  const csv = Buffer.from(
    '\uFEFFWorks number;Name;Birth;Sex\r\nW1;สมหญิง ใจดีมาก;2533-05-06;หญิง\r\nW2;Zorkel Drufas;1990;M\r\nW3;;1980;F\r\n',
  );
  const send = async () => {
    await goTo(page, '/cover/rosters');
    await page.getByLabel(/^File/).setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: csv });
    await page.getByRole('button', { name: 'See what it would change' }).click();
  };
  await send();
  await page.getByText('Write a name.').waitFor();
  await page.getByText(/^Buddhist year: read as /).waitFor();
  await picture(page, 'roster');
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByRole('button', { name: 'Enrol the 2 good lines, give me the others back' }).click();
  await page.getByText('The roster is taken.').waitFor();
  await goTo(page, '/cover/members');
  await page.getByRole('link', { name: 'Zorkel Drufas' }).waitFor();
  await picture(page, 'members-phone');
  await send();
  await page.getByText('The file changes nothing.').waitFor();
});

test('what is owed is written off with a preview, and taken back', async () => {
  const token = await corridor.th.token('enrolment-officer');
  const enrolled = await corridor.th.call(
    token,
    'POST',
    '/api/cover/enrolment/policies',
    {
      requestId: randomUUID(),
      schemeId: 'sch:th:migrant-health-insurance',
      on: new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10),
      members: [
        {
          relation: 'holder',
          newMember: {
            name: 'Wimpel Gobruv',
            birth: { kind: 'year', year: 1977 },
            sex: 'male',
            entitlement: 'contract-worker',
            residence: 'TH',
          },
        },
      ],
    },
    { 'x-purpose-of-use': 'COVERAGE' },
  );
  expect(enrolled.status).toBe(201);
  const { page } = officer;
  await goTo(page, '/cover/arrears');
  await page
    .getByRole('row', { name: /Wimpel Gobruv/ })
    .getByRole('checkbox')
    .check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Write off' }).click();
  await page.getByText('1 of 1 would be done, 0 refused.').waitFor();
  await page.getByLabel(/^Because/).fill('cannot be found');
  await page.getByRole('dialog').getByRole('button', { name: 'Write off' }).click();
  await page.getByRole('button', { name: 'Take it all back' }).click();
  await page.getByText('Taken back: 1.').waitFor();
  await page.getByRole('link', { name: 'Wimpel Gobruv' }).waitFor();
  await picture(page, 'arrears');
});

test.each(['en', 'th', 'my'] as const)('the screens stand in %s', async (language) => {
  for (const [desk, places] of [
    [officer, ['/cover/members', '/cover/renewals', '/cover/contributions', '/cover/campaigns', '/cover/enrol']],
    [employer, ['/cover/members', '/cover/arrears', '/cover/contributions', '/cover/rosters', '/cover/campaigns']],
  ] as const) {
    await chooseLanguage(desk.page, language);
    for (const place of places) {
      await goTo(desk.page, place);
      expect([place, await faults(desk.page, language)]).toEqual([place, []]);
    }
  }
  await picture(officer.page, `enrol-${language}`);
  await chooseLanguage(officer.page, 'en');
  await chooseLanguage(employer.page, 'en');
});
