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
