import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { claimBody, insured, payment } from '../cover-claims.ts';
import { personAccount } from '../person-account.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults } from './screens.ts';

/** A member on a telephone of 360 px: their own cover and claims, in three languages, and "I do not agree". */

let corridor: Corridor;
let browser: Browser;
let phone: Desk;

beforeAll(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  const { th } = corridor;
  const nurse = await th.token('nurse');
  const made = await th.call(nurse, 'POST', '/api/persons', {
    requestId: randomUUID(),
    name: { text: 'မခင်လှ' },
    birth: { kind: 'date', date: '1990-05-05' },
    sex: 'female',
    language: 'my',
    consents: [],
  });
  const { memberNumber } = await insured(th, { personId: made.json.id });
  const claimed = await th.call(nurse, 'POST', '/api/cover/claims', claimBody(memberNumber), payment);
  expect(claimed.status).toBe(200);
  if (claimed.json.status === 'checked') {
    const body = { requestId: randomUUID(), act: 'bypass', claimIds: [claimed.json.claimId], reason: 'drawn by lot' };
    await th.call(await th.token('claims-officer'), 'POST', '/api/cover/claims/bulk', body, payment);
  }
  await personAccount(th, { username: 'ma-hla', personId: made.json.id, secret: password });
  phone = await openDesk(browser, th.url, { viewport: { width: 360, height: 740 } });
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await keepPictures([phone], task.name);
  }
  phone.mustBeQuiet();
});

test('signs in, reads it in en, th and my, and appeals', async () => {
  const { page } = phone;
  await page.goto('/console/');
  await typeCredentials(page, 'ma-hla', password);
  await page.getByRole('heading', { level: 1, name: 'My cover' }).waitFor();
  await page.getByText(/^You are covered until/).waitFor();
  await page.getByText('What and why').click();
  for (const language of ['th', 'my', 'en'] as const) {
    await chooseLanguage(page, language);
    await picture(page, `mine-${language}`, true);
    expect([language, await faults(page, language)]).toEqual([language, []]);
  }
  await page.getByRole('button', { name: 'I do not agree' }).click();
  await page.getByLabel(/^Say why/).fill('I was not given the medicine.');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await page.getByText('You asked to have it looked at again.').waitFor();
  expect(await page.getByRole('button', { name: 'I do not agree' }).count()).toBe(0);
});
