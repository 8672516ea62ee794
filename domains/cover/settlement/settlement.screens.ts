import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

const fund = ['cover.fund', 'cover.claims'];

/** Titles are written here and not taken from the screens' own texts: those are fetched with the screen. */
export const settlementScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/settlement',
    needs: fund,
    nav: {
      title: { en: 'Settlement with partners', th: 'ชำระบัญชีกับคู่สัญญา', my: 'မိတ်ဖက်များနှင့် စာရင်းရှင်းခြင်း' },
      icon: 'abroad',
      group: coverGroups.abroad,
      rank: 3,
    },
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
    nav: {
      title: { en: 'Insured abroad', th: 'ผู้มีประกันต่างประเทศ', my: 'ပြည်ပ အာမခံရှိသူ' },
      icon: 'abroad',
      group: coverGroups.abroad,
    },
    load: () => import('./abroad.panel.tsx'),
  },
];
