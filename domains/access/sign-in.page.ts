import { createRequire } from 'node:module';
import { escapeHtml } from '@serai/kernel/base/html.ts';
import { type Language, languages, translate } from '@serai/kernel/i18n/i18n.ts';
import { accessMessages } from './access.messages.ts';

/** The sign-in page: plain HTML that works without script, in the reader's language. */
export function signInPage(options: {
  readonly language: Language;
  readonly nodeName: string;
  readonly uid: string;
  readonly illustrative: boolean;
  readonly problem?: { readonly key: 'access.wrong' | 'access.wait'; readonly seconds?: number };
}): string {
  const { language, uid } = options;
  const text = (key: keyof typeof accessMessages, values?: Record<string, string | number>) =>
    escapeHtml(translate(accessMessages, language, key, values));
  const names: Record<Language, string> = { en: 'English', th: 'ไทย', my: 'မြန်မာ' };
  const others = languages
    .map((each) =>
      each === language
        ? `<b lang="${each}" aria-current="true">${names[each]}</b>`
        : `<a lang="${each}" hreflang="${each}" href="/sign-in/${uid}?language=${each}">${names[each]}</a>`,
    )
    .join(' ');
  const problem = options.problem
    ? `<p id="problem" role="alert">${text(options.problem.key, { seconds: options.problem.seconds ?? 0 })}</p>`
    : '';
  const described = options.problem ? ' aria-describedby="problem" aria-invalid="true"' : '';
  return document(
    language,
    `${text('access.title')} · Serai`,
    `<header><p class="brand">Serai</p><p>${escapeHtml(options.nodeName)}</p></header>
<h1>${text('access.title')}</h1>
${problem}
<form method="post" action="/sign-in/${uid}?language=${language}">
  <label for="username">${text('access.username')}</label>
  <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus${described}>
  <label for="password">${text('access.password')}</label>
  <input id="password" name="password" type="password" autocomplete="current-password" required${described}>
  <button type="submit">${text('access.submit')}</button>
</form>
<nav aria-label="${text('access.language')}">${others}</nav>
${options.illustrative ? `<p class="note">${text('access.illustrative')}</p>` : ''}`,
  );
}

export function expiredPage(language: Language): string {
  const text = (key: keyof typeof accessMessages) => escapeHtml(translate(accessMessages, language, key));
  return document(
    language,
    'Serai',
    `<h1>${text('access.expired')}</h1><p><a class="button" href="/console/">${text('access.again')}</a></p>`,
  );
}

/** The provider's question before signing out; `form` is the provider's own, which the button sends. */
export function signOutPage(language: Language, form: string): string {
  const text = (key: keyof typeof accessMessages) => escapeHtml(translate(accessMessages, language, key));
  return document(
    language,
    `${text('access.sign-out-question')} · Serai`,
    `<h1>${text('access.sign-out-question')}</h1>${form}
<button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">${text('access.sign-out')}</button>`,
  );
}

/** A page that says one thing and leads back to the console. `detail` is the provider's own word, in English. */
export function notePage(
  language: Language,
  key: 'access.signed-out' | 'access.not-possible',
  detail?: string | undefined,
): string {
  const text = (each: keyof typeof accessMessages) => escapeHtml(translate(accessMessages, language, each));
  return document(
    language,
    'Serai',
    `<h1 role="status">${text(key)}</h1>${detail ? `<p lang="en">${escapeHtml(detail)}</p>` : ''}
<p><a class="button" href="/console/">${text('access.again')}</a></p>`,
  );
}

function document(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/sign-in/page.css">
</head>
<body><main>${body}</main></body>
</html>`;
}

/** Fonts of the scripts a device may lack; each is fetched only where its letters are shown. */
const require = createRequire(import.meta.url);
export const signInFonts: ReadonlyMap<string, string> = new Map([
  ['thai', require.resolve('@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2')],
  ['myanmar', require.resolve('@fontsource/noto-sans-myanmar/files/noto-sans-myanmar-myanmar-400-normal.woff2')],
]);

export const pageStyle = `
@font-face { font-family: "Noto Sans Thai"; src: local("Noto Sans Thai"), url("/sign-in/thai.woff2") format("woff2"); unicode-range: U+0E00-0E7F; }
@font-face { font-family: "Noto Sans Myanmar"; src: local("Noto Sans Myanmar"), url("/sign-in/myanmar.woff2") format("woff2"); unicode-range: U+1000-109F, U+A9E0-A9FF, U+AA60-AA7F; }
:root { color-scheme: light dark; --ink: #1b2a2f; --paper: #f6f4ef; --card: #fff; --line: #9aa8a6; --accent: #0f5c63; --on-accent: #fff; --alert: #9b1c1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecea; --paper: #12191b; --card: #1b2528; --line: #5d6f70; --accent: #7cc7c9; --on-accent: #0c1a1c; --alert: #ff9c8f; } }
* { box-sizing: border-box; }
body { margin: 0; min-block-size: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 "Noto Sans", "Noto Sans Thai", "Noto Sans Myanmar", "Padauk", "Leelawadee UI", system-ui, sans-serif; }
:lang(my) { line-height: 2; }
main { inline-size: min(24rem, 100vw - 2rem); padding: 1.5rem; background: var(--card); border: 1px solid color-mix(in srgb, var(--line) 50%, transparent); border-radius: .75rem; }
.brand { margin: 0; font-weight: 700; font-size: 1.5rem; color: var(--accent); }
header p { margin: 0; } h1 { font-size: 1.25rem; margin-block: 1.25rem .5rem; }
label { display: block; margin-block: .75rem .25rem; font-weight: 600; }
input { inline-size: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; }
button, .button { display: inline-block; inline-size: 100%; margin-block-start: 1.25rem; padding: .65rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .4rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role="alert"] { color: var(--alert); border-inline-start: .25rem solid var(--alert); padding-inline-start: .75rem; }
nav { margin-block-start: 1.25rem; display: flex; gap: 1rem; } nav a { color: var(--accent); }
.note { font-size: .875rem; opacity: .8; }
`;
