import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NarrativeNode, readNarrative } from './narrative.ts';

const words = (nodes: readonly NarrativeNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : words(node.children))).join('');

describe('a narrative from elsewhere', () => {
  it('keeps tables, lists and words', () => {
    expect(readNarrative('<div xmlns="x"><table><tr><td>A</td><td>B &amp; C</td></tr></table><br/>D</div>')).toEqual([
      {
        tag: 'div',
        children: [
          {
            tag: 'table',
            children: [
              {
                tag: 'tr',
                children: [
                  { tag: 'td', children: ['A'] },
                  { tag: 'td', children: ['B & C'] },
                ],
              },
            ],
          },
          { tag: 'br', children: [] },
          'D',
        ],
      },
    ]);
  });

  it.each([
    '<script>alert(1)</script>ok',
    '<style>body{display:none}</style>ok',
    '<svg onload="alert(1)"><script>x</script></svg>ok',
    '<img src="x" onerror="alert(1)"/>ok',
    '<!-- <script>alert(1)</script> -->ok',
    '<iframe src="javascript:alert(1)">x</iframe>ok',
  ])('drops what could act: %s', (attack) => {
    expect(words(readNarrative(attack))).toBe('ok');
  });

  it('keeps the words of a link and not its address', () => {
    expect(readNarrative('<p>See <a href="javascript:alert(1)">this</a></p>')).toEqual([
      { tag: 'p', children: ['See ', 'this'] },
    ]);
  });

  it('does not turn escaped markup into markup', () => {
    expect(readNarrative('<p>&lt;script&gt;x&lt;/script&gt;</p>')).toEqual([
      { tag: 'p', children: ['<script>x</script>'] },
    ]);
  });

  it('reads anything at all without throwing, and yields only allowed tags', () => {
    const fragments = fc.constantFrom(
      '<',
      '>',
      '</',
      '<p',
      '<p>',
      '</p>',
      '<script>',
      '</script>',
      '&#x',
      ';',
      '"',
      "'",
      'a',
      '<!--',
      '<td x=">">',
    );
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 40 }), (parts) => {
        const visit = (nodes: readonly NarrativeNode[]): boolean =>
          nodes.every((node) => typeof node === 'string' || (['p', 'td'].includes(node.tag) && visit(node.children)));
        return visit(readNarrative(parts.join('')));
      }),
    );
  });
});
