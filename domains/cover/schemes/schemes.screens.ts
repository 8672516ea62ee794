import type { ConsoleScreen } from '@serai/ui/screen.ts';

const needs = ['cover.enrol', 'cover.claims', 'cover.fund', 'cover.actuary', 'cover.provider', 'cover.employer'];

export const schemesScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/schemes',
    needs,
    nav: { title: { en: 'Schemes', th: 'กองทุนและสิทธิ', my: 'အစီအစဉ်များ' }, icon: 'scheme' },
    load: () => import('./schemes.panel.tsx'),
  },
  { path: '/cover/schemes/$schemeId', needs, load: () => import('./scheme.panel.tsx') },
];
