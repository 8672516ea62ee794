/** How large a QR code a text needs (ISO/IEC 18004, tables 7 and 9). */

export type QrLevel = 'L' | 'M' | 'Q';

/** Data codewords by version 1 to 40. */
const DATA_CODEWORDS: Readonly<Record<QrLevel, readonly number[]>> = {
  L: [
    19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428, 461, 523, 589, 647, 721, 795, 861, 932, 1006, 1094,
    1174, 1276, 1370, 1468, 1531, 1631, 1735, 1843, 1955, 2071, 2191, 2306, 2434, 2566, 2702, 2812, 2956,
  ],
  M: [
    16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914,
    1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334,
  ],
  Q: [
    13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244, 261, 295, 325, 367, 397, 445, 485, 512, 568, 614, 664,
    718, 754, 808, 871, 911, 985, 1033, 1115, 1171, 1231, 1286, 1354, 1426, 1502, 1582, 1666,
  ],
};

const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * Smallest version (1 to 40) that holds `text` in one segment, alphanumeric where the alphabet allows and bytes
 * otherwise; undefined when none does. A version v code is 17 + 4v modules wide.
 */
export function qrVersion(text: string, level: QrLevel): number | undefined {
  const alphanumeric = ALPHANUMERIC.test(text);
  const length = alphanumeric ? text.length : new TextEncoder().encode(text).length;
  const dataBits = alphanumeric ? Math.floor(length / 2) * 11 + (length % 2) * 6 : length * 8;
  const index = DATA_CODEWORDS[level].findIndex((codewords, at) => {
    const version = at + 1;
    const countBits = alphanumeric ? (version <= 9 ? 9 : version <= 26 ? 11 : 13) : version <= 9 ? 8 : 16;
    return 4 + countBits + dataBits <= codewords * 8;
  });
  return index < 0 ? undefined : index + 1;
}
