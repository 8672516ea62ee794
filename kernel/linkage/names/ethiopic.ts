/**
 * Ethiopic (Amharic, Tigrinya) → Latin. The script is a grid: each consonant has a row of eight, one a vowel.
 * Vowels as Ethiopian passports print them (e u i a e – o), the sixth order silent or i.
 */
const ROWS: Readonly<Record<number, string>> = {
  4608: 'h',
  4616: 'l',
  4624: 'h',
  4632: 'm',
  4640: 's',
  4648: 'r',
  4656: 's',
  4664: 'sh',
  4672: 'k',
  4680: 'kw',
  4688: 'k',
  4696: 'kw',
  4704: 'b',
  4712: 'v',
  4720: 't',
  4728: 'ch',
  4736: 'h',
  4744: 'hw',
  4752: 'n',
  4760: 'ny',
  4768: '',
  4776: 'k',
  4784: 'kw',
  4792: 'h',
  4800: 'hw',
  4808: 'w',
  4816: '',
  4824: 'z',
  4832: 'zh',
  4840: 'y',
  4848: 'd',
  4856: 'd',
  4864: 'j',
  4872: 'g',
  4880: 'gw',
  4888: 'ng',
  4896: 't',
  4904: 'ch',
  4912: 'p',
  4920: 'ts',
  4928: 'ts',
  4936: 'f',
  4944: 'p',
};
const ORDERS = ['e', 'u', 'i', 'a', 'e', '', 'o', 'wa'];

/** Romanised variants of one Ethiopic token, the likeliest first. */
export function romaniseEthiopic(token: string): string[] {
  const spell = (firstOrder: string, sixthOrder: string) => {
    let out = '';
    const letters = [...token];
    letters.forEach((letter, i) => {
      const code = letter.codePointAt(0)!;
      const row = ROWS[code & ~7];
      if (row === undefined) {
        return;
      }
      const order = code & 7;
      // The glottal rows and h read their first order as a.
      const open = row === '' || row === 'h';
      let vowel = order === 0 ? (open ? 'a' : firstOrder) : ORDERS[order]!;
      if (order === 5) {
        vowel = row === '' ? 'i' : i === letters.length - 1 ? '' : sixthOrder;
      }
      out += row + vowel;
    });
    return out;
  };
  return [...new Set([spell('e', ''), spell('e', 'i'), spell('a', 'i'), spell('a', '')])];
}
