import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

const needs = ['cover.enrol', 'cover.claims', 'cover.fund', 'cover.look', 'cover.provider', 'cover.employer'];

export const schemesScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/schemes',
    needs,
    nav: { title: { en: 'Schemes', th: 'กองทุนและสิทธิ', my: 'အစီအစဉ်များ' }, icon: 'scheme', group: coverGroups.cover },
    load: () => import('./schemes.panel.tsx'),
  },
  { path: '/cover/schemes/$schemeId', needs, load: () => import('./scheme.panel.tsx') },
];
