import type { Page } from 'playwright-core';
import type { Desk } from './browser.ts';

/** Shows a card to the node as text, on a fresh scanning screen. */
export async function show({ page }: Desk, text: string): Promise<void> {
  await goTo(page, '/received');
  await goTo(page, '/scan');
  await page.getByRole('radio', { name: 'Text' }).check();
  await page.getByLabel('Text of the code').fill(text);
  await page.getByRole('button', { name: 'Check the card' }).click();
}

/** Asks the card's home for the record, for treatment under the clause that needs consent. */
export async function ask({ page }: Desk): Promise<void> {
  await page
    .getByRole('group', { name: /^Clause of the agreement/ })
    .getByRole('radio', { name: /art-4-2/ })
    .check();
  const treatment = page
    .getByRole('group', { name: /^What for/ })
    .getByRole('radio', { name: 'Treatment', exact: true });
  await treatment.check();
  await page.getByRole('button', { name: 'Ask Myanmar for the record' }).click();
}

const ownNames = { en: 'English', th: 'ไทย', my: 'မြန်မာ' } as const;

export async function chooseLanguage(page: Page, language: keyof typeof ownNames): Promise<void> {
  await page.locator('.language-switch > button').click();
  await page.locator('.language-list').getByRole('button', { name: ownNames[language] }).click();
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

/**
 * Moves to an address of the console without loading it anew, and waits until it is there with its data and has the
 * focus at its title or first field.
 */
export async function goTo(page: Page, place: string): Promise<void> {
  const path = `/console${place}`;
  if (new URL(page.url()).pathname !== path) {
    await page.evaluate((to) => {
      document.querySelector('h1')?.setAttribute('data-left', '');
      (document.activeElement as HTMLElement | null)?.blur();
      // As a link does: the console's router listens.
      history.pushState({}, '', to);
    }, path);
    // Asked at every frame: a locator that is waited for looks again only after half a second.
    await page.waitForFunction((to) => {
      const at = document.activeElement;
      const arrived =
        !at?.hasAttribute('data-left') ||
        document.querySelector(`main .section-link[aria-current="page"][href="${to}"]`);
      return at?.matches('main input') || (at?.matches('h1') && arrived);
    }, path);
  }
  await loaded(page);
}

/** Waits until the screen has its title and its data. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main:not(:has(.loading, .bone)) h1')?.checkVisibility());
}

/**
 * What is wrong with a screen as it stands: width, headings, names of controls, the language of the page, texts that
 * were not translated or filled in.
 */
export async function faults(page: Page, language: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const found: string[] = [];
    const { scrollWidth } = document.scrollingElement!;
    if (scrollWidth > innerWidth) {
      found.push(`${scrollWidth - innerWidth} px wider than the window`);
    }
    if (document.documentElement.lang !== wanted) {
      found.push(`lang is ${document.documentElement.lang}`);
    }
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) {
      found.push(`${headings} headings of level 1`);
    }
    for (const control of document.querySelectorAll<HTMLInputElement>('input, select, textarea, button, a[href]')) {
      // The inner parts of a date field are hidden from everyone; its segments are what is used.
      if (control.closest('[hidden], [aria-hidden="true"]')) {
        continue;
      }
      const labelled = control.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const name = [
        control.getAttribute('aria-label'),
        ...labelled.map((id) => document.getElementById(id)?.textContent),
        ...Array.from(control.labels ?? [], (label) => label.textContent),
        control.matches('button, a') ? control.textContent : '',
      ].join('');
      if (name.trim() === '') {
        found.push(`no name: ${control.outerHTML.slice(0, 100)}`);
      }
    }
    const seen = document.body.textContent;
    const attributes = Array.from(document.querySelectorAll('[aria-label], [title], [placeholder]'), (element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '').join(' '),
    );
    for (const text of [seen, ...attributes]) {
      for (const [hole] of text.matchAll(/\{\w+\}|undefined|\bNaN\b|\[object|Invalid Date/g)) {
        found.push(`unfilled: ${hole}`);
      }
    }
    if (wanted !== 'en') {
      // Words in Latin letters that are neither names, data in their own language, codes, keys of a keyboard nor the names of things.
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const things =
        /\b(THB|MMK|USD|LAK|XLSX|SMS|FHIR|DRG|Serai|QR|CR80|A4|CSV|JSON|HbA1c|HIV|TB|SD-JWT|PNG|COVID|BCG|SNOMED|CT|LOINC|English|ASCII|PHQ|ICD)\b/g;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        const data = element.closest(
          'bdi, .code, [lang="en"], code, kbd, script, style, textarea, .language-switch, .ips-original',
        );
        const words = (node.textContent ?? '').replace(things, '').match(/[A-Za-z][A-Za-z_.-]{2,}/g);
        if (words && !data && element.checkVisibility()) {
          found.push(`not translated: ${node.textContent}`);
        }
      }
    }
    return [...new Set(found)];
  }, language);
}
