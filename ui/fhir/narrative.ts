/**
 * The narrative of a record, read as data. XHTML from elsewhere is never put into the page: this reads the few tags
 * that carry meaning into a tree of our own, and drops every attribute, script, style, link and image.
 */
export interface NarrativeElement {
  readonly tag: AllowedTag;
  readonly children: readonly NarrativeNode[];
}
export type NarrativeNode = string | NarrativeElement;

const allowed = [
  'p',
  'div',
  'ul',
  'ol',
  'li',
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'th',
  'td',
  'caption',
  'b',
  'strong',
  'i',
  'em',
  'span',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'sub',
  'sup',
  'small',
  'hr',
] as const;
export type AllowedTag = (typeof allowed)[number];
const isAllowed = (tag: string): tag is AllowedTag => (allowed as readonly string[]).includes(tag);

/** Elements whose content is not text for a reader. */
const dropped = new Set([
  'script',
  'style',
  'head',
  'title',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'template',
  'noscript',
]);
const empty = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'col']);
const deepest = 40;
const longestCharacters = 200_000;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function readNarrative(xhtml: string): readonly NarrativeNode[] {
  const text = xhtml.slice(0, longestCharacters);
  const root: NarrativeNode[] = [];
  const open: { readonly name: string; readonly children: NarrativeNode[] }[] = [];
  const current = () => open.at(-1)?.children ?? root;
  let skipping: string | undefined;
  const token =
    /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[!?][^>]*>|<(\/?)([A-Za-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*?)(\/?)>|[^<]+|</g;
  for (const match of text.matchAll(token)) {
    const [whole, closing, rawName, , selfClosing] = match;
    if (rawName === undefined) {
      if (!skipping && !/^<[!?]/.test(whole)) {
        const words = decode(whole);
        if (words.trim() !== '' || words.includes(' ')) {
          current().push(words);
        }
      }
      continue;
    }
    const name = rawName.toLowerCase().replace(/^.*:/, '');
    if (skipping) {
      if (closing && name === skipping) {
        skipping = undefined;
      }
      continue;
    }
    if (dropped.has(name)) {
      skipping = closing || selfClosing ? undefined : name;
      continue;
    }
    if (closing) {
      const index = open.findLastIndex((element) => element.name === name);
      if (index >= 0) {
        open.length = index;
      }
      continue;
    }
    const children: NarrativeNode[] = [];
    if (isAllowed(name)) {
      current().push({ tag: name, children });
    } else if (!empty.has(name)) {
      // An unknown element keeps its words: they belong to whatever it stands in.
      open.push({ name, children: current() });
      continue;
    }
    if (!selfClosing && !empty.has(name) && open.length < deepest) {
      open.push({ name, children });
    }
  }
  return root;
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) {
      return entities[String(name).toLowerCase()] ?? whole;
    }
    const point = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
      ? String.fromCodePoint(point)
      : '\uFFFD';
  });
}
