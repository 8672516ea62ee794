import fc from 'fast-check';
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { cardRefusals } from './card.refusals.ts';
import { type CardContent, issueCard, locatorFor, presentCard } from './card.ts';
import { COMPACT_PREFIX, issueCompactCard } from './compact-card.ts';
import { generateSigningKey, type SigningKey } from './jws.ts';
import { rotate, signingKey } from './keys.ts';
import { qrVersion } from './qr-size.ts';
import type { VerifiedStatusList } from './status-list.ts';
import {
  createCorridor,
  flip,
  MM,
  NOW,
  published,
  random,
  STATUS_URI,
  statusListOf,
  type TestCorridor,
  TH,
  trustedNode,
  trustListOf,
  value,
} from './testing/corridor.ts';
import { type CardContext, verifyCard } from './verify-card.ts';
import { deflate, inflate } from './zlib.ts';

// Some tests try every character of a card; a busy machine needs its time for that.
vi.setConfig({ testTimeout: 60_000 });

// The package is CommonJS: its function is the default of the default, depending on who loads it.
const readQr = ((jsQR as any).default ?? jsQR) as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

const YEAR = 365 * 86_400;
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

let corridor: TestCorridor;
let status: VerifiedStatusList;
let content: CardContent;
let card: string;
let compact: string;
let phone: SigningKey;
let phoneCard: string;

beforeAll(async () => {
  corridor = await createCorridor();
  status = await statusListOf(corridor, { revoked: [77], suspended: [78] });
  const secret = random(32);
  content = {
    issuer: MM,
    claims: {
      name: 'မောင်မောင်အေး',
      birth_year: 1994,
      residence: { country: 'TH', area: 'Tak' },
      employment: { sector: 'garment', until: '2027-03' },
      cover: { scheme: 'M-FUND', until: '2026-12' },
      education: 'primary',
    },
    locators: {
      TH: await locatorFor(secret, 'person-1', 'TH'),
      LA: await locatorFor(secret, 'person-1', 'LA'),
    },
    status: { uri: STATUS_URI, idx: 1203 },
    issuedAt: NOW,
    expiresAt: NOW + 3 * YEAR,
  };
  const key = signingKey(corridor.mm, 'card', NOW);
  phone = await generateSigningKey();
  card = await issueCard(content, key, random);
  phoneCard = await issueCard(content, key, random, { holderKey: phone.publicJwk });
  compact = await issueCompactCard({ ...content, locators: { TH: content.locators.TH as string } }, 'MM', key);
});

function context(changes: Partial<CardContext> = {}): CardContext {
  return {
    now: NOW + 10,
    country: 'TH',
    audience: TH,
    trustList: corridor.trustList,
    keySets: corridor.keySets,
    statusList: (uri) => (uri === STATUS_URI ? status : undefined),
    ...changes,
  };
}

async function codeOf(text: string, changes: Partial<CardContext> = {}): Promise<string> {
  const result = await verifyCard(text, context(changes));
  return result.ok ? 'ok' : result.code;
}

async function present(changes: { audience?: string; nonce?: string; now?: number } = {}): Promise<string> {
  return presentCard(
    phoneCard,
    { claims: ['birth_year'], country: 'TH' },
    { privateJwk: phone.privateJwk, audience: TH, nonce: 'n-1', now: NOW + 10, ...changes },
  );
}

describe('a card of either form', () => {
  test('says the same', async () => {
    const digital = value(await verifyCard(card, context()));
    const printed = value(await verifyCard(compact, context()));
    expect({ ...printed, form: '' }).toEqual({ ...digital, form: '' });
    expect(digital).toMatchObject({
      form: 'sd-jwt',
      issuerCountry: 'MM',
      issuer: MM,
      claims: content.claims,
      locator: content.locators.TH,
      cardId: `${STATUS_URI}#1203`,
      statusAgeSeconds: 10,
      trustListAgeSeconds: 10,
      holderBound: false,
    });
  });

  test('is read through the white space of scanners and letters', async () => {
    const broken = card.replace(/(.{64})/g, '$1\r\n  ');
    expect(await codeOf(`\n ${broken} \n`)).toBe('ok');
    expect(await codeOf(` ${compact.replace(/(.{40})/g, '$1\r\n')}\n`)).toBe('ok');
    expect(await codeOf(`${compact}  `)).toBe('ok');
  });

  test('gives another country no locator that is not for it', async () => {
    expect(value(await verifyCard(compact, context({ country: 'LA' }))).locator).toBeUndefined();
    expect(value(await verifyCard(card, context({ country: 'LA' }))).locator).toBe(content.locators.LA);
    expect(content.locators.LA).not.toBe(content.locators.TH);
  });

  test('still verifies after the issuer rotated its keys', async () => {
    const rotated = await rotate(corridor.mm, NOW + 5);
    const keySets = [await published(rotated, NOW + 6)];
    expect(await codeOf(card, { keySets })).toBe('ok');
    expect(await codeOf(compact, { keySets })).toBe('ok');
  });
});

describe('selective disclosure', () => {
  test('shows what was chosen and nothing else', async () => {
    const shown = await presentCard(card, { claims: ['birth_year'], country: 'TH' });
    const verified = value(await verifyCard(shown, context()));
    expect(verified.claims).toEqual({ birth_year: 1994 });
    expect(verified.locator).toBe(content.locators.TH);
    for (const secret of ['မောင်', content.locators.LA as string, 'M-FUND']) {
      expect(decodedParts(shown)).not.toContain(secret);
      expect(decodedParts(card)).toContain(secret);
    }
  });

  test('hides how many partner countries there are', async () => {
    const key = signingKey(corridor.mm, 'card', NOW);
    const one = await issueCard({ ...content, locators: { TH: content.locators.TH as string } }, key, random);
    const digests = (text: string) => JSON.parse(atobUrl(text.split('.')[1] as string)).locator._sd.length;
    expect(digests(one)).toBe(digests(card));
  });

  test('refuses a disclosure that was not issued, or that comes twice', async () => {
    const forged = btoa(JSON.stringify(['salt', 'name', 'Other'])).replaceAll('=', '');
    const [jwt, ...disclosures] = card.split('~');
    expect(await codeOf(`${jwt}~${forged}~${disclosures.join('~')}`)).toBe('card.tampered');
    expect(await codeOf(`${jwt}~${disclosures[0]}~${disclosures.join('~')}`)).toBe('card.tampered');
  });
});

describe('holder binding', () => {
  test('proves the phone, once, to one verifier', async () => {
    const presentation = await present();
    const seen = new Set<string>();
    const remember = (id: string) => seen.has(id) || !seen.add(id);
    const verified = value(await verifyCard(presentation, context({ seen: remember, requireHolder: true })));
    expect(verified).toMatchObject({ form: 'sd-jwt+kb', holderBound: true, claims: { birth_year: 1994 } });
    expect(await codeOf(presentation, { seen: remember })).toBe('card.replayed');
    expect(await codeOf(presentation, { audience: 'https://la.example' })).toBe('card.wrong-audience');
    expect(await codeOf(presentation, { nonce: 'other' })).toBe('card.replayed');
    expect(await codeOf(presentation, { nonce: 'n-1' })).toBe('ok');
    expect(await codeOf(presentation, { now: NOW + 10 + 300 })).toBe('ok');
    expect(await codeOf(presentation, { now: NOW + 11 + 300 })).toBe('card.replayed');
    expect(await codeOf(await present({ now: NOW + 71 }))).toBe('card.replayed');
  });

  test('a binding by another key, or moved onto other disclosures, does not hold', async () => {
    const thief = await generateSigningKey();
    const stolen = await presentCard(
      phoneCard,
      { claims: [] },
      { privateJwk: thief.privateJwk, audience: TH, nonce: 'n', now: NOW },
    );
    expect(await codeOf(stolen)).toBe('card.tampered');
    const kb = (await present()).split('~').at(-1);
    expect(await codeOf(`${phoneCard}${kb}`)).toBe('card.tampered');
    expect(await codeOf(`${card}${kb}`)).toBe('card.unreadable');
  });

  test('a presentation that failed is not remembered', async () => {
    const seen: string[] = [];
    const remember = (id: string) => seen.push(id) > 1;
    const presentation = await present();
    await codeOf(flip(presentation, presentation.length - 30), { seen: remember });
    expect(seen).toEqual([]);
  });
});

describe('refusals', () => {
  test('come one at a time, in the order of the table', async () => {
    const key = signingKey(corridor.mm, 'card', NOW);
    const suspended = await trustListOf(corridor.authority, [trustedNode(corridor.mm, { status: 'suspended' })]);
    const stale = { ...corridor.trustList, expiresAt: NOW + 10 };
    const presentation = await present({ audience: 'https://la.example', now: NOW - 9000 });
    const spoiled = flip(presentation, phoneCard.indexOf('~') - 20);
    const seen = () => true;
    const statusList = () => undefined;
    const early = await issueCard({ ...content, issuedAt: NOW + 9000, expiresAt: NOW + 9001 }, key, random);
    const old = await issueCard({ ...content, issuedAt: NOW - 9000, expiresAt: NOW + 10 }, key, random);
    const revoked = await issueCard({ ...content, status: { uri: STATUS_URI, idx: 77 } }, key, random);
    const withheld = await issueCompactCard({ ...content, status: { uri: STATUS_URI, idx: 78 } }, 'MM', key);
    const beyond = await issueCard({ ...content, status: { uri: STATUS_URI, idx: 4096 } }, key, random);
    // Each row holds the later faults of its own part as well, so that only the order decides.
    const rows: [string, () => Promise<string>][] = [
      ['card.unreadable', () => codeOf('SR1:NOT A CARD', { trustList: stale })],
      ['card.stale-trust', () => codeOf(spoiled, { trustList: { ...suspended, expiresAt: NOW }, seen, statusList })],
      ['card.wrong-issuer', () => codeOf(spoiled, { trustList: suspended, seen, statusList })],
      ['card.tampered', () => codeOf(spoiled, { seen, statusList })],
      ['card.wrong-audience', () => codeOf(presentation, { seen, statusList })],
      ['card.replayed', () => codeOf(presentation, { audience: 'https://la.example', seen, statusList })],
      ['card.holder-not-proven', () => codeOf(early, { requireHolder: true, statusList })],
      ['card.not-yet-valid', () => codeOf(early, { statusList })],
      ['card.expired', () => codeOf(old, { statusList })],
      ['card.status-unknown', () => codeOf(revoked, { statusList })],
      ['card.revoked', () => codeOf(revoked)],
    ];
    expect(rows.map(([code]) => code)).toEqual(Object.keys(cardRefusals));
    for (const [code, run] of rows) {
      expect(await run()).toBe(code);
    }
    expect(await verifyCard(withheld, context())).toMatchObject({
      code: 'card.revoked',
      details: { status: 'suspended' },
    });
    expect(await codeOf(beyond)).toBe('card.status-unknown');
  });

  test('wrong issuer: unknown node, a key of another node, a message key', async () => {
    const other = await trustListOf(corridor.authority, [trustedNode(corridor.th)]);
    expect(await codeOf(card, { trustList: other })).toBe('card.wrong-issuer');
    expect(await codeOf(compact, { trustList: other })).toBe('card.wrong-issuer');
    const foreign = await issueCard(content, signingKey(corridor.th, 'card', NOW), random);
    const foreignCompact = await issueCompactCard(content, 'MM', signingKey(corridor.th, 'card', NOW));
    expect(await codeOf(foreign)).toBe('card.wrong-issuer');
    expect(await codeOf(foreignCompact)).toBe('card.wrong-issuer');
    const message = { ...signingKey(corridor.mm, 'message', NOW, 'care'), use: 'card' as const };
    expect(await codeOf(await issueCard(content, message, random))).toBe('card.wrong-issuer');
  });

  test('a status list of another node, or past its end, says nothing', async () => {
    expect(await codeOf(card, { statusList: () => ({ ...status, node: TH }) })).toBe('card.status-unknown');
    expect(await codeOf(card, { statusList: () => ({ ...status, expiresAt: NOW }) })).toBe('card.status-unknown');
  });

  test('a key set past its end is stale trust too', async () => {
    const keySets = [await published(corridor.mm, NOW, 5)];
    expect(await codeOf(card, { keySets })).toBe('card.stale-trust');
  });

  test('every changed character of the SD-JWT is noticed', async () => {
    const presentation = await present();
    const refusals = new Set<string>();
    for (let at = 0; at < presentation.length; at += 3) {
      const code = await codeOf(flip(presentation, at));
      expect(code, `position ${at}`).not.toBe('ok');
      refusals.add(code);
    }
    for (const end of [card.indexOf('~'), presentation.length]) {
      // The last character of a signature carries unused bits, which must be zero.
      expect(await codeOf(flip(end === presentation.length ? presentation : card, end - 1))).not.toBe('ok');
    }
    expect([...refusals].sort()).toEqual(['card.tampered', 'card.unreadable', 'card.wrong-issuer']);
  });

  test('every changed character of the printed card is noticed', async () => {
    const key = signingKey(corridor.mm, 'card', NOW);
    // Too little to deflate: a change reaches the signature instead of the check sum of zlib.
    const small = await issueCompactCard({ ...content, claims: { birth_year: 1994 }, locators: {} }, 'MM', key);
    for (const [text, expected] of [
      [compact, 'card.unreadable'],
      [small, 'card.tampered'],
    ] as const) {
      expect(await codeOf(text)).toBe('ok');
      const refusals = new Set<string>();
      for (let at = COMPACT_PREFIX.length; at < text.length; at++) {
        const code = await codeOf(flip(text, at, BASE45));
        expect(code, `position ${at}`).not.toBe('ok');
        refusals.add(code);
      }
      expect(refusals).toContain(expected);
    }
  });

  test('a printed card whose content was changed and packed again is tampered', async () => {
    const coded = fromBase45(compact.slice(COMPACT_PREFIX.length)) as Uint8Array;
    const bytes = (await inflate(coded, 10_000)) ?? coded;
    const changed = Uint8Array.from(bytes);
    const at = Buffer.from(changed).indexOf('garment');
    changed[at] = 'G'.charCodeAt(0);
    expect(at).toBeGreaterThan(0);
    expect(await codeOf(COMPACT_PREFIX + toBase45(await deflate(changed)))).toBe('card.tampered');
    expect(await codeOf(COMPACT_PREFIX + toBase45(changed))).toBe('card.tampered');
  });

  test('a zip bomb in a code does not grow', async () => {
    const bomb = await deflate(new Uint8Array(50_000_000));
    expect(await codeOf(COMPACT_PREFIX + toBase45(bomb))).toBe('card.unreadable');
  });

  test('anything else is unreadable, never thrown', async () => {
    const bomb = `${COMPACT_PREFIX}${'6'.repeat(30_000)}`;
    for (const text of [
      '',
      '~',
      'a.b.c~',
      '{}',
      'HC1:6BF',
      COMPACT_PREFIX,
      bomb,
      card.slice(1),
      compact.slice(0, -3),
    ]) {
      expect(await codeOf(text)).toBe('card.unreadable');
    }
  });
});

describe('hostile input', () => {
  test('of any kind is refused, never thrown', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map((json) => btoa(encodeURI(json))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), fc.constantFrom('~', '.', ''), async (parts, separator) => {
        const text = parts.join(separator);
        return (await codeOf(text)) !== 'ok' && (await codeOf(COMPACT_PREFIX + text)) === 'card.unreadable';
      }),
      { numRuns: 25 },
    );
    const segment = (value: string) => Buffer.from(value).toString('base64url');
    const deep = '['.repeat(6000) + ']'.repeat(6000);
    const header = segment('{"alg":"ES256","typ":"dc+sd-jwt","kid":"x"}');
    expect(await codeOf(`${header}.${segment(`{"a":${deep}}`)}.AAAA~`)).toBe('card.unreadable');
    expect(await codeOf(COMPACT_PREFIX + toBase45(new Uint8Array(12_000).fill(0x81)))).toBe('card.unreadable');
    expect(await codeOf(`${card}${'A'.repeat(20_000)}`)).toBe('card.unreadable');
  });
});

describe('the printed code', () => {
  test('is small enough for a card of credit-card size', () => {
    const version = qrVersion(compact, 'M') as number;
    expect(version).toBeLessThanOrEqual(13);
    expect(qrVersion(compact, 'Q')).toBeLessThanOrEqual(20);
  });

  test('is read back from pixels by an independent reader, through noise', async () => {
    const { modules, version } = QRCode.create(compact, { errorCorrectionLevel: 'M' });
    expect(version).toBe(qrVersion(compact, 'M'));
    const [scale, quiet] = [4, 4];
    const width = (modules.size + 2 * quiet) * scale;
    const noise = createPrng(12);
    const pixels = new Uint8ClampedArray(width * width * 4);
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet];
        const inside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
        const isDark = inside && modules.get(row, column) === 1;
        pixels.fill((isDark ? 40 : 215) + 8 * noise.normal(), (y * width + x) * 4, (y * width + x) * 4 + 3);
        pixels[(y * width + x) * 4 + 3] = 255;
      }
    }
    const read = readQr(pixels, width, width);
    expect(read?.data).toBe(compact);
    expect(await codeOf(read?.data ?? '')).toBe('ok');
  });

  test('has the version an independent encoder chooses', () => {
    for (const length of [1, 61, 90, 91, 483, 484, 1990]) {
      const text = 'A1:'.repeat(length).slice(0, length);
      for (const level of ['L', 'M', 'Q'] as const) {
        expect(qrVersion(text, level)).toBe(QRCode.create(text, { errorCorrectionLevel: level }).version);
        const bytes = [{ data: new TextEncoder().encode(text.slice(0, 1000)), mode: 'byte' as const }];
        expect(qrVersion(text.slice(0, 1000).toLowerCase().replace(/^./, 'a'), level)).toBe(
          QRCode.create(bytes as any, { errorCorrectionLevel: level }).version,
        );
      }
    }
    expect(qrVersion('A'.repeat(5000), 'M')).toBeUndefined();
  });
});

describe('the locator', () => {
  test('depends on person, country and secret, and on nothing else', async () => {
    const secret = random(32);
    const all = await Promise.all([
      locatorFor(secret, 'a', 'TH'),
      locatorFor(secret, 'a', 'LA'),
      locatorFor(secret, 'b', 'TH'),
      locatorFor(random(32), 'a', 'TH'),
    ]);
    expect(new Set(all).size).toBe(4);
    expect(await locatorFor(secret, 'a', 'TH')).toBe(all[0]);
    expect(all[0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

function atobUrl(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}

function decodedParts(sdJwt: string): string {
  return sdJwt.split(/[~.]/).map(atobUrl).join('\n');
}
