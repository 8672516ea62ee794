/**
 * Thai → Latin by the Royal Thai General System (RTGS), the romanisation of Thai passports and road signs: initial and
 * final consonants differ, tones and vowel length are not written. A syllable is found by trying, at each place, every
 * way to read one and keeping the whole reading with the least penalty, since Thai writes no syllable boundaries.
 */
const INITIAL: Readonly<Record<string, string>> = {
  ก: 'k',
  ข: 'kh',
  ฃ: 'kh',
  ค: 'kh',
  ฅ: 'kh',
  ฆ: 'kh',
  ง: 'ng',
  จ: 'ch',
  ฉ: 'ch',
  ช: 'ch',
  ซ: 's',
  ฌ: 'ch',
  ญ: 'y',
  ฎ: 'd',
  ฏ: 't',
  ฐ: 'th',
  ฑ: 'th',
  ฒ: 'th',
  ณ: 'n',
  ด: 'd',
  ต: 't',
  ถ: 'th',
  ท: 'th',
  ธ: 'th',
  น: 'n',
  บ: 'b',
  ป: 'p',
  ผ: 'ph',
  ฝ: 'f',
  พ: 'ph',
  ฟ: 'f',
  ภ: 'ph',
  ม: 'm',
  ย: 'y',
  ร: 'r',
  ล: 'l',
  ว: 'w',
  ศ: 's',
  ษ: 's',
  ส: 's',
  ห: 'h',
  ฬ: 'l',
  อ: '',
  ฮ: 'h',
  ฤ: 'rue',
  ฦ: 'lue',
};
const FINAL: Readonly<Record<string, string>> = {
  ก: 'k',
  ข: 'k',
  ค: 'k',
  ฆ: 'k',
  ง: 'ng',
  จ: 't',
  ช: 't',
  ซ: 't',
  ฎ: 't',
  ฏ: 't',
  ฐ: 't',
  ฑ: 't',
  ฒ: 't',
  ด: 't',
  ต: 't',
  ถ: 't',
  ท: 't',
  ธ: 't',
  ศ: 't',
  ษ: 't',
  ส: 't',
  ณ: 'n',
  น: 'n',
  ญ: 'n',
  ร: 'n',
  ล: 'n',
  ฬ: 'n',
  บ: 'p',
  ป: 'p',
  พ: 'p',
  ฟ: 'p',
  ภ: 'p',
  ม: 'm',
};
const C = '[ก-ฮ]';
const T = '[่-๋็]?';
/** Initials: true clusters, ห and อ that only set the tone, then any consonant. */
const ONSET = `(?:ทร|[กขคปพตผ][รลว]|[กขคปพต][รลว]|ห[งญนมยรลว]|อย|${C})`;

interface Pattern {
  readonly expression: RegExp;
  readonly vowel: string;
  readonly penalty: number;
  /** Group 1 is the onset; group 2, where there is one, the final. */
}
const pattern = (source: string, vowel: string, penalty = 0): Pattern => ({
  expression: new RegExp(source, 'uy'),
  vowel,
  penalty,
});
const F = `(${C})(?![ะาิีึืุูั็่-๋์])`;

const PATTERNS: readonly Pattern[] = [
  pattern(`เ(${ONSET})ี${T}ย(?:ะ)?`, 'ia', 0),
  pattern(`เ(${ONSET})ี${T}ย${F}`, 'ia', 0),
  pattern(`เ(${ONSET})ื${T}อ(?:ะ)?`, 'uea', 0),
  pattern(`เ(${ONSET})ื${T}อ${F}`, 'uea', 0),
  pattern(`เ(${ONSET})ิ${T}${F}`, 'oe', 0),
  pattern(`เ(${ONSET})${T}าะ`, 'o', 0),
  pattern(`เ(${ONSET})${T}า`, 'ao', 0),
  pattern(`เ(${ONSET})${T}อ(?:ะ)?`, 'oe', 0.1),
  pattern(`เ(${ONSET})${T}อ${F}`, 'oe', 0.1),
  pattern(`เ(${ONSET})${T}ย`, 'oei', 0.1),
  pattern(`เ(${ONSET})${T}ว`, 'eo', 0.1),
  pattern(`เ(${ONSET})${T}ะ`, 'e', 0),
  pattern(`เ(${ONSET})${T}${F}`, 'e', 0.3),
  pattern(`เ(${ONSET})${T}`, 'e', 0.5),
  pattern(`แ(${ONSET})${T}ว`, 'aeo', 0.1),
  pattern(`แ(${ONSET})${T}ะ?`, 'ae', 0.5),
  pattern(`แ(${ONSET})${T}${F}`, 'ae', 0.3),
  pattern(`โ(${ONSET})${T}ย`, 'oi', 0.1),
  pattern(`โ(${ONSET})${T}ะ?`, 'o', 0.5),
  pattern(`โ(${ONSET})${T}${F}`, 'o', 0.3),
  pattern(`[ไใ](${ONSET})${T}ย?`, 'ai', 0),
  pattern(`(${ONSET})ั${T}วะ`, 'ua', 0),
  pattern(`(${ONSET})ั${T}ว`, 'ua', 0),
  pattern(`(${ONSET})ั${T}ย`, 'ai', 0),
  pattern(`(${ONSET})ั${T}${F}`, 'a', 0),
  pattern(`(${ONSET})ำ`, 'am', 0),
  pattern(`(${ONSET})${T}ำ`, 'am', 0),
  pattern(`(${ONSET})${T}าย`, 'ai', 0.1),
  pattern(`(${ONSET})${T}าว`, 'ao', 0.1),
  pattern(`(${ONSET})${T}า${F}`, 'a', 0.3),
  pattern(`(${ONSET})${T}า`, 'a', 0.5),
  pattern(`(${ONSET})${T}ะ`, 'a', 0),
  pattern(`(${ONSET})ิ${T}ว`, 'io', 0.2),
  pattern(`(${ONSET})[ิี]${T}${F}`, 'i', 0.3),
  pattern(`(${ONSET})[ิี]${T}`, 'i', 0.5),
  pattern(`(${ONSET})ื${T}อ`, 'ue', 0),
  pattern(`(${ONSET})[ึื]${T}${F}`, 'ue', 0.2),
  pattern(`(${ONSET})[ึื]${T}`, 'ue', 0.5),
  pattern(`(${ONSET})ุ${T}ย`, 'ui', 0.2),
  pattern(`(${ONSET})[ุู]${T}${F}`, 'u', 0.3),
  pattern(`(${ONSET})[ุู]${T}`, 'u', 0.5),
  pattern(`(${ONSET})${T}วย`, 'uai', 0.3),
  pattern(`(${ONSET})${T}ว${F}`, 'ua', 0.7),
  pattern(`(${ONSET})${T}อย`, 'oi', 0.2),
  pattern(`(${ONSET})${T}อ${F}`, 'o', 0.3),
  pattern(`(${ONSET})${T}อ`, 'o', 0.4),
  pattern(`(${ONSET})รร${F}`, 'a', 0),
  pattern(`(${ONSET})รร`, 'an', 0),
  // Unwritten vowels: o in a closed syllable, a in an open one.
  pattern(`(${ONSET})${T}${F}`, 'o', 1),
  pattern(`(${C})`, 'a', 1.2),
  pattern(`(ฤ|ฦ)`, '', 0.2),
];

/** Romanised variants of one Thai token, the likeliest first. */
export function romaniseThai(token: string): string[] {
  // A letter under thanthakhat (์) is silent, and so is the vowel it may carry.
  const text = token
    .normalize('NFC')
    // In จันทร์, ศาสตร์ and ลักษณ์ the letter before the silenced one is silent too.
    .replace(/(?<=[ก-ฮ])[ทต]ร์|(?<=ก)ษ[ณย]์/gu, '')
    .replace(/[ก-ฮ][ิุ]?์/gu, '')
    .replace(/ํา/gu, 'ำ')
    .replace(/[ฯ๎ฺ]/gu, '')
    .replace(/ๅ/gu, 'า');
  // A final cluster with r is one final: -วัตร wat, จักร chak, บุตร but, เพชร phet; owners often keep the r (Shinawatra).
  const best = parse(text.replace(/(?<=[ัิีึุู]|เ[ก-ฮ])([ตทกชดค])ร(?=$|[ก-ฮ])/gu, '$1'));
  const variants = [best];
  const add = (variant: string) => {
    if (variant !== '' && !variants.includes(variant)) {
      variants.push(variant);
    }
  };
  // Spellings owners choose over RTGS: v for ว, j for จ and ช, b and d kept from Sanskrit, oo, ee, porn for phon.
  add(parse(text));
  add(best.replaceAll('w', 'v'));
  add(best.replaceAll('ch', 'j'));
  add(best.replaceAll('ph', 'p').replaceAll('th', 't').replaceAll('kh', 'k'));
  add(best.replaceAll('phon', 'porn'));
  add(best.replace(/on$/, 'orn'));
  // A short final vowel is often silent: ชาติ chat, เหตุ het.
  if (/[ก-ฮ][ิุ]$/u.test(text)) {
    add(parse(text.slice(0, -1)));
  }
  return variants;
}

function parse(text: string): string {
  const n = text.length;
  const cost = new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY);
  const reading = new Array<string>(n + 1).fill('');
  cost[0] = 0;
  for (let at = 0; at < n; at++) {
    if (cost[at] === Number.POSITIVE_INFINITY) {
      continue;
    }
    let read = false;
    for (const { expression, vowel, penalty } of PATTERNS) {
      expression.lastIndex = at;
      const match = expression.exec(text);
      if (!match) {
        continue;
      }
      read = true;
      const end = at + match[0].length;
      const onset = match[1]!;
      const final = match[2];
      if (final !== undefined && FINAL[final] === undefined) {
        continue;
      }
      const total = cost[at]! + penalty + 1;
      if (total < cost[end]!) {
        cost[end] = total;
        reading[end] = reading[at]! + spellOnset(onset) + vowel + (final === undefined ? '' : FINAL[final]!);
      }
    }
    if (!read && cost[at]! + 3 < cost[at + 1]!) {
      // A stray mark, or a letter of another script.
      cost[at + 1] = cost[at]! + 3;
      reading[at + 1] = reading[at]! + (/[a-z]/.test(text[at]!) ? text[at] : '');
    }
  }
  return reading[n]!;
}

function spellOnset(onset: string): string {
  if (onset === 'ทร') {
    return 's';
  }
  if (onset.length === 2) {
    const [first, second] = [onset[0]!, onset[1]!];
    if (first === 'ห' || first === 'อ') {
      return INITIAL[second]!;
    }
    return INITIAL[first]! + INITIAL[second]!;
  }
  return INITIAL[onset] ?? '';
}
