import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

const officer = ['cover.claims'] as const;
const reader = ['cover.claims', 'cover.look'] as const;
const provider = ['cover.provider'] as const;

/** Claims: the officer's queue and desks, the facility's own claims, and feedback of the insured. */
export const claimsScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/claims',
    needs: reader,
    nav: {
      title: { en: 'Claims', th: 'ใบเบิก', my: 'တောင်းခံလွှာများ' },
      icon: 'claims',
      group: coverGroups.claims,
      rank: 1,
    },
    load: () => import('./queue.panel.tsx'),
  },
  {
    path: '/cover/claims/review',
    needs: officer,
    nav: {
      title: { en: 'Review desk', th: 'โต๊ะตรวจสอบ', my: 'စိစစ်ရေးစားပွဲ' },
      icon: 'review',
      group: coverGroups.claims,
      rank: 3,
    },
    load: () => import('./review.panel.tsx'),
  },
  { path: '/cover/claims/review/$claimId', needs: officer, load: () => import('./review.panel.tsx') },
  { path: '/cover/claims/appeals', needs: officer, load: () => import('./appeals.panel.tsx') },
  { path: '/cover/claims/batches', needs: officer, load: () => import('./batches.panel.tsx') },
  {
    path: '/cover/claims/$claimId',
    needs: [...reader, 'cover.provider'],
    load: () => import('./claim.panel.tsx'),
  },
  {
    path: '/cover/provider/claims',
    needs: provider,
    nav: {
      title: { en: 'My claims', th: 'ใบเบิกของฉัน', my: 'ကျွန်ုပ်၏ တောင်းခံလွှာများ' },
      icon: 'claims',
      group: coverGroups.claims,
      rank: 3,
    },
    load: () => import('./my-claims.panel.tsx'),
  },
  { path: '/cover/provider/new/$claimId', needs: provider, load: () => import('./new-claim.panel.tsx') },
  { path: '/cover/provider/new', needs: provider, load: () => import('./new-claim.panel.tsx') },
  { path: '/cover/provider/import', needs: provider, load: () => import('./import.panel.tsx') },
  {
    path: '/cover/feedback',
    needs: ['cover.enrol'],
    nav: { title: { en: 'Feedback', th: 'ความเห็น', my: 'အကြံပြုချက်' }, icon: 'feedback', group: coverGroups.members },
    load: () => import('./feedback.panel.tsx'),
  },
];
