/** A small chart writer for the plots of the model pages: lines, bands, points and bars, as SVG text. */
export type Mark =
  | { readonly kind: 'line' | 'points' | 'bars' | 'steps'; readonly label: string; readonly points: readonly Point[] }
  | { readonly kind: 'band'; readonly label: string; readonly points: readonly (readonly [number, number, number])[] };
type Point = readonly [x: number, y: number];

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly marks: readonly Mark[];
  /** Names of the whole numbers on the x axis, from 0. */
  readonly names?: readonly string[];
  /** Names of the whole numbers on the y axis, from 0 at the bottom: timelines and decisions. */
  readonly rows?: readonly string[];
  readonly logarithmic?: boolean;
}

const WIDTH = 640;
const HEIGHT = 320;
const RIGHT = 16;
const TOP = 34;
/** Average width of a letter at the size the axes are written in. */
const LETTER = 5.6;
/** Told apart by people who see few colours (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#555555', '#cc79a7'];

/** The chart as SVG: on its own white ground, so that it reads the same on a light page and a dark one. */
export function chart({ title, x, y, marks, names, rows, logarithmic = false }: Chart): string {
  const tilted = (names ?? []).some((name) => name.length * LETTER > (WIDTH - 90) / names!.length);
  const longest = Math.max(0, ...(rows ?? []).map((name) => name.length));
  const BOX = {
    left: rows ? Math.max(62, 36 + longest * LETTER) : 62,
    right: RIGHT,
    top: TOP,
    bottom: tilted ? 104 : 62,
  };
  const xs = marks.flatMap((mark) => mark.points.map((point) => point[0]));
  const ys = marks.flatMap((mark) => mark.points.flatMap((point) => point.slice(1)));
  const [x0, x1] = names ? [-0.6, names.length - 0.4] : [Math.min(...xs), Math.max(...xs)];
  const floor = rows ? -0.6 : logarithmic ? Math.min(...ys.filter((value) => value > 0)) : Math.min(0, ...ys);
  const [y0, y1] = [floor, rows ? rows.length - 0.4 : Math.max(...ys) * (logarithmic ? 1.2 : 1.05)];
  const scale = (value: number) => (logarithmic ? Math.log(Math.max(value, floor)) : value);
  const left = (value: number) => round(BOX.left + ((value - x0) / (x1 - x0)) * (WIDTH - BOX.left - BOX.right));
  const top = (value: number) =>
    round(
      HEIGHT - BOX.bottom - ((scale(value) - scale(y0)) / (scale(y1) - scale(y0))) * (HEIGHT - BOX.bottom - BOX.top),
    );
  const yTicks = rows ? [...rows.keys()] : logarithmic ? decades(y0, y1) : ticks(y0, y1);
  const grid = yTicks.map(
    (value) =>
      `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${top(value)}" y2="${top(value)}" stroke="#ddd"/><text x="${BOX.left - 6}" y="${top(value) + 4}" text-anchor="end">${rows ? escapeText(rows[value]!) : number(value)}</text>`,
  );
  const bottom = HEIGHT - BOX.bottom;
  const axis = names
    ? names.map((name, i) =>
        tilted
          ? `<text transform="translate(${left(i) + 4} ${bottom + 14}) rotate(-24)" text-anchor="end">${escapeText(name)}</text>`
          : `<text x="${left(i)}" y="${bottom + 16}" text-anchor="middle">${escapeText(name)}</text>`,
      )
    : ticks(x0, x1).map(
        (value) => `<text x="${left(value)}" y="${bottom + 16}" text-anchor="middle">${number(value)}</text>`,
      );
  const barCount = marks.filter((mark) => mark.kind === 'bars').length;
  let barIndex = 0;
  const drawn = marks.map((mark, k) => {
    const colour = COLOURS[k % COLOURS.length]!;
    if (mark.kind === 'band') {
      const upper = mark.points.map(([at, , high]) => `${left(at)},${top(high)}`);
      const lower = [...mark.points].reverse().map(([at, low]) => `${left(at)},${top(low)}`);
      return `<polygon points="${[...upper, ...lower].join(' ')}" fill="${colour}" opacity=".2"/>`;
    }
    if (mark.kind === 'points') {
      return mark.points
        .map(([at, value]) => `<circle cx="${left(at)}" cy="${top(value)}" r="3" fill="${colour}" opacity=".8"/>`)
        .join('');
    }
    if (mark.kind === 'bars') {
      const width = ((left(x0 + 1) - left(x0)) * 0.8) / barCount;
      const shift = (barIndex++ - barCount / 2) * width;
      return mark.points
        .map(
          ([at, value]) =>
            `<rect x="${round(left(at) + shift)}" y="${top(Math.max(value, 0))}" width="${round(Math.max(width, 0.5))}" height="${round(Math.abs(top(value) - top(Math.max(y0, 0))))}" fill="${colour}" opacity=".75"/>`,
        )
        .join('');
    }
    const path = mark.points
      .map(([at, value], i) =>
        i === 0
          ? `M${left(at)} ${top(value)}`
          : mark.kind === 'steps'
            ? `H${left(at)}V${top(value)}`
            : `L${left(at)} ${top(value)}`,
      )
      .join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  });
  const spacing = Math.min(145, (WIDTH - BOX.right - 62) / marks.length);
  const legend = marks.map(
    (mark, k) =>
      `<rect x="${62 + k * spacing}" y="${HEIGHT - 16}" width="12" height="8" fill="${COLOURS[k % COLOURS.length]}" opacity="${mark.kind === 'band' ? 0.3 : 0.9}"/><text x="${62 + k * spacing + 18}" y="${HEIGHT - 8}">${escapeText(mark.label)}</text>`,
  );
  const told = `${y} by ${x}: ${marks.map((mark) => mark.label).join(', ')}.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" role="img" aria-label="${escapeText(title)}">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(told)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="16" y="20" font-size="13" font-weight="bold">${escapeText(title)}</text>`,
    ...grid,
    `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${bottom}" y2="${bottom}" stroke="#333"/>`,
    ...axis,
    ...drawn,
    `<text x="${(BOX.left + WIDTH - BOX.right) / 2}" y="${HEIGHT - 28}" text-anchor="middle">${escapeText(x)}</text>`,
    `<text transform="translate(14 ${(BOX.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeText(y)}</text>`,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

function ticks(from: number, to: number): number[] {
  const raw = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const values: number[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    values.push(Math.round(value / step) * step);
  }
  return values;
}

function decades(from: number, to: number): number[] {
  const values: number[] = [];
  for (let power = Math.ceil(Math.log10(from)); power <= Math.log10(to); power++) {
    values.push(10 ** power);
  }
  return values;
}

const round = (value: number) => Math.round(value * 10) / 10;
const number = (value: number) => Number(value.toPrecision(6)).toLocaleString('en');
const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
