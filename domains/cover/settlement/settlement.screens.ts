import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { abroadMessages } from './abroad.messages.ts';
import { settlementMessages } from './console.messages.ts';

const fund = ['cover.fund', 'cover.claims'];

export const settlementScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/settlement',
    needs: fund,
    nav: { title: settlementMessages.title, icon: 'abroad' },
    load: () => import('./partners.panel.tsx'),
  },
  { path: '/cover/settlement/claims/$partner', needs: fund, load: () => import('./claims.panel.tsx') },
  {
    path: '/cover/settlement/claim/$claimId',
    needs: [...fund, 'cover.provider'],
    load: () => import('./claim.panel.tsx'),
  },
  { path: '/cover/settlement/statement/$statementId', needs: fund, load: () => import('./statement.panel.tsx') },
  {
    path: '/cover/abroad',
    needs: ['cover.provider'],
    nav: { title: abroadMessages.title, icon: 'abroad' },
    load: () => import('./abroad.panel.tsx'),
  },
];
