import { mayOf } from '@serai/domains/access/may.ts';
import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { loadLivingYear } from '../cover-year.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials, wanted } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/**
 * Every screen of cover, by everyone it is for, with a small year behind it: nothing wider than a phone, no text that was
 * forgotten, nothing asked of the node that it refuses.
 */
let corridor: Corridor;
let browser: Browser;
let desk: Desk | undefined;

beforeAll(async () => {
  corridor = await openCorridor();
  await loadLivingYear(corridor.th);
  browser = await launch();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});

afterEach(async (context) => {
  if (context.task.result?.state === 'fail') {
    await keepPictures([desk], context.task.name);
  }
  await desk?.context.close();
});

/** Who opens what, one test each: a slow one keeps nobody else waiting. */
const staff = [
  ['fund-manager', 'payer'],
  ['claims-officer', 'payer'],
  ['enrolment-officer', 'payer'],
  ['employer', 'employer'],
  ['actuary', 'payer'],
  ['insurer', 'payer'],
  ['volunteer', 'programme'],
  ['voucher-officer', 'programme'],
  ['doctor', 'care'],
  ['nurse', 'care'],
] as const;

const looks = [
  ['en', 1280],
  ['en', 360],
  ['th', 360],
  ['my', 360],
] as const;

const nameOf = (path: string) => path.slice(1).replaceAll('/', '-');

/** What is wrong with one screen in every language, narrow and wide. */
async function look(page: Page, username: string, path: string, name: string): Promise<string[]> {
  const found: string[] = [];
  await goTo(page, path);
  for (const [language, width] of looks) {
    await page.setViewportSize({ width, height: 800 });
    await chooseLanguage(page, language);
    await page.locator('main:not(:has(.loading, .bone)) h1').waitFor();
    found.push(...(await faults(page, language)).map((fault) => `${name} ${language} ${width}: ${fault}`));
    if (wanted) {
      await picture(page, `${username}-${language}-${width}-${nameOf(name)}`, width === 360);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await chooseLanguage(page, 'en');
  return found;
}

/** The addresses the screen leads to. */
const linksOn = (page: Page) =>
  page
    .locator('main a[href^="/console/cover/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.slice('/console'.length)));

test.each(staff)(
  'every screen of the %s is whole in three languages at 360 px, and wide',
  async (username, ofClass) => {
    desk = await openDesk(browser, corridor.th.url);
    const { page } = desk;
    await page.goto('/console/');
    await typeCredentials(page, username, password);
    await page.locator('main h1').waitFor();
    const may: readonly string[] = mayOf({ class: ofClass, roles: [username] });
    const has = (need: string) => may.includes(need);
    const mine = coverScreens.filter((screen) => screen.needs.some(has) && !screen.unless?.some(has));
    const found: string[] = [];
    const links = new Set<string>();
    for (const { path } of mine.filter((screen) => !screen.path.includes('$'))) {
      found.push(...(await look(page, username, path, path)));
      for (const link of await linksOn(page)) {
        links.add(link);
      }
    }
    // Screens of one thing: the first of its kind that another screen leads to.
    for (const { path } of mine.filter((screen) => screen.path.includes('$'))) {
      const shape = new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`);
      const fixed = new Set(coverScreens.map((screen) => screen.path));
      const first = [...links].find((link) => shape.test(link) && !fixed.has(link));
      if (first) {
        found.push(...(await look(page, username, first, path)));
      }
    }
    expect(found).toEqual([]);
    desk.mustBeQuiet();
  },
  240_000,
);

test('a phone shows the most used places and a sheet with all of them, by keyboard too', async () => {
  desk = await openDesk(browser, corridor.th.url, { viewport: { width: 360, height: 740 } });
  const { page } = desk;
  await page.goto('/console/');
  await typeCredentials(page, 'fund-manager', password);
  await page.locator('main h1').waitFor();
  const foot = page.locator('.foot-nav');
  await expect
    .poll(() => foot.getByRole('link').allTextContents())
    .toEqual(['Fund overview', 'Members', 'Claims', 'Payment runs']);
  const more = foot.getByRole('button', { name: 'More' });
  await more.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'All screens' });
  for (const group of ['Money', 'Members', 'Cover', 'Claims', 'Across borders', 'Vouchers']) {
    await sheet.getByRole('list', { name: group, exact: true }).waitFor();
  }
  expect(await faults(page, 'en')).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
  await more.press('Enter');
  await sheet.getByRole('link', { name: 'Review desk' }).press('Enter');
  await page.locator('h1:focus', { hasText: 'Review desk' }).waitFor();
  await sheet.waitFor({ state: 'detached' });
  desk.mustBeQuiet();
});

test('a menu opened before the screen has begun stays open, and keeps the focus', async () => {
  desk = await openDesk(browser, corridor.th.url);
  const { page } = desk;
  await page.goto('/console/');
  await typeCredentials(page, 'fund-manager', password);
  await page.locator('main h1').waitFor();
  // In the very moment in which the next screen appears.
  await page.evaluate(() => {
    const left = document.getElementById('screen-title');
    new MutationObserver((_, watch) => {
      const title = document.getElementById('screen-title');
      if (title && title !== left) {
        watch.disconnect();
        const languages = document.querySelector<HTMLElement>('.language-switch > button')!;
        languages.focus();
        languages.click();
      }
    }).observe(document.body, { childList: true, subtree: true });
    history.pushState({}, '', '/console/cover/eligibility');
  });
  await page.locator('.language-list').waitFor();
  await page.waitForTimeout(500);
  expect(await page.locator('.language-list').isVisible()).toBe(true);
  expect(await page.locator('.language-switch > button:focus').count()).toBe(1);
  desk.mustBeQuiet();
});

test('a wide screen has every place under its heading', async () => {
  desk = await openDesk(browser, corridor.th.url);
  const { page } = desk;
  await page.goto('/console/');
  await typeCredentials(page, 'fund-manager', password);
  const main = page.getByRole('navigation', { name: 'Main' });
  const links = main.getByRole('list', { name: 'Money', exact: true }).getByRole('link');
  await links.first().waitFor();
  expect(await links.allTextContents()).toEqual([
    'Fund overview',
    'Accounts',
    'Periods and rates',
    'Proposed entries',
    'Payment runs',
  ]);
  const mine = ['cover.fund', 'cover.claims', 'cover.enrol', 'cover.enrol.desk', 'cover.vouchers'];
  const entries = coverScreens.filter((screen) => screen.nav && screen.needs.some((need) => mine.includes(need)));
  expect(await main.getByRole('link').count()).toBe(entries.length);
  desk.mustBeQuiet();
});
