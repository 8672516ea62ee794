import { randomUUID } from 'node:crypto';
import type { SheetView } from '@serai/domains/cover/vouchers/api.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults } from './screens.ts';

/** A booklet's way through the screens: issued, printed, its voucher taken twice without a network, one paid for, one disputed. */
let corridor: Corridor;
let browser: Browser;
const desks: Desk[] = [];

beforeAll(async () => {
  corridor = await openCorridor();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});

async function desk(username: string, narrow = false): Promise<Desk> {
  const opened = await openDesk(browser, corridor.mm.url, narrow ? { viewport: { width: 360, height: 740 } } : {});
  desks.push(opened);
  await opened.page.goto('/console/');
  await typeCredentials(opened.page, username, password);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  await opened.page.waitForURL(/\/console\/(?!\?code)/);
  return opened;
}

/** The first voucher of the booklet just issued, as the sheet shows it. */
async function printed(): Promise<{ text: string; code: string }> {
  const officer = await corridor.mm.token('voucher-officer');
  const headers = { 'x-purpose-of-use': 'COVERAGE' };
  const programmeId = 'vp:mm:kadon-kani';
  const base = '/api/cover/vouchers';
  const found = await corridor.mm.call(officer, 'POST', `${base}/holders/find`, { programmeId }, headers);
  const bookletIds = [found.json.holders[0].booklet.bookletId];
  const sheet = await corridor.mm.call(officer, 'POST', `${base}/sheet`, { programmeId, bookletIds }, headers);
  const booklet = (sheet.json as SheetView).booklets[0]!;
  return { text: booklet.vouchers[0]!.text, code: booklet.code };
}

async function setUpDevice({ page }: Desk): Promise<void> {
  await page.goto('/console/cover/vouchers/redeem');
  await page.getByRole('button', { name: 'Set this device up' }).click();
  await page.getByText('0 redemptions wait to be sent.').waitFor();
}

async function takeOffline(at: Desk, voucher: { text: string; code: string }): Promise<void> {
  const { page, context } = at;
  await context.setOffline(true);
  await page.getByLabel('Redeem on this device, without the network').check();
  await enter(at, voucher);
  await context.setOffline(false);
}

async function enter({ page }: Desk, voucher: { text: string; code: string }): Promise<void> {
  await page.getByLabel('Voucher: the square’s text, or its short code').fill(voucher.text);
  await page.getByLabel('Code on the cover of the booklet').fill(voucher.code.toLowerCase());
  await page.getByRole('button', { name: 'Redeem', exact: true }).click();
  await page.getByText('1 redemptions wait to be sent.').waitFor();
}

/** A booklet issued by the API: its code, and the text of a voucher. */
async function issued(): Promise<{ text: string; code: string }> {
  const officer = await corridor.mm.token('voucher-officer');
  const act = async (path: string, body: object) => {
    const sent = { requestId: randomUUID(), programmeId: 'vp:mm:kadon-kani', ...body };
    const headers = { 'x-purpose-of-use': 'COVERAGE' };
    return (await corridor.mm.call(officer, 'POST', `/api/cover/vouchers${path}`, sent, headers)).json;
  };
  const name = `Mg ${randomUUID().slice(0, 6)}`;
  const lines = [{ group: 'under-five', name, village: 'kk-08', language: 'my' }];
  const { holderId } = (await act('/holders', { lines })).lines[0];
  const { booklet } = (await act('/booklets', { holderIds: [holderId], channel: 'print', activate: true })).booklets[0];
  const headers = { 'x-purpose-of-use': 'COVERAGE' };
  const asked = { programmeId: 'vp:mm:kadon-kani', bookletIds: [booklet.bookletId] };
  const sheet = await corridor.mm.call(officer, 'POST', '/api/cover/vouchers/sheet', asked, headers);
  const [made] = (sheet.json as SheetView).booklets;
  return { text: made!.vouchers[0]!.text, code: made!.code };
}

/** Each device sends after the one before has its answer: whichever is heard while alone is accepted until the other is. */
async function send({ page }: Desk, answer: string): Promise<void> {
  await page.getByRole('button', { name: 'Send and renew the list' }).click();
  await page.getByText(answer).waitFor();
}

test('issue, print, take offline on two devices, sync: one accepted, one disputed', async () => {
  try {
    const officer = await desk('voucher-officer');
    await officer.page.goto('/console/cover/vouchers/hand-out');
    await officer.page.getByLabel('One person a line').fill(`Ma ${randomUUID().slice(0, 6)}, pregnant, kk-07`);
    await officer.page.getByRole('button', { name: 'Check', exact: true }).click();
    await officer.page.getByRole('button', { name: 'Register 1' }).click();
    await officer.page.getByText('1 registered.').waitFor();
    await officer.page
      .getByRole('checkbox', { name: /^Choose/ })
      .first()
      .check();
    await officer.page.getByRole('button', { name: 'Issue 1, printed' }).click();
    await officer.page.getByRole('button', { name: 'Issue now' }).click();
    await officer.page.getByText('1 booklets issued.').waitFor();
    await officer.page.getByRole('button', { name: 'Print 1' }).first().click();
    await officer.page.locator('main .slip').nth(7).waitFor();
    expect(await officer.page.locator('main .slip').count()).toBe(8);
    const voucher = await printed();

    const first = await desk('nurse', true);
    const second = await desk('doctor');
    await setUpDevice(first);
    await setUpDevice(second);
    await takeOffline(first, voucher);
    // Takings are weighed by the second; within one, neither came first.
    await second.page.waitForTimeout(1100);
    await takeOffline(second, voucher);
    await send(first, '1 accepted, 0 disputed, 0 refused.');
    await send(second, '0 accepted, 1 disputed, 0 refused.');
    const overflow = await first.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);

    await officer.page.goto('/console/cover/vouchers/settle');
    await officer.page.getByText('Came first').waitFor();
    await officer.page.getByText('Came second').waitFor();
    await officer.page.getByRole('heading', { name: 'Past their date' }).waitFor();
    await officer.page.getByText('No unused voucher is past its date. The node looks once a day.').waitFor();
    await picture(officer.page, 'vouchers-settle', true);
    await officer.page.goto('/console/cover/vouchers');
    await officer.page.getByText('Eligible people given vouchers').first().waitFor();
    officer.mustBeQuiet();
  } catch (error) {
    await keepPictures(desks, 'cover-vouchers');
    throw error;
  }
});

test('a device that is set up opens anew with no network at all, redeems, and sends when there is one', async () => {
  try {
    const voucher = await issued();
    const clinic = await desk('nurse', true);
    await setUpDevice(clinic);
    await clinic.page.getByText('This page opens here without a network too.').waitFor();
    await clinic.page.close();

    clinic.expectRefusals();
    await clinic.context.setOffline(true);
    corridor.mm.fault = { kind: 'down' };
    const opened = { ...clinic, page: await clinic.context.newPage() };
    desks.push(opened);
    await opened.page.goto('/console/cover/vouchers/redeem');
    await opened.page.getByRole('heading', { level: 1, name: 'Redeem without a network' }).waitFor();
    await opened.page.getByText('0 redemptions wait to be sent.').waitFor();
    for (const language of ['my', 'th', 'en'] as const) {
      await chooseLanguage(opened.page, language);
      expect.soft([language, await faults(opened.page, language)]).toEqual([language, []]);
    }
    await picture(opened.page, 'vouchers-offline-desk', true);
    await enter(opened, voucher);
    // The same voucher again, and a square that is none: refused here, in words.
    await opened.page.getByLabel('Voucher: the square’s text, or its short code').fill(voucher.text);
    await opened.page.getByLabel('Code on the cover of the booklet').fill(voucher.code);
    await opened.page.getByRole('button', { name: 'Redeem', exact: true }).click();
    await opened.page.getByText('This device has taken this voucher before.').waitFor();
    // Opened once more, it still waits.
    await opened.page.reload();
    await opened.page.getByText('1 redemptions wait to be sent.').waitFor();
    // What is kept are files of the console: no answer of the node, nothing about anyone.
    const paths = await opened.page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
      return requests.map((request) => new URL(request.url).pathname);
    });
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !/^\/console\/(index\.html|serai\.svg|assets\/[\w.-]+)$/.test(path))).toEqual([]);

    corridor.mm.fault = { kind: 'none' };
    await clinic.context.setOffline(false);
    await opened.page.getByRole('button', { name: 'Sign in and send' }).click();
    await opened.page.getByText('1 redemptions wait to be sent.').waitFor();
    await send(opened, '1 accepted, 0 disputed, 0 refused.');
    await opened.page.getByText('0 redemptions wait to be sent.').waitFor();
    clinic.mustBeQuiet();
  } catch (error) {
    await keepPictures(desks, 'cover-vouchers-offline');
    throw error;
  } finally {
    corridor.mm.fault = { kind: 'none' };
  }
});

test('a device that was lost is revoked, what it sends later waits for a person, and it begins anew', async () => {
  try {
    const voucher = await issued();
    const clinic = await desk('doctor', true);
    await clinic.page.goto('/console/cover/vouchers/redeem');
    const name = `Tablet ${randomUUID().slice(0, 4)}`;
    await clinic.page.getByLabel('A name for this device').fill(name);
    await clinic.page.getByRole('button', { name: 'Set this device up' }).click();
    await clinic.page.getByText('0 redemptions wait to be sent.').waitFor();
    await takeOffline(clinic, voucher);

    const officer = await desk('voucher-officer');
    await officer.page.getByRole('link', { name: 'Devices', exact: true }).click();
    await officer.page.getByRole('heading', { level: 1, name: 'Devices' }).waitFor();
    for (const width of [1280, 360]) {
      await officer.page.setViewportSize({ width, height: 800 });
      for (const language of ['my', 'th', 'en'] as const) {
        await chooseLanguage(officer.page, language);
        expect.soft([language, width, await faults(officer.page, language)]).toEqual([language, width, []]);
        await picture(officer.page, `voucher-devices-${language}-${width}`, true);
      }
    }
    await officer.page.getByRole('button', { name: `Revoke ${name}` }).click();
    const dialog = officer.page.getByRole('dialog', { name: `Revoke ${name}` });
    await dialog.getByLabel('Why').fill('Left on the bus to Hpa-An.');
    await picture(officer.page, 'voucher-devices-dialog');
    await dialog.getByLabel('Why').press('Tab');
    await officer.page.keyboard.press('Enter');
    await officer.page.getByText(`${name} is revoked.`).waitFor();
    await officer.page.getByText('Left on the bus to Hpa-An.').first().waitFor();
    expect(await officer.page.getByRole('button', { name: `Revoke ${name}` }).count()).toBe(0);

    await send(clinic, '1 accepted, 0 disputed, 0 refused.');
    await clinic.page.getByText('This device was revoked.').waitFor();
    await picture(clinic.page, 'voucher-device-revoked', true);
    await clinic.page.getByRole('button', { name: 'Set this device up anew' }).click();
    await clinic.page.getByText('This device was revoked.').waitFor({ state: 'detached' });
    await clinic.page.getByText('0 redemptions wait to be sent.').waitFor();
    await officer.page.goto('/console/cover/vouchers/settle');
    await officer.page.getByText('taken by a device that was lost').waitFor();
    officer.mustBeQuiet();
    clinic.mustBeQuiet();
  } catch (error) {
    await keepPictures(desks, 'cover-vouchers-lost');
    throw error;
  }
});
