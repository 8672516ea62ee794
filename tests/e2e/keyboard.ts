import type { Locator, Page } from 'playwright-core';

/** Ways about a page with no pointer: what cannot be reached by Tab does not exist here. */

/** Presses Tab until `target` has the focus. @throws Error where it is never reached. */
export async function reach(page: Page, target: Locator, most = 120): Promise<void> {
  await target.first().waitFor();
  const handle = await target.first().elementHandle();
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await handle!.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} cannot be reached by Tab`);
}

/** Presses the button or follows the link of this name. */
export async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  await reach(page, page.getByRole(role, { name, exact: typeof name === 'string' }));
  await page.keyboard.press('Enter');
}

export async function write(page: Page, label: string | RegExp, text: string): Promise<void> {
  await reach(page, page.getByLabel(label));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Chooses one of a group of radios: Tab into the group, then arrows or the space bar. */
export async function pick(page: Page, group: string | RegExp, choice: string, within: Locator | Page = page) {
  const radios = within.getByRole('group', { name: group }).first().getByRole('radio');
  await radios.first().waitFor();
  const wanted = within.getByRole('group', { name: group }).first().getByRole('radio', { name: choice }).first();
  const checked = await radios.evaluateAll((all) => all.findIndex((radio) => (radio as HTMLInputElement).checked));
  await reach(page, radios.nth(Math.max(checked, 0)));
  await page.keyboard.press('Space');
  for (let tried = await radios.count(); !(await wanted.isChecked()); tried--) {
    if (tried === 0) {
      throw new Error(`${choice} cannot be chosen by the arrow keys`);
    }
    await page.keyboard.press('ArrowDown');
  }
}

/** Chooses from a closed list by typing the beginning of the entry. */
export async function select(page: Page, label: string | RegExp, entry: string): Promise<void> {
  const list = page.getByLabel(label);
  await reach(page, list);
  await page.keyboard.type(entry);
  const chosen = await list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text);
  if (!chosen?.startsWith(entry)) {
    throw new Error(`typing ${entry} chose ${chosen}`);
  }
}

export async function tick(page: Page, name: string | RegExp): Promise<void> {
  await reach(page, page.getByRole('checkbox', { name }));
  await page.keyboard.press('Space');
}
