import type { ConsoleScreen } from '@serai/ui/screen.ts';
import { coverGroups } from '../cover.groups.ts';

const both = ['cover.enrol', 'cover.employer'];
const desk = ['cover.enrol.desk'];

/** What the enrolment officer, the volunteer in the field and the employer see, and members of their own. */
export const enrolmentScreens: readonly ConsoleScreen[] = [
  {
    path: '/cover/mine',
    needs: ['cover.mine'],
    nav: {
      title: { en: 'My cover', th: 'ความคุ้มครองของฉัน', my: 'ကျွန်ုပ်၏ အကာအကွယ်' },
      icon: 'umbrella',
      group: coverGroups.members,
    },
    load: () => import('./mine/mine.panel.tsx'),
  },
  {
    path: '/cover/mine/receipts/$paymentId',
    needs: ['cover.mine'],
    load: () => import('./mine/mine-receipt.panel.tsx'),
  },
  {
    path: '/cover/mine/policies/$policyId',
    needs: ['cover.mine'],
    load: () => import('./mine/mine-policy.panel.tsx'),
  },
  {
    path: '/cover/members',
    needs: both,
    nav: {
      title: { en: 'Members', th: 'สมาชิก', my: 'အဖွဲ့ဝင်များ' },
      icon: 'people',
      group: coverGroups.members,
      rank: 1,
    },
    load: () => import('./console/members.panel.tsx'),
  },
  { path: '/cover/members/$memberId', needs: both, load: () => import('./console/member.panel.tsx') },
  {
    path: '/cover/members/$memberId/certificates',
    needs: desk,
    load: () => import('./console/certificates.panel.tsx'),
  },
  { path: '/cover/members/$memberId/move', needs: desk, load: () => import('./console/move.panel.tsx') },
  {
    path: '/cover/groups',
    needs: ['cover.enrol'],
    nav: { title: { en: 'Employers', th: 'นายจ้าง', my: 'အလုပ်ရှင်များ' }, icon: 'employer', group: coverGroups.members },
    load: () => import('./console/groups.panel.tsx'),
  },
  {
    path: '/cover/check-certificate',
    needs: desk,
    nav: {
      title: { en: 'Check a certificate', th: 'ตรวจใบรับรอง', my: 'လက်မှတ် စစ်ဆေး' },
      icon: 'shield',
      group: coverGroups.members,
    },
    load: () => import('./console/check-certificate.panel.tsx'),
  },
  {
    path: '/cover/certificate-requests',
    needs: desk,
    nav: {
      title: { en: 'Certificates asked for', th: 'คำขอใบรับรอง', my: 'တောင်းခံထားသော လက်မှတ်များ' },
      icon: 'abroad',
      group: coverGroups.abroad,
    },
    load: () => import('./console/certificate-requests.panel.tsx'),
  },
  { path: '/cover/enrol', needs: ['cover.enrol'], load: () => import('./console/enrol.panel.tsx') },
  {
    path: '/cover/renewals',
    needs: ['cover.enrol'],
    nav: { title: { en: 'Renewals', th: 'ต่ออายุ', my: 'သက်တမ်းတိုးရန်' }, icon: 'renew', group: coverGroups.members },
    load: () => import('./console/renewals.panel.tsx'),
  },
  {
    path: '/cover/arrears',
    needs: both,
    nav: { title: { en: 'Arrears', th: 'ค้างชำระ', my: 'ကြွေးကျန်' }, icon: 'warning', group: coverGroups.members },
    load: () => import('./console/arrears.panel.tsx'),
  },
  {
    path: '/cover/contributions',
    needs: both,
    nav: {
      title: { en: 'Contributions', th: 'เงินสมทบ', my: 'ထည့်ဝင်ကြေးများ' },
      icon: 'saved',
      group: coverGroups.members,
      rank: 3,
    },
    load: () => import('./console/payments.panel.tsx'),
  },
  {
    path: '/cover/unreached',
    needs: ['cover.enrol'],
    nav: {
      title: { en: 'To call or visit', th: 'ต้องโทรหรือเยี่ยม', my: 'ဖုန်းခေါ်/သွားတွေ့ရန်' },
      icon: 'feedback',
      group: coverGroups.members,
    },
    load: () => import('./console/unreached.panel.tsx'),
  },
  { path: '/cover/receipts/$paymentId', needs: both, load: () => import('./console/receipt.panel.tsx') },
  {
    path: '/cover/rosters',
    needs: [...desk, 'cover.employer'],
    nav: {
      title: { en: 'Rosters', th: 'รายชื่อพนักงาน', my: 'အလုပ်သမားစာရင်း' },
      icon: 'roster',
      group: coverGroups.members,
    },
    load: () => import('./console/rosters.panel.tsx'),
  },
  {
    path: '/cover/campaigns',
    needs: both,
    nav: { title: { en: 'Campaigns', th: 'แคมเปญ', my: 'လှုံ့ဆော်ပွဲများ' }, icon: 'campaign', group: coverGroups.members },
    load: () => import('./console/campaigns.panel.tsx'),
  },
];
