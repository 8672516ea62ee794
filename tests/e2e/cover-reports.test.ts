import { ensureConsole } from '@serai/server/corridor/console-build.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { loadSmallYear } from '../cover-year.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, goTo } from './screens.ts';

/** What the actuary's reports are on paper: everything said, nothing cut, every picture with its numbers. */
let corridor: Corridor;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  await ensureConsole(() => {});
  corridor = await openCorridor();
  // The scheme that both screens begin with.
  const until = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await loadSmallYear(corridor.th, { scheme: 'sch:th:mae-sot-pilot', members: 400, until });
  browser = await launch();
  desk = await openDesk(browser, corridor.th.url);
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, 'actuary', password);
  await desk.page.locator('main h1').waitFor();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});

afterEach(async (context) => {
  if (context.task.result?.state === 'fail') {
    await keepPictures([desk], context.task.name);
  }
  await desk.page.emulateMedia({ media: 'screen' });
  await desk.page.setViewportSize({ width: 1280, height: 800 });
});

/** The width of a page of A4 between its margins, in pixels of CSS. */
const pageWidth = Math.floor(((210 - 24) / 25.4) * 96);

/** What paper would not show: of the report as it is printed, on a page as wide as A4. */
async function wrongOnPaper(page: Page): Promise<string[]> {
  return page.evaluate((width) => {
    const found: string[] = [];
    const report = document.querySelector('.report')!;
    const seen = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
    for (const element of report.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      // Tables of more columns than a page holds have pages of their own, on their side.
      if (seen(element) && !element.closest('.wide, svg') && box.right > width + 1) {
        found.push(`cut at the edge: ${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`);
      }
    }
    for (const chart of report.querySelectorAll('.chart')) {
      const [svg, rows] = [chart.querySelector('svg'), chart.querySelectorAll('tbody tr')];
      if (!svg || rows.length === 0 || !seen(rows[0]!)) {
        found.push(`no numbers beside: ${chart.querySelector('figcaption')?.textContent}`);
      }
    }
    for (const head of report.querySelectorAll('thead')) {
      if (seen(head) && getComputedStyle(head).display !== 'table-header-group') {
        found.push(`its head is not repeated: ${head.textContent}`);
      }
      for (const title of head.querySelectorAll('.sort')) {
        // A button is a box of its own, and the text of such is not printed again on the next page.
        if (seen(head) && getComputedStyle(title).display !== 'contents') {
          found.push(`its text is not repeated: ${title.textContent}`);
        }
      }
    }
    for (const element of document.querySelectorAll('button:not(.sort), select, input, nav, .screen-actions')) {
      if (seen(element)) {
        found.push(`only of the screen: ${element.tagName} ${element.textContent?.slice(0, 30)}`);
      }
    }
    return [...new Set(found)];
  }, pageWidth);
}

/** The report as a reader of the paper has it. */
async function onPaper(page: Page): Promise<string> {
  await page.setViewportSize({ width: pageWidth, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  return page.locator('main').evaluate((main) => (main as HTMLElement).innerText);
}

async function made(kind: string): Promise<void> {
  const { page } = desk;
  await goTo(page, '/cover/actuary/studies');
  await page.locator('#kind').selectOption(kind);
  await page.locator('form button[type=submit]').click();
  // The next screen asks how far the work is, and then for the report.
  await page.locator('h1:not(:has-text("Studies"))').waitFor();
  await corridor.th.node.work();
  await page.locator('article.report').waitFor();
}

const said = {
  en: [
    'Mae Sot cross-border package',
    'version 1',
    'Seed',
    'Method and source',
    'Limits',
    'Signatures',
    'Reviewed by another',
  ],
  th: ['ฉบับที่ 1', 'ค่าเริ่มสุ่ม', 'วิธีและที่มา', 'ข้อจำกัด', 'ลายมือชื่อ', 'ผู้สอบทาน'],
  my: ['ဗားရှင်း 1', 'ကျပန်းအစ', 'နည်းလမ်းနှင့် အရင်းအမြစ်', 'ကန့်သတ်ချက်', 'လက်မှတ်များ'],
} as const;

test.each(['pooling', 'solvency', 'pool-size', 'premium', 'gaps'])(
  'the report on %s is whole on paper in three languages',
  async (kind) => {
    const { page } = desk;
    await made(kind);
    for (const language of ['en', 'th', 'my'] as const) {
      await chooseLanguage(page, language);
      const text = await onPaper(page);
      // What holds between countries is of no scheme.
      for (const part of kind === 'gaps' ? said[language].filter((each) => !/1$|Mae Sot/.test(each)) : said[language]) {
        expect(text).toContain(part);
      }
      expect(await wrongOnPaper(page)).toEqual([]);
      await picture(page, `paper-${kind}-${language}`, true);
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await chooseLanguage(page, 'en');
    desk.mustBeQuiet();
  },
  120_000,
);

test('the desk itself is a report, on pages of A4', async () => {
  const { page } = desk;
  await goTo(page, '/cover/actuary');
  await page.locator('.report .chart svg').first().waitFor();
  const text = await onPaper(page);
  for (const part of [...said.en, 'Mack', 'Bühlmann', 'Claims not yet judged']) {
    expect(text).toContain(part);
  }
  expect(await wrongOnPaper(page)).toEqual([]);
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
    Math.round(Number(w)),
    Math.round(Number(h)),
  ]);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.length).toBeLessThan(12);
  for (const [short, long] of sizes.map((size) => size.toSorted((a, b) => a - b))) {
    expect(Math.abs(short! - 595) + Math.abs(long! - 842)).toBeLessThan(4);
  }
  desk.mustBeQuiet();
});
