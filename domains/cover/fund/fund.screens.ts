import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

const needs = ['cover.fund', 'cover.look'];

/** Titles are written here and not taken from the screens' own texts: those are fetched with the screen. */
export const fundScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/fund',
    needs,
    nav: {
      title: { en: 'Fund overview', th: 'ภาพรวมกองทุน', my: 'ရန်ပုံငွေ ခြုံငုံကြည့်' },
      icon: 'fund',
      group: coverGroups.money,
      rank: 1,
    },
    load: () => import('./overview.panel.tsx'),
  },
  {
    path: '/cover/fund/accounts',
    needs,
    nav: { title: { en: 'Accounts', th: 'บัญชี', my: 'စာရင်းများ' }, icon: 'ledger', group: coverGroups.money },
    load: () => import('./accounts.panel.tsx'),
  },
  {
    path: '/cover/fund/months',
    needs,
    nav: {
      title: { en: 'Periods and rates', th: 'งวดบัญชีและอัตราแลกเปลี่ยน', my: 'စာရင်းကာလနှင့် ငွေလဲနှုန်း' },
      icon: 'month',
      group: coverGroups.money,
    },
    load: () => import('./months.panel.tsx'),
  },
  {
    path: '/cover/fund/proposals',
    needs,
    nav: {
      title: { en: 'Proposed entries', th: 'รายการที่เสนอ', my: 'အဆိုပြုစာရင်း' },
      icon: 'proposal',
      group: coverGroups.money,
    },
    load: () => import('./proposals.panel.tsx'),
  },
];
