import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundled from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/**
 * Flags of the bundled browser that would make it forgive what a clinic's browser does not, that it needs only on a server
 * without processes, or that let it reckon a graphics card: no screen of ours has a use for one, and it is half of the work.
 */
const unwanted = [
  '--single-process',
  '--disable-web-security',
  '--allow-running-insecure-content',
  "--headless='shell'",
  '--ignore-gpu-blocklist',
  '--in-process-gpu',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** One real Chromium: the one that comes with the project, or the one `SERAI_CHROMIUM` names. */
export async function launch(flags: readonly string[] = []): Promise<Browser> {
  const own = process.env.SERAI_CHROMIUM;
  return chromium.launch({
    executablePath: own || (await bundled.executablePath()),
    args: [
      ...(own ? ['--no-sandbox'] : bundled.args.filter((flag) => !unwanted.includes(flag))),
      '--disable-background-networking',
      '--disable-gpu',
      ...flags,
    ],
    headless: true,
  });
}

/** Someone at a screen of a node, and everything that went wrong on it. */
export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly origin: string;
  /** Console errors, page errors and requests to other hosts since the last look. */
  readonly problems: string[];
  /** Says that the node will refuse something now: the browser's own note of a 4xx or 5xx is then no problem. */
  expectRefusals(): void;
  /** @throws Error with what went wrong on this screen. Forgets it, and what was expected, too. */
  mustBeQuiet(): void;
}

/** A fresh browser profile at a node, watched. */
export async function openDesk(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Desk> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    timezoneId: 'Asia/Yangon',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const problems: string[] = [];
  let refusals = false;
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
      problems.push(`asked another host: ${url}`);
    }
  });
  context.on('console', (message) => {
    // Without a network the browser cannot look for a newer service worker, which the one that is there outlives.
    const wasOffline = /^An unknown error occurred when fetching the script\.$/.test(message.text());
    if (message.type() === 'error' && !wasOffline && !(refusals && /Failed to load resource/.test(message.text()))) {
      problems.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => problems.push(`page: ${error.error().message}`));
  const page = await context.newPage();
  // A printer's window would wait for a hand.
  await page.addInitScript(() => {
    window.print = () => {};
  });
  return {
    page,
    context,
    origin,
    problems,
    expectRefusals: () => {
      refusals = true;
    },
    mustBeQuiet: () => {
      const found = problems.splice(0);
      refusals = false;
      if (found.length > 0) {
        throw new Error(`Something went wrong on the screen:\n${found.join('\n')}`);
      }
    },
  };
}

export const password = 'correct horse battery staple';

/** Signs in by typing alone, from the address of the console; ends at the first screen. */
export async function signIn(desk: Desk, username: string, secret = password): Promise<void> {
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, username, secret);
  await desk.page.getByRole('heading', { level: 1, name: 'Find a person' }).waitFor();
}

export async function typeCredentials(page: Page, username: string, secret: string): Promise<void> {
  // The page puts the cursor into the first field itself.
  await page.locator('#username:focus').waitFor();
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(secret);
  await page.keyboard.press('Enter');
}

const pictures = process.env.SERAI_PICTURES;
/** Whether someone asked for pictures of every screen. */
export const wanted = pictures !== undefined;

/** A picture of the screen for whoever asked for pictures (`SERAI_PICTURES`, a folder); otherwise nothing. */
export async function picture(page: Page, name: string, whole = false): Promise<void> {
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: whole, animations: 'disabled' });
  }
}

/** Pictures of what a failed test left on its screens; tells where they are. */
export async function keepPictures(desks: readonly (Desk | undefined)[], name: string): Promise<void> {
  const folder = join(tmpdir(), 'serai-e2e');
  mkdirSync(folder, { recursive: true });
  for (const [index, desk] of desks.entries()) {
    if (desk && !desk.page.isClosed()) {
      const path = join(folder, `${name.replace(/\W+/g, '-').slice(0, 60)}-${index}.png`);
      await desk.page.screenshot({ path, fullPage: true }).catch(() => {});
      console.error(`the screen as it was: ${path}\n  at ${new URL(desk.page.url()).pathname}`);
    }
  }
}
