import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

export const eligibilityScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/eligibility',
    needs: ['cover.provider', 'cover.enrol', 'cover.claims', 'cover.fund'],
    nav: {
      title: { en: 'Check cover', th: 'ตรวจสิทธิ', my: 'အကျုံးဝင်မှု စစ်ရန်' },
      icon: 'umbrella',
      group: coverGroups.cover,
      rank: 3,
    },
    load: () => import('./eligibility.panel.tsx'),
  },
];
