/** Exact fractions for the second opinion on claims, written without the house's own money. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A whole number, or a decimal text read digit by digit. */
export function fraction(value: bigint | string): Fraction {
  if (typeof value === 'bigint') {
    return { over: value, under: 1n };
  }
  const [whole, decimals = ''] = value.replace('-', '').split('.');
  const over = BigInt(`${whole}${decimals}`);
  return { over: value.startsWith('-') ? -over : over, under: 10n ** BigInt(decimals.length) };
}

export function product(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

export function sum(all: readonly Fraction[]): Fraction {
  return all.reduce((a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under }), fraction(0n));
}

export function isAbove(a: Fraction, b: Fraction): boolean {
  return a.over * b.under > b.over * a.under;
}

export function atMost(a: Fraction, b: Fraction): Fraction {
  return isAbove(a, b) ? b : a;
}

/** The nearest whole number; of two equally near the even one. */
export function half({ over, under }: Fraction): bigint {
  const floor = over >= 0n ? over / under : -((-over + under - 1n) / under);
  const twice = (over - floor * under) * 2n;
  if (twice < under) {
    return floor;
  }
  return twice > under || floor % 2n !== 0n ? floor + 1n : floor;
}

/** Minor units of an amount written as decimal text. ISO 4217: no digits after the point for yen and dong, else two here. */
export function minorOf(amount: string, currency: string): bigint {
  const places = ['JPY', 'VND', 'KRW'].includes(currency) ? 0 : 2;
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(`${whole}${decimals.slice(0, places).padEnd(places, '0')}`);
}
