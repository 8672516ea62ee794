import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

export const approvalsScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/approvals',
    needs: ['cover.enrol.desk', 'cover.claims'],
    nav: {
      title: { en: 'For a second person', th: 'รอคนที่สอง', my: 'ဒုတိယလူ အတွက်' },
      icon: 'check',
      group: coverGroups.money,
    },
    load: () => import('./approvals.panel.tsx'),
  },
];
