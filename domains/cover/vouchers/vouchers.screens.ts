import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

export const vouchersScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/vouchers',
    needs: ['cover.vouchers'],
    nav: {
      title: { en: 'Vouchers', th: 'คูปอง', my: 'ဘောက်ချာ' },
      icon: 'voucher',
      group: coverGroups.vouchers,
      rank: 2,
    },
    load: () => import('./dashboard.panel.tsx'),
  },
  {
    path: '/cover/vouchers/hand-out',
    needs: ['cover.vouchers', 'cover.enrol'],
    unless: ['cover.provider'],
    load: () => import('./hand-out.panel.tsx'),
  },
  { path: '/cover/vouchers/redeem', needs: ['cover.provider'], load: () => import('./redeem.panel.tsx') },
  {
    path: '/cover/vouchers/settle',
    needs: ['cover.vouchers.settle'],
    load: () => import('./settle.panel.tsx'),
  },
  {
    path: '/cover/vouchers/devices',
    needs: ['cover.vouchers.settle', 'cover.provider'],
    load: () => import('./devices.panel.tsx'),
  },
];
