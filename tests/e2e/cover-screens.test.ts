import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { loadSmallYear } from '../year.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials, wanted } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

let corridor: Corridor;
let browser: Browser;
let desk: Desk | undefined;

beforeAll(async () => {
  corridor = await openCorridor();
  await loadSmallYear(corridor.th.node, 'TH');
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

/** Who opens what: every screen of cover that stands in the navigation, by whoever it is for. */
const staff = [
  ['fund-manager', ['cover.fund', 'cover.claims', 'cover.enrol', 'cover.vouchers']],
  ['claims-officer', ['cover.claims']],
  ['enrolment-officer', ['cover.enrol']],
  ['employer', ['cover.employer']],
  ['actuary', ['cover.actuary']],
  ['volunteer', ['cover.enrol', 'cover.vouchers']],
  ['doctor', ['cover.provider', 'cover.vouchers']],
] as const;

/** What holds for the form of a screen; whether every word of it was translated is looked at screen by screen. */
const aboutForm = (fault: string) => !fault.startsWith('not translated');

const nameOf = (path: string) => path.slice(1).replaceAll('/', '-');

test.each(staff)(
  'every screen of the %s keeps its form in three languages at 360 px, and wide',
  async (username, may) => {
    desk = await openDesk(browser, corridor.th.url);
    const { page } = desk;
    await page.goto('/console/');
    await typeCredentials(page, username, password);
    await page.locator('main h1').waitFor();
    const mine = coverScreens.filter(
      (screen) => screen.nav && screen.needs.some((need) => (may as readonly string[]).includes(need)),
    );
    expect(mine.length).toBeGreaterThan(0);
    const found: string[] = [];
    for (const language of ['en', 'th', 'my'] as const) {
      await chooseLanguage(page, language);
      for (const width of language === 'en' ? [1280, 360] : [360]) {
        await page.setViewportSize({ width, height: 800 });
        for (const { path } of mine) {
          await goTo(page, path);
          found.push(
            ...(await faults(page, language))
              .filter(aboutForm)
              .map((fault) => `${username} ${path} ${language} ${width}: ${fault}`),
          );
          if (wanted) {
            await picture(page, `${username}-${language}-${width}-${nameOf(path)}`, width === 360);
          }
        }
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(found).toEqual([]);
    desk.mustBeQuiet();
  },
  240_000,
);
