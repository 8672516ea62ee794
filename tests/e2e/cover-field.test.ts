import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/** A volunteer in a village without a network: families are enrolled on a phone, sealed there, and sent in the evening. */

const health = 'sch:th:migrant-health-insurance';
let corridor: Corridor;
let browser: Browser;
let desk: Desk;

// Of each attempt its own: a second one begins with a node that knows nobody.
beforeEach(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  desk = await openDesk(browser, corridor.th.url, { viewport: { width: 360, height: 740 } });
});
afterEach(async () => {
  await browser?.close();
  await corridor?.close();
});

async function signIn(page: Page): Promise<void> {
  await typeCredentials(page, 'volunteer', password);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

async function fill(page: Page, name: string, age: string, phone = ''): Promise<void> {
  await page.getByLabel('Scheme', { exact: true }).selectOption(health);
  await page.getByLabel(/^Name/).fill(name);
  await page.getByRole('textbox', { name: /^About how old/ }).fill(age);
  await page.getByLabel(/^Works as/).selectOption({ label: 'Contract worker' });
  await page.getByLabel(/^Telephone/).fill(phone);
  await page.getByRole('button', { name: 'See the price' }).click();
}

async function keep(page: Page, name: string, age: string, phone?: string): Promise<void> {
  await fill(page, name, age, phone);
  await page.getByRole('heading', { name: 'What it comes to' }).waitFor();
  await page.getByRole('button', { name: 'Keep it on this device' }).click();
  await page.getByText('Kept and sealed.').waitFor();
}

/** Everything this browser keeps for the console, as text. */
function keptHere(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answered = (asked: IDBRequest): Promise<unknown> =>
      new Promise((resolve) => {
        asked.onsuccess = () => resolve(asked.result);
      });
    const found: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = (await answered(indexedDB.open(name!))) as IDBDatabase;
      for (const store of [...database.objectStoreNames]) {
        found.push(await answered(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(found);
  });
}

/** Somebody the office has enrolled already. */
async function enrolledAtTheOffice(name: string, years: number, phone: string): Promise<void> {
  const officer = await corridor.th.token('enrolment-officer');
  const on = new Date().toISOString().slice(0, 10);
  const newMember = {
    ...{ name, birth: { kind: 'estimated-age', years, on }, sex: 'unknown' },
    ...{ entitlement: 'contract-worker', residence: 'TH', phone },
  };
  const body = { requestId: randomUUID(), schemeId: health, members: [{ relation: 'holder', newMember }] };
  const made = await corridor.th.call(officer, 'POST', '/api/cover/enrolment/policies', body, {
    'x-purpose-of-use': 'COVERAGE',
  });
  expect(made.status).toBe(201);
}

test('set up, cut off, opened anew, three families kept, nothing to be read, sent: one enrolled, one alike, one corrected', async () => {
  const { context } = desk;
  try {
    await desk.page.goto('/console/cover/enrol');
    await signIn(desk.page);
    await goTo(desk.page, '/cover/enrol');
    await desk.page.getByRole('button', { name: 'Set this device up' }).click();
    await desk.page.getByText('Families waiting on this device: 0').waitFor();
    expect(await faults(desk.page, 'en')).toEqual([]);
    await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await enrolledAtTheOffice('Nay Lin Tun', 41, '+66 81 234 5678');

    // The line is cut while a form is open: it is kept rather than lost.
    desk.expectRefusals();
    await context.setOffline(true);
    corridor.th.fault = { kind: 'down' };
    await fill(desk.page, 'Ma Thuza Win', '29');
    await desk.page.getByRole('button', { name: 'Keep it on this device' }).click();
    await desk.page.getByText('Families waiting on this device: 1').waitFor();
    await desk.page.close();

    // The console opens where there is no network, with nobody signed in.
    const page = await context.newPage();
    desk = { ...desk, page };
    await page.goto('/console/cover/enrol');
    await page.getByRole('heading', { level: 1, name: 'Enrol without a network' }).waitFor();
    for (const language of ['my', 'th', 'en'] as const) {
      await chooseLanguage(page, language);
      expect.soft([language, await faults(page, language)]).toEqual([language, []]);
    }
    await picture(page, 'field-desk', true);
    await keep(page, 'Nay Lin Tun', '41', '+66 81 234 5678');
    // What cannot be is said here; a number that is none, the node says later.
    await fill(page, 'Ko Zaw Min', '130');
    await page.locator('[data-code="enrolment.birth-invalid"]').waitFor();
    await keep(page, 'Ko Zaw Min', '30', '12');
    await page.reload();
    await page.getByText('Families waiting on this device: 3').waitFor();
    const kept = await keptHere(page);
    expect(kept).toContain('sealed');
    for (const name of ['Thuza', 'Nay Lin', 'Zaw Min']) {
      expect(kept).not.toContain(name);
    }

    corridor.th.fault = { kind: 'none' };
    await context.setOffline(false);
    // The provider of sign-in still knows the volunteer of this morning.
    await page.getByRole('button', { name: 'Sign in and send' }).click();
    await page.getByRole('button', { name: 'Send them' }).waitFor();
    await page.getByText('Families waiting on this device: 3').waitFor();
    await page.getByRole('button', { name: 'Send them' }).click();
    await page.getByText(/^Enrolled: policy/).waitFor();
    await page.locator('[data-code="invalid"]').waitFor();
    await page.getByText('Families waiting on this device: 2').waitFor();
    await picture(page, 'field-sent', true);
    for (const language of ['my', 'th', 'en'] as const) {
      await chooseLanguage(page, language);
      expect.soft([language, await faults(page, language)]).toEqual([language, []]);
    }
    await page.getByRole('button', { name: 'They are others: enrol' }).click();
    await page.getByText('Families waiting on this device: 1').waitFor();
    await page.getByRole('button', { name: 'Correct it in the form' }).click();
    await page.getByLabel(/^Telephone/).fill('');
    await page.getByRole('button', { name: 'See the price' }).click();
    await page.getByRole('button', { name: 'Enrol now' }).click();
    await page.getByRole('button', { name: 'Open the member' }).waitFor();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByText('Families waiting on this device: 0').waitFor();
    const enrolled = await corridor.th.node.database
      .selectFrom('cover_member')
      .select('name')
      .orderBy('name')
      .execute();
    expect(enrolled.map(({ name }) => name)).toEqual(['Ko Zaw Min', 'Ma Thuza Win', 'Nay Lin Tun', 'Nay Lin Tun']);
    desk.mustBeQuiet();
  } catch (error) {
    await keepPictures([desk], 'cover-field');
    throw error;
  } finally {
    corridor.th.fault = { kind: 'none' };
  }
});
