import { mayOf } from '@serai/domains/access/may.ts';
import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import type { PrincipalClass } from '@serai/policy/types.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { loadLivingYear } from '../cover-year.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials, wanted } from './browser.ts';
import { chooseLanguage, faults, goTo, loaded } from './screens.ts';

/**
 * Every screen of cover, by everyone it is for, with a small year behind it: nothing wider than a phone, no text that was
 * forgotten, nothing asked of the node that it refuses.
 */
let corridor: Corridor;
let browser: Browser;
let desk: Desk | undefined;

/** Opens a node with a small year, and a browser, for the tests of a file; closes them after. */
export function openYear(): void {
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
}

/** Someone of the staff, signed in; `width` and `height` of the window where it is not that of a desk. */
export async function sitDown(username: string, viewport = { width: 1280, height: 800 }): Promise<Desk> {
  desk = await openDesk(browser, corridor.th.url, { viewport });
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, username, password);
  await desk.page.locator('main h1').waitFor();
  return desk;
}

type Look = readonly [language: 'en' | 'th' | 'my', widthPixels: number];
const wide: Look = ['en', 1280];
const looks: readonly Look[] = [wide, ['en', 360], ['th', 360], ['my', 360]];

const nameOf = (path: string) => path.slice(1).replaceAll('/', '-');

/**
 * Looks at one screen in each of the ways, the first of which is as the page stands.
 * @returns what is wrong with it, and the addresses it leads to where it is wide.
 */
async function look(page: Page, username: string, path: string, name: string, ways: readonly Look[]) {
  const found: string[] = [];
  const links: string[] = [];
  await goTo(page, path);
  let [now] = ways[0]!;
  for (const [language, width] of ways) {
    await page.setViewportSize({ width, height: 800 });
    if (language !== now) {
      await chooseLanguage(page, language);
      now = language;
    }
    await drawn(page);
    await loaded(page);
    found.push(...(await faults(page, language)).map((fault) => `${name} ${language} ${width}: ${fault}`));
    if (width === wide[1]) {
      links.push(...(await linksOn(page)));
    }
    if (wanted) {
      await picture(page, `${username}-${language}-${width}-${nameOf(name)}`, width === 360);
    }
  }
  return { found, links };
}

/** Waits until what follows from a new width or language is on the screen. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** The addresses the screen leads to. */
const linksOn = (page: Page) =>
  page
    .locator('main a[href^="/console/cover/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.slice('/console'.length)));

/**
 * Opens every screen of someone of the staff, and looks at each in every way; or only wide, where somebody else
 * has the very same screens.
 */
export async function lookAtEvery(username: string, ofClass: PrincipalClass, sameAsOthers = false): Promise<void> {
  const { page, mustBeQuiet } = await sitDown(username);
  const may: readonly string[] = mayOf({ class: ofClass, roles: [username] });
  const has = (need: string) => may.includes(need);
  const mine = coverScreens.filter((screen) => screen.needs.some(has) && !screen.unless?.some(has));
  const found: string[] = [];
  const links = new Set<string>();
  // There and back: a screen is opened as the one before it was left.
  let ways = sameAsOthers ? [wide] : looks;
  const lookAt = async (path: string, name: string) => {
    const seen = await look(page, username, path, name, ways);
    found.push(...seen.found);
    ways = ways.toReversed();
    return seen.links;
  };
  for (const { path } of mine.filter((screen) => !screen.path.includes('$'))) {
    for (const link of await lookAt(path, path)) {
      links.add(link);
    }
  }
  // Screens of one thing: the first of its kind that another screen leads to.
  for (const { path } of mine.filter((screen) => screen.path.includes('$'))) {
    const shape = new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`);
    const fixed = new Set(coverScreens.map((screen) => screen.path));
    const first = [...links].find((link) => shape.test(link) && !fixed.has(link));
    if (first) {
      await lookAt(first, path);
    }
  }
  expect(found).toEqual([]);
  mustBeQuiet();
}
