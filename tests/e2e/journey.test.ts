import { ensureConsole } from '@serai/server/corridor/console-build.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, picture, signIn } from './browser.ts';
import { pick, press, reach, select, tick, write } from './keyboard.ts';

/** The faces of two real nodes in a real browser: the main job by keyboard, what goes wrong, every language, paper. */
let corridor: Corridor;
let browser: Browser;
let nurse: Desk;
let doctor: Desk;

beforeAll(async () => {
  await ensureConsole(() => {});
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  nurse = await openDesk(browser, corridor.mm.url);
  doctor = await openDesk(browser, corridor.th.url);
  await Promise.all([signIn(nurse, 'nurse'), signIn(doctor, 'doctor')]);
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async ({ task }) => {
  corridor.mm.fault = { kind: 'none' };
  if (task.result?.state === 'fail') {
    await keepPictures([nurse, doctor], task.name);
  }
  for (const desk of [nurse, doctor]) {
    desk.mustBeQuiet();
  }
});

describe('the main job, by keyboard', () => {
  const name = 'မခင်အေးမြင့်';
  /** The text a phone keeps. */
  let phoneText = '';
  /** A picture of the printed code. */
  let qrPicture: Buffer;

  test('the nurse registers, assesses, and gives a card', async () => {
    const { page } = nurse;
    await page.keyboard.press('/');
    await write(page, 'Name', name);
    await page.getByText('No one found').waitFor();
    await press(page, 'link', 'Register a new person');
    await page.locator('h1:focus', { hasText: 'Register a person' }).waitFor();
    await write(page, /^Name/, name);
    await pick(page, /^What is known of the birth/, 'About how old');
    await write(page, /^Age in years/, '34');
    await pick(page, /^Sex/, 'Female');
    await select(page, /^Language to speak in/, 'Burmese');
    for (const [purpose, answer] of [
      ['Care here', 'Agrees'],
      ['Care in another country', 'Agrees'],
      ['Protecting everyone', 'Agrees'],
      ['Research', 'Does not agree'],
    ] as const) {
      await pick(page, new RegExp(`^${purpose}\\b`), answer);
    }
    await press(page, 'button', 'Register');
    await page.locator('h1:focus', { hasText: name }).waitFor();

    await press(page, 'link', 'New assessment');
    await page.locator('h1:focus', { hasText: 'Health assessment' }).waitFor();
    const next = () => press(page, 'button', 'Next section');
    const section = (title: string) => page.locator('h2:focus', { hasText: title }).waitFor();
    await pick(page, /^The name on the record is confirmed/, 'Yes');
    await next();
    await section('2. Consent');
    await pick(page, /^Explained in a language/, 'Yes');
    await pick(page, /^Agrees to this health assessment/, 'Yes');
    await pick(page, /^Agrees that clinics/, 'Yes');
    await pick(page, /^Agrees to use in health research/, 'No');
    await pick(page, /^Who decided/, 'The person');
    await next();
    await section('3. Immediate needs');
    await tick(page, 'None');
    await pick(page, /^Triage/, 'Can wait');
    await next();
    await section('4. Health history');
    await pick(page, /^Any allergy/, 'Yes');
    await select(page, /^To what/, 'Penicillin');
    await pick(page, /^Any medicine taken now/, 'No');
    await next();
    await section('5. Symptoms now');
    const screening = page.locator('.screening');
    expect(await screening.getAttribute('data-result')).toBe('incomplete');
    await pick(page, /^Cough\b/, 'Yes');
    await write(page, /^Weeks of cough/, '3');

    await page.getByText('Draft saved').waitFor();
    await page.reload();
    await page.getByText('You began this assessment earlier').waitFor();
    await page.getByRole('heading', { level: 2, name: '5. Symptoms now' }).waitFor();
    expect(await page.getByLabel(/^Weeks of cough/).inputValue()).toBe('3');
    for (const [symptom, answer] of [
      ['Coughing up blood', 'No'],
      ['Sputum', 'Yes'],
      ['Fever', 'Yes'],
      ['Night sweats', 'Yes'],
      ['Weight loss', 'Yes'],
      ['Chest pain', 'No'],
      ['Shortness of breath', 'No'],
      ['Tiredness', 'Yes'],
    ] as const) {
      await pick(page, new RegExp(`^${symptom}\\b`), answer);
    }
    await page.locator('.screening[data-result="positive"]').waitFor();
    await picture(page, 'assess-en');
    for (let at = 5; at < 12; at++) {
      await next();
      await section(`${at + 1}. `);
    }
    await pick(page, /^Referral needed/, 'No');
    await next();
    await section('13. ');
    await pick(page, /^I examined this person/, 'Yes');
    await press(page, 'button', 'Record the assessment');
    await page.locator('h1:focus', { hasText: 'The assessment is recorded' }).waitFor();

    await press(page, 'link', 'See the summary');
    const allergies = page.locator('.ips-section', { hasText: 'Penicillin' });
    await allergies.first().waitFor();
    await picture(page, 'console-summary');

    await reach(page, page.getByRole('link', { name: 'Card', exact: true }));
    await page.keyboard.press('Enter');
    await press(page, 'button', 'Issue the card');
    const code = page.getByRole('img', { name: 'Code of the card' });
    await code.waitFor();
    expect(await code.count()).toBe(1);
    qrPicture = await code.screenshot();
    const download = page.waitForEvent('download');
    await press(page, 'button', 'Save for the phone');
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) {
      chunks.push(chunk as Buffer);
    }
    phoneText = Buffer.concat(chunks).toString('utf8');
    expect(phoneText.split('~').length).toBeGreaterThan(2);
    await picture(page, 'card-en');
  });

  test('the doctor abroad pastes the text, and reads the record', async () => {
    expect(phoneText, 'no card was given').not.toBe('');
    const { page } = doctor;
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('s');
    await page.locator('h1:focus', { hasText: 'Scan a card' }).waitFor();
    await pick(page, /^How to read the card/, 'Text');
    await reach(page, page.getByLabel('Text of the code'));
    await page.keyboard.insertText(phoneText);
    await press(page, 'button', 'Check the card');
    await verifiedAndAsked();
  });

  test('or uploads a picture of the code', async () => {
    expect(qrPicture, 'no card was given').toBeDefined();
    const { page } = doctor;
    await press(page, 'link', 'Scan card');
    await pick(page, /^How to read the card/, 'Picture');
    await page
      .getByLabel('Picture of the code')
      .setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: qrPicture });
    await verifiedAndAsked();
  });

  /** What is seen once a card is verified, and the record that its home gives. */
  async function verifiedAndAsked(): Promise<void> {
    const { page } = doctor;
    await page.locator('.notice-good', { hasText: 'The card is genuine' }).waitFor();
    await page.getByText('Issued by Myanmar').waitFor();
    expect(await page.locator('.facts', { hasText: 'List of revoked cards' }).textContent()).toMatch(/old/);
    await pick(page, /^Clause of the agreement/, 'art-4-2');
    await pick(page, /^What for/, 'Treatment');
    await press(page, 'button', /^Ask Myanmar for the record/);
    await page.locator('h1:focus', { hasText: name }).waitFor();
    await page.getByText('Received from Myanmar').waitFor();
    await page.locator('.ips-section', { hasText: 'Penicillin' }).first().waitFor();
    expect(await page.locator('.facts', { hasText: 'Fingerprint of the document' }).textContent()).toContain(
      corridor.mm.url,
    );
  }
});
