import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const colours = (text: string) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
const themes = { light: colours(light), dark: colours(dark) };

/** Contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const text: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => [
    [ground, 'ink'] as const,
    [ground, 'ink-soft'] as const,
    [ground, 'accent-ink'] as const,
    [ground, 'bad-ink'] as const,
    [ground, 'good-ink'] as const,
    [ground, 'warn-ink'] as const,
  ]),
  ['accent', 'on-accent'],
  ['accent-hover', 'on-accent'],
  ['accent-soft', 'accent-ink'],
  ['good-soft', 'good-ink'],
  ['warn-soft', 'warn-ink'],
  ['bad', 'on-bad'],
  ['bad-soft', 'bad-ink'],
  ['note-soft', 'note-ink'],
  ['abroad', 'on-abroad'],
  ['abroad-soft', 'abroad-ink'],
  ['abroad-soft', 'ink'],
];
const parts: readonly (readonly [string, string])[] = [
  ['surface', 'line-strong'],
  ['paper', 'line-strong'],
  ['surface', 'focus'],
  ['paper', 'focus'],
  ['surface', 'abroad'],
  ['surface', 'bad'],
];

describe.each(Object.entries(themes))('the colours in %s', (_theme, colour) => {
  it.each(text)('lets text stand on %s in %s (AA, 4.5 : 1)', (ground, ink) => {
    expect(contrast(colour[ground]!, colour[ink]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(parts)('shows the edge of a control on %s in %s (3 : 1)', (ground, edge) => {
    expect(contrast(colour[ground]!, colour[edge]!)).toBeGreaterThanOrEqual(3);
  });
});

describe('the style sheets', () => {
  const sheets = ['base', 'components', 'record'].map((name) =>
    readFileSync(new URL(`./${name}.css`, import.meta.url), 'utf8'),
  );

  it('name no colour outside the tokens', () => {
    for (const sheet of sheets) {
      expect(sheet.match(/#[0-9a-f]{3,8}\b|\b(?:hsl|oklch)\(/gi)).toBeNull();
    }
  });

  it('use logical properties, so that a right-to-left page needs no second sheet', () => {
    for (const sheet of [...sheets, readFileSync(new URL('./print.css', import.meta.url), 'utf8')]) {
      expect(
        sheet.match(
          /^\s*(?:margin|padding|border)-(?:left|right|top|bottom)\b|^\s*(?:left|right|top|bottom|width|height)\s*:/gm,
        ),
      ).toBeNull();
    }
  });
});
