/**
 * Lao → Latin, in the French-tinted spelling of Lao passports (BGN/PCGN 1966). Lao writes every vowel, so a syllable
 * is read left to right: an onset, its vowel signs before and around it, and a final.
 */
const INITIAL: Readonly<Record<string, string>> = {
  ກ: 'k',
  ຂ: 'kh',
  ຄ: 'kh',
  ງ: 'ng',
  ຈ: 'ch',
  ສ: 's',
  ຊ: 'x',
  ຍ: 'ny',
  ດ: 'd',
  ຕ: 't',
  ຖ: 'th',
  ທ: 'th',
  ນ: 'n',
  ບ: 'b',
  ປ: 'p',
  ຜ: 'ph',
  ຝ: 'f',
  ພ: 'ph',
  ຟ: 'f',
  ມ: 'm',
  ຢ: 'y',
  ຣ: 'r',
  ລ: 'l',
  ວ: 'v',
  ຫ: 'h',
  ອ: '',
  ຮ: 'h',
  ໜ: 'n',
  ໝ: 'm',
};
const FINAL: Readonly<Record<string, string>> = {
  ກ: 'k',
  ງ: 'ng',
  ຍ: 'y',
  ດ: 't',
  ນ: 'n',
  ບ: 'p',
  ມ: 'm',
  ວ: 'o',
  ຽ: 'y',
  ຊ: 't',
  ສ: 't',
  ລ: 'n',
  ຣ: 'n',
  ຈ: 't',
  ພ: 'p',
  ທ: 't',
  ຕ: 't',
  ຄ: 'k',
};
const T = '[່-໋]?';
const ONSET = '(?:ຫ[ງຍນມລວຣຼ]|[ກ-ຮໜໝ]ຼ|[ກຂຄ]ວ|[ກ-ຮໜໝ])';
const F = '([ກງຍດນບມວຊສລຣ])(?![ະາິີຶືຸູັົຳໍຽ່-໋ວຽ]|ຼ)';
const rules: readonly (readonly [RegExp, string])[] = (
  [
    [`ເ(${ONSET})ົ?${T}າ`, 'ao'],
    [`ເ(${ONSET})${T}າະ`, 'o'],
    [`ເ(${ONSET})ັ${T}ຽ`, 'ia'],
    [`ເ(${ONSET})ັ${T}ຍ`, 'ia'],
    [`ເ(${ONSET})[ຶື]${T}ອ${F}`, 'uea'],
    [`ເ(${ONSET})[ຶື]${T}ອ`, 'uea'],
    [`ເ(${ONSET})[ິີ]${T}${F}`, 'eu'],
    [`ເ(${ONSET})[ິີ]${T}`, 'eu'],
    [`ເ(${ONSET})ັ?${T}ະ`, 'e'],
    [`ເ(${ONSET})ັ?${T}${F}`, 'e'],
    [`ເ(${ONSET})${T}`, 'e'],
    [`ແ(${ONSET})ັ?${T}ະ`, 'e'],
    [`ແ(${ONSET})ັ?${T}${F}`, 'e'],
    [`ແ(${ONSET})${T}`, 'e'],
    [`ໂ(${ONSET})${T}ະ`, 'o'],
    [`ໂ(${ONSET})${T}${F}`, 'o'],
    [`ໂ(${ONSET})${T}`, 'o'],
    [`[ໄໃ](${ONSET})${T}ຍ?`, 'ai'],
    [`(${ONSET})ົ${T}ວະ?`, 'oua'],
    [`(${ONSET})ົ${T}${F}`, 'o'],
    [`(${ONSET})ັ${T}ວ`, 'oua'],
    [`(${ONSET})ັ${T}[ຍຽ]`, 'ai'],
    [`(${ONSET})ັ${T}ອ${F}`, 'o'],
    [`(${ONSET})ັ${T}${F}`, 'a'],
    [`(${ONSET})${T}ຽ${F}`, 'ia'],
    [`(${ONSET})${T}ວ${T}ຍ`, 'ouay'],
    [`(${ONSET})${T}ວ${F}`, 'oua'],
    [`(${ONSET})${T}ອຍ`, 'oy'],
    [`(${ONSET})${T}ອ${F}`, 'o'],
    [`(${ONSET})ໍ${T}`, 'o'],
    [`(${ONSET})${T}ໍ?າຍ`, 'ay'],
    [`(${ONSET})(?:${T}ຳ|ໍ${T}າ)`, 'am'],
    [`(${ONSET})${T}າວ`, 'ao'],
    [`(${ONSET})${T}າ${F}`, 'a'],
    [`(${ONSET})${T}[ະາ]`, 'a'],
    [`(${ONSET})[ິີ]${T}ວ`, 'iou'],
    [`(${ONSET})[ິີ]${T}${F}`, 'i'],
    [`(${ONSET})[ິີ]${T}`, 'i'],
    [`(${ONSET})[ຶື]${T}${F}`, 'eu'],
    [`(${ONSET})[ຶື]${T}`, 'eu'],
    [`(${ONSET})[ຸູ]${T}${F}`, 'ou'],
    [`(${ONSET})[ຸູ]${T}`, 'ou'],
    [`(${ONSET})`, 'a'],
  ] as const
).map(([source, vowel]) => [new RegExp(source, 'uy'), vowel] as const);

/** Romanised variants of one Lao token, the likeliest first. */
export function romaniseLao(token: string): string[] {
  // The block has two precomposed forms of n and m under a silent h, and a ligature for am.
  const text = token.normalize('NFC').replace(/[\u0ec6\u0ecc]/gu, '');
  let out = '';
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    for (const [expression, vowel] of rules) {
      expression.lastIndex = at;
      const match = expression.exec(text);
      if (match) {
        out += spellOnset(match[1]!) + vowel + (match[2] ? FINAL[match[2]]! : '');
        end = at + match[0].length;
        break;
      }
    }
    at = end;
  }
  const english = out
    .replaceAll('x', 's')
    .replaceAll('oua', 'ua')
    .replaceAll('ou', 'u')
    .replaceAll('v', 'w')
    .replace(/ay$/, 'ai');
  return [...new Set([out, english, out.replaceAll('ph', 'p').replaceAll('th', 't').replaceAll('kh', 'k')])];
}

function spellOnset(onset: string): string {
  if (onset.length === 2) {
    const second = onset[1]!;
    if (second === 'ຼ') {
      return `${onset[0] === 'ຫ' ? '' : INITIAL[onset[0]!]!}l`;
    }
    return onset[0] === 'ຫ' ? INITIAL[second]! : INITIAL[onset[0]!]! + INITIAL[second]!;
  }
  return INITIAL[onset] ?? '';
}
