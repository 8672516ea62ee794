import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { fundMessages } from './desk.messages.ts';

const needs = ['cover.fund', 'cover.actuary'];

export const fundScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/fund',
    needs,
    nav: { title: fundMessages.overview, icon: 'fund' },
    load: () => import('./overview.panel.tsx'),
  },
  {
    path: '/cover/fund/accounts',
    needs,
    nav: { title: fundMessages.accounts, icon: 'ledger' },
    load: () => import('./accounts.panel.tsx'),
  },
  {
    path: '/cover/fund/months',
    needs,
    nav: { title: fundMessages.months, icon: 'month' },
    load: () => import('./months.panel.tsx'),
  },
  {
    path: '/cover/fund/proposals',
    needs,
    nav: { title: fundMessages.proposals, icon: 'assess' },
    load: () => import('./proposals.panel.tsx'),
  },
];
