import { randomUUID } from 'node:crypto';
import jsQR from 'jsqr';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import {
  type Desk,
  keepPictures,
  launch,
  openDesk,
  password,
  picture,
  signIn,
  typeCredentials,
  wanted,
} from './browser.ts';
import { type Given, giveCard, givePerson } from './given.ts';
import { pick, press, reach, select, tick, write } from './keyboard.ts';
import { ask, chooseLanguage, faults, goTo, show } from './screens.ts';

/** The faces of two real nodes in a real browser: the main job by keyboard, what goes wrong, every language, paper. */
let corridor: Corridor;
let browser: Browser;
let nurse: Desk;
let doctor: Desk;
/** A profile that one test opens for itself. */
let guest: Desk | undefined;

beforeAll(async () => {
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
    await keepPictures([nurse, doctor, guest], task.name);
  }
  const desks = [nurse, doctor, ...(guest ? [guest] : [])];
  await guest?.context.close();
  guest = undefined;
  for (const desk of desks) {
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
    if (wanted) {
      await chooseLanguage(page, 'my');
      await picture(page, 'console-received-my');
      await chooseLanguage(page, 'en');
    }
  });

  /** What is seen once a card is verified, and the record that its home gives. */
  async function verifiedAndAsked(): Promise<void> {
    const { page } = doctor;
    await page.locator('.notice-good', { hasText: 'The card is genuine' }).waitFor();
    await page.getByText('Issued by Myanmar').waitFor();
    expect(await page.locator('.facts', { hasText: 'List of revoked cards' }).textContent()).toMatch(/old/);
    await ask(doctor);
    await page.locator('h1:focus', { hasText: name }).waitFor();
    await page.getByText('Received from Myanmar').waitFor();
    await page.locator('.ips-section', { hasText: 'Penicillin' }).first().waitFor();
    // The author's own code stands beside the words.
    await page.locator('.ips-original', { hasText: '764146007' }).first().waitFor();
    expect(await page.locator('.facts', { hasText: 'Fingerprint of the document' }).textContent()).toContain(
      corridor.mm.url,
    );
  }

  test('at home the person sees who asked; consent withdrawn, the next request is refused in a clear sentence', async () => {
    const { page } = nurse;
    const personId = /persons\/([^/]+)\//.exec(page.url())![1]!;
    const officer = await corridor.mm.token('enforcement');
    expect((await corridor.mm.call(officer, 'GET', `/api/persons/${personId}`)).status).toBe(404);
    await corridor.mm.node.work();

    await press(page, 'link', 'Disclosures');
    const seen = page.locator('tr', { hasText: 'art-4-2' });
    await seen.first().waitFor();
    expect(await seen.first().textContent()).toMatch(/Shown.*Thailand.*Abroad.*Treatment/);
    await page.locator('tr', { hasText: 'Refused' }).filter({ hasText: 'Immigration enforcement' }).first().waitFor();
    expect(await page.locator('.counter-kept').textContent()).toBe('Immigration enforcement0');
    await page.getByText('Disclosures to immigration enforcement: 0.').waitFor();

    await press(page, 'link', 'Consent');
    await press(page, 'button', 'Change: Care in another country');
    await pick(page, /^Care in another country/, 'Does not agree', page.getByRole('dialog'));
    await press(page, 'button', 'Record this answer');
    await page.getByText('Recorded.').waitFor();

    await show(doctor, phoneText);
    doctor.expectRefusals();
    await ask(doctor);
    await doctor.page.getByRole('alert').getByText('has not agreed to share the record with this country').waitFor();
    expect(await doctor.page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });
});

describe('what goes wrong is said on the screen', () => {
  let given: Given;
  beforeAll(async () => {
    given = await givePerson(corridor);
  });

  test('the other country is down: a sentence, and a button that works once the line is back', async () => {
    await show(doctor, given.card.printed.text);
    corridor.mm.fault = { kind: 'down' };
    doctor.expectRefusals();
    await ask(doctor);
    await doctor.page.getByRole('alert').getByText('cannot be reached. Nothing was recorded').waitFor();
    corridor.mm.fault = { kind: 'none' };
    await doctor.page.getByRole('button', { name: 'Try again' }).click();
    await doctor.page.getByText('Received from Myanmar').waitFor();
  });

  test('a card that was changed, and one that is no card', async () => {
    const { sdJwt } = given.card;
    // Within the signature: what the card says can still be read, and is not believed.
    const at = sdJwt.indexOf('~') - 20;
    doctor.expectRefusals();
    await show(doctor, sdJwt.slice(0, at) + (sdJwt[at] === 'A' ? 'B' : 'A') + sdJwt.slice(at + 1));
    await doctor.page.getByRole('alert').getByText('The card has been changed since it was issued').waitFor();
    await show(doctor, 'hello');
    await doctor.page.locator('[role="alert"][data-code="card.unreadable"]').waitFor();
  });

  test('a card that was revoked at home is refused abroad, and shown as revoked here', async () => {
    const { page } = nurse;
    const lost = await giveCard(corridor, given.personId);
    await page.goto(`/console/persons/${given.personId}/card`);
    await page.getByRole('row').filter({ hasText: 'In use' }).first().getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Lost' }).check();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: /Revoked/ })
      .waitFor();
    await corridor.th.node.trust.refresh();
    const cards = await corridor.mm.call(
      await corridor.mm.token('nurse'),
      'GET',
      `/api/persons/${given.personId}/cards`,
    );
    const revoked = cards.json.cards.find((card: { revokedAt?: string }) => card.revokedAt).cardId;
    doctor.expectRefusals();
    await show(doctor, (revoked === lost.cardId ? lost : given.card).printed.text);
    await doctor.page.getByRole('alert').getByText('revoked by its issuer').waitFor();
  });

  test('a form with mistakes: the list of them takes the focus, each leads to its field', async () => {
    const { page } = nurse;
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await page.locator('h1:focus', { hasText: 'Register a person' }).waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    const summary = page.locator('.error-summary:focus');
    await summary.waitFor();
    await summary.getByRole('link', { name: 'Enter a name' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
    expect(await page.locator('#name').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('the sign-in', () => {
  test('a wrong password is answered in a sentence; a session outlives a reload; signing out ends it', async () => {
    guest = await openDesk(browser, corridor.mm.url);
    const { page } = guest;
    guest.expectRefusals();
    await page.goto('/console/');
    await typeCredentials(page, 'nurse', 'not the password');
    await page.getByRole('alert').getByText('The name or the password is not right.').waitFor();
    await typeCredentials(page, 'nurse', password);
    await page.getByRole('heading', { level: 1, name: 'Find a person' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Find a person' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('#password').waitFor();
  });
});

describe('every screen, in every language, on every width', () => {
  let given: Given;
  let home: readonly string[];
  let abroad: readonly string[];
  beforeAll(async () => {
    given = await givePerson(corridor);
    const received = await corridor.th.call(await corridor.th.token('doctor'), 'POST', '/api/crossings', {
      requestId: randomUUID(),
      card: given.card.printed.text,
      purpose: 'TREAT',
      clause: 'agr:MM-TH:care#art-4-2',
      language: 'th',
    });
    home = [
      '/',
      '/register',
      ...['overview', 'consents', 'assessments', 'summary', 'card', 'disclosures', 'assess'].map(
        (section) => `/persons/${given.personId}/${section}`,
      ),
    ];
    abroad = ['/scan', '/received', `/received/${received.json.id}`];
  });

  test.each(['en', 'th', 'my'] as const)('%s', async (language) => {
    const found: string[] = [];
    for (const [desk, places] of [
      [nurse, home],
      [doctor, abroad],
    ] as const) {
      const { page } = desk;
      await page.setViewportSize({ width: 360, height: 740 });
      await chooseLanguage(page, language);
      for (const place of places) {
        await goTo(page, place);
        found.push(...(await faults(page, language)).map((fault) => `${nameOf(place)}: ${fault}`));
        await picture(page, `${language}-360-${nameOf(place)}`, true);
      }
      if (wanted) {
        await page.setViewportSize({ width: 1280, height: 800 });
        for (const place of places) {
          await goTo(page, place);
          await picture(page, `${language}-1280-${nameOf(place)}`);
        }
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(found).toEqual([]);
  });
});

/** A place without the ids in it. */
const nameOf = (place: string) =>
  place
    .replace(/^\/persons\/[^/]+\//, '')
    .replace(/^\/received\/.+/, 'record')
    .replace(/^\//, '') || 'find';

describe('on paper', () => {
  test('the card is a CR80 on one page, and its code is read from 300 dots an inch', async () => {
    const given = await givePerson(corridor);
    guest = await openDesk(browser, corridor.mm.url, {
      storageState: await nurse.context.storageState(),
      deviceScaleFactor: 300 / 96,
    });
    const { page } = guest;
    await page.goto(`/console/persons/${given.personId}/card`);
    await page
      .getByRole('button', { name: /Issue the card|ကတ်|บัตร/ })
      .first()
      .click();
    await page.locator('.panel .qr path').waitFor();
    await page.locator('.panel .button-primary').first().click();
    await page.emulateMedia({ media: 'print' });
    const card = page.locator('.print-root .cr80');
    await card.waitFor();
    const box = (await card.boundingBox())!;
    const millimetres = (pixels: number) => (pixels * 25.4) / 96;
    expect(Math.abs(millimetres(box.width) - 85.6)).toBeLessThan(1);
    expect(Math.abs(millimetres(box.height) - 54)).toBeLessThan(1);
    const image = PNG.sync.read(await card.screenshot());
    const read = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
    expect(read?.data).toMatch(/\w/);
    expect(read!.version).toBeLessThanOrEqual(20);
    expect(
      (await corridor.th.call(await corridor.th.token('doctor'), 'POST', '/api/cards/verify', { text: read!.data }))
        .status,
    ).toBe(200);

    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper)!.map(Number);
    expect(Math.abs((width! * 25.4) / 72 - 85.6)).toBeLessThan(1);
    expect(Math.abs((height! * 25.4) / 72 - 54)).toBeLessThan(1);
  });
});
