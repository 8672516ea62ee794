import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, password, picture, typeCredentials } from './browser.ts';
import { chooseLanguage, faults, goTo } from './screens.ts';

/**
 * What an officer changes of a policy, in a real browser: each seen before it is done, and taken back; a certificate of
 * insured periods given here and recorded by the other country. At a desk and on a telephone of 360 px.
 */

const scheme = 'sch:th:migrant-health-insurance';
const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
let corridor: Corridor;
let browser: Browser;
let officer: Desk;
let phone: Desk;
let abroad: Desk;
let token = '';
let certified = '';
let memberId = '';

const api = (node: TestNode, bearer: string, method: string, path: string, body?: unknown): Promise<Called> =>
  node.call(bearer, method, path, body, { 'x-purpose-of-use': 'COVERAGE' });

async function register(node: TestNode, name: string): Promise<string> {
  const made = await node.call(await node.token('nurse'), 'POST', '/api/persons', {
    requestId: randomUUID(),
    name: { text: name },
    birth: { kind: 'year', year: 1988 },
    sex: 'female',
    language: 'my',
    consents: [{ purpose: 'COC', decision: 'permit' }],
  });
  expect(made.status).toBe(201);
  return made.json.id;
}

/** Enrolled and paid so many days ago. */
async function covered(name: string, daysAgo: number, personId?: string): Promise<string> {
  const { th } = corridor;
  const on = day(-daysAgo);
  const made = await api(th, token, 'POST', '/api/cover/enrolment/policies', {
    requestId: randomUUID(),
    schemeId: scheme,
    on,
    members: [
      {
        relation: 'holder',
        newMember: {
          name,
          birth: { kind: 'year', year: 1988 },
          sex: 'female',
          entitlement: 'contract-worker',
          residence: 'TH',
          ...(personId && { personId }),
        },
      },
    ],
  });
  expect(made.status).toBe(201);
  const page = await api(th, token, 'GET', `/api/cover/enrolment/members/${made.json.memberIds[0]}`);
  const paid = await api(th, token, 'POST', '/api/cover/enrolment/payments', {
    requestId: randomUUID(),
    policyId: made.json.policyId,
    channel: 'cash',
    reference: randomUUID(),
    receivedOn: on,
    amount: page.json.policies[0].owed,
  });
  expect(paid.status).toBe(201);
  return made.json.memberIds[0];
}

async function arrive(desk: Desk): Promise<void> {
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, 'enrolment-officer', password);
  await desk.page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
}

beforeAll(async () => {
  [corridor, browser] = await Promise.all([openCorridor(), launch()]);
  token = await corridor.th.token('enrolment-officer');
  officer = await openDesk(browser, corridor.th.url);
  phone = await openDesk(browser, corridor.th.url, { viewport: { width: 360, height: 740 } });
  abroad = await openDesk(browser, corridor.mm.url);
  for (const desk of [officer, phone, abroad]) {
    await arrive(desk);
  }
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await keepPictures([officer, phone, abroad], task.name);
  }
  for (const desk of [officer, phone, abroad]) {
    desk.mustBeQuiet();
  }
});

test('a child joins: seen, done; she leaves and the leaving is taken back', async () => {
  const { page } = phone;
  memberId = await covered('Zanmira Holvek', 20);
  await goTo(page, `/cover/members/${memberId}`);
  await page.getByRole('button', { name: 'Add a member' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Relation/).selectOption({ label: 'Child' });
  await dialog.getByLabel(/^Name/).fill('Orvita Holvek');
  await dialog.getByRole('textbox', { name: /^About how old/ }).fill('4');
  await dialog.getByRole('button', { name: 'See what it would do' }).click();
  await dialog.getByRole('heading', { name: 'What it would do' }).waitFor();
  await dialog.getByText('Orvita Holvek').waitFor();
  await dialog.getByText(/waiting periods count from/).waitFor();
  await picture(page, 'join-phone');
  expect(await faults(page, 'en')).toEqual([]);
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByRole('link', { name: 'Orvita Holvek' }).waitFor();
  await page.getByRole('button', { name: 'A member leaves' }).click();
  await dialog.getByRole('button', { name: 'See what it would do' }).click();
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByRole('button', { name: 'Take the leaving of Orvita Holvek back' }).click();
  await dialog.getByRole('button', { name: 'See what it would do' }).click();
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByText('A leaving was taken back').waitFor();
});

test('a form opened again at once stays open: the end of the one before is not its own', async () => {
  const { page } = officer;
  await goTo(page, `/cover/members/${memberId}`);
  const opener = (await page.getByRole('button', { name: 'Renew' }).elementHandle())!;
  await opener.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
  // Before the browser tells that the first has closed.
  await opener.evaluate(async (open) => {
    document.querySelector<HTMLButtonElement>('dialog[open] .dialog-actions button:last-child')!.click();
    await new Promise<void>((closed) => {
      const watch = () => (document.querySelector('dialog[open]') ? queueMicrotask(watch) : closed());
      watch();
    });
    (open as HTMLButtonElement).click();
  });
  await page.waitForTimeout(300);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('a new employer is kept, the member goes there and comes back', async () => {
  const { page } = officer;
  await goTo(page, '/cover/groups');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel(/^Name/).fill('Golden Nets');
  await page.getByText(/^Kept as: Golden Nets, Employer, Thailand/).waitFor();
  await picture(page, 'new-group');
  await page.getByRole('button', { name: 'Keep the group' }).click();
  await page.getByRole('cell', { name: 'Golden Nets' }).or(page.getByText('Golden Nets')).first().waitFor();
  await goTo(page, `/cover/members/${memberId}`);
  await page.getByRole('button', { name: 'To another employer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^New employer/).selectOption({ label: 'Golden Nets' });
  await dialog.getByRole('button', { name: 'See what it would do' }).click();
  await dialog.getByRole('heading', { name: 'New policy' }).waitFor();
  await picture(page, 'transfer');
  expect(await faults(page, 'en')).toEqual([]);
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByRole('button', { name: 'Take the transfer back' }).click();
  await dialog.getByRole('button', { name: 'See what it would do' }).click();
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await page.getByText('The end was taken back').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'To another employer' }).count()).toBe(1);
});

test('going to another country: cover ends, the days are certified, the other country checks and records them', async () => {
  const { page } = officer;
  const name = 'Certa Wimpas';
  const homePerson = await register(corridor.th, name);
  certified = await covered(name, 50, homePerson);
  await goTo(page, `/cover/members/${certified}/move`);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('Credit that can be given back').waitFor();
  await picture(page, 'move', true);
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByRole('button', { name: 'Do it' }).click();
  await page.getByText('Cover here has an end.').waitFor();
  await page.getByRole('button', { name: 'Sign the certificate' }).click();
  await goTo(page, `/cover/members/${certified}/certificates`);
  await page
    .getByRole('heading', { name: 'Given for Myanmar (Burma)' })
    .or(page.getByText(/^Given for Myanmar/))
    .first()
    .waitFor();
  await page.locator('svg.qr path').first().waitFor({ state: 'attached' });
  await picture(page, 'certificate', true);
  expect(await faults(page, 'en')).toEqual([]);
  await page.getByText('Text of the certificate').first().click();
  const text = (await page.locator('details code').first().textContent()) ?? '';

  // Over there: the desk checks the sheet, and a changed one is told.
  await goTo(abroad.page, '/cover/check-certificate');
  await abroad.page.getByLabel(/^Text of the certificate/).fill(text);
  await abroad.page.getByRole('button', { name: 'Check it' }).click();
  await abroad.page.getByText('Signed by Thailand, unchanged.').waitFor();
  await abroad.page.getByText('Not recorded here yet.').waitFor();
  await picture(abroad.page, 'check');
  await abroad.page.getByLabel(/^Text of the certificate/).fill(text.replace(/"from":"\d{4}/, '"from":"2001'));
  await abroad.page.getByRole('button', { name: 'Check it' }).click();
  await abroad.page.getByText(/^Not signed by the country/).waitFor();

  // It is recorded with the card that the Thai node gave.
  const card = await corridor.th.call(await corridor.th.token('nurse'), 'POST', `/api/persons/${homePerson}/cards`, {
    requestId: randomUUID(),
    include: [],
  });
  const there = await api(
    corridor.mm,
    await corridor.mm.token('enrolment-officer'),
    'POST',
    '/api/cover/enrolment/policies',
    {
      requestId: randomUUID(),
      schemeId: 'sch:mm:workers-abroad',
      members: [
        {
          relation: 'holder',
          newMember: {
            name,
            birth: { kind: 'year', year: 1988 },
            sex: 'female',
            entitlement: 'contract-worker',
            residence: 'MM',
          },
        },
      ],
    },
  );
  expect(there.json).toMatchObject({ memberIds: [expect.any(String)] });
  await goTo(abroad.page, `/cover/members/${there.json.memberIds[0]}/certificates`);
  // Beside it stands the form that asks the other country for one, which wants the card too.
  await abroad.page.getByLabel(/^Text of the certificate/).fill(text);
  await abroad.page.locator('#certificate-card').fill(card.json.printed.text);
  await abroad.page.getByRole('button', { name: 'Record it' }).click();
  await abroad.page.getByText('Recorded: its days count from now on.').waitFor();
  await abroad.page.getByText('1 months (51 days)').first().waitFor();
  await picture(abroad.page, 'received', true);
});

test.each(['en', 'th', 'my'] as const)('the screens stand in %s', async (language) => {
  for (const desk of [officer, phone]) {
    await chooseLanguage(desk.page, language);
    for (const place of [
      '/cover/groups',
      '/cover/check-certificate',
      `/cover/members/${certified}/certificates`,
      `/cover/members/${memberId}/move`,
      `/cover/members/${memberId}`,
    ]) {
      await goTo(desk.page, place);
      expect([place, await faults(desk.page, language)]).toEqual([place, []]);
    }
    await chooseLanguage(desk.page, 'en');
  }
});
