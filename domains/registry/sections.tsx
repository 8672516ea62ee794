import type { ConsoleSection } from '@serai/ui/section.ts';
import { consentMessages } from './consent.messages.ts';
import { ConsentsPanel } from './person/consents.panel.tsx';
import { OverviewPanel } from './person/overview.panel.tsx';
import { personMessages } from './person/person.messages.ts';

/** What the registry adds to the person's page. */
export const registrySections: readonly ConsoleSection[] = [
  { key: 'overview', title: personMessages.overview, render: (props) => <OverviewPanel {...props} /> },
  { key: 'consents', title: consentMessages.title, render: (props) => <ConsentsPanel {...props} /> },
];
