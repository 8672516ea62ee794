/**
 * Zawgyi is a font encoding of Burmese that reuses Unicode's numbers for other shapes: the same bytes read as
 * different letters. Half of Myanmar's older records and phones hold it. Detection scores what only one of the two
 * encodings can produce; conversion maps shapes to letters and puts the syllable in Unicode's storage order.
 */
const ONLY_ZAWGYI: readonly (readonly [RegExp, number])[] = [
  // A vowel e stored before its consonant, at the start of a syllable.
  [/(?:^|[\s\u0020-\u002f၊။])\u1031/gu, 3],
  [/[\u1000-\u1021\u103b-\u103e]\u1031\u103b?(?=[\u1000-\u1021])(?![\u1000-\u1021][\u103a\u1039])/gu, 1],
  [/\u1031\u103b[\u1000-\u1021]/gu, 3],
  // Medial ra stored before its consonant.
  [/(?:^|\s)[\u103b\u107e-\u1084][\u1000-\u1021]/gu, 3],
  // Asat written as the stacking sign at the end of a syllable.
  [/\u1039(?![\u1000-\u1021])/gu, 3],
  // Shapes that Unicode gives to other languages.
  [/[\u1033\u1034]/gu, 3],
  [/[\u105a\u1060-\u1064\u1066-\u106d\u1070-\u107d\u1085-\u108f\u1091-\u1097]/gu, 2],
  [/\u103a[\u102b-\u1030\u1032]/gu, 2],
];
const ONLY_UNICODE: readonly (readonly [RegExp, number])[] = [
  // A consonant closed by asat.
  [/[\u1000-\u1021]\u1037?\u103a(?![\u102b-\u1030\u1032])/gu, 1.5],
  [/\u103e/gu, 1],
  // Vowel e after its consonant and medials.
  [/[\u1000-\u1021][\u103b-\u103e]+\u1031/gu, 2],
  // Real stacking; in Zawgyi the same two codes are an asat and the next syllable.
  [/\u1039[\u1000-\u1021]/gu, 0.3],
  [/^[\u1000-\u1021]\u1031/gu, 1],
];

/** How likely the text is Zawgyi, 0..1; 0.5 where nothing tells (both encodings share the plain letters). */
export function zawgyiProbability(text: string): number {
  const score = (table: readonly (readonly [RegExp, number])[]) =>
    table.reduce((sum, [expression, weight]) => sum + weight * [...text.matchAll(expression)].length, 0);
  const difference = score(ONLY_ZAWGYI) - score(ONLY_UNICODE);
  return 1 / (1 + Math.exp(-1.5 * difference));
}

/** Converts when the text is more likely Zawgyi than Unicode, and returns it unchanged otherwise. */
export function toUnicodeBurmese(text: string): string {
  return zawgyiProbability(text) > 0.5 ? zawgyiToUnicode(text) : text;
}

const SUBSCRIPTS: Readonly<Record<string, string>> = {
  '\u1060': 'က',
  '\u1061': 'ခ',
  '\u1062': 'ဂ',
  '\u1063': 'ဃ',
  '\u1065': 'စ',
  '\u1066': 'ဆ',
  '\u1067': 'ဆ',
  '\u1068': 'ဇ',
  '\u1069': 'ဈ',
  '\u106c': 'ဋ',
  '\u106d': 'ဌ',
  '\u1070': 'ဏ',
  '\u1071': 'တ',
  '\u1072': 'တ',
  '\u1073': 'ထ',
  '\u1074': 'ထ',
  '\u1075': 'ဒ',
  '\u1076': 'ဓ',
  '\u1077': 'န',
  '\u1078': 'ပ',
  '\u1079': 'ဖ',
  '\u107a': 'ဗ',
  '\u107b': 'ဘ',
  '\u107c': 'မ',
  '\u1085': 'လ',
  '\u1093': 'ဘ',
  '\u1096': 'တ',
};

/** Zawgyi → Unicode, always. */
export function zawgyiToUnicode(text: string): string {
  let out = text
    // Zawgyi's 1039 is always the asat; its stacked letters have codes of their own.
    .replace(/\u1039/gu, '\uf03a')
    // Shapes that stand for more than one letter.
    .replace(/\u106a/gu, '\u1009')
    .replace(/\u106b/gu, '\u100a')
    .replace(/\u1090/gu, '\u101b')
    .replace(/\u1040(?=[\u102b-\u1032\uf03a\u103a])/gu, '\u101d')
    .replace(/\u106e/gu, '\u100d\u1039\u100d')
    .replace(/\u106f/gu, '\u100e\u1039\u100d')
    .replace(/\u1091/gu, '\u100f\u1039\u100d')
    .replace(/\u1092/gu, '\u100b\u1039\u100c')
    .replace(/\u1097/gu, '\u100b\u1039\u100b')
    .replace(/\u1086/gu, '\u103f')
    .replace(/\u104e$/gu, '\u104e\u1004\u103a\u1038')
    .replace(
      /[\u1060-\u1063\u1065-\u1069\u106c\u106d\u1070-\u107c\u1085\u1093\u1096]/gu,
      (c) => `\u1039${SUBSCRIPTS[c]!}`,
    )
    .replace(/\u108f/gu, '\u1014')
    // Kinzi (a killed nga above) is written after its consonant in Zawgyi, before it in Unicode.
    .replace(/([\u1000-\u1021])\u1064/gu, '\u1004\uf03a\u1039$1')
    .replace(/([\u1000-\u1021])\u108b/gu, '\u1004\uf03a\u1039$1\u102d')
    .replace(/([\u1000-\u1021])\u108c/gu, '\u1004\uf03a\u1039$1\u102e')
    .replace(/([\u1000-\u1021])\u108d/gu, '\u1004\uf03a\u1039$1\u1036')
    .replace(/\u108e/gu, '\u102d\u1036')
    .replace(/\u1033/gu, '\u102f')
    .replace(/\u1034/gu, '\u1030')
    .replace(/\u1088/gu, '\uf03e\u102f')
    .replace(/\u1089/gu, '\uf03e\u1030')
    .replace(/\u108a/gu, '\uf03d\uf03e')
    .replace(/[\u1094\u1095]/gu, '\u1037')
    .replace(/\u105a/gu, '\u102b\uf03a')
    // Medials and asat trade places; private-use stand-ins keep them apart meanwhile.
    .replace(/\u103a/gu, '\uf03b')
    .replace(/\u107d/gu, '\uf03b')
    .replace(/[\u103b\u107e-\u1084]/gu, '\uf03c')
    .replace(/\u103c/gu, '\uf03d')
    .replace(/[\u103d\u1087]/gu, '\uf03e')
    .replace(/\uf03a/gu, '\u103a')
    .replace(/\uf03b/gu, '\u103b')
    .replace(/\uf03c/gu, '\u103c')
    .replace(/\uf03d/gu, '\u103d')
    .replace(/\uf03e/gu, '\u103e');
  // Vowel e and medial ra stand before the consonant in Zawgyi; in Unicode the consonant (with what is stacked) leads.
  out = out.replace(
    /(\u1031?)(\u103c?)((?:\u1004\u103a\u1039)?[\u1000-\u1021\u103f](?:\u1039[\u1000-\u1021])*)([\u103a-\u103e]*)/gu,
    (_, e: string, ra: string, consonant: string, marks: string) => {
      const asat = marks.includes('\u103a') ? '\u103a' : '';
      const medials = ['\u103b', '\u103c', '\u103d', '\u103e'].filter((m) => (ra + marks).includes(m)).join('');
      return consonant + medials + (medials === '' && e === '' ? asat : e + asat);
    },
  );
  // Marks above and below in canonical order.
  out = out.replace(/[\u102b-\u1032\u1036-\u1038\u103a-\u103e]+/gu, (run) =>
    [...run].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b)).join(''),
  );
  out = out.replace(/\u1025\u102e/gu, '\u1026');
  return out.replace(/(.)\1(?<=[\u102b-\u1032\u1036-\u103e])/gu, '$1');
}

const RANK = [...'\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u1036\u1037\u103a\u1038'];
