import { coverFact } from '@serai/kernel/trust/card-cover.ts';
import { issueCompactCard } from '@serai/kernel/trust/compact-card.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import {
  createCorridor,
  flip,
  MM,
  NOW,
  STATUS_URI,
  statusListOf,
  type TestCorridor,
  TH,
} from '@serai/kernel/trust/testing/corridor.ts';
import { beforeAll, expect, it } from 'vitest';
import { type CardKit, checkCardOffline, kitEndsAt, packKit } from './card-kit.ts';

/** A Thai clinic's device reads a card of Myanmar with nobody to ask. */
let corridor: TestCorridor;
let kit: CardKit;
const never = () => false;
const cover = { schemeId: 'sch:mm:x', memberNumber: 'MM-7', from: '2026-01-01', to: '2026-06-30', dependants: 2 };

async function cardAt(index: number): Promise<string> {
  const content = {
    issuer: MM,
    claims: { name: 'မအေးအေး', cover: coverFact(cover) },
    locators: {},
    status: { uri: STATUS_URI, idx: index },
    issuedAt: NOW,
    expiresAt: NOW + 400 * 86_400,
  };
  return issueCompactCard(content, 'MM', signingKey(corridor.mm, 'card', NOW));
}

async function kitWith(revoked: number[]): Promise<CardKit> {
  const lists = [await statusListOf(corridor, { revoked })];
  const { trustList, keySets } = corridor;
  const packed = packKit(
    { trustList, keySets, statusLists: lists },
    { country: 'TH', audience: TH, takenAt: NOW, schemes: {} },
  );
  // As it comes over the line, and out of the browser's store.
  return JSON.parse(JSON.stringify(packed)) as CardKit;
}

beforeAll(async () => {
  corridor = await createCorridor();
  kit = await kitWith([77]);
});

it('says what the card says, and as of when, with everything else unknown', async () => {
  const later = NOW + 5 * 86_400;
  const read = await checkCardOffline(kit, await cardAt(3), later, never);
  expect(read).toEqual({
    ok: true,
    value: {
      issuerCountry: 'MM',
      name: 'မအေးအေး',
      cover,
      covered: true,
      on: '2026-03-06',
      statusAsOf: NOW,
      holderBound: false,
    },
  });
});

it('a card that is withdrawn, altered, of an unknown list or read after the lists ran out is refused', async () => {
  const card = await cardAt(4);
  const code = async (text: string, at = NOW, by = kit) => {
    const read = await checkCardOffline(by, text, at, never);
    return read.ok ? 'read' : read.code;
  };
  expect(await code(card)).toBe('read');
  expect(await code(await cardAt(77))).toBe('card.revoked');
  expect(await code(flip(card, card.length - 20, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'))).toMatch(
    /^card\.(tampered|unreadable)$/,
  );
  expect(await code('a page of text')).toBe('card.unreadable');
  expect(await code(card, NOW, { ...kit, statusLists: [] })).toBe('card.status-unknown');
  expect(await code(card, NOW, { ...kit, keySets: [] })).toBe('card.wrong-issuer');
  expect(await code(card, kitEndsAt(kit) - 1)).toBe('read');
  expect(await code(card, kitEndsAt(kit))).toMatch(/^card\.(stale-trust|status-unknown)$/);
});

it('a card good in the morning is withdrawn by noon: only a newer list says so, and the answer says of when it is', async () => {
  const card = await cardAt(9);
  const before = await checkCardOffline(kit, card, NOW + 3600, never);
  expect(before.ok && before.value.statusAsOf).toBe(NOW);
  expect(await checkCardOffline(await kitWith([9]), card, NOW + 3600, never)).toMatchObject({ code: 'card.revoked' });
});

it('cover that is over is not covered, though the card itself is good', async () => {
  const lists = [...kit.statusLists.map((list) => ({ ...list, expiresAt: NOW + 400 * 86_400 }))];
  const forever = {
    ...kit,
    statusLists: lists,
    trustList: { ...kit.trustList, expiresAt: NOW + 400 * 86_400 },
    keySets: kit.keySets.map((set) => ({ ...set, expiresAt: NOW + 400 * 86_400 })),
  };
  const read = await checkCardOffline(forever, await cardAt(5), NOW + 150 * 86_400, never);
  expect(read).toMatchObject({ ok: true, value: { covered: false, on: '2026-07-29', cover } });
});
