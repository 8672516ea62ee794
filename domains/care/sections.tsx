import type { ConsoleSection } from '@serai/ui/section.ts';
import { lazy } from 'react';
import { AssessmentsPanel } from './assessment/assessments.panel.tsx';
import { careConsoleMessages } from './care-console.messages.ts';

const SummaryPanel = lazy(() =>
  import('./summary/summary.panel.tsx').then((module) => ({ default: module.SummaryPanel })),
);

/** What care adds to the person's page. */
export const careSections: readonly ConsoleSection[] = [
  { key: 'assessments', title: careConsoleMessages.assessments, render: (props) => <AssessmentsPanel {...props} /> },
  { key: 'summary', title: careConsoleMessages.summary, render: (props) => <SummaryPanel {...props} /> },
];
