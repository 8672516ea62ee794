import { CARD_CLAIMS } from '@serai/kernel/trust/card-content.ts';
import { expect, it } from 'vitest';
import { claimMessages } from '../exchange.messages.ts';
import { readableClaims, shownClaims } from './claims.ts';

it('knows every claim a card can carry, and a word for each that people read', () => {
  expect(new Set([...readableClaims, 'portrait_sha256'])).toEqual(new Set(CARD_CLAIMS));
  expect(Object.keys(claimMessages).sort()).toEqual([...readableClaims].sort());
});

it('shows what is there, in order, and no seals', () => {
  expect(shownClaims({ cover: 'Insured', portrait_sha256: 'x', birth_year: 1988, name: 'မလှ', education: '' })).toEqual([
    { claim: 'name', text: 'မလှ' },
    { claim: 'birth_year', text: '1988' },
    { claim: 'cover', text: 'Insured' },
  ]);
});

it('shows cover that is data as people read it, and anything else as it stands', () => {
  const cover = { s: 'th:small', n: 'TH-1', f: '2026-01-01', t: '2026-12-31', d: 2 };
  const shown = (value: string) => shownClaims({ cover: value })[0]!.text;
  expect(shown(JSON.stringify(cover))).toBe('TH-1 · th:small · 2026-01-01 – 2026-12-31 · +2');
  expect(shown(JSON.stringify({ ...cover, d: undefined }))).toBe('TH-1 · th:small · 2026-01-01 – 2026-12-31');
  expect(shown('{"s":1}')).toBe('{"s":1}');
  expect(shown('{broken')).toBe('{broken');
});
