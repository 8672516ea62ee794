/** Line icons on a 20-unit grid, drawn with the text's own colour. Decorative: words always stand beside them. */
const paths = {
  find: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM13.2 13.2 17 17',
  register:
    'M8 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM2.5 17c.4-3 2.600-4.500 5.500-4.500S13.100 14 13.500 17M15 6v5M12.500 8.500h5',
  scan: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M3 10h14',
  received: 'M10 2.500v9M6.500 8 10 11.500 13.500 8M3 12v5h14v-5',
  operator: 'M3 5h14M3 10h14M3 15h14M7 3.500v3M13 8.500v3M9 13.500v3',
  check: 'M4 10.500 8 14.500 16 5.500',
  warning: 'M10 3 18 16.500H2L10 3ZM10 8v4M10 14.200v.2',
  stop: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM10 6v5M10 13.600v.2',
  info: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM10 9v5M10 6.300v.2',
  abroad: 'M2 10h11M9 6l4 4-4 4M16.500 3v14',
  card: 'M2.500 5h15v10h-15zM5 8.500h4M5 11.500h6M13 8.500h2v3h-2z',
  print: 'M5.500 8V3h9v5M5.500 15H3V8h14v7h-2.500M5.500 12h9v5h-9z',
  language:
    'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM2.500 10h15M10 2.500c4.500 4.500 4.500 10.500 0 15M10 2.500c-4.500 4.500-4.500 10.500 0 15',
  leave: 'M8 3H3.500v14H8M12.500 6.500 16 10l-3.500 3.500M16 10H7.500',
  assess: 'M6 4H4v13h12V4h-2M7 2.500h6v3H7zM7 10l2 2 4-4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  down: 'M5 8l5 5 5-5',
  saved: 'M4 3h10l3 3v11H4zM7 3v4h6V3M7 17v-5h7v5',
  person: 'M10 3a3.300 3.300 0 1 0 0 6.600A3.300 3.300 0 0 0 10 3ZM3.500 17c.5-3.300 3-5 6.500-5s6 1.700 6.500 5',
  umbrella: 'M10 2.500v1.500M3 11a7 7 0 0 1 14 0ZM10 11v4.500a1.800 1.800 0 0 0 3.600 0',
  scheme: 'M4 3h12v14H4zM7 7h6M7 10h6M7 13h3.500',
  shield: 'M10 2.500 16.500 5v4.500c0 4-2.700 6.700-6.500 8-3.800-1.300-6.500-4-6.500-8V5L10 2.500Z',
  fund: 'M3 16.500h14M4.500 16V8M8.200 16V8M11.800 16V8M15.500 16V8M2.500 8 10 3l7.500 5Z',
  ledger: 'M4 3h11.500v14H4zM7 3v14M9.500 7h4M9.500 10h4M9.500 13h4',
  month: 'M3.500 4.500h13v12h-13zM3.500 8h13M7 3v3M13 3v3',
  claims: 'M5 2.500h7l3 3v12H5zM12 2.500v3h3M7.500 9h5M7.500 12h5M7.500 15h3',
  payments: 'M2.500 5h15v10h-15zM10 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5ZM5 8v4M15 8v4',
  people:
    'M7.500 4a2.800 2.800 0 1 0 0 5.600A2.800 2.800 0 0 0 7.500 4ZM2 16.500c.4-2.800 2.500-4.300 5.500-4.300s5.100 1.500 5.500 4.300M13 4.500a2.500 2.500 0 0 1 0 4.800M14.500 12.500c2 .4 3.200 1.700 3.500 4',
  renew: 'M16 6.500A7 7 0 1 0 17 10M16.500 2.500v4h-4',
  roster: 'M3 4h14v12H3zM3 8h14M8 8v8M3 12h14',
  campaign: 'M3 8v4h3l7 4V4L6 8H3ZM16 8v4',
  feedback: 'M3 4h14v9.500H9L5 17v-3.500H3ZM6.500 7.500h7M6.500 10h4',
  review:
    'M4 3h9v6M4 3v14h5M6.500 6.500h4M6.500 9.500h2M13 10.500a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600ZM15 15.300l2 2.200',
  proposal: 'M4 16.500h12M5 13.500 13.500 5l2 2L7 15.500l-2.500.5Z',
  voucher: 'M2.500 5h15v3.500a1.500 1.500 0 0 0 0 3V15h-15v-3.500a1.500 1.500 0 0 0 0-3ZM12 5v10',
  more: 'M4 10h.2M10 10h.2M16 10h.2',
  close: 'M5 5l10 10M15 5 5 15',
  actuary: 'M3 17V9h3v8zM8.500 17V3h3v14zM14 17v-6h3v6zM2 17h16',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
