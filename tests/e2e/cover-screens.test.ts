import { mayOf } from '@serai/domains/access/may.ts';
import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import { expect, test } from 'vitest';
import { lookAtEvery, openYear, sitDown } from './looks.ts';
import { faults } from './screens.ts';

/** Every screen of those who run the fund, and the ways to them. */
openYear();

/** Who opens what, one test each: a slow one keeps nobody else waiting. */
const staff = [
  ['fund-manager', 'payer'],
  ['claims-officer', 'payer'],
  ['enrolment-officer', 'payer'],
] as const;

test.each(staff)(
  'every screen of the %s is whole in three languages at 360 px, and wide',
  (username, ofClass) => lookAtEvery(username, ofClass),
  240_000,
);

test('a phone shows the most used places and a sheet with all of them, by keyboard too', async () => {
  const { page, mustBeQuiet } = await sitDown('fund-manager', { width: 360, height: 740 });
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
  mustBeQuiet();
});

test('a menu opened before the screen has begun stays open, and keeps the focus', async () => {
  const { page, mustBeQuiet } = await sitDown('fund-manager');
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
  mustBeQuiet();
});

test('a wide screen has every place under its heading', async () => {
  const { page, mustBeQuiet } = await sitDown('fund-manager');
  const main = page.getByRole('navigation', { name: 'Main' });
  const links = main.getByRole('list', { name: 'Money', exact: true }).getByRole('link');
  await links.first().waitFor();
  expect(await links.allTextContents()).toEqual([
    'Fund overview',
    'Accounts',
    'Periods and rates',
    'Proposed entries',
    'Payment runs',
    'For a second person',
  ]);
  const mine: readonly string[] = mayOf({ class: 'payer', roles: ['fund-manager'] });
  const entries = coverScreens.filter((screen) => screen.nav && screen.needs.some((need) => mine.includes(need)));
  expect(await main.getByRole('link').count()).toBe(entries.length);
  mustBeQuiet();
});
