import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

export const paymentsScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/payments',
    needs: ['cover.fund'],
    nav: {
      title: { en: 'Payment runs', th: 'รอบจ่ายเงิน', my: 'ငွေပေးချေမှုများ' },
      icon: 'payments',
      group: coverGroups.money,
      rank: 2,
    },
    load: () => import('./runs.panel.tsx'),
  },
  { path: '/cover/payments/$runId', needs: ['cover.fund'], load: () => import('./run.panel.tsx') },
  {
    path: '/cover/payments/$runId/remittance/$provider',
    needs: ['cover.fund', 'cover.provider'],
    load: () => import('./remittance.panel.tsx'),
  },
  {
    path: '/cover/provider/statement',
    needs: ['cover.provider'],
    nav: {
      title: { en: 'My statement', th: 'ใบแจ้งยอดของฉัน', my: 'ကျွန်ုပ်၏ စာရင်း' },
      icon: 'payments',
      group: coverGroups.claims,
    },
    load: () => import('./statement.panel.tsx'),
  },
];
