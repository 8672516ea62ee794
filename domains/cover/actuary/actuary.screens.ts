import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

export const actuaryScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/actuary',
    needs: ['cover.look'],
    nav: {
      title: { en: 'Actuary’s desk', th: 'นักคณิตศาสตร์ประกันภัย', my: 'အာမခံသင်္ချာ' },
      icon: 'actuary',
      group: coverGroups.actuary,
      rank: 3,
    },
    load: () => import('./desk.panel.tsx'),
  },
  {
    path: '/cover/actuary/studies',
    needs: ['cover.look'],
    load: () => import('./studies.panel.tsx'),
  },
  {
    path: '/cover/actuary/studies/$studyId',
    needs: ['cover.look'],
    load: () => import('./study.panel.tsx'),
  },
];
