import type { ConsoleSection } from '@serai/ui/section.ts';
import { lazy } from 'react';
import { cardMessages } from './cards/card.messages.ts';
import { disclosureMessages } from './disclosures/disclosures.messages.ts';

const CardPanel = lazy(() => import('./cards/card.panel.tsx').then((module) => ({ default: module.CardPanel })));
const DisclosuresPanel = lazy(() =>
  import('./disclosures/disclosures.panel.tsx').then((module) => ({ default: module.DisclosuresPanel })),
);

/** What the exchange adds to the person's page. */
export const exchangeSections: readonly ConsoleSection[] = [
  { key: 'card', title: cardMessages.title, render: (props) => <CardPanel {...props} /> },
  { key: 'disclosures', title: disclosureMessages.short, render: (props) => <DisclosuresPanel {...props} /> },
];
